"""Which tellings are one trip, and what its status is, with tellings made by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest
import spacy
from spacy.tokens import Doc

from models import Article, Reference
from models.visit import VisitStatus
from pipeline.discourse.factuality import Fact
from pipeline.discourse.scene import Actor, Scene
from pipeline.discourse.timing.of_trips import When
from pipeline.stage import Case
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.days.same_stay import overlap
from pipeline.stages.visits.merging.trip import Trip
from pipeline.stages.visits.merging.trips import gather_trips
from pipeline.stages.visits.outcome.status import status_of
from pipeline.stages.visits.outcome.statuses import statuses_of
from pipeline.stages.visits.tables import gathering_seats

PUBLISHED = "2024-05-16"
#: Sentences of ten tokens each.
SENTENCES, LENGTH = 8, 10


def scene(published: str | None = None) -> Scene:
    words = ["word"] * (SENTENCES * LENGTH)
    starts = [i % LENGTH == 0 for i in range(len(words))]
    doc = Doc(spacy.blank("en").vocab, words=words, sent_starts=starts)
    article = Article(
        id="a",
        source_path="a.txt",
        text=doc.text,
        characters=len(doc.text),
        published=published,
        published_by="metadata" if published else None,
    )
    return Scene(Case(article, doc, {}))


def actor(
    name: str | None = "Ana Tora",
    *,
    country: str | None = "FJI",
    kind: str = "head_of_state",
    definite: bool = True,
    plural: bool = False,
    key: str | None = None,
) -> Actor:
    reference = Reference(
        article_id="a",
        start=0,
        end=4,
        text="word",
        kind="person" if name else "office",
        form="name" if name else "office",
        name=name,
        role=kind.replace("_", " "),
        role_kind=kind,
        country=country,
        definite=definite,
        plural=plural,
        actor=key or name or f"office-{kind}-{country}-{definite}",
    )
    return Actor(reference, 0)


def told(
    at: int = 0,
    who: Actor | None = None,
    *,
    to: str | None = "AUS",
    on: str | None = None,
    until: str | None = None,
    status: VisitStatus | None = "completed",
    weak: bool = False,
    reason: str = "",
    count: int = 1,
    previous: bool = False,
    anaphoric: bool = False,
    nobody: bool = False,
    origin: str | None = None,
    phase: str = "whole",
) -> Candidate:
    traveller = None if nobody else who or actor()
    return Candidate(
        rule="visit",
        at=at,
        actor=traveller,
        origin=origin or (traveller.country if traveller else None),
        spot=None,
        destination=to,
        fact=Fact(status, weak=weak, reason=reason),
        when=When(on, until),
        score=0.9,
        count=count,
        previous=previous,
        anaphoric=anaphoric,
        phase=phase,
    )


def trips(*candidates: Candidate) -> list[Trip]:
    return gather_trips(scene(), candidates)


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("2024", "2024-05", True),
        ("2024-05", "2024-05-16", True),
        ("2024-05-16", "2024-05-16", True),
        ("2024-05", "2024-06", False),
        ("2023", "2024-06", False),
    ],
)
def test_overlap(first: str, second: str, *, same: bool) -> None:
    assert overlap(first, second) is same
    assert overlap(second, first) is same


@pytest.mark.parametrize(
    ("first", "second", "number"),
    [
        # One journey, told twice.
        (told(1), told(20), 1),
        (told(1, on="2024-05-13"), told(20), 1),
        (told(1), told(20, on="2024-05-13"), 1),
        (told(1, on="2024-05"), told(20, on="2024-05-13"), 1),
        (told(1, on="2024-05-13"), told(20, on="2024-05-15"), 1),
        (told(1, status="planned", weak=True), told(20, status="ongoing"), 1),
        # Two journeys.
        (told(1, on="2011"), told(20, on="2018"), 2),
        (told(1, on="2024-03-01"), told(20, on="2024-05-13"), 2),
        (told(1), told(20, to="NZL"), 2),
        (told(1), told(20, actor("Pio Vula", kind="foreign_minister")), 2),
        (told(1), told(20, count=9), 2),
        (told(1, on="2024-05-13"), told(20, on="2023", previous=True), 2),
        (told(1, status="ongoing"), told(20, status="invited"), 2),
        (told(1), told(20, status="planned", on="2024-09-01"), 2),
    ],
)
def test_one_trip_or_two(first: Candidate, second: Candidate, number: int) -> None:
    assert len(trips(first, second)) == number


@pytest.mark.parametrize(
    "candidate",
    [
        told(1, status=None),
        told(1, to="FJI"),
        told(1, actor("Ben Oru", kind="ambassador")),
        told(1, actor(None, country=None)),
        told(1, previous=True),
        told(1, nobody=True),
        told(1, nobody=True, to=None, anaphoric=True),
    ],
)
def test_no_trip(candidate: Candidate) -> None:
    assert trips(candidate) == []


def test_the_visit_without_visitor_or_place_joins_the_one_just_told() -> None:
    (trip,) = trips(told(1), told(15, to=None, nobody=True, anaphoric=True, on="2024-05-13"))
    assert trip.when == When("2024-05-13")


def test_the_visit_without_visitor_joins_one_to_the_same_place() -> None:
    (trip,) = trips(told(1), told(15, nobody=True, on="2024-05"))
    assert len(trip.candidates) == 2
    assert len(trips(told(1), told(15, to="NZL", nobody=True))) == 1


def test_his_visit_takes_the_place_just_told() -> None:
    (trip,) = trips(told(1), told(15, to=None))
    assert trip.destination == "AUS"
    assert len(trip.candidates) == 2


def test_counted_visits_of_nobody_in_particular_stand_alone() -> None:
    first, second = trips(told(1), told(15, nobody=True, origin="FJI", count=9))
    assert (first.count, second.count) == (1, 9)


def test_a_generic_visitor_is_the_one_named() -> None:
    generic = actor(None, definite=False)
    (trip,) = trips(told(1), told(15, generic))
    assert trip.key == "Ana Tora"


def test_a_generic_visitor_of_another_office_is_not() -> None:
    generic = actor(None, kind="defence_minister", definite=False)
    assert len(trips(told(1), told(15, generic))) == 2


def test_a_named_visitor_without_country_comes_from_where_the_others_do() -> None:
    stranger = actor("Ira Kolo", country=None, kind="foreign_minister")
    first, second = trips(told(1), told(15, stranger))
    assert (first.origin, second.origin) == ("FJI", "FJI")


def test_trips_come_in_order_of_telling() -> None:
    found = trips(told(30, to="NZL"), told(2), told(40, to="TON"))
    assert [trip.destination for trip in found] == ["AUS", "NZL", "TON"]


@pytest.mark.parametrize(
    ("tellings", "when"),
    [
        ([told(on="2024-05", until="2024-05"), told(on="2024-05-13")], When("2024-05-13")),
        (
            [told(on="2024-05-13"), told(on="2024-05-13", until="2024-05-15")],
            When("2024-05-13", "2024-05-15"),
        ),
        ([told(until="2024-05-15"), told(on="2024-05-13")], When("2024-05-13", "2024-05-15")),
        ([told(), told(on="2024")], When("2024")),
        ([told()], When()),
        # Arrived on Sunday, seen about on Monday, gone on Wednesday.
        (
            [told(on="2024-05-13", until="2024-05-13"), told(on="2024-05-12")],
            When("2024-05-12", "2024-05-13"),
        ),
        (
            [told(on="2024-05-12"), told(on="2024-05-13"), told(until="2024-05-15")],
            When("2024-05-12", "2024-05-15"),
        ),
        # An end before the start is another trip's.
        ([told(on="2024-05-12"), told(until="2024-05-10")], When("2024-05-12")),
        (
            [told(on="2024-05-12", until="2024-05-14"), told(on="2024-05-12")],
            When("2024-05-12", "2024-05-14"),
        ),
    ],
)
def test_the_most_precise_dates_count(tellings: list[Candidate], when: When) -> None:
    assert Trip("Ana Tora", "FJI", "AUS", tellings).when == when


def test_the_dates_are_those_of_all_that_is_told_so_far() -> None:
    trip = Trip("Ana Tora", "FJI", "AUS", [told(on="2024-05")])
    assert trip.when == When("2024-05")
    trip.add(told(on="2024-05-12"))
    assert trip.when == When("2024-05-12")
    trip.retell(1, told(on="2024-05-13"))
    assert trip.when == When("2024-05-13")


@pytest.mark.parametrize(
    ("tellings", "status"),
    [
        ([told(status="completed")], "completed"),
        ([told(status="planned", on="2024-06-01")], "planned"),
        ([told(status="completed", on="2024-06-01")], "planned"),
        ([told(status="ongoing", on="2024-05-14")], "ongoing"),
        ([told(status="ongoing", on="2024-03-14")], "completed"),
        ([told(status="ongoing", on="2024-06-01")], "planned"),
        ([told(status="planned"), told(status="cancelled")], "cancelled"),
        ([told(status="planned"), told(status="postponed")], "postponed"),
        ([told(status="postponed"), told(status="cancelled")], "cancelled"),
        ([told(status="invited"), told(status="planned")], "planned"),
        ([told(status="planned", on="2024-05-02"), told(status="completed")], "completed"),
        ([told(status="planned"), told(status="ongoing")], "ongoing"),
        ([told(reason="arrived", phase="arrive", on="2024-05-15")], "ongoing"),
        ([told(reason="arrived", phase="arrive", on="2024-04-15")], "completed"),
        ([told(reason="arrived", phase="arrive", at=5)], "ongoing"),
        ([told(reason="arrived", phase="arrive", at=60)], "completed"),
        ([told(status="ongoing", weak=True, on="2021")], "completed"),
        ([told(reason="went", phase="arrive", on=PUBLISHED)], "ongoing"),
        ([told(reason="went", phase="arrive", on="2024-05-14")], "completed"),
        ([told(reason="pluperfect", phase="arrive", on="2024-05-15")], "completed"),
        ([told(on="2024-05-14"), told(until="2024-05-18", status="planned")], "ongoing"),
        ([told(status="cancelled"), told(5, on="2024-05-02", phase="arrive")], "completed"),
        ([told(status="cancelled"), told(5, on="2024-05-18", phase="arrive")], "cancelled"),
        ([told(reason="homeward", status="planned", until="2024-05-18"), told()], "ongoing"),
    ],
)
def test_status(tellings: list[Candidate], status: str) -> None:
    trip = Trip("Ana Tora", "FJI", "AUS", tellings)
    assert status_of(trip, PUBLISHED, lead=40) == status


def test_who_went_on_to_another_country_is_no_more_in_the_first() -> None:
    first = told(1, on="2024-05-13", reason="arrived", phase="arrive")
    second = told(15, to="NZL", on="2024-05-15", reason="arrived", phase="arrive")
    assert statuses_of(trips(first, second), PUBLISHED, leads=[40, 40], headline=0) == [
        "completed",
        "ongoing",
    ]
    other = told(15, actor("Pio Vula"), to="NZL", on="2024-05-15", reason="arrived")
    assert statuses_of(trips(first, other), PUBLISHED, leads=[40, 40], headline=0) == [
        "ongoing",
        "ongoing",
    ]


def test_the_flight_home_ends_the_trip_begun_last() -> None:
    first, second = told(1, on="2024-05-10"), told(12, to="NZL", on="2024-05-14")
    back = replace(told(30, to=None, until="2024-05-18", phase="leave"), joins=True)
    one, other = trips(first, second, told(20), back)
    assert (one.when.end, other.when.end) == (None, "2024-05-18")


def test_a_trip_to_come_is_not_one_of_years_ago() -> None:
    past = told(12, on="2011")
    assert len(gather_trips(scene(PUBLISHED), [told(1, status="invited"), past])) == 2
    assert len(gather_trips(scene(PUBLISHED), [told(1), past])) == 1


def test_names_of_gatherings_come_before_those_they_hold() -> None:
    names = [name for name, _ in gathering_seats()]
    by_chance = [(a, b) for i, a in enumerate(names) for b in names[i + 1 :] if a in b]
    assert names
    assert not by_chance
