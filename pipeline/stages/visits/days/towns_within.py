"""Towns seen on a day of a stay that is told as a whole: "is in Peru until Friday; saw Cusco"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.discourse.scene import Scene
from pipeline.discourse.timing.days import to_month
from pipeline.iso_lengths import DAY
from pipeline.labels import VERBS
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.days.same_stay import near
from pipeline.stages.visits.days.stay_lengths import days_told
from pipeline.stages.visits.merging.trip import Trip
from pipeline.stages.visits.tables import word_set


def day_of_towns(scene: Scene, trips: Sequence[Trip]) -> None:
    """Take the day on which a town was seen for one of the stay, neither its first nor its last.

    "Is on a four-day visit to Peru. On Tuesday she visited Cusco", "arrived in Lima on Monday. On
    Tuesday she toured Cusco" fire; "visited Cusco on Tuesday" alone does not, nor does "arrived in
    Peru on Monday. On Monday she toured Cusco".
    """
    for trip in trips:
        if trip.count != 1 or trip.destination is None:
            continue
        for number, told in enumerate(trip.candidates):
            if not _is_town_seen(scene, told):
                continue
            others = (c for c in trip.candidates if c is not told and c.at != told.at)
            if any(_is_whole(scene, other, told) for other in others):
                day = told.when.start
                notes = (*told.notes, "inside")
                seen = replace(told, when=to_month(told.when), day=day, notes=notes)
                trip.retell(number, seen)


def _is_town_seen(scene: Scene, told: Candidate) -> bool:
    """Tell "visited Cusco on Tuesday", by the verb, as made."""
    day = told.when.start or ""
    if told.status != "completed" or len(day) != DAY or told.when.end != day:
        return False
    seen = told.rule in word_set("sees_place") and scene.doc[told.at].pos_ in VERBS
    return seen and told.spot is not None and told.spot.is_town and "inside" not in told.notes


def _is_whole(scene: Scene, whole: Candidate, town: Candidate) -> bool:
    """Tell what tells of the stay in which a town was seen: how long it is, or its other days."""
    if whole.spot is not None and town.spot is not None and whole.spot.place == town.spot.place:
        return False
    if whole.previous or whole.fact.reason == "pluperfect" or whole.count != 1:
        return False
    day, start, end = town.when.start or "", whole.when.start or "", whole.when.end or ""
    if whole.when.coarse:
        return start <= day <= end
    if len(start) == DAY and end != start:
        return start < day and near(start, day) and (not end or day <= end)
    if len(end) == DAY and not start:
        return day < end and near(day, end)
    if whole.when:
        return False
    lasts = days_told(scene, whole)
    return (lasts is not None and lasts > 1) or (whole.status == "ongoing" and not whole.fact.weak)


__all__ = ["day_of_towns"]
