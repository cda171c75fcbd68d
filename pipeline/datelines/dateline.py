"""Datelines: the place, date and agency in front of a story.

A dateline is read part by part from the left (place, country, date, agency, end), each part by
one small pattern tried at one position, so the time is linear in its length. Which parts
together make a dateline is told by the rows of `datelines.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import compress
from typing import Literal

from pipeline.datelines.calendar import CalendarDate, match_date
from pipeline.datelines.gazetteer import agency_names, is_country_name, is_place
from pipeline.lexicon import Rule, load_table

End = Literal["dash", "colon", "bar", "stop", "open", "break"]


class Shape(Rule):
    """A row of `datelines.toml`: parts that together make a dateline."""

    place: Literal["caps", "title", "none"]
    known: Literal["", "place", "city"] = ""
    date: bool = False
    agency: bool = False
    ends: tuple[End, ...]


@dataclass
class Dateline:
    """What stands before a story; `end` is the offset of the story's first character."""

    start: int
    end: int
    place: str | None = None
    country: str | None = None
    date: CalendarDate | None = None
    agencies: list[str] = field(default_factory=list)
    close: End = "open"
    rule: str = ""


#: A dateline stands within this many characters, and within so many lines that are not empty.
HEAD_CHARACTERS = 4_000
HEAD_LINES = 14
#: A line of so many characters is a paragraph, no headline; the story has begun.
PARAGRAPH = 160
#: How many paragraphs (captions, summaries) may stand before the one with the dateline.
PARAGRAPHS = 2

#: A line of so many characters may be one of a text that is broken into lines of equal length.
WRAPPED = 50
#: So many lines of names make a list; in one a word of more letters may be small beside so many
#: in capitals, and it has no more characters.
_LEAST_ENTRIES, _SHORT_WORD, _CAPITALS, _LONGEST_ENTRY = 2, 3, 3, 300
_ENDS_LINE = frozenset('.!?:;)]"”’*_')

