"""Tables of the states with which a state has relations, one a line with its day.

Also of its partners ("Strategic partners of Peru: <new line> Chad (2010) <new line> …"), of those
that have recognised it or cut ties with it, and of a body's members. The day may stand before those
that share it: "2004: Peru, Chad and Fiji".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from models.upgrade import Change
from pipeline.discourse.timing.days import partial
from pipeline.reference.countries import country_codes
from pipeline.stages.upgrades.candidate import MEMBER, Candidate
from pipeline.stages.upgrades.levels.level_names import Level, find_levels
from pipeline.stages.upgrades.parties.party_references import NO_BARS
from pipeline.stages.upgrades.reading import Reading
from pipeline.stages.upgrades.tables import words

#: A table has this many rows in a run, so many where the line over it says what it lists.
_LEAST, _LEAST_NAMED = 3, 2
#: So far before its first row a table is said to be of diplomatic relations, in characters.
_HEAD = 400
#: A row is a number, a name, a date and footnotes, no longer than this.
_LONGEST = 70
#: A row of several that share a day is no longer than this.
_LONGEST_SHARED = 200
#: The line over a table is no longer than this.
_LONGEST_HEAD = 120
#: Of so many named over a table nobody knows whose partners it lists.
_TOO_MANY = 2
_LEVEL = "diplomatic relations"
#: What the line over a table says where it lists no relations or partners.
_RECOGNISED = re.compile(r"\brecogni[sz](?:ed|es?|ing|tion)\b", re.IGNORECASE)
_CUT = re.compile(
    r"\b(?:cut|severed|broken?(?: off)?|ended) (?:\w+ ){0,2}(?:ties|relations)\b", re.IGNORECASE
)
_LOST = re.compile(
    r"\b(?:allies|partners)\b[^.]{0,60} lost\b|\blost [^.]{0,60}\b(?:allies|partners)\b",
    re.IGNORECASE,
)
_JOINED = re.compile(
    r"\b(?:members?|membership|enlarge(?:d|ment)|joined?|accessions?|admitted)\b", re.IGNORECASE
)
_LEFT = re.compile(r"\b(?:left|quit|exited|leaving|departures?|exits?)\b", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d_]+(?:[ '’.-]{1,2}[^\W\d_]+){0,6}")
#: A year that ends a line ("Fiji, 2008").
_YEAR = re.compile(r"[,:–—|\t-] ?\(?((?:19|20)\d\d)\)?[.;,]?\s*\Z")
#: A day, month or year that opens a line, with the mark behind it.
_DAY_FIRST = re.compile(
    r"[ \t#*•·–-]*(?:[A-Z\d][\w., ]{0,16}?)?(?P<year>(?:19|20)\d\d)\)?\s*(?:[:|–—\t-]|\s)\s*"
)
#: What may stand between the names of a line.
_BESIDE_NAMES = re.compile(r"\b(?:and|the)\b|[\s,;.&/|*]+")
#: What may open a line of a list.
_BULLETS = " \t#*•·–-"
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_SCORE = 0.85


@dataclass(frozen=True)
class Kind:
    """What each row of a table tells, and of whom (none: of whom the article is about)."""

    level: str
    change: Change
    owner: str | None
    text: str | None = None


@dataclass(frozen=True)
class Row:
    """A state with the day on which relations with it were opened."""

    code: str
    at: int
    day: str


@cache
def _says(name: Literal["lists_else", "lists_states", "lists_no_joining"]) -> re.Pattern[str]:
    """Return the pattern of the words of a list, in a line over a table."""
    return re.compile(rf"\b(?:{'|'.join(sorted(words(name)))})\b", re.IGNORECASE)


def read_ledger(reading: Reading) -> Iterator[Candidate]:
    """Yield the relations that a table lists: "1  Ethiopia 27 April 1993", a line each."""
    run: list[Row] = []
    text = reading.scene.article.text
    for start, end in _lines(text, *reading.scene.extent):
        rows = _rows(reading, start, end)
        if rows:
            run += rows
        elif text[start:end].strip():
            yield from _read(reading, run)
            run = []
    yield from _read(reading, run)


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for line in text[start:end].splitlines(keepends=True):
        yield start, start + len(line)
        start += len(line)


def _rows(reading: Reading, start: int, end: int) -> list[Row]:
    """Return what a line tells, if it holds states and a date and nothing beside them."""
    scene = reading.scene
    if start < scene.article.body_start:
        return []
    row = _row(reading, start, end) if end - start <= _LONGEST else None
    if row is not None or end - start > _LONGEST_SHARED:
        return [row] if row is not None else []
    found = _rows_of_day(reading, start, end) or _rows_before_day(reading, start, end)
    if found or end - start > _LONGEST:
        return found
    line = scene.article.text[start:end]
    return _states_alone(reading, end - len(line.lstrip(_BULLETS)), end, "")


def _rows_of_day(reading: Reading, start: int, end: int) -> list[Row]:
    """Return those of "June 2017 - Peru", "2004: Peru, Chad and Fiji", which share a day."""
    scene, line = reading.scene, reading.scene.article.text[start:end]
    opening = _DAY_FIRST.match(line)
    if opening is None:
        return []
    dates = [d for d in scene.dates_in(start, end) if partial(d) is not None]
    pair = partial(dates[0]) if len(dates) == 1 else None
    day = pair[0] if pair is not None else opening["year"]
    if len(dates) > 1 or (dates and dates[0].end > start + opening.end()):
        return []
    return _states_alone(reading, start + opening.end(), end, day)


def _rows_before_day(reading: Reading, start: int, end: int) -> list[Row]:
    """Return those of "Peru and Chad - 1997", "Peru, Chad and Fiji (June 2004)"."""
    scene, line = reading.scene, reading.scene.article.text[start:end]
    dates = [d for d in scene.dates_in(start, end) if partial(d) is not None]
    pair = partial(dates[0]) if len(dates) == 1 else None
    year = _YEAR.search(line.rstrip())
    if len(dates) > 1 or (pair is None and year is None):
        return []
    at = dates[0].start - start if dates else year.start(1) if year is not None else 0
    last = dates[0].end - start if dates else len(line.rstrip())
    if _LETTERS.search(line[last:]):
        return []
    named = line[:at].rstrip(" \t,:(–—|-")
    opens = len(named) - len(named.lstrip(_BULLETS))
    day = pair[0] if pair is not None else year[1] if year is not None else ""
    return _states_alone(reading, start + opens, start + len(named), day)


def _states_alone(reading: Reading, start: int, end: int, day: str) -> list[Row]:
    """Return the states of a stretch of text, if nothing stands beside them, each with a day."""
    scene, rest = reading.scene, reading.scene.article.text[start:end]
    first, last = bisect_left(scene.starts, start), bisect_left(scene.starts, end)
    told = [r for i in range(first, last) for r in scene.at(i)]
    named = {r.start: r for r in told if r.kind == "country" and r.form == "name" and r.country}
    for reference in sorted(named.values(), key=lambda r: -r.start):
        at = max(reference.start - start, 0)
        rest = rest[:at] + rest[at + len(reference.text) :]
    if not named or _BESIDE_NAMES.sub("", rest).strip():
        return []
    return [
        Row(r.country, bisect_left(scene.starts, at), day)
        for at, r in sorted(named.items())
        if r.country
    ]


def _row(reading: Reading, start: int, end: int) -> Row | None:
    """Return what a line tells, if it holds a state and a date and nothing beside them."""
    scene = reading.scene
    text = scene.article.text
    dates = [date for date in scene.dates_in(start, end) if partial(date) is not None]
    pair = partial(dates[0]) if len(dates) == 1 else None
    year = _YEAR.search(text, start, end) if not dates else None
    if pair is not None:
        day, (opens, closes) = pair[0], (dates[0].start, dates[0].end)
    elif year is not None:
        day, (opens, closes) = year[1], year.span(1)
    else:
        return None
    name = _NAME.search(text, start, opens)
    codes = country_codes(name.group()) if name is not None else ()
    if name is None or len(codes) != 1:
        return None
    rest = text[start : name.start()] + text[name.end() : opens] + text[closes:end]
    if _LETTERS.search(rest):
        return None
    return Row(codes[0], bisect_left(scene.starts, name.start()), day)


def _read(reading: Reading, rows: Sequence[Row]) -> Iterator[Candidate]:
    if rows and not any(row.day for row in rows):
        rows = _dated_above(reading, rows)
    rows = [row for row in rows if row.day]
    if len(rows) < _LEAST_NAMED:
        return
    known = {row.code for row in rows}
    kind = _by_line_over(reading, rows, known)
    if kind is None and len(rows) >= _LEAST:
        kind = _of_relations(reading, rows, known) or _of_members(reading, rows)
    if kind is None:
        return
    owner = kind.owner or reading.parties.other(rows[0].at, known)
    for row in rows:
        if owner is not None and owner != row.code:
            yield Candidate(
                rule="ledger",
                at=row.at,
                parties=frozenset({owner, row.code}),
                level=kind.level,
                level_text=kind.text,
                change=kind.change,
                status="planned" if reading.is_to_come(row.day) else "completed",
                date=row.day,
                score=_SCORE,
            )


def _dated_above(reading: Reading, rows: Sequence[Row]) -> list[Row]:
    """Return bare states with the one day of the line over them: "Members since May 2004:"."""
    scene = reading.scene
    end = scene.article.text.rfind("\n", 0, scene.doc[rows[0].at].idx)
    line = scene.article.text[: max(end, 0)].rstrip()
    start = line.rfind("\n") + 1
    pairs = [pair for d in scene.dates_in(start, len(line)) if (pair := partial(d)) is not None]
    short = len(line) <= start + _LONGEST_HEAD
    return [replace(row, day=pairs[0][0]) for row in rows] if len(pairs) == 1 and short else []


def _of_relations(reading: Reading, rows: Sequence[Row], known: Collection[str]) -> Kind | None:
    """Return whose relations a table lists that stands below a word of diplomatic relations."""
    scene = reading.scene
    first = scene.doc[rows[0].at].idx
    head = scene.article.text[max(0, first - _HEAD) : first].lower()
    if _LEVEL not in head:
        return None
    said = scene.doc.char_span(
        at := first - len(head) + head.rindex(_LEVEL), at + 1, alignment_mode="expand"
    )
    told = scene.sentence(said.start) if said is not None else None
    named = reading.parties.codes(told.start, told.end) if told is not None else {}
    owner = next((code for code in named if code not in known), None)
    return Kind("diplomatic_relations", "establishment", owner)


def _of_members(reading: Reading, rows: Sequence[Row]) -> Kind | None:
    """Return whose members a table lists below "NATO enlargement", "Those that joined later".

    The body may be named in another line a little before.
    """
    scene = reading.scene
    first = scene.doc[rows[0].at].idx
    text = scene.article.text
    start = max(0, first - _HEAD)
    lines = [(at, text[at:end].strip()) for at, end in _lines(text, start, first)]
    heads = [(at, line) for at, line in lines if 0 < len(line) <= _LONGEST_HEAD]
    joined = next(((at, line) for at, line in reversed(heads) if _JOINED.search(line)), None)
    if joined is None or _says("lists_no_joining").search(joined[1]):
        return None
    if _says("lists_else").search(joined[1]) or _LEFT.search(joined[1]):
        return None
    told = (r for i in range(bisect_left(scene.starts, start), rows[0].at) for r in scene.at(i))
    bodies = {r.country for r in told if r.country in words("has_members")}
    return Kind(MEMBER, "upgrade", min(filter(None, bodies))) if len(bodies) == 1 else None


def _by_line_over(reading: Reading, rows: Sequence[Row], known: Collection[str]) -> Kind | None:
    """Return what the line right over a table says of it ("Countries that recognise Peru:")."""
    scene = reading.scene
    text = scene.article.text
    end = text.rfind("\n", 0, scene.doc[rows[0].at].idx)
    line = text[:end].rstrip() if end > 0 else ""
    start = line.rfind("\n") + 1
    if not start < len(line) <= start + _LONGEST_HEAD or _says("lists_else").search(line, start):
        return None
    said = scene.doc.char_span(start, len(line), alignment_mode="contract")
    if said is None:
        return None
    start = max(start, line.rfind(". ", start) + 1)
    level = next((lv for lv in find_levels(line[start:], offset=start) if _is_rung(lv)), None)
    bars = (level.start, level.end) if level is not None else NO_BARS
    named = [c for c in reading.parties.codes(said.start, said.end, bars) if c not in known]
    owner = named[0] if len(named) == 1 else None
    if level is not None and len(named) < _TOO_MANY:
        return Kind(level.name, "upgrade", owner, " ".join(level.text.split()))
    if owner is not None and owner in words("has_members"):
        if _LEFT.search(line, start):
            return Kind(MEMBER, "severance", owner)
        joined = _JOINED.search(line, start) and not _says("lists_no_joining").search(line, start)
        return Kind(MEMBER, "upgrade", owner) if joined else None
    if owner in words("contested") and _LOST.search(line, start):
        return Kind("diplomatic_relations", "severance", owner)
    if owner is None or not _says("lists_states").search(line, start):
        return None
    if _CUT.search(line, start):
        return Kind("diplomatic_relations", "severance", owner)
    if _RECOGNISED.search(line, start):
        return Kind("recognition", "establishment", owner)
    return None


def _is_rung(level: Level) -> bool:
    """Tell the "partners" of a line that lists them from "a strategic partner"."""
    return level.text.endswith("s") and level.name not in words("diplomatic_level") | {"alliance"}


__all__ = ["read_ledger"]
