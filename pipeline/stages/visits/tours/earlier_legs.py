"""Stops that a traveller has behind him, dated by when he came on to the next country."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from models.visit import MADE
from pipeline.discourse.scene import Scene
from pipeline.discourse.timing.days import days_before
from pipeline.discourse.timing.of_trips import When
from pipeline.iso_lengths import DAY
from pipeline.labels import VERBS
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.merging.trip import Trip
from pipeline.stages.visits.tables import word_set

#: How many days before its article a traveller came to where he is now.
_NEWS_DAYS = 10
#: How many sentences a stop is told from where the next one is.
_NEAR = 2
#: How many words open a sentence.
_OPENING = 4


def date_earlier_legs(scene: Scene, trips: Sequence[Trip]) -> None:
    """Give an undated stop the month in which its traveller came on from it.

    "Arrived in Lima on 14 May from Quito, where she spent two days" dates Quito by May; so do
    "Earlier she held talks in Quito" and "flew there after attending a summit in Quito". The first
    day of a month leaves open which it was.
    """
    for trip in trips:
        if trip.days or trip.count != 1 or trip.statuses != {"completed"}:
            continue
        for number, candidate in enumerate(trip.candidates):
            if trip.destination is None or not _is_behind(scene, candidate, trip):
                continue
            month = _month_of_next(scene, trip, candidate, trips)
            if month is not None:
                trip.retell(number, replace(candidate, when=When(month, month)))
                break


def _is_behind(scene: Scene, candidate: Candidate, trip: Trip) -> bool:
    """Tell a stop that is over before the next: "from Quito, where", "after …", "Earlier …".

    Who but came "from Quito" may live there.
    """
    if candidate.previous or candidate.spot is None:
        return False
    if candidate.rule in word_set("comes_from"):
        return any(c.rule not in word_set("comes_from") for c in trip.candidates)
    trigger = scene.doc[candidate.at]
    node = trigger.head if trigger.pos_ in VERBS else trigger.head.head
    if {trigger.head.lower_, node.lower_} & {"after", "following"}:
        return True
    sentence = scene.sentence(candidate.at)
    opening = [token.lower_ for token in sentence if token.is_alpha][:_OPENING]
    return bool(set(opening) & word_set("opens_earlier_leg"))


def _month_of_next(
    scene: Scene, trip: Trip, candidate: Candidate, trips: Sequence[Trip]
) -> str | None:
    """Return the month in which the same traveller came to the country told beside this one."""
    published = scene.article.published
    if published is None or len(published) < DAY:
        return None
    first = days_before(published, days=_NEWS_DAYS)
    number = scene.sentence_of[candidate.at]
    for other in trips:
        day = other.when.start or ""
        near = any(abs(scene.sentence_of[at] - number) <= _NEAR for at in other.told_at)
        if other.key != trip.key or other.destination == trip.destination or not near:
            continue
        made = bool(other.statuses & MADE)
        if made and len(day) == DAY and first <= day <= published and not day.endswith("-01"):
            return day[:7]
    return None


__all__ = ["date_earlier_legs"]
