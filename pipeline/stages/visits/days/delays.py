"""Trips told to have been put off once, which are those that the text has already told."""

from __future__ import annotations

from models.visit import MADE_OR_PLANNED
from pipeline.discourse import trace
from pipeline.discourse.facts import UNDONE
from pipeline.iso_lengths import DAY
from pipeline.stages.visits.merging.folding import is_of_same
from pipeline.stages.visits.merging.trip import Trip

#: How many months after the day from which it was put off a trip may be made.
_MOST_MONTHS = 15
#: What is said of one that is put off ("was to have come but put it off").
_OFF = frozenset({"planned", "postponed", "cancelled"})


def without_delayed(trips: list[Trip]) -> list[Trip]:
    """Leave out "was to have come in March but put it off" behind the trip that is made now.

    "Visited Lima in March. A trip there in June was put off" are two, and so is one that is only
    put off and of which no later day is told.
    """
    kept = []
    for trip in trips:
        once_off = "postponed" in trip.statuses and trip.statuses <= _OFF
        if once_off and trip.days and any(_is_made_later(trip, other) for other in trips):
            trace.dropped("put off once, and told of above", *trip.candidates)
            continue
        undone = trip.days and all(c.fact.reason == UNDONE for c in trip.candidates)
        if undone and any(_is_made_after(trip, other) for other in trips):
            trace.dropped("first meant for another day, and told of as made", *trip.candidates)
            continue
        kept.append(trip)
    return kept


def _is_made_later(trip: Trip, other: Trip) -> bool:
    """Tell the trip of which another telling is that it was put off, told before that telling."""
    told = other is not trip and is_of_same(trip, other) and other.first_at < trip.first_at
    held = other.statuses & MADE_OR_PLANNED
    if not told or not held or "postponed" in other.statuses or not other.days:
        return False
    first, once = min(other.days), max(trip.days)
    later = len(first) == len(once) == DAY and once < first  # "was expected last week"
    gap = _months(first) - _months(once)
    return (later or gap > 0) and gap <= _MOST_MONTHS


def _is_made_after(trip: Trip, other: Trip) -> bool:
    """Tell the trip in May, or to come in June, of one who "was originally due in April"."""
    if other is trip or not is_of_same(trip, other) or not other.days:
        return False
    if not other.statuses & MADE_OR_PLANNED or other.statuses & {"cancelled"}:
        return False
    gap = _months(min(other.days)) - _months(max(trip.days))
    return min(other.days) > max(trip.days) and gap <= _MOST_MONTHS


def _months(day: str) -> int:
    """Return the number of a day's month, counted from year 0; that of January for a year."""
    return int(day[:4]) * 12 + int(day[5:7] or 1)


__all__ = ["without_delayed"]
