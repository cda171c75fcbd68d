"""Where an article is cut before it is parsed.

Articles come wrapped, in blocks, with titles that end without a full stop. A model that was
trained on clean sentences reads them badly, so the text is cut into segments first: paragraphs,
headings, the dateline.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from pipeline.signs import EXCELLENCY

#: A line longer than this was not wrapped by hand or by an archive's printer.
WRAP_WIDTH = 100
#: A longer segment is cut where a sentence ends, so that no article makes the model take more
#: memory than its length asks for.
LONGEST = 10_000
#: A stretch of this length in which no sentence ends is cut all the same: each trigger looks
#: through its sentence, so that one without end would take time in the square of its length.
LONGEST_SENTENCE = 2_500
#: Lines broken elsewhere than a paragraph ends have more characters than this.
_NARROWEST = 40
#: A broken paragraph has so many lines at least, and so many lines broken alike tell of no width.
_BROKEN = 2
#: A line of a wrapped block is full when it has this share of the block's longest line.
FULL_SHARE = 0.72

#: So many lines that all open with a capital are entries of a list, not a wrapped sentence, and so
#: many behind a line that ends with a colon.
FEWEST_ENTRIES, _FEWEST_ANNOUNCED = 3, 2
#: Of how many lines half that open with the same word are entries, however full they are.
_FEWEST_ALIKE = 4

#: The name that a link holds has at most so many characters.
_LINK = 40
_BLANK = re.compile(r"\n[^\S\n]*\n")
_TERMINAL = re.compile(r"[.!?:;…][\"'”’»)\]]*\s*$")
#: A line of two parts: "Norway, 3–5 May – state visit", "Kenya: 7 June".
_PAIR = re.compile(r"\A(?:\D*\d[^:–—]*[:–—]|[^:–—]*[:–—]\D*\d|[^.:]{2,40}: \S)|\S (?:-|–|—) \S")
_STOPPED = re.compile(r"[.!?…][\"'”’»)\]]*\s*$")
#: A line that opens with a day or a year: "12–14 May 1998 – the king in Lima", "1998 The king".
_DATED = re.compile(
    r"[ \t]*\(?(?:(?:1[89]|20)\d\d\b"
    r"|\d{1,2}(?:st|nd|rd|th)?(?:[-–]\d{1,2})?[ .](?:of )?[A-Z][a-z]{2})"
)
#: No heading or paragraph ends so: the line was broken within a sentence.
_DANGLING = re.compile(
    r"(?:,|\b(?:[Tt]he|an?|of|and|or|to|with|from|by|for|at|between|into|than|that|his|her|its|their|whose)"
    r"|\b(?:then|ex|former)-\w+|[^\W\d_]-)\s*$"
)
#: A line that begins with the point of a list; a dash may also stand within a sentence.
_ITEM = re.compile(r"[ \t]*(?:[•▪◦‣●■►▶][ \t]*(?=\S)|[-*–—][ \t]+(?=[\"“‘'A-ZÀ-ÖØ-Þ\d]))")
#: A line that begins with the style of a guest of state, as those of communiques' lists do.
_STYLED = re.compile(rf"[ \t]*(?:{EXCELLENCY}) ?[A-Z]")
#: A row of a table whose cells stand between bars ("| The king visits Lima | 1 May 2009 |").
_ROW = re.compile(r"[ \t]*\|(?:[^|\n]*\|)+\s*$")
#: A row whose first cell holds a date ("1 May 2009 | The king visits Lima"), not a time.
_DATED_ROW = re.compile(
    r"\s*\|?(?=[^|\n]{0,30}\|)(?![^|\n]*\d[:.]\d\d(?![.\d]))[^|\n]*\d[^|\n]*\|[^|\n]*[^\W\d_]"
)
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*\s+(?=[^\W\d_a-z])")


def segments(text: str, *, cuts: Iterable[int] = ()) -> list[tuple[int, int]]:
    """Return the bounds of paragraphs and headings, without the white space around them.

    Args:
        cuts: offsets at which a segment must end (the ends of datelines).
    """
    blocks = []
    at = 0
    for gap in _BLANK.finditer(text):
        blocks.append((at, gap.start()))
        at = gap.end()
    blocks.append((at, len(text)))
    width = _wrap_width(text, blocks)
    bounds = [piece for start, end in blocks for piece in _split_block(text, start, end, width)]
    if marks := sorted(set(cuts)):
        bounds = [piece for bound in bounds for piece in _cut(*bound, marks)]
    bounds = [piece for bound in bounds for piece in _shorten(text, *bound)]
    return [trimmed for bound in bounds if (trimmed := _trim(text, *bound))]


def _cut(start: int, end: int, marks: Sequence[int]) -> Iterator[tuple[int, int]]:
    inside = marks[bisect_right(marks, start) : bisect_left(marks, end)]
    return pairwise((start, *inside, end))


def _shorten(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a long segment where sentences end, and a sentence without end where it draws breath."""
    last = start
    for stop in _sentence_ends(text, start, end) if end - start > LONGEST_SENTENCE else ():
        if start < last and stop - start > LONGEST:
            yield start, last
            start = last
        while stop - last > LONGEST_SENTENCE:
            cut = _breath(text, last, last + LONGEST_SENTENCE)
            yield start, cut
            start = last = cut
        last = stop
    yield start, end


def _sentence_ends(text: str, start: int, end: int) -> Iterator[int]:
    yield from (found.end() for found in _SENTENCE_END.finditer(text, start, end))
    yield end


def _breath(text: str, start: int, end: int) -> int:
    """Return the last place behind a semicolon, comma or space, `end` where there is none."""
    for mark in ("; ", ", ", " "):
        if (at := text.rfind(mark, start + 1, end)) >= 0:
            return at + len(mark)
    return end


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None


