"""Every phrase and verb that is told of a trip makes of it what its row says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from pipeline.discourse.trip_governors import TripGovernor, trip_governors
from pipeline.discourse.trip_predicates import TripPredicate, trip_predicates
from tests.reading import PUBLISHED, Reader

ROWS: tuple[TripPredicate | TripGovernor, ...] = (*trip_predicates(), *trip_governors())
#: A lemma as the tagger makes it of "hoped", a verb that it takes for a noun in the plural.
MISMADE = {"hop for", "brace for", "offer"}


class Phrase(NamedTuple):
    row: TripPredicate | TripGovernor
    text: str


def phrases() -> Iterator[Phrase]:
    """Yield the example of each row and a sentence for each of its phrases and verbs."""
    for row in ROWS:
        yield Phrase(row, row.example)
        for phrase in row.phrases if isinstance(row, TripPredicate) else ():
            yield Phrase(row, f"The visit by President William Ruto to Lima is {phrase}.")
        for verb in row.verbs if isinstance(row, TripGovernor) else ():
            if verb not in MISMADE:
                told = re.sub("^be ", "are ", verb)
                yield Phrase(row, f"Officials {told} a visit by President William Ruto to Lima.")


@pytest.fixture(scope="module")
def ready(reader: Reader) -> Reader:
    cases = list(phrases())
    texts = [case.text for case in cases] + [row.counter for row in ROWS]
    reader.prepare(texts)
    return reader


def statuses(ready: Reader, text: str) -> list[str]:
    return [visit.status for visit in ready.read(text, PUBLISHED).visits]


@pytest.mark.parametrize("case", list(phrases()), ids=lambda case: case.text)
def test_phrase_tells_of_the_trip(ready: Reader, case: Phrase) -> None:
    expected = [] if case.row.status in {"none", "denied"} else [case.row.status]
    assert statuses(ready, case.text) == expected


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_counter_tells_something_else(ready: Reader, row: TripPredicate | TripGovernor) -> None:
    assert statuses(ready, row.counter) not in ([], [row.status])


def test_a_denied_phrase_is_no_plan(ready: Reader) -> None:
    assert statuses(ready, "A visit by Kenyan President William Ruto to Lima is not on.") == []
    over = "The visit by Kenyan President William Ruto to Lima is not over."
    assert statuses(ready, over) == ["ongoing"]