_LINE = re.compile(r"[^\n\r]+")
#: A row of a table, whose day is that of what it tells: "King X | May 3, 1998 | Peru |".
_ROW = re.compile(r"[^|]*(?:\|[^|]*){2,}\|\s*")
#: Stored pages put " date 2018-11-15 " before the text.
_STAMP = re.compile(r"\s*date (\d{4}-\d\d-\d\d)\s+")
#: Capitals and small letters, those of Łódź and Şırnak too.
_UPPER = "A-ZÀ-ÖØ-Þ" + "".join(c for c in map(chr, range(0x100, 0x180)) if c.isupper())
_LETTER = "a-zA-ZÀ-ſ"
_CAPS_WORD = rf"[{_UPPER}][{_UPPER}'’.]*+(?>(?:-[{_UPPER}][{_UPPER}'’.]*+)*)(?![a-zß-ÿ])"
_TITLE_WORD = rf"[{_UPPER}][{_LETTER}'’]*+\.?(?>(?:-[{_LETTER}][{_LETTER}'’]*+)*)"
_LINK = r"(?:(?:of|and|the|de|del|la|do|da|el|al|es) )?"
_PLACE = {
    "caps": re.compile(rf"{_CAPS_WORD}(?>(?:(?: |/| / ){_LINK}{_CAPS_WORD}){{0,4}})"),
    "title": re.compile(rf"{_TITLE_WORD}(?>(?:(?: |/| / ){_LINK}{_TITLE_WORD}){{0,3}})"),
}
_FULL_STOP = re.compile(r"(?<=[^\W\d_]{3})\.")
_COUNTRY = re.compile(
    rf",\s*((?>(?:[A-Z]\.){{2,4}})|(?:the )?{_TITLE_WORD}(?>(?: {_LINK}{_TITLE_WORD}){{0,3}}))"
)
_SEPARATOR = re.compile(r"[^\S\n]*[,.;|]?[^\S\n]*")
_BRACKETS = re.compile(
    r"\(([^()\n]{1,80})\)|\[([^\[\]\n]{1,40})\]|/+ ?([A-Z][\w'’.& -]{1,24}?) ?/+"
)
_AGENCY = re.compile(r"(?:From )?[A-Z][\w'’.&-]*(?:(?: / |[ /])[\w'’.&-]+){0,6}")
#: What parts an agency from the date in its brackets.
_WITHIN = re.compile(r",\s+(?=\S)|\s[-–—]\s(?=\S)")
_BARE_AGENCY = re.compile(r"[A-Z][A-Z.]+(?![A-Za-z])")
#: "Lagos, Nigeria | THE HERALD | The president …"
_BARRED_AGENCY = re.compile(r"([A-Z][\w'’.&-]*+(?>(?: [A-Z][\w'’.&-]*+){0,3}))[^\S\n]*\|")
#: Where a line begins that could open with a place.
_FURTHER = re.compile(rf"[\n\r][ \t]*+(?=[{_UPPER}])")
#: What stands before an entry of an agency's diary that goes on in one line: the last day of the
#: entry before, its hour, its full stop, or the mark of a new one.
_ENTRY = re.compile(
    r"(?:(?<=\*\* )|(?<=GMT )|(?<=GMT\. )|(?<=[a-z]\. )"
    r"|(?i:\((?:final day|to [a-z0-9. ]{3,14})\))\.? )(?=[A-Z]{3})"
)
#: How many characters behind a dateline tell whether the story is all in capitals.
_SAMPLE = 40
#: Spaces are never given back, or a page of them would be gone through in the square.
_GAP = r"[^\S\n]*+"
_ENDS: tuple[tuple[End, re.Pattern[str]], ...] = (
    ("dash", re.compile(rf"{_GAP}\.?(?:{_GAP}(?:[–—―]|-{{2,4}}|__+|[-_](?=\s)))+{_GAP}\n?(?=\S)")),
    ("colon", re.compile(rf"{_GAP}:{_GAP}\n?(?=\S)")),
    ("bar", re.compile(rf"{_GAP}\|{_GAP}(?=\S)")),
    ("break", re.compile(rf"{_GAP}[.,:]?{_GAP}(?:\r?\n\s*+(?=\S)|\Z)")),
    ("stop", re.compile(r"[^\S\n]*+\.[^\S\n]++(?=[\"'“‘A-ZÀ-Þ])")),
    ("open", re.compile(r"[^\S\n]++(?=[\"'“‘A-ZÀ-Þ])")),
)
#: "(MENAFN- KUNA) RABAT, Sept 4 (KUNA) -- …"
_CREDIT = re.compile(r"\([^()\n]{2,40}\)\s+(?=[A-Z])")
#: "ASTANA – KAZINFORM – The president …"
_SECOND = re.compile(r"([A-Z]{2,12})\s+(?:[–—]|-{1,2})\s+(?=\S)")
#: "Hanoi – Baku flights", "VIETNAM – AZERBAIJAN TIES": two places joined, not a dateline.
_PAIR = re.compile(r"([A-Z][\w'’-]*(?: [A-Z][\w'’-]*){0,2}?) (?:(?i:ties|relations|relationship|"
                   r"partnership|cooperation|trade|friendship|strategic|bilateral|summit|talks|"
                   r"flights?|route|border|joint|business|economic|diplomatic)\b)")  # fmt: skip


@cache
def shapes() -> tuple[Shape, ...]:
    """Return the rows of `datelines.toml` in file order."""
    return load_table("pipeline.datelines", "datelines.toml", Shape)


def find_dateline(text: str) -> Dateline | None:
    """Return the dateline at the top of an article, or behind its headline and captions.

    Fires on "HANOI, Aug 18 (VNA) – The premier …"; not on "Hanoi hosted the premier …".
    """
    entries = 0
    for start in _openings(text):
        if (found := read_dateline(text, start)) and not _runs_on(text, found):
            entries += _is_entry(text, found)
            if not _is_entry(text, found) or not (entries > 1 or _goes_on(text, found)):
                return found
    if stamp := _STAMP.match(text):
        return Dateline(stamp.start(), stamp.end(), rule="stamp")
    return None


def _runs_on(text: str, found: Dateline) -> bool:
    """Tell "Lima. The king" where the line before breaks off in the middle of its sentence."""
    if found.close != "stop" or found.date is not None or found.agencies:
        return False
    above = text[: found.start].rstrip(" \t\xa0")
    if not above.endswith("\n") or above[-2:-1] in {"", "\n"}:
        return False
    line = above[:-1].rsplit("\n", 1)[-1].rstrip()
    return len(line) >= WRAPPED and line[-1] not in _ENDS_LINE


