"""Trips that are only called the first: "lands on Monday, the first time he has been to Peru"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Token

from pipeline.discourse import trace
from pipeline.discourse.scene import Scene
from pipeline.discourse.tables import words
from pipeline.discourse.verb_forms import auxiliaries_of
from pipeline.stages.visits.candidate import Candidate

#: Within how many sentences behind a trip it is called the first.
_REACH = 2


def without_first_times(scene: Scene, told: Sequence[Candidate]) -> list[Candidate]:
    """Take "It is the first time she has visited Peru" for the trip told before, not one made.

    "It was the first time she had visited Peru" is a telling of its own.
    """
    kept: list[Candidate] = []
    for candidate in told:
        at = _trip_meant(scene, candidate, kept)
        if at is None:
            kept.append(candidate)
        else:
            trace.dropped("the trip told before, called the first", candidate)
            kept[at] = replace(kept[at], first=True)
    return kept


def _trip_meant(scene: Scene, told: Candidate, before: Sequence[Candidate]) -> int | None:
    """Return the place among the trips told before of the one that a telling calls the first."""
    verb = scene.doc[told.at]
    now = is_first_time(verb) and auxiliaries_of(verb) & words("perfect_now")
    if told.actor is None or not now:
        return None
    number = scene.sentence_of[told.at]
    for at, trip in reversed([*enumerate(before)]):
        alike = trip.actor is not None and trip.actor.key == told.actor.key
        near = trip.at < told.at and number - scene.sentence_of[trip.at] <= _REACH
        if alike and near and trip.destination == told.destination:
            return at
    return None


def is_first_time(verb: Token) -> bool:
    """Tell "the first time a Peruvian premier has visited Oman since 2018", of the trip told."""
    time = verb.head
    ranked = any(c.lower_ in words("ordinal") for c in time.children)
    return time.lemma_ == "time" and ranked and verb.dep_ in {"acl", "relcl", "ccomp"}


__all__ = ["is_first_time", "without_first_times"]
