"""Days told of a part of the world, which are those of its lands told right behind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from models.visit import MADE
from pipeline.discourse.factuality import Fact
from pipeline.discourse.scene import Scene
from pipeline.discourse.timing.of_trips import When
from pipeline.iso_lengths import DAY
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.merging.trip import Trip
from pipeline.stages.visits.tours.region_names import lies_elsewhere

#: How many sentences behind the part of the world its lands may be told.
_NEAR = 2
#: So many lands of a tour tell in which order one sees them.
_SEVERAL = 2


def share_region(scene: Scene, trips: Sequence[Trip], told: Candidate) -> None:
    """Give the lands told right behind a part of the world the days on which one is there.

    "Will visit the Gulf next week. He will travel to Qatar and Oman": both are of that week, but
    only Qatar of the Monday of "will leave for the Gulf on Monday". Not
    "will visit the Gulf next week. He was in Qatar in May", "… He will go to Oman on Friday", nor
    "… He will visit Peru", which lies elsewhere. "Will visit Qatar and Oman. He will be in the
    region from 3 to 6 May" tells the days of both.
    """
    if told.count != 1:
        return
    assert told.actor is not None
    days = replace(told, stops=None, first=False, kind=None, notes=())
    named = scene.sentence(told.at).text
    own = [
        trip
        for trip in trips
        if trip.key == told.actor.key and not lies_elsewhere(trip.destination or "", named)
    ]
    legs = [trip for trip in own if is_undated_leg(scene, trip, told, most=_NEAR)]
    legs = legs or _reached(scene, own, told) or _told_before(scene, own, told)
    # The day on which one sets out is the first land's.
    for trip in legs if told.status == "planned" else ():
        for number, each in enumerate(trip.candidates):
            if each.status == "ongoing":  # "is to set off. Her tour, taking her to Oman, is long"
                trip.retell(number, replace(each, fact=told.fact))
    if not told.when:
        return
    for trip in legs if told.when.end else legs[:1]:
        ahead = trip.statuses == {"planned"}  # "is in the Gulf this week. He will visit Oman"
        trip.add(replace(days, fact=trip.candidates[0].fact) if ahead else days)


def begin_first_leg(scene: Scene, trips: Sequence[Trip], tour: Candidate) -> bool:
    """Give the first land told behind a tour the day on which one has set out on it.

    "Left on Tuesday for a tour of Europe that will take him to Peru and Chile": Peru's. Tell
    whether lands without days of their own are told, few sentences behind it.
    """
    day = tour.when.start or ""
    begun = tour.stops is not None and tour.count == 1 and tour.fact.weak
    if not begun or tour.when.end is not None or len(day) != DAY or tour.actor is None:
        return False
    named = scene.sentence(tour.at).text
    own = [trip for trip in trips if trip.key == tour.actor.key and trip.first_at > tour.at]
    ahead = replace(tour, fact=Fact("planned"))
    legs = [
        trip
        for trip in own
        if not lies_elsewhere(trip.destination or "", named)
        and is_undated_leg(scene, trip, ahead, most=_NEAR)
    ]
    if len(legs) < _SEVERAL or len(legs) != len(own):
        return False
    first = min(legs, key=lambda trip: trip.first_at)
    fact = first.candidates[0].fact
    first.add(replace(tour, stops=None, first=False, kind=None, notes=(), fact=fact))
    return True


def _reached(scene: Scene, trips: Sequence[Trip], told: Candidate) -> list[Trip]:
    """Return the one trip on which one is told to be, right before one's coming to that part."""
    if told.phase != "arrive" or told.fact.reason != "arrived" or told.when.end is not None:
        return []
    number = scene.sentence_of[told.at]
    made = [t for t in trips if t.destination is not None and t.statuses <= MADE]
    near = [
        trip
        for trip in made
        if (at := trip.told_before(told.at)) is not None and number - scene.sentence_of[at] <= _NEAR
    ]
    here = [trip for trip in near if "ongoing" in trip.statuses]
    alone = len(near) == len(here) == 1 and not here[0].days and here[0].count == 1
    return here if alone else []


def _told_before(scene: Scene, trips: Sequence[Trip], told: Candidate) -> list[Trip]:
    """Return the lands told right before "will be in the region from 3 to 6 May", undated."""
    number = scene.sentence_of[told.at]
    spell = told.when.start is not None and told.when.end not in {None, told.when.start}
    near = [
        trip
        for trip in trips
        if not trip.days and trip.destination is not None and trip.statuses == {told.status}
        if 0 < number - scene.sentence_of[trip.told_at[-1]] <= _NEAR
    ]
    return near if spell and not told.when.coarse and len(near) > 1 else []


def is_undated_leg(scene: Scene, trip: Trip, tour: Candidate, *, most: int) -> bool:
    """Tell a land without days of its own that is told of a tour, few sentences behind it.

    The year of "his first trip of 2024" holds those of a tour in it, and is none of its own.
    """
    named = min((c.at for c in trip.candidates if c.spot is not None), default=trip.first_at)
    behind = scene.sentence_of[named] - scene.sentence_of[tour.at]
    ahead = tour.status == "ongoing" and trip.statuses == {"planned"}
    weak = all(c.status == "ongoing" and c.fact.weak for c in trip.candidates)
    ahead = ahead or (tour.status == "planned" and weak)
    alike = (trip.statuses == {tour.status} or ahead) and trip.count == 1
    own = [c for c in trip.candidates if c.when and not _holds(c.when, tour.when)]
    return 0 <= behind <= most and alike and not own and trip.destination is not None


def _holds(told: When, days: When) -> bool:
    """Tell the year or the month of a tour's first day, and the week in which its days are."""
    first, last = days.start or "", days.end or days.start or ""
    week = told.coarse and bool(first) and (told.start or "9") <= first and last <= (told.end or "")
    return week or first.startswith(f"{told.start or told.end}-")


__all__ = ["begin_first_leg", "is_undated_leg", "share_region"]
