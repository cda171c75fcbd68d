"""The statuses of the trips of an article held against each other: nobody is in two places."""

from __future__ import annotations

from collections.abc import Sequence

from models.visit import MADE, VisitStatus
from pipeline.iso_lengths import DAY
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.merging.trip import Trip
from pipeline.stages.visits.outcome.called_off import is_being_made
from pipeline.stages.visits.outcome.status import status_of


def statuses_of(
    trips: Sequence[Trip], published: str | None, *, leads: Sequence[int], headline: int
) -> list[VisitStatus]:
    """Return the status of each trip; who has gone on to another country is there no more.

    Args:
        leads: token index up to which the opening of each trip's news goes.
        headline: the token behind the text's headline.
    """
    told = zip(trips, leads, strict=True)
    statuses = [status_of(trip, published, lead=lead, headline=headline) for trip, lead in told]
    there = [last_known_there(trip) for trip in trips]
    for at, trip in enumerate(trips):
        later = statuses[at] == "ongoing" and any(
            other.key == trip.key
            and other.destination != trip.destination
            and statuses[number] in MADE
            and not all(c.fact.reason == "perfect" for c in other.candidates)
            and len(there[number]) == len(there[at]) == DAY
            and there[number] > there[at]
            for number, other in enumerate(trips)
        )
        if later:
            statuses[at] = "completed"
        elif statuses[at] == "ongoing" and (
            _comes_next(trip, trips, statuses)
            or _is_listed_ahead(trip, trips)
            or _is_on_way_of_tour(trip, trips)
        ):
            statuses[at] = "planned"
    return statuses


def last_known_there(trip: Trip) -> str:
    """Return a trip's first day, or that of what was done on it: "met the king there on Monday"."""
    start = trip.when.start or ""
    if len(start) == DAY:
        return start
    made = (c.day or c.when.end or "" for c in trip.candidates if c.status == "completed")
    return max((day for day in made if len(day) == DAY), default=start)


def _comes_next(trip: Trip, trips: Sequence[Trip], statuses: Sequence[VisitStatus]) -> bool:
    """Tell "She then visits Lima", "her tour includes stops in Lima" of one told to be in Quito.

    Nobody is in two places.
    """
    told = [c for c in trip.candidates if c.status is not None]
    now = (c.status == "ongoing" and c.fact.weak and not c.when for c in told)
    if not all(now) or any(c.fact.reason not in {"present", ""} for c in told):
        return False
    return any(
        statuses[number] == "ongoing"
        and other.key == trip.key
        and other.destination not in {None, trip.destination}
        and other.first_at < trip.first_at
        and any(_is_there_now(c) for c in other.candidates)
        for number, other in enumerate(trips)
    )


def _is_there_now(told: Candidate) -> bool:
    """Tell "is on a visit to Peru", "arrived in Peru" from "visits Peru", whenever."""
    return is_being_made(told) and (not told.fact.weak or told.status == "completed")


def _is_listed_ahead(trip: Trip, trips: Sequence[Trip]) -> bool:
    """Tell Chile of "arrived in Peru. He will go to Chile. He is visiting these lands as a guest".

    What is told of both at once is of Peru, where he is.
    """
    shared = {c.at for c in trip.candidates if c.status == "ongoing"}
    own = {c.status for c in trip.candidates if c.at not in shared}
    if not shared or own != {"planned"}:
        return False
    return any(
        other.key == trip.key
        and other.destination != trip.destination
        and shared <= set(other.told_at)
        and any(c.at not in shared and _has_begun(c) for c in other.candidates)
        for other in trips
    )


def _is_on_way_of_tour(trip: Trip, trips: Sequence[Trip]) -> bool:
    """Tell Peru of "set off on his first trip abroad. He will visit Peru, and then stop in Chile".

    Setting out on the whole of a tour is no arrival in one of its countries.
    """
    told = [c for c in trip.candidates if c.status is not None]
    here = [c for c in told if c.spot is not None]
    off = [c for c in told if c.spot is None and c.status == "completed" and c.phase == "arrive"]
    if not off or not here or any(c.status != "planned" or c.fact.weak for c in here):
        return False
    if any(c not in off and c.status != "planned" and not c.is_mention for c in told):
        return False
    return any(
        other.key == trip.key
        and other.destination not in {None, trip.destination}
        and other.statuses == {"planned"}
        for other in trips
    )


def _has_begun(told: Candidate) -> bool:
    """Tell "arrived in Peru", "left for visits to three lands" of the first of them."""
    arrived = told.phase == "arrive" and told.status == "completed"
    return arrived or is_being_made(told)


__all__ = ["last_known_there", "statuses_of"]