@lru_cache(maxsize=1)
def further_datelines(text: str, after: int) -> tuple[Dateline, ...]:
    """Return the datelines behind the first one, each at the head of a paragraph or line.

    A digest prints several stories, one below the other. Fires on "LIMA - The king …" and "Lima,
    May 4 (Andina) - …"; not on "Lima, May 4: Talks with the premier", a line of an itinerary, and
    not where all is in capitals.

    Args:
        after: the offset from which they are sought: where the first story begins. The parser and
            several stages ask of the same article.
    """
    return tuple(_further(text, after))


def _further(text: str, after: int) -> Iterator[Dateline]:
    lines = {line.end() for line in _FURTHER.finditer(text, after)}
    lines |= {entry.end() for entry in _ENTRY.finditer(text, after)}
    told: list[Dateline] = []
    for end in sorted(lines):
        if end < max(after, 1):
            continue
        found = read_dateline(text, end)
        if found is None or not found.place or text[found.end : found.end + _SAMPLE].isupper():
            continue
        if found.place.isupper() or found.agencies:
            told.append(found)
    entries = [_is_entry(text, line) for line in told]
    # a story may be set in Singapore: a list is known by lands that are no towns
    lands = sum(not is_place(line.place or "", city=True) for line in compress(told, entries))
    is_list = lands >= _LEAST_ENTRIES
    yield from (line for line, entry in zip(told, entries, strict=True) if not (is_list and entry))


def _goes_on(text: str, entry: Dateline) -> bool:
    """Tell whether a further entry of a list stands in the line behind one, or before it."""
    following = _LINE.search(text, max(text.find("\n", entry.end), entry.end))
    before = text[: entry.start].rstrip().rpartition("\n")[2]
    found = read_dateline(text, following.start()) if following else None
    if found is not None and _is_entry(text, found):
        return True
    return _opens_with_land(before) or bool(following and _opens_with_land(following.group()))


def _opens_with_land(line: str) -> bool:
    """Tell "Peru – President Ana Ruiz", whose land is no town from which one might report."""
    line = line.lstrip(" \t\xa0*_>")
    land = next((m for p in _PLACE.values() if (m := p.match(line))), None)
    named = land is not None and is_country_name(land.group())
    return named and land is not None and _ENDS[0][1].match(line, land.end()) is not None


def _is_entry(text: str, line: Dateline) -> bool:
    """Tell "PERU – President Ana Ruiz and Premier X", a line of a list, from a story's opening.

    A list names lands: "LIMA – President Ana Ruiz arrived here" opens a story of few small words.
    """
    if line.agencies or line.country or line.date or not is_country_name(line.place or ""):
        return False
    entry, _, _ = text[line.end : line.end + _LONGEST_ENTRY].partition("\n")
    said = entry.split()
    small = sum(word[:1].islower() and len(word) > _SHORT_WORD for word in said)
    capitals = sum(word[:1].isupper() for word in said)
    return len(entry) < _LONGEST_ENTRY and small <= capitals // _CAPITALS


def read_dateline(text: str, start: int) -> Dateline | None:
    """Read the dateline that begins exactly at `start`, or return None."""
    for kind in ("caps", "title", "none"):
        found = _scan(text, start, kind)
        if found is None:
            continue
        for shape in shapes():
            if shape.place == kind and _fits(shape, found, text):
                found.rule = shape.id
                return found
    return None


def _openings(text: str) -> Iterator[int]:
    """Yield the starts of the first lines, up to the first paragraphs of the story."""
    stamp = _STAMP.match(text)
    begin = stamp.end() if stamp else 0
    paragraphs = 0
    lines = _LINE.finditer(text, begin, begin + HEAD_CHARACTERS)
    for number, line in enumerate(line for line in lines if not line.group().isspace()):
        if number == HEAD_LINES or paragraphs > PARAGRAPHS:
            return
        stripped = line.group()
        if _ROW.fullmatch(stripped):
            continue
        opening = line.start() + len(stripped) - len(stripped.lstrip(" \t\xa0*_>"))
        yield opening
        if credit := _CREDIT.match(text, opening):
            yield credit.end()
        paragraphs += len(stripped) >= PARAGRAPH


