"""Guests who come behind another: "B will follow him to Lima on Friday"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from pipeline.discourse.factuality import fact_of_verb
from pipeline.labels import OBJECTS
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.tables import noun_rules

FOLLOW = "follow"
_SCORE = 0.7
#: How many sentences back the trip of the one ahead may be told.
_BACK = 2


def follows_to(reader: ArgumentReader, verb: Token) -> Iterator[Candidate]:
    """Read B of "A is in Lima. B will follow him to Peru on Friday", where A's trip is told.

    "Police followed him to his hotel in Lima" does not fire, nor does "followed him to power".
    """
    if verb.lemma_ != FOLLOW or verb.pos_ != "VERB":
        return
    ahead = [c for c in verb.children if c.dep_ in OBJECTS]
    to = next((c for c in verb.children if c.lower_ == "to" and c.i > verb.i), None)
    if not ahead or to is None:
        return
    spots = reader.scene.spots(to.i + 1)
    subject = reader.scene.subject(verb) if spots else None
    if subject is None:
        return
    led = {a.key for a in reader.scene.actors(ahead[0])}
    number = reader.scene.sentence_of
    gone = {
        c.destination
        for c in reader.told
        if c.actor is not None and c.actor.key in led and number[verb.i] - number[c.at] <= _BACK
    }
    for actor in reader.scene.actors(subject):
        if actor.is_party or actor.key in led or not actor.country:
            continue
        for spot in spots[:1]:
            if spot.country in gone and spot.country != actor.country:
                yield reader.make(
                    noun_rules()["visit"],
                    verb,
                    actor=actor,
                    spot=spot,
                    fact=fact_of_verb(verb),
                    score=_SCORE,
                )


__all__ = ["FOLLOW", "follows_to"]
