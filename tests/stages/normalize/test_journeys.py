"""Which visits are legs of one journey, in which order, and which visit returns another."""

from __future__ import annotations

import pytest

from models import Visit
from pipeline.stages.normalize import normalize
from tests.stages.normalize.records import Trip, told

WHO, HOME = "Rui Sa", "PRT"
TOUR = "Rui Sa set out on a tour of three countries."


def leg(where: str, start: str | None = None, end: str | None = None, **more: object) -> Trip:
    return Trip(WHO, (HOME, where), start, end, **more)  # type: ignore[arg-type]


def legs(*rows: object) -> list[list[str]]:
    """Return the journeys made of articles, each as its destinations in order."""
    found: dict[str, list[Visit]] = {}
    for visit in normalize(rows).visits:  # type: ignore[arg-type]
        if visit.journey_id:
            found.setdefault(visit.journey_id, []).append(visit)
    for visits in found.values():
        visits.sort(key=lambda visit: visit.leg or 0)
        assert [visit.leg for visit in visits] == list(range(1, len(visits) + 1))
    return sorted([visit.destination.code or "" for visit in visits] for visits in found.values())


def test_days_that_follow_each_other() -> None:
    first, second = leg("AGO", "2024-05-06", "2024-05-07"), leg("MOZ", "2024-05-08", "2024-05-09")
    assert legs(told("a1", None, first), told("a2", None, second)) == [["AGO", "MOZ"]]


def test_a_week_between_is_two_trips() -> None:
    first, second = leg("AGO", "2024-05-06", "2024-05-07"), leg("MOZ", "2024-05-19", "2024-05-20")
    assert legs(told("a1", None, first, second)) == []


def test_one_sentence_without_dates_keeps_its_order() -> None:
    stops = [leg(code, text=TOUR, sentence=0) for code in ("MOZ", "AGO", "CPV")]
    assert legs(told("a1", "2024-05-06", *stops)) == [["MOZ", "AGO", "CPV"]]


def test_one_sentence_with_years_apart_is_no_journey() -> None:
    first = leg("AGO", "2011", "2011", sentence=0)
    second = leg("MOZ", "2018", "2018", sentence=0)
    assert legs(told("a1", "2024-05-06", first, second)) == []


def test_one_year_is_a_journey_only_where_a_tour_is_told() -> None:
    text = "Rui Sa was in both countries in 2013."
    plain = [leg(code, "2013", "2013", sentence=0, text=text) for code in ("AGO", "MOZ")]
    toured = [leg(code, "2013", "2013", sentence=0, text=TOUR) for code in ("AGO", "MOZ")]
    assert legs(told("a1", None, *plain)) == []
    assert legs(told("a1", None, *toured)) == [["AGO", "MOZ"]]


def test_what_was_called_off_is_no_leg() -> None:
    first, second = leg("AGO", "2024-05-06", "2024-05-07"), leg("MOZ", "2024-05-08", "2024-05-09")
    off = leg("CPV", "2024-05-10", "2024-05-10", status="cancelled")
    assert legs(told("a1", None, first, second, off)) == [["AGO", "MOZ"]]


def test_another_visitor_is_another_journey() -> None:
    other = Trip("Ana Costa", (HOME, "MOZ"), "2024-05-08", "2024-05-09")
    assert legs(told("a1", None, leg("AGO", "2024-05-06", "2024-05-07"), other)) == []


@pytest.mark.parametrize(
    ("text", "kind", "transit"),
    [
        ("His plane made a stopover in Praia.", None, True),
        ("He was in Praia on a transit visit.", "transit", True),
        ("He was in Praia on a state visit, without the stopover planned.", "state", False),
        ("They spoke in Praia of the transit of gas.", None, False),
    ],
)
def test_transit(text: str, kind: str | None, *, transit: bool) -> None:
    (visit,) = normalize([told("a1", None, leg("CPV", "2024-05-06", text=text, kind=kind))]).visits
    assert visit.transit is transit


BACK = Trip("Joao Lima", ("AGO", HOME), "2025-02-03", text="Lima paid a return visit to Lisbon.")


def test_a_return_visit_leads_to_the_one_before() -> None:
    earlier, later = leg("AGO", "2023-05-06"), leg("AGO", "2024-05-06")
    visits = normalize([told("a1", None, earlier, later), told("a2", None, BACK)]).visits
    by_start = {visit.start: visit for visit in visits}
    assert by_start["2025-02-03"].return_of == by_start["2024-05-06"].id
    assert by_start["2024-05-06"].return_of is None


def test_a_visit_in_the_other_direction_is_no_return_by_itself() -> None:
    plain = Trip("Joao Lima", ("AGO", HOME), "2025-02-03")
    visits = normalize([told("a1", None, leg("AGO", "2024-05-06"), plain)]).visits
    assert {visit.return_of for visit in visits} == {None}


def test_the_words_may_stand_beside_the_visit_that_is_returned() -> None:
    text = "It is a return visit: Rui Sa was in Luanda in 2024."
    first, back = leg("AGO", "2024", text=text), Trip("Joao Lima", ("AGO", HOME), "2025-02-03")
    by_start = {v.start: v for v in normalize([told("a1", "2025-02-04", back, first)]).visits}
    assert by_start["2025-02-03"].return_of == by_start["2024"].id
    assert by_start["2024"].return_of is None


def test_what_comes_later_is_not_returned() -> None:
    visits = normalize([told("a1", None, leg("AGO", "2026-05-06"), BACK)]).visits
    assert {visit.return_of for visit in visits} == {None}
