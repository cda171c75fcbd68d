"""Journeys to and fro, and the visits to each place that are also told singly."""

from __future__ import annotations

from dataclasses import replace

from pipeline.discourse.timing import When
from pipeline.stages.visits.days_apart import compare
from pipeline.stages.visits.tables import word_set
from pipeline.stages.visits.trip import Trip


def without_to_and_fro(trips: list[Trip]) -> list[Trip]:
    """Fold what "will shuttle between A and B" tells into the visits to each that are told singly.

    "Has shuttled between A and B since May. She was in A in March" tells of several to A.
    """
    kept: list[Trip] = []
    for trip in trips:
        single = next((o for o in trips if _is_one_of(o, trip)), None)
        if single is None:
            kept.append(trip)
            continue
        own = bool(single.when)
        for told in trip.candidates:
            single.add(replace(told, count=1, when=When() if own else told.when))
    return kept


def _is_one_of(single: Trip, many: Trip) -> bool:
    """Tell a visit on one of the days of those made to and fro, or of no other days."""
    if many.count or any(c.rule not in word_set("to_and_fro") for c in many.candidates):
        return False
    alike = (single.key, single.destination) == (many.key, many.destination)
    if not alike or single.count != 1:
        return False
    if single.when and not many.when and "completed" in single.statuses:
        return False  # "has shuttled between A and B. In 2021 she was in A"
    first, last = single.when.start or single.when.end, single.when.end or single.when.start
    return not (compare(last, many.when.start) < 0 or compare(first, many.when.end) > 0)


__all__ = ["without_to_and_fro"]
