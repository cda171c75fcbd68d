"""What is said of a whole tour: of what kind it is, whether it is the first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.discourse.scene import Scene
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.trip import Trip

#: The noun rules that may tell of several countries at once.
_JOURNEYS = frozenset({"trip", "tour"})


def spread_ranks(scene: Scene, trips: Sequence[Trip]) -> None:
    """Give all countries of a tour what is said of the whole.

    "Visited A and B on her first foreign trip as premier", "the two-nation tour is his first
    official trip abroad" tell it of both; "on her first trip to B" of one alone.
    """
    for trip in trips:
        for candidate in tuple(trip.candidates):
            ranked = candidate.rule in _JOURNEYS and (candidate.first or candidate.kind)
            if ranked and candidate.spot is None:
                for other in trips:
                    if other is not trip and _is_leg(scene, candidate, trip, other):
                        _tell(other, candidate)


def _is_leg(scene: Scene, candidate: Candidate, trip: Trip, other: Trip) -> bool:
    """Tell whether another trip is of the tour that a telling without a place ranks."""
    if other.key != trip.key or other.count != 1:
        return False
    number = scene.sentence_of[candidate.at]
    told = [c for c in other.candidates if scene.sentence_of[c.at] == number]
    if any(c.spot is not None and c.phase != "leave" for c in told):
        return True
    tour = any(c.stops is not None and scene.sentence_of[c.at] == number for c in trip.candidates)
    return tour and other.statuses <= {"planned", "ongoing"}


def _tell(trip: Trip, candidate: Candidate) -> None:
    told = trip.candidates[0]
    kind = next((c.kind for c in trip.candidates if c.kind), None) or candidate.kind
    trip.retell(0, replace(told, first=told.first or candidate.first, kind=kind))


__all__ = ["spread_ranks"]
