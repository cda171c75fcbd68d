"""Trips that ended before the day for which their end was planned: "was to stay until Friday"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.discourse.factuality import Fact
from pipeline.discourse.scene import Scene
from pipeline.discourse.suppositions import was_planned
from pipeline.discourse.timing.of_trips import When
from pipeline.iso_lengths import DAY
from pipeline.labels import VERBS
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.days.same_stay import near
from pipeline.stages.visits.merging.trip import Trip

#: Notes of what takes hours of a stay.
_OF_HOURS = frozenset({"meeting", "presence", "inside"})


def end_when_ended(scene: Scene, trips: Sequence[Trip]) -> None:
    """End a trip with the day on which it is told to have ended, not with the planned one.

    "Cut short a visit to Peru on Tuesday. He had been due to stay until Friday", "left Lima on
    Tuesday. The trip was to last until Friday". Not "left Lima on Tuesday. He will be in Peru
    until Friday", which tells of the rest of the trip.
    """
    for trip in trips:
        ends = [c.when.end or "" for c in trip.candidates if _tells_end(c)]
        day = max((end for end in ends if len(end) == DAY), default="")
        if not day or trip.count != 1:
            continue
        begun = any(_begins(c, day) for c in trip.candidates)
        for number, told in enumerate(trip.candidates):
            first, last = told.when.start, told.when.end or ""
            if len(last) == DAY and last > day and _was_to_last(scene, told, day):
                fact = told.fact
                if told.status in {"planned", "ongoing"}:
                    fact = Fact("completed", weak=True, reason=fact.reason)
                trip.retell(number, replace(told, when=When(first), fact=fact))
            elif begun and first and first < last < day and not _OF_HOURS.isdisjoint(told.notes):
                trip.retell(number, replace(told, when=When()))


def _tells_end(told: Candidate) -> bool:
    """Tell "left Lima on Tuesday", "cut short a visit on Tuesday", which end the trip told of."""
    alone = told.when.start is None and told.when.end is not None
    return alone and told.status == "completed" and not told.previous and not told.when.coarse


def _begins(told: Candidate, day: str) -> bool:
    """Tell "arrived in Lima on Sunday", days before the trip ended."""
    first = told.when.start or ""
    came = told.phase == "arrive" and told.status == "completed"
    return came and len(first) == DAY and first < day and near(first, day)


def _was_to_last(scene: Scene, told: Candidate, day: str) -> bool:
    """Tell a last day of a stay in whose sentence it is told that it was so planned."""
    first = told.when.start
    if first is not None and (first > day or first == told.when.end):
        return False
    return any(t.pos_ in VERBS and was_planned(t) for t in scene.sentence(told.at))


__all__ = ["end_when_ended"]