def _wrap_width(text: str, blocks: list[tuple[int, int]]) -> int:
    """Return the width at which a text's blocks are wrapped, 0 where fewer than two are.

    Blocks of three lines tell by themselves; those of two do so together, each of whose lines was
    broken where the next word found no room.
    """
    widths: list[int] = []
    broken: list[tuple[str, str]] = []
    paragraphs = 0
    for start, end in blocks:
        lines = text[start:end].splitlines()
        if len(lines) < _BROKEN:
            continue
        lengths = [len(line.rstrip()) for line in lines]
        longest = max(lengths)
        broken += pairwise(lines)
        paragraphs += 1
        even = len(lines) > _BROKEN and _NARROWEST < longest <= WRAP_WIDTH
        if even and min(lengths[:-1]) >= FULL_SHARE * longest:
            widths.append(longest)
    if len(widths) > 1:
        return max(widths)
    if paragraphs < _BROKEN or len(broken) <= _BROKEN:
        return 0
    width = max(len(line.rstrip()) for line, _ in broken)
    fits = _NARROWEST < width <= WRAP_WIDTH
    return width if fits and all(_is_full(line, behind, width) for line, behind in broken) else 0


def _split_block(text: str, start: int, end: int, width: int) -> Iterator[tuple[int, int]]:
    """Split a block at the line breaks that end a paragraph or heading, not at those of a wrap.

    Args:
        width: at which other blocks of the text are wrapped, or 0.
    """
    lines = []
    at = start
    for line in text[start:end].splitlines(keepends=True):
        lines.append((at, at + len(line)))
        at += len(line)
    longest = max((stop - begin for begin, stop in lines), default=0)
    listed = _are_entries([text[begin:stop] for begin, stop in lines])
    first = start
    for number, ((begin, stop), following) in enumerate(pairwise(lines)):
        line, behind = text[begin:stop], text[slice(*following)]
        further = text[slice(*lines[number + 2])] if number + 2 < len(lines) else ""
        rows = "|" in line or "|" in behind
        if not rows and (_goes_on(line, behind) or _is_around_link(line, behind, further)):
            continue
        if (
            _ITEM.match(behind)
            or (_STYLED.match(behind) and not _DANGLING.search(line))
            or _is_row(line)
            or _is_row(behind)
            or not (
                _is_wrapped(line, behind, longest, 0 if listed else len(lines))
                or (longest <= width + 1 and _is_full(line, behind, width) and not listed)
            )
        ):
            yield from _cells(text, first, stop)
            first = stop
    if first < end:
        yield from _cells(text, first, end)


def _are_entries(lines: Sequence[str]) -> bool:
    """Tell "President Ana Ruiz of Peru / President Luis Rojas of Chile / …", a name a line.

    Of so many lines of a wrapped sentence one would open with a small letter, and each is as
    full as the next word lets it be. Entries mostly open alike.
    """
    announced = bool(lines) and lines[0].rstrip().endswith(":")
    fewest = _FEWEST_ANNOUNCED + 1 if announced else FEWEST_ENTRIES
    if len(lines) < fewest or not all(_opens_entry(line) for line in lines):
        return False
    width = max(len(line.rstrip()) for line in lines)
    lines = lines[announced:]
    if announced and not any(_STOPPED.search(line) for line in lines):
        return True
    words = [line.split()[0] for line in lines if line.strip()]
    if len(words) >= _FEWEST_ALIKE and len(set(words)) * 2 <= len(words):
        return True
    if all(map(_PAIR.search, lines)) and not any(map(_STOPPED.search, lines)):
        return True
    return not all(_is_full(line, behind, width) for line, behind in pairwise(lines))


def _opens_entry(line: str) -> bool:
    """Tell a line that opens with a capital, or with the day of a chronology's entry."""
    return line.lstrip(" \t\"“‘'(")[:1].isupper() or _DATED.match(line) is not None


def _is_row(line: str) -> bool:
    return "|" in line and bool(_ROW.match(line) or _DATED_ROW.match(line))


def _cells(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a row before each bar where a date heads it, as one that stands alone; else none."""
    cell = text[start:end]
    bars = [at for at, mark in enumerate(cell) if mark == "|"] if _DATED_ROW.match(cell) else []
    yield from pairwise((start, *(start + at for at in bars if cell[:at].strip()), end))


def _goes_on(line: str, following: str) -> bool:
    """Tell a line behind which a word in small letters goes on with its sentence."""
    small = following.lstrip()[:1].islower()
    return small and bool(line.strip()) and not _TERMINAL.search(line)


def _is_around_link(line: str, following: str, further: str) -> bool:
    """Tell a sentence that a page broke around a link: "… President / Ana Ruiz / said …"."""
    link = 0 < len(following.strip()) <= _LINK and not _TERMINAL.search(following)
    return link and _goes_on(following, further) and not _TERMINAL.search(line)


def _is_wrapped(line: str, following: str, longest: int, count: int) -> bool:
    if _DANGLING.search(line):
        return True
    if longest > WRAP_WIDTH or not line.strip():
        return False
    if following.lstrip()[:1].islower():
        return True
    full = len(line) >= FULL_SHARE * longest
    return count > _BROKEN and full and longest > _NARROWEST and not _TERMINAL.search(line)


def _is_full(line: str, following: str, width: int) -> bool:
    """Tell a line that was broken because the next word found no room."""
    word = next(iter(following.split()), "")
    held = line.rstrip()
    return bool(held and word) and len(held) + 1 + len(word) > width


__all__ = ["segments"]
