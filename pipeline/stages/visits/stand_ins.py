"""Who travels in another's place: "B will travel in A's place", "B will go instead of him"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from pipeline.discourse.factuality import fact_of_verb
from pipeline.discourse.scene import Actor
from pipeline.discourse.tables import words
from pipeline.discourse.timing import When
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.tables import verb_rules, word_set

#: How many sentences back the trip may be told that another makes instead.
_REACH = 4
#: How many tokens behind a verb its "in A's place" begins at most.
_PLACE_REACH = 12


def stand_in(reader: ArgumentReader, verb: Token) -> Iterator[Candidate]:
    """Yield the trips told of A for the B of "B will travel in A's place".

    "B will travel to Oslo in his place" names its own, and is no stand-in's.
    """
    known = verb.lemma_ in verb_rules() or verb.lemma_ in words("light")
    if verb.pos_ != "VERB" or not known or verb.lemma_ == "be":
        return
    owner = _owner_of_place(reader, verb)
    if owner is None or (fact := fact_of_verb(verb)).status is None:
        return
    fact = replace(fact, status="planned") if fact.status == "ongoing" else fact
    for actor in reader.travellers(verb):
        for model in _trips_of(reader, owner, actor):
            yield replace(
                model,
                rule="stand_in",
                at=verb.i,
                actor=actor,
                origin=actor.country,
                fact=fact,
                when=model.when if model.day is None else When(),
                first=False,
                kind=None,
                hosts=(),
                previous=False,
            )


def _trips_of(reader: ArgumentReader, owner: Token, actor: Actor) -> list[Candidate]:
    """Return the last trips told of whom "in the president's place", "in his place" mean.

    A pronoun is never the stand-in himself: his compatriot who was to travel.
    """
    number = reader.scene.sentence_of[owner.i]
    named = owner.pos_ != "PRON"
    keys = {a.key for a in reader.scene.actors(owner)} if named else set()
    found: dict[str | None, Candidate] = {}
    for told in reversed(reader.told):
        if number - reader.scene.sentence_of[told.at] > _REACH:
            break
        other = told.actor
        if other is None or other.key == actor.key or (keys and other.key not in keys):
            continue
        ends = told.destination is not None or told.stops is not None
        if ends and (keys or other.country == actor.country):
            keys = keys or {other.key}
            found.setdefault(told.destination, told)
    return list(found.values())


def _owner_of_place(reader: ArgumentReader, verb: Token) -> Token | None:
    """Return the A of "in A's place", "in place of A", "instead of A" beside a verb."""
    sentence = reader.scene.sentence(verb.i)
    end = min(sentence.end - 1, verb.i + _PLACE_REACH)
    told = word_set("stead")
    for token in verb.doc[sentence.start : end]:
        stead = token.lower_ in told
        if not stead and token.lower_ != "instead":
            continue
        led = token.i > sentence.start and token.nbor(-1).lower_ == "in"
        if (token.lower_ == "instead" or (stead and led)) and token.nbor().lower_ == "of":
            return next((c for c in token.nbor().children if c.dep_ == "pobj"), None)
        owner = next((c for c in token.children if c.dep_ == "poss"), None) if stead else None
        if owner is not None and token.dep_ == "pobj" and token.head.lower_ == "in":
            return owner
    return None


__all__ = ["stand_in"]
