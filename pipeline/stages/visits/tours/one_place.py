"""At which stop of a tour a traveller is: nobody is in two countries at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from models.visit import MADE, NOT_OVER, VisitStatus
from pipeline.discourse.facts import BARE
from pipeline.discourse.scene import Scene
from pipeline.labels import VERBS
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.merging.trip import Trip
from pipeline.stages.visits.tables import noun_rules, word_set
from pipeline.stages.visits.tours.tour_order import Legs, listed_legs

#: The rule of "the tour began in Togo".
_EDGE = "ends_in"
_RECALLED = frozenset({BARE, "pluperfect"})


@dataclass(frozen=True)
class _Tour:
    """The stops that one token tells together, in their order, and those that others tell too.

    Args:
        statuses: of each trip of the article, as it stands.
    """

    scene: Scene
    trips: Sequence[Trip]
    statuses: Sequence[VisitStatus]
    at: int
    legs: Legs
    listed: Mapping[int, Legs]

    @property
    def others(self) -> list[Trip]:
        """The trips of the same traveller, the stops among them."""
        return [trip for trip in self.trips if trip.key == self.legs[0][0].key]

    @property
    def is_elsewhere(self) -> bool:
        """Whether the traveller is told to be in a country that is none of the stops."""
        return any(
            self.status(trip) == "ongoing"
            and trip.destination is not None
            and all(trip is not leg for leg, _ in self.legs)
            and any(c.status in MADE for c in self.own(trip))
            for trip in self.others
        )

    def status(self, trip: Trip) -> VisitStatus:
        return next(s for t, s in zip(self.trips, self.statuses, strict=True) if t is trip)

    def own(self, trip: Trip) -> list[Candidate]:
        """Return what tells of one stop alone, and where it is."""
        return [
            c
            for c in trip.candidates
            if c.at not in self.listed and c.spot is not None and c.fact.reason not in _RECALLED
        ]

    def is_open(self, trip: Trip, number: int) -> bool:
        """Tell "on a tour of Peru and Chile", "left for both" from "arrived in both", "toured"."""
        told, trigger = trip.candidates[number], self.scene.doc[trip.candidates[number].at]
        if trigger.pos_ not in VERBS:
            return trigger.lemma_.lower() in noun_rules()  # not "talks in Peru and Chile"
        made = told.status == "completed" and not told.further
        return not made or told.rule in word_set("<sets out>", "sends_off")


def in_one_place(
    scene: Scene, trips: Sequence[Trip], statuses: Sequence[VisitStatus]
) -> list[VisitStatus]:
    """Return the status of each trip, of those told together one at most being under way.

    "Arrived in Lima on Monday. Her tour includes Peru, Chile and Cuba": she is yet to go on to
    Chile and Cuba. Of "is visiting Peru and Chile", with no more told of either, both are on.
    """
    settled = list(statuses)
    listed = listed_legs(trips)
    for at, legs in listed.items():
        tour = _Tour(scene, trips, settled, at, legs, listed)
        for trip, status in _moved(tour):
            settled[next(n for n, t in enumerate(trips) if t is trip)] = status
    for number, trip in enumerate(trips):
        if settled[number] == "ongoing" and _has_moved_on(trip, trips, settled):
            settled[number] = "completed"
    return settled


def _has_moved_on(trip: Trip, trips: Sequence[Trip], statuses: Sequence[VisitStatus]) -> bool:
    """Tell Togo of "is in Peru, a stop of a tour that began in Togo": where it began, no more."""
    if trip.destination is None or any(c.rule != _EDGE for c in trip.candidates):
        return False
    if not all(c.status == "completed" for c in trip.candidates):
        return False
    return any(
        other.key == trip.key
        and other.destination not in {None, trip.destination}
        and status == "ongoing"
        and any(map(_is_under_way, other.candidates))
        for other, status in zip(trips, statuses, strict=True)
    )


def _moved(tour: _Tour) -> list[tuple[Trip, VisitStatus]]:
    """Return the stops whose status is another than it was, and which it is."""
    legs = [(t, n) for t, n in tour.legs if t.destination is not None and t.count == 1]
    keys = {trip.key for trip, _ in legs}
    if len(legs) < 2 or len(keys) > 1 or not all(tour.is_open(*leg) for leg in legs):
        return []
    if tour.is_elsewhere and all(t.candidates[n].status == "completed" for t, n in legs):
        return []  # "arrived in Lima after visits to Chile and Cuba"
    here = _here(tour, [trip for trip, _ in legs])
    if here is None:
        return _ahead(tour, [(t, n) for t, n in legs if not tour.own(t)])
    found: list[tuple[Trip, VisitStatus]] = []
    for place, (trip, _) in enumerate(legs):
        own = {c.status for c in tour.own(trip)} - {None}
        if place == here or tour.status(trip) not in MADE:
            continue
        if own and (len(own) > 1 or tour.status(trip) != "ongoing"):
            continue
        behind = "completed" in own if own else place < here
        found.append((trip, "completed" if behind else "planned"))
    return found


def _here(tour: _Tour, trips: Sequence[Trip]) -> int | None:
    """Return the number of the stop at which the traveller was told last to be."""
    there = [
        (max(c.day or c.when.start or "" for c in own), max(c.at for c in own), number)
        for number, trip in enumerate(trips)
        if tour.status(trip) == "ongoing"
        and (own := [c for c in tour.own(trip) if c.status in MADE and c.phase != "leave"])
    ]
    if not there:
        return None
    if all(day for day, _, _ in there):
        return max(there)[2]
    return max(there, key=lambda stop: stop[1])[2]


def _ahead(tour: _Tour, legs: Legs) -> list[tuple[Trip, VisitStatus]]:
    """Return the stops of a tour that are told by it alone, as yet to come.

    All but the first, or all where the traveller is in yet another country. Of one who "is on a
    tour", "is visiting Peru and Chile", who may be in either, none is.
    """
    elsewhere = tour.is_elsewhere
    if not elsewhere and any(_is_under_way(c) for trip in tour.others for c in trip.candidates):
        return []
    told = [trip for trip, number in legs if trip.candidates[number].fact.weak]
    told = [t for t in told if tour.status(t) == "ongoing" or (elsewhere and _is_present(t))]
    return [(trip, "planned") for trip in (told if elsewhere else told[1:])]


def _is_under_way(told: Candidate) -> bool:
    return told.status == "ongoing" and not told.fact.weak


def _is_present(trip: Trip) -> bool:
    """Tell "her trip includes Peru and Chile" from one that is looked back on."""
    return any(c.status in NOT_OVER for c in trip.candidates)


__all__ = ["in_one_place"]
