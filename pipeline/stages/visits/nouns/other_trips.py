"""Which of the trips told is not the one of "his visit", "his trip", told without a place."""

from __future__ import annotations

from collections.abc import Sequence

from models.visit import OFF
from pipeline.discourse.scene import Scene
from pipeline.discourse.tables import words
from pipeline.neighbours import word_behind
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.merging.trip import Trip
from pipeline.stages.visits.tables import word_set


def made_before_off(trips: Sequence[Trip], candidate: Candidate) -> set[str | None]:
    """Return Peru for "cancelled his trip after a visit to Peru", which was made.

    Not for "arrived in Peru and cut his trip short", nor where Peru is but planned.
    """
    if candidate.status not in OFF or candidate.actor is None:
        return set()
    return {
        trip.destination
        for trip in trips
        if trip.key == candidate.actor.key
        and trip.statuses == {"completed"}
        and not any(c.fact.reason == "arrived" for c in trip.candidates)
    }


def is_another_abroad(scene: Scene, trip: Trip | None, candidate: Candidate) -> bool:
    """Tell "will visit Peru. On her first foreign trip in March she met the king", who knows where.

    Of "arrived in Peru on 3 March. Her first foreign trip in March is a success" that is Peru.

    Args:
        trip: the trip that the telling, which names no place, would be of.
    """
    noun, day = scene.doc[candidate.at], candidate.when.start or candidate.when.end
    if noun.pos_ != "NOUN" or candidate.status != "completed" or not day:
        return False
    before = {c.lower_ for c in noun.children if c.i < noun.i}
    behind = word_behind(noun)
    abroad = before & word_set("trip_abroad") or behind in {"abroad", "overseas"}
    if not abroad or not before & word_set("one_of_trips"):
        return False
    if trip is None:
        return True
    dated = any(c.when for c in trip.candidates)  # then their days have been held against it
    return not dated and trip.statuses != {"completed"}


def land_of_met(scene: Scene, trip: Trip, candidate: Candidate) -> str | None:
    """Return Peru for "will meet the Peruvian president during his visit. He then flies to Chile".

    Where Chile is told before, "his visit" is the one to Chile; so it is where nothing says that
    Chile is the next stop: "will meet Peru's president during his visit. He arrives in Chile on
    Friday".
    """
    noun = scene.doc[candidate.at]
    if trip.first_at < candidate.at or noun.dep_ != "pobj" or candidate.stops is not None:
        return None
    if noun.head.lower_ not in word_set("on_a_trip") or candidate.origin is None:
        return None
    if noun.head.head.lemma_ not in word_set("met_on_trip"):
        return None  # "will be accompanied by him during his visit"
    sentence = scene.sentence(candidate.at)
    if trip.first_at < sentence.end or any(t.lower_ in words("remote") for t in sentence):
        return None
    if word_set("goes_on_then").isdisjoint([t.lower_ for t in scene.sentence(trip.first_at)]):
        return None
    leading = words("leading_class")
    met = {
        reference.country
        for token in sentence
        for reference in scene.at(token.i)
        if reference.kind == "person" and reference.name and reference.role_kind in leading
    } - {None, candidate.origin}
    return next(iter(met)) if len(met) == 1 and trip.destination not in met else None


__all__ = ["is_another_abroad", "land_of_met", "made_before_off"]
