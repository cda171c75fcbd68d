"""Days of a plan that has changed: "will fly out on Friday. She was to leave on Thursday"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.discourse.scene import Scene
from pipeline.discourse.suppositions import was_planned
from pipeline.discourse.timing import When
from pipeline.stages.visits.candidate import LEFT_HOME, Candidate
from pipeline.stages.visits.trip import Trip

_DAY = len("2024-08-18")


def leave_old_days(scene: Scene, trips: Sequence[Trip]) -> None:
    """Leave out the day for which a trip "was planned", where a later one is told that it will be.

    Not where only a later day is told of what will be done on it, or on which it will end.
    """
    for trip in trips:
        for number, told in enumerate(trip.candidates):
            day = told.when.start or ""
            if len(day) != _DAY or not was_planned(scene.doc[told.at]):
                continue
            if any(_is_new(scene, other, day) for other in trip.candidates):
                trip.retell(number, replace(told, when=When()))


def _is_new(scene: Scene, told: Candidate, day: str) -> bool:
    """Tell "will fly out on Friday", a later day than the one for which that was planned."""
    start = told.when.start or ""
    goes = (told.phase == "arrive" or LEFT_HOME in told.notes) and told.status in {
        "planned",
        "ongoing",
    }
    return goes and len(start) == _DAY and start > day and not was_planned(scene.doc[told.at])


__all__ = ["leave_old_days"]
