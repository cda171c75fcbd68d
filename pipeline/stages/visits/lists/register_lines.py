"""Lines of a list of trips: where each entry begins, and how far it reaches.

A page flattens a table to one line a row ("Peru | Lima | May 3"), or to one a cell ("Peru⏎Lima⏎
March 13–14⏎State visit"); a list has numbers, marks or the days before its lands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from spacy.tokens import Span, Token

from models.entity import PERSONAL_KINDS
from pipeline.discourse.scene import Scene, Spot
from pipeline.labels import FINITE
from pipeline.signs import ANY_LIST_JOINTS, DASHES, MARKS_ENTRY, STOPS
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.lists.register_days import is_day, is_month, is_year, months_over
from pipeline.stages.visits.tables import word_set

#: A line, with what opens it in a list: marks, a number, the name of a table's column.
_LINE = re.compile(
    r"^[ \t|]*+(?:(?:[-•*–·]|\d{1,2}[.)](?!\d))[ \t]*)?(?P<told>[^\s|][^\n]*)", re.MULTILINE
)
_COLUMN = re.compile(r"(?P<column>[A-Z][a-z]*(?: [a-z]+)?)[ \t]*:[ \t]*(?=\S)")
#: Marks that part the land of an entry from what is told of it.
_PARTED = MARKS_ENTRY | {"(", "|", "/", "["}
#: How many tokens the days may take that open a line.
_LONGEST_DAYS = 12
#: How long a line may be that goes on with an entry that has no day yet, in tokens.
_LONGEST_LINE = 40
#: How long one may be that only names the kind of a trip that has its days: "State visit".
_PURPOSE = 5
#: How many lines such an entry may have, and how many other lines may stand between two entries.
_MOST_LINES = 5
_FURTHEST = 12
#: A shorter line is no line of a wrapped text whose next line goes on with it, in characters.
_SHORT = 50


@dataclass(frozen=True)
class Entry:
    """A trip of a list: its lines, its places, one a land, and how many lines stand before it.

    Attributes:
        at: where the land that opens it stands, or its guest.
    """

    span: Span
    at: int
    spots: Sequence[Spot]
    gap: int


def text_lines(scene: Scene, start: int) -> Iterator[Span]:
    """Yield the lines behind a token, each without what marks it as one of a list."""
    while start and scene.doc[start - 1].is_space:
        start -= 1
    text = scene.article.text
    above = text.find("\n", scene.doc[start - 1].idx) if start else -1
    if start and above < 0:
        return  # behind its last line
    first = above + 1
    for line in _LINE.finditer(text, first, scene.extent[1]):
        begin, end = line.span("told")
        told = scene.doc.char_span(begin, end, alignment_mode="expand")
        if told is not None and not _goes_on(text, line.start()):
            yield told


def _goes_on(text: str, at: int) -> bool:
    """Tell a line that goes on with the one before it, which was cut at its end."""
    above = text[text.rfind("\n", 0, max(0, at - 1)) + 1 : max(0, at - 1)].strip()
    return len(above) >= _SHORT and above[-1:] not in '.:;!?|)”"' and text[at].islower()


def entries(reader: ArgumentReader, lines: Sequence[Span], *, of_guests: bool) -> Iterator[Entry]:
    """Yield the entries of a list, each with its lines up to the one that tells its days.

    Args:
        of_guests: whether a guest may open an entry in place of a land.
    """
    scene = reader.scene
    open_entry: Entry | None = None
    lines_of = between = 0
    for line in _with_days_above(reader, lines, of_guests=of_guests):
        land = land_of_line(scene, line)
        spots = places_at(scene, land) if land is not None else []
        at = _opening_of(scene, line, of_guests=of_guests)
        is_dated = open_entry is not None and _is_dated(reader, open_entry.span)
        again = open_entry is not None and {s.country for s in spots} <= _lands(open_entry)
        if is_year(line):
            if open_entry is not None and is_dated:
                yield open_entry
            open_entry = None
        elif at is not None and not (again and spots and not is_dated):
            if open_entry is not None:
                yield open_entry
            open_entry, lines_of = Entry(line, at, each_land(spots), between), 1
            between = 0
        elif open_entry is None:
            between += 1
        elif _goes_with(line, is_dated=is_dated) and lines_of < _MOST_LINES:
            whole = scene.doc[open_entry.span.start : line.end]
            open_entry = Entry(whole, open_entry.at, open_entry.spots, open_entry.gap)
            lines_of += 1
        else:
            between += 1
        if between > _FURTHEST:
            break
    if open_entry is not None:
        yield open_entry


def _with_days_above(
    reader: ArgumentReader, lines: Sequence[Span], *, of_guests: bool
) -> Sequence[Span]:
    """Join each line of days to what stands below it, where a list gives the days first.

    "3–5 May⏎Peru⏎9 May⏎Chile" is such a list, "Peru⏎3–5 May⏎Chile⏎9 May" is none.
    """
    scene = reader.scene
    days = [is_of_days(reader, line) for line in lines]
    if not any(days):
        return lines
    opens = [
        not dated
        and _opening_of(scene, line, of_guests=of_guests) is not None
        and not _is_dated(reader, line)
        for line, dated in zip(lines, days, strict=True)
    ]
    order = [dated for dated, opening in zip(days, opens, strict=True) if dated or opening]
    if not order[0] or order[-1]:
        return lines
    joined: list[Span] = []
    above: Span | None = None
    for line, dated, opening in zip(lines, days, opens, strict=True):
        if above is not None:
            joined.append(scene.doc[above.start : line.end] if opening else above)
            if opening:
                above = None
                continue
            above = None
        if dated:
            above = line
        else:
            joined.append(line)
    return [*joined, above] if above is not None else joined


def _opening_of(scene: Scene, line: Span, *, of_guests: bool) -> int | None:
    """Return where the land, or else the guest, stands that opens an entry."""
    land = land_of_line(scene, line)
    return guest_of_line(scene, line) if land is None and of_guests else land


def is_of_days(reader: ArgumentReader, line: Span) -> bool:
    """Tell a line that holds days and nothing else, no year alone."""
    return not is_year(line) and behind_days(line) >= line.end and _is_dated(reader, line)


def entries_within(reader: ArgumentReader, listed: Span) -> Iterator[Entry]:
    """Yield the entries of "Peru (May 3-5), Chile (May 9) and Fiji", none where a verb stands."""
    scene = reader.scene
    if any(t.tag_ in FINITE for t in listed):
        return
    dated = {i for first, last, _ in reader.clock.dates for i in range(first, last)}
    begins = [
        t.i
        for t in listed
        if _is_joined(t) and t.i not in dated and any(scene.places_in(t.i, t.i + 1))
    ]
    for at, end in pairwise([*begins, listed.end]):
        span = scene.doc[at:end]
        if _is_dated(reader, span) and (spots := places_at(scene, at)):
            yield Entry(span, at, each_land(spots[:1]), 0)


def _is_joined(token: Token) -> bool:
    """Tell the "Peru" of ": Peru (May)", ", to Peru in May", "and Peru"."""
    before = token.nbor(-1)
    if before.lower_ in {"to", "in"}:
        before = before.nbor(-1)
    return before.text in ANY_LIST_JOINTS or before.text == ":"


def _goes_with(line: Span, *, is_dated: bool) -> bool:
    """Tell a line that may hold the days of an entry, or names what kind of trip it was."""
    if is_dated:
        return len(line) <= _PURPOSE and line[-1].lower_ == "visit"
    return len(line) <= _LONGEST_LINE


def _lands(entry: Entry) -> set[str]:
    return {spot.country for spot in entry.spots}


def _is_dated(reader: ArgumentReader, span: Span) -> bool:
    return bool(reader.clock.between(span.start, span.end)) or months_over(span)


def each_land(spots: Sequence[Spot]) -> list[Spot]:
    """Return the places of "Peru, Chile & Fiji", one a land: not Peru again of "Lima, Peru"."""
    found: dict[str, Spot] = {}
    for spot in spots:
        found.setdefault(spot.country, spot)
    return [*found.values()]


def places_at(scene: Scene, at: int) -> list[Spot]:
    """Return the places at token `at`, that of "Peru – May 3 (BRICS summit)" by its name alone."""
    return scene.spots(at) or [
        Spot(told.country, told.place, told, *scene.bounds(told))
        for told in scene.places_in(at, at + 1)
        if told.country
    ]


def land_of_line(scene: Scene, line: Span) -> int | None:
    """Return where the land stands that opens a line: "Peru – May 3", "May 3: Peru".

    Not of "Peru's president left", "Peru, which welcomed him on Monday,".
    """
    at = behind_days(line)
    spots = places_at(scene, at) if at < line.end else []
    if not spots or not any(scene.places_in(at, at + 1)):
        return None
    behind = [t for t in scene.doc[spots[-1].end : line.end] if not t.is_space]
    if not behind or behind[0].text in _PARTED:
        aside = bool(behind) and behind[0].text in DASHES and behind[0].text in map(str, behind[1:])
        return None if aside else at
    if behind[0].text == "," and (len(behind) == 1 or behind[1].text[0].islower()):
        return None
    before = takewhile(lambda token: token.text not in _PARTED | STOPS, behind)
    tells = any(t.tag_ in FINITE or t.tag_ == "POS" for t in before)
    return None if tells else at


def behind_days(line: Span) -> int:
    """Return where a line goes on behind the column or the days that open it.

    So "15–16 May: Lima, Peru", "Country: Peru", "The Gambia".
    """
    at = line.start
    column = _COLUMN.match(line.text)
    if column is not None and column["column"].lower() in word_set("column_of_lands"):
        span = line.char_span(*column.span(), alignment_mode="expand")
        at = span.end if span is not None else at
    while at < line.end and at - line.start < _LONGEST_DAYS:
        token = line.doc[at]
        dated = is_day(token.text) or token.is_punct or token.is_space or token.text == "|"
        if not dated and not is_month(token.text) and token.lower_ not in {"to", "and", "the"}:
            break
        at += 1
    return at


def guest_of_line(scene: Scene, line: Span) -> int | None:
    """Return where a guest stands that opens a line: "President X of Peru – May 4"."""
    at = behind_days(line)
    named = at
    while named < line.end and any(r.form == "adjective" for r in scene.at(named)):
        named += 1  # "Polish Prime Minister X"
    opens = named < line.end and any(
        r.kind in PERSONAL_KINDS and r.form != "pronoun" for r in scene.at(named)
    )
    tells = any(t.tag_ in FINITE for t in takewhile(lambda token: token.text != ":", line))
    return at if opens and not tells else None


__all__ = [
    "Entry",
    "behind_days",
    "each_land",
    "entries",
    "entries_within",
    "guest_of_line",
    "is_of_days",
    "land_of_line",
    "places_at",
    "text_lines",
]
