"""Tables of the states with which a state has relations, one a line with its day."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.discourse.timing_days import partial
from pipeline.reference.countries import country_codes
from pipeline.stages.upgrades.candidate import Candidate
from pipeline.stages.upgrades.reading import Reading

#: A table has this many rows in a run.
_LEAST = 3
#: So far before its first row a table is said to be of diplomatic relations, in characters.
_HEAD = 400
#: A row is a number, a name, a date and footnotes, no longer than this.
_LONGEST = 70
_LEVEL = "diplomatic relations"
_NAME = re.compile(r"[^\W\d_]+(?:[ '’.-]{1,2}[^\W\d_]+){0,6}")
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_SCORE = 0.85


@dataclass(frozen=True)
class Row:
    """A state with the day on which relations with it were opened."""

    code: str
    at: int
    day: str


def read_ledger(reading: Reading) -> Iterator[Candidate]:
    """Yield the relations that a table lists: "1  Ethiopia 27 April 1993", a line each."""
    run: list[Row] = []
    text = reading.scene.article.text
    for start, end in _lines(text, *reading.scene.extent):
        row = _row(reading, start, end)
        if row is not None:
            run.append(row)
        elif text[start:end].strip():
            yield from _read(reading, run)
            run = []
    yield from _read(reading, run)


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for line in text[start:end].splitlines(keepends=True):
        yield start, start + len(line)
        start += len(line)


def _row(reading: Reading, start: int, end: int) -> Row | None:
    """Return what a line tells, if it holds a state and a date and nothing beside them."""
    scene = reading.scene
    if end - start > _LONGEST or start < scene.article.body_start:
        return None
    dates = [date for date in scene.dates_in(start, end) if partial(date) is not None]
    pair = partial(dates[0]) if len(dates) == 1 else None
    if pair is None:
        return None
    text = scene.article.text
    name = _NAME.search(text, start, dates[0].start)
    codes = country_codes(name.group()) if name is not None else ()
    if name is None or len(codes) != 1:
        return None
    rest = text[start : name.start()] + text[name.end() : dates[0].start] + text[dates[0].end : end]
    if _LETTERS.search(rest):
        return None
    return Row(codes[0], bisect_left(scene.starts, name.start()), pair[0])


def _read(reading: Reading, rows: Sequence[Row]) -> Iterator[Candidate]:
    if len(rows) < _LEAST:
        return
    scene = reading.scene
    first = scene.doc[rows[0].at].idx
    head = scene.article.text[max(0, first - _HEAD) : first].lower()
    known = {row.code for row in rows}
    if _LEVEL not in head:
        return
    said = scene.doc.char_span(
        at := first - len(head) + head.rindex(_LEVEL), at + 1, alignment_mode="expand"
    )
    told = scene.sentence(said.start) if said is not None else None
    named = reading.parties.codes(told.start, told.end) if told is not None else {}
    owner = next((code for code in named if code not in known), None)
    owner = owner or reading.parties.other(rows[0].at, known)
    for row in rows:
        if owner is not None and owner != row.code:
            yield Candidate(
                rule="ledger",
                at=row.at,
                parties=frozenset({owner, row.code}),
                level="diplomatic_relations",
                change="establishment",
                status="completed",
                date=row.day,
                score=_SCORE,
            )


__all__ = ["read_ledger"]
