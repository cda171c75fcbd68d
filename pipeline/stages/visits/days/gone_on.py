"""The first day of a stop to which one goes on from the stop before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Token

from models.visit import MADE
from pipeline.discourse.factuality import governing_verb
from pipeline.discourse.scene import Scene
from pipeline.discourse.tables import words
from pipeline.discourse.timing.of_trips import When
from pipeline.iso_lengths import DAY
from pipeline.labels import VERBS
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.merging.trip import Trip


def begin_where_left(scene: Scene, trips: Sequence[Trip]) -> None:
    """Begin the Quito of "ended a visit to Lima on Monday and left for Quito" on that Monday.

    So that of "wrapped up talks in Lima on Monday before heading to Quito". Not that of "visited
    Lima on Monday and travelled to Quito", who may have gone there later.
    """
    for trip in trips:
        if trip.when.start is not None and len(trip.when.start) == DAY:
            continue
        others = [t for t in trips if t.key == trip.key and t.destination != trip.destination]
        for number, told in enumerate(trip.candidates):
            day = _left_on(scene, told, others) if _is_undated(told) else None
            if day is not None:
                came = replace(told.fact, reason="arrived")
                trip.retell(number, replace(told, when=When(day), day=day, fact=came))
                break


def _is_undated(told: Candidate) -> bool:
    """Tell "left for Quito", "travelled on to Quito", with no day of its own."""
    undated = not told.when or (told.when.start == told.when.end and told.when.coarse)
    goes = told.phase == "arrive" and told.status in MADE and told.spot is not None
    return undated and goes


def _left_on(scene: Scene, told: Candidate, others: Sequence[Trip]) -> str | None:
    """Return the day on which the stop ended behind which one is told to go on."""
    verb = scene.doc[told.at]
    before = _verb_before(verb) if verb.pos_ in VERBS else None
    if before is None or before.lemma_ not in words("finish"):
        return None
    for trip in others:
        for stay in trip.candidates:
            noun = scene.doc[stay.at]
            over = noun if noun.pos_ in VERBS else governing_verb(noun)
            end = stay.when.end
            if over == before and end is not None and len(end) == DAY and stay.status in MADE:
                return end
    return None


def _verb_before(verb: Token) -> Token | None:
    """Return the "ended" of "ended talks and left for Quito", "ended talks before leaving"."""
    over = verb.head
    if verb.dep_ == "pcomp" and over.lower_ == "before":
        return over.head
    if verb.dep_ == "advcl" and any(c.lower_ == "before" for c in verb.children):
        return over
    return over if verb.dep_ == "conj" and over.pos_ in VERBS else None


__all__ = ["begin_where_left"]