def _scan(text: str, start: int, kind: str) -> Dateline | None:
    """Read the parts from the left and stop at an end."""
    found = Dateline(start, start)
    position = start
    if kind != "none":
        place = _place(text, start, kind)
        if place is None:
            return None
        found.place = place
        position = start + len(place)
    for _ in range(6):
        after = _part(text, position, found)
        if after is None:
            break
        position = after
    for close, pattern in _ENDS:
        if end := pattern.match(text, position):
            found.close, found.end = close, end.end()
            if close == "dash" and (agency := _SECOND.match(text, found.end)):
                found.end = agency.end() if agency.group(1) in agency_names() else found.end
            return found
    return None


def _place(text: str, start: int, kind: str) -> str | None:
    match = _PLACE[kind].match(text, start)
    if match is None:
        return None
    place = match.group()
    if kind == "title" and place.isupper():
        return None
    # "NUR-SULTAN. KAZINFORM –": a full stop ends the place, but not in "St. John's" or "D.C.".
    if stop := _FULL_STOP.search(place):
        place = place[: stop.start()]
    # "Geneva May 3": a month is no part of the place.
    words = place.split(" ")
    for count in range(1, len(words)):
        tail = start + len(" ".join(words[:count])) + 1
        if match_date(text, tail):
            return " ".join(words[:count])
    return place


def _part(text: str, position: int, found: Dateline) -> int | None:
    """Read one more part; return the position after it, or None where there is none."""
    gap = _SEPARATOR.match(text, position)
    inner = gap.end() if gap else position
    if found.date is None and (read := match_date(text, inner)):
        found.date = read
        return read.end
    if bracket := _BRACKETS.match(text, inner):
        return bracket.end() if _bracket(bracket, found) else None
    separated = bool(text[position:inner].strip())
    bare = _BARE_AGENCY.match(text, inner)
    if bare and (separated or found.place is None or found.date):
        name = bare.group().strip(".")
        if name in agency_names():
            found.agencies.append(name)
            return bare.end()
    barred = "|" in text[position:inner] and found.place and not found.agencies
    if barred and (agency := _BARRED_AGENCY.match(text, inner)):
        found.agencies.append(agency.group(1))
        return agency.end(1)
    if found.place and not found.date and not found.agencies:
        country = _COUNTRY.match(text, position)
        if country and not match_date(text, country.start(1)):
            found.country = country.group(1)
            return country.end()
    return None


def _bracket(bracket: re.Match[str], found: Dateline) -> bool:
    """Take up what stands in brackets: an agency, a date, or both."""
    inner = next(group for group in bracket.groups() if group is not None).strip()
    for part in _WITHIN.split(inner):
        read = match_date(inner, inner.find(part)) if found.date is None else None
        if read:
            # Offsets of the match are of no use outside; only year, month and day are.
            found.date = read
        elif _AGENCY.fullmatch(part) and not part.lower().startswith(("photo", "applause")):
            found.agencies.append(part)
        elif not re.fullmatch(r"(?:1[89]|20)\d\d", part):
            return False
    return True


def _fits(shape: Shape, found: Dateline, text: str) -> bool:
    if found.close not in shape.ends:
        return False
    if (shape.date and found.date is None) or (shape.agency and not found.agencies):
        return False
    if found.close == "open" and (found.date is None and not found.agencies):
        return False
    if not shape.known:
        return True
    if found.place is None or not is_place(found.place, city=shape.known == "city"):
        return False
    if found.country and not (shape.date or shape.agency) and not _is_region(found.country):
        return False
    return not (found.close == "dash" and _is_pair(text, found.end))


def _is_region(country: str) -> bool:
    """Tell whether the second name is a country, a city, or initials ("D.C.", "U.A.E.")."""
    return is_place(country) or country.replace(".", "").isupper()


def _is_pair(text: str, position: int) -> bool:
    pair = _PAIR.match(text, position)
    return bool(pair and is_place(pair.group(1)))
