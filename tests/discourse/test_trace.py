"""What the stages tell of themselves where someone asks."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from pipeline.discourse import trace
from pipeline.stage import Case
from pipeline.stages.upgrades.find import find as find_upgrades
from pipeline.stages.visits.find import find as find_visits
from tests.reading import Reader

TEXT = (
    "Kenyan Foreign Minister Amina Odhiambo visited Norway on Monday. Tourists visited Norway. "
    "She did not travel to Sweden. Kenya and Norway established a strategic partnership. "
    "Kenya did not cut ties with Norway."
)


@dataclass(frozen=True)
class Told:
    rule: str
    at: int


def test_nothing_is_noted_where_no_one_asks() -> None:
    trace.silent(1, "visit", "no place")
    trace.dropped("no date", Told("visit", 1))
    assert not trace.is_on()
    found = [Told("visit", 1)]
    assert trace.watched(found, str) is found


def test_notes_are_kept_in_order_and_apart() -> None:
    with trace.tracing() as outer:
        trace.silent(1, "visit", "no place")
        with trace.tracing() as inner:
            assert list(trace.watched([Told("visit", 2)], lambda told: told.rule))
        trace.dropped("no date", Told("visit", 3), Told("go", 4))
    assert [(note.at, note.fate, note.why) for note in outer] == [
        (1, "silent", "no place"),
        (3, "dropped", "no date"),
        (4, "dropped", "no date"),
    ]
    assert [(note.at, note.fate, note.why) for note in inner] == [(2, "found", "visit")]


@pytest.mark.slow
def test_each_trigger_is_told_of(reader: Reader) -> None:
    reading = reader.read(TEXT)
    case = Case(reading.article, reading.doc, reading.rows)
    with trace.tracing() as notes:
        visits, upgrades = list(find_visits(case)), list(find_upgrades(case))
    assert visits == reading.visits
    assert upgrades == reading.upgrades
    # Of a verb of several senses the first is told of first.
    told = {
        (reading.doc[note.at].sent.text, note.fate): note.why or note.record
        for note in reversed(notes)
    }
    first, tourists, sweden, upgraded, severed = [s.text for s in reading.doc.sents]
    assert told[first, "kept"] == visits[0]
    assert "Tourists" in str(told[tourists, "silent"])
    assert (sweden, "dropped") in told or (sweden, "silent") in told
    assert told[upgraded, "kept"] == upgrades[0]
    assert "denied" in str(told[severed, "silent"])
