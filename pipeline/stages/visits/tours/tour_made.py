"""Whether a tour is told as made, each of its countries left for the next."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.discourse.factuality import fact_of_verb, governing_verb
from pipeline.discourse.scene import Scene
from pipeline.discourse.tables import words
from pipeline.labels import OBJECTS
from pipeline.stages.visits.merging.trip import Trip
from pipeline.stages.visits.tables import word_set

#: How many sentences before the first telling of a country its tour may be told.
_REACH = 8
_TOUR = "tour"


def has_toured(scene: Scene, trip: Trip) -> bool:
    """Tell the Lima of "A toured three countries. He arrived in Lima. He saw the king in Quito".

    So of "made a three-nation tour"; of "began a tour", "is on a tour" he may be in Lima yet.
    """
    placed = [c.at for c in trip.candidates if c.spot is not None]
    number = scene.sentence_of[min(placed, default=trip.first_at)]
    for sentence in scene.sentences[max(0, number - _REACH) : number]:
        for token in sentence:
            if token.lemma_.lower() != _TOUR:
                continue
            verb = token if token.pos_ == "VERB" else governing_verb(token)
            if verb is None or not _is_made(verb, token):
                continue
            subject = scene.subject(verb)
            actors = scene.actors(subject) if subject is not None else []
            if any(actor.key == trip.key for actor in actors):
                return True
    return False


def _is_made(verb: Token, tour: Token) -> bool:
    """Tell "toured three countries", "made a tour" from "will make one", "toured a market"."""
    if fact_of_verb(verb).status != "completed" or verb.lemma_ in words("opens_trip"):
        return False
    objects = [c.lemma_.lower() for c in verb.children if c.dep_ in OBJECTS]
    if verb == tour:
        return bool(word_set("land_noun") & set(objects))
    return tour.dep_ in OBJECTS or verb.lemma_ == "be"


__all__ = ["has_toured"]
