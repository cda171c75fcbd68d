"""Tellings that name neither visitor nor place: of which trip "the visit" is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from models.visit import MADE, TO_COME
from pipeline.discourse import trace
from pipeline.discourse.scene import Scene
from pipeline.discourse.timing.of_trips import When
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.days.days_apart import gap_days
from pipeline.stages.visits.days.trip_times import times_fit
from pipeline.stages.visits.merging.trip import Trip
from pipeline.stages.visits.nouns.own_trip import leg_of_tour, main_leg, told_now
from pipeline.stages.visits.places.own_news import OwnNews
from pipeline.stages.visits.travel.come_for import came_for

#: How many sentences back the trip of the news may be told, and how many days "the visit" may lie
#: from the day of the news.
_NEWS_REACH, _OF_NEWS = 12, 31
#: The statuses of a trip that is yet to be made, or is not made.
_NOT_MADE = frozenset({"planned", "cancelled", "postponed"})


def _is_put_off(trip: Trip, candidate: Candidate) -> bool:
    """Tell "was due on Friday, but the trip has been put off to June": June is when it may be."""
    return candidate.status == "postponed" and trip.statuses <= _NOT_MADE


def add_bare(scene: Scene, trips: Sequence[Trip], candidate: Candidate, news: OwnNews) -> None:
    """Add a telling without visitor and destination to the trip that it means, if any does fit.

    Args:
        news: of which news each trip is.
    """
    meant = _to_come(told_now(news.meant(candidate.at), candidate), candidate)
    target = last_before(scene, meant, candidate)
    came = came_for(scene, target, candidate)
    if target is not None and came is not None:
        target.add(replace(candidate, when=When(), day=None, fact=came.fact))
        return
    means_it = candidate.anaphoric and not candidate.previous
    if target is not None:
        target = main_leg(scene, trips, target, candidate)
        his = [t for t in trips if t.key == target.key]
        target = leg_of_tour(scene, his, target, candidate)
    if means_it and (target is None or not times_fit(target, candidate)):
        target = _of_these_days(scene, meant, candidate) or target
    if target is not None and means_it and times_fit(target, candidate):
        target.add(candidate)
    elif target is not None and means_it and _is_put_off(target, candidate):
        target.add(replace(candidate, when=When()))
    else:
        trace.dropped("neither visitor nor place, and no trip told before that fits", candidate)


def _to_come(trips: Sequence[Trip], candidate: Candidate) -> Sequence[Trip]:
    """Leave what was made out of what "the trip would take place on 2 March" may be of.

    And one yet to be made, or to which one is but asked, out of what "the trip began" may be of.
    "X will visit Peru. Two of her ministers have been there. The trip is set for 2 March" is hers.
    """
    if candidate.status in MADE:  # "A invited B to Oslo. The visit began on Monday" is A's
        return [trip for trip in trips if not trip.statuses <= TO_COME] or trips
    if candidate.status != "planned" or not candidate.when:
        return trips
    return [trip for trip in trips if trip.statuses != {"completed"}] or trips


def _of_these_days(scene: Scene, trips: Sequence[Trip], candidate: Candidate) -> Trip | None:
    """Return A's of "A is on a visit to Peru. B was in Chad in 2022. The visit lasts until 9 May".

    It is told last before of those on which one may be then, in news of about these days.
    """
    day, published = candidate.when.start or candidate.when.end or "", scene.article.published
    gap = gap_days(day, published)
    if gap is None or abs(gap) > _OF_NEWS:
        return None
    return last_before(
        scene, [t for t in trips if times_fit(t, candidate)], candidate, reach=_NEWS_REACH
    )


def last_before(
    scene: Scene, trips: Sequence[Trip], candidate: Candidate, *, reach: int = 6
) -> Trip | None:
    """Return the trip told last before a telling, few sentences back.

    Behind "A met B in Lima", to which both have come, it is A's.
    """
    number = scene.sentence_of[candidate.at]
    ranked = [
        (at, index, trip)
        for index, trip in enumerate(trips)
        if (at := trip.told_before(candidate.at)) is not None
    ]
    if not ranked:
        return None
    at, _, trip = max(ranked, key=lambda entry: entry[:2])
    met = [each for when, _, each in ranked if when == at and _is_of_meeting(each, at)]
    if trip in met:
        trip = next(each for each in met if each.destination == trip.destination)
    return trip if number - scene.sentence_of[at] <= reach else None


def _is_of_meeting(trip: Trip, at: int) -> bool:
    """Tell a trip to a meeting that a token tells."""
    return any(c.at == at and "meeting" in c.notes for c in trip.candidates)


__all__ = ["add_bare", "last_before"]
