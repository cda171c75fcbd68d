"""Many who are told to travel together before it is told from which countries they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.discourse.scene import Scene
from pipeline.discourse.tables import words
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.merging.trip import Trip
from pipeline.stages.visits.travellers.same_office import is_named


def date_by_the_many(scene: Scene, trips: Sequence[Trip]) -> None:
    """Give "the visit by officials from Peru and Chad" what was told of them all before.

    "Seven ministers travelled to Lima on Monday. The visit by the officials from Peru …" is of that
    Monday. Not where a visit has a day of its own, nor one that is not "the visit".
    """
    whole = [trip for trip in trips if trip.days and _is_of_many(trip)]
    for trip in trips if whole else ():
        if trip.days or is_named(trip) or trip.origin is None:
            continue
        if not all(_is_the_visit(scene, c) for c in trip.candidates):
            continue
        before = (w for w in whole if w.destination == trip.destination)
        meant = next((w for w in before if w.first_at < trip.first_at), None)
        own = trip.candidates[0]
        for told in meant.candidates if meant is not None else ():
            trip.add(replace(told, actor=own.actor, origin=own.origin))


def _is_the_visit(scene: Scene, told: Candidate) -> bool:
    noun = scene.doc[told.at]
    known = any(c.lower_ in words("definite") and c.dep_ == "det" for c in noun.children)
    return noun.pos_ == "NOUN" and known and not told.previous


def _is_of_many(trip: Trip) -> bool:
    """Tell "seven ministers", of no country that is told."""
    return trip.origin is None and all(map(_is_plural, trip.candidates))


def _is_plural(told: Candidate) -> bool:
    reference = told.actor.reference if told.actor is not None else None
    return reference is not None and reference.plural and not reference.name


__all__ = ["date_by_the_many"]
