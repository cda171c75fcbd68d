"""Lists of people whose entries a page has run into one line: where each of them begins.

Copies of pages lose the line breaks of lists: "- King A of Peru - President B of Chile", "H.E. A,
President of Peru H.E. B, President of Chile", "PERU - President A CHILE - President B". A model
takes two entries for one name, and gives the one the other's office and land. Each entry is
therefore cut apart before it is parsed, and whoever reads lists line by line reads it as a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from itertools import pairwise

from pipeline.reference.countries import country_forms
from pipeline.reference.offices import match_offices
from pipeline.signs import EXCELLENCY

#: So many entries, the first of them included, make a list, and so many in one line that itself
#: begins with the point of a list.
_FEWEST, _FEWEST_BULLETED = 3, 2
#: An entry has at most so many characters.
_LONGEST = 200
#: Offices of these scopes are held by those who are on such lists.
_SCOPES = frozenset({"national", "royal", "organization"})
_LINE = re.compile(r"[^\n]+")
_BULLETED = re.compile(r"\s*[-–—•·▪●*]\s")
_POINT = re.compile(r"(?<=\S) ++(?=(?:--?|[–—•·▪●*]) [\"“]?[^\W\d_a-z])")
_NUMBER = re.compile(r"(?<=\S) ++(?=(\d{1,2})[.)] [^\W\d_a-z])")
#: "H.E." behind what ends no phrase: not that of ", H.E. X and H.E. Y".
_STYLED = re.compile(
    r"(?<=\S)(?<![,&(])(?<!\d[.)]) ++(?<!\band )(?<!\bby )(?<!\bof )(?<!\bwith )(?<!\bas )"
    rf"(?=(?:(?:{EXCELLENCY}),?|HE|(?:His|Her)(?: Royal)? (?:Majesty|Highness)"
    r"|H\.M\.|H\.R\.H\.) ?[^\W\d_a-z])"
)
#: Not the land of "Ana Ruiz, Peru - Luis Rojas, Chile", "the president of Peru - the king of Fiji".
_PAIRED = r"(?<=\S)(?<!,)(?<!\bof)(?<!\bthe) ++(?=(?:{lands})(?: [-–—]|:) [^\W\d_a-z])"


@lru_cache(maxsize=8)
def entry_starts(text: str) -> tuple[int, ...]:
    """Return where entries begin that follow another one in their line, from left to right.

    "- King A of Peru - President B of Chile" has one, at its second dash; "LIMA - President A said
    - and B agreed" and "H.E. A, President of Peru, and H.E. B" have none.
    """
    return tuple(at for line in _LINE.finditer(text) for at in _of_line(text, *line.span()))


def _of_line(text: str, start: int, end: int) -> Sequence[int]:
    if end - start < _FEWEST_BULLETED * len("- King A "):
        return ()
    line = text[start:end]
    fewest = _FEWEST_BULLETED if _BULLETED.match(line) else _FEWEST
    for cuts in (_lands(line), _points(line), _numbers(line), _styles(line)):
        if len(cuts) + 1 >= fewest and _are_entries(line, cuts, headed=fewest == _FEWEST):
            return [start + at for at in cuts]
    return ()


def _points(line: str) -> Sequence[int]:
    return [found.end() for found in _POINT.finditer(line)]


def _numbers(line: str) -> Sequence[int]:
    """Return where numbers stand that count on from one to the next."""
    found = [(int(n[1]), n.end()) for n in _NUMBER.finditer(line)]
    first = found[0][0] if found else 0
    on = [n for n, _ in found] == [*range(first, first + len(found))]
    return [at for _, at in found] if on else ()


def _styles(line: str) -> Sequence[int]:
    return [found.end() for found in _STYLED.finditer(line)]


def _lands(line: str) -> Sequence[int]:
    marks = line.count(": ") + line.count(" - ") + line.count(" – ") + line.count(" — ")
    return [found.end() for found in _before_land().finditer(line)] if marks >= _FEWEST else ()


@cache
def _before_land() -> re.Pattern[str]:
    names = {row.form for row in country_forms() if row.form[:1].isupper()}
    lands = sorted({*names, *(name.upper() for name in names)}, key=len, reverse=True)
    return re.compile(_PAIRED.format(lands="|".join(map(re.escape, lands))))


def _are_entries(line: str, cuts: Iterable[int], *, headed: bool) -> bool:
    """Tell whether each part of a line names an office, but what may stand over the first."""
    parts = [line[begin:end] for begin, end in pairwise((0, *cuts, len(line)))]
    return all(
        len(part) <= _LONGEST and _names_office(part) for part in (parts[1:] if headed else parts)
    )


def _names_office(part: str) -> bool:
    return any(found.form.scope in _SCOPES for found in match_offices(part))


__all__ = ["entry_starts"]
