"""What one is yet to do in the land in which one is: "He is in Norway, and flies to Bergen"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from models.visit import MADE
from pipeline.discourse.factuality import BARE, Fact
from pipeline.discourse.scene import Scene
from pipeline.discourse.timing.days import days_between
from pipeline.discourse.timing.of_trips import When
from pipeline.iso_lengths import DAY
from pipeline.reference.places import seat_of
from pipeline.stages.visits.candidate import ASIDE, Candidate
from pipeline.stages.visits.merging.trip import Trip
from pipeline.stages.visits.tables import word_set

#: How many days after its article what is still ahead may be of the stay that it tells of.
_AHEAD_DAYS = 6
#: How many sentences before a leg the stay may be told of which it is taken for a part.
_REACH = 3


def within_stays(scene: Scene, trips: Sequence[Trip]) -> list[Trip]:
    """Take what a traveller is soon to do in the land of his stay for a part of that stay.

    "X is in Norway. He speaks in parliament on Thursday" leaves Thursday the day of the speech;
    "The pact was signed on a visit to Norway by X. He is to fly to Bergen on Thursday" tells that
    he is there. "X visited Norway. He is to fly to Oslo on Thursday" is another trip.
    """
    published = scene.article.published
    if published is None or len(published) < DAY:
        return list(trips)
    kept: list[Trip] = []
    for trip in trips:
        if trip.count != 1 or "planned" not in trip.statuses:
            kept.append(trip)
            continue
        if trip.statuses == {"planned"} and (stay := _stay_of(scene, trip, trips)) is not None:
            for candidate in trip.candidates:
                stay.add(replace(candidate, fact=Fact("ongoing"), when=When()))
            continue
        for number, candidate in enumerate(trip.candidates):
            if not _is_soon(candidate, published):
                continue
            if any(_is_there(c, published) for c in _before(trip, candidate)):
                trip.retell(number, replace(candidate, when=When()))
            elif _is_leg_of(scene, trip, candidate, trips):
                trip.retell(number, replace(candidate, fact=Fact("ongoing"), when=When()))
        kept.append(trip)
    return kept


def _before(trip: Trip, candidate: Candidate) -> Iterator[Candidate]:
    return (c for c in trip.candidates if c.at < candidate.at and c.spot is not None)


def _is_soon(candidate: Candidate, published: str) -> bool:
    """Tell "is to fly there on Thursday", in the days after its article, from what leads away."""
    start, end = candidate.when.start, candidate.when.end
    if candidate.status != "planned" or candidate.phase == "leave" or end not in {None, start}:
        return False
    return _gap_days(start, published) in range(_AHEAD_DAYS + 1)


def _gap_days(day: str | None, published: str) -> int | None:
    """Return how many days after its article a day is."""
    if day is None or len(day) < DAY:
        return None
    return days_between(published, day)


def _is_there(told: Candidate, published: str) -> bool:
    """Tell "is in Norway", "arrived there on Sunday", not "is in Norway on Thursday"."""
    if told.tour:
        return False  # "is on a tour of Norway and Peru"
    if told.status == "completed" and told.rule in word_set("arrival"):
        return _gap_days(told.when.start, published) in range(-_AHEAD_DAYS, 1)
    under_way = told.status == "ongoing" and not told.fact.weak and not told.when.heading
    return under_way and (told.when.start or "") <= published


def _stay_of(scene: Scene, trip: Trip, trips: Sequence[Trip]) -> Trip | None:
    """Return the stay, told just before, in whose land a trip yet to come has its towns."""
    ends = (trip.key, trip.destination)
    for other in trips:
        if other is trip or (other.key, other.destination) != ends or other.count != 1:
            continue
        both = Trip(trip.key, trip.origin, trip.destination, [*other.candidates, *trip.candidates])
        if other.statuses <= MADE and all(
            _is_leg_of(scene, both, c, [o for o in trips if o is not other and o is not trip])
            for c in trip.candidates
        ):
            return other
    return None


def _is_leg_of(scene: Scene, trip: Trip, leg: Candidate, trips: Sequence[Trip]) -> bool:
    """Tell "is to fly to Bergen" behind "signed on a visit to Norway", with no land between.

    One may come again to a land's capital, or to the town where one was, not so soon to others.
    """
    published = scene.article.published or ""
    place = leg.spot.place if leg.spot is not None else None
    if place is None or leg.fact.weak or not _is_soon(leg, published):
        return False
    if leg.phase != "arrive" or place == seat_of(trip.destination or ""):
        return False
    number = scene.sentence_of[leg.at]
    for made in _before(trip, leg):
        near = 0 <= number - scene.sentence_of[made.at] <= _REACH
        told = made.fact.reason != BARE or _is_at_peak(scene.doc[made.at])
        if near and told and _was_there(made, place, published):
            return not any(
                other.key == trip.key and any(made.at < at < leg.at for at in other.told_at)
                for other in trips
                if other is not trip
            )
    return False


def _is_at_peak(noun: Token) -> bool:
    """Tell "the signing was the highlight of a trip to Peru", not "spoke of a trip to Peru"."""
    return noun.head.lower_ == "of" and noun.head.head.lemma_ in word_set("peak_of_trip")


def _was_there(made: Candidate, place: str, published: str) -> bool:
    """Tell a stay told as made, of no day or of one just gone by, in another town."""
    if made.status not in MADE or made.fact.reason == "pluperfect":
        return False
    here = made.spot is not None and made.spot.place == place
    if made.previous or made.phase == "leave" or here:
        return False
    day = made.day or made.when.start
    aside = ASIDE in made.notes and (made.when.start or "") <= published
    return aside or day is None or _gap_days(day, published) in range(-_AHEAD_DAYS, 1)


__all__ = ["within_stays"]
