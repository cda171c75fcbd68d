"""Whom a letter reached that somebody brings in the next sentence: "It was delivered by X"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from spacy.tokens import Token

from pipeline.discourse.scene import Actor
from pipeline.labels import SUBJECTS, UNDERGONE
from pipeline.neighbours import prep_objects
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.tables import word_set

#: How many sentences before the bringing the letter may be told of.
_BACK = 2


class Letter(NamedTuple):
    """Whom a letter reached, and the land of who sent it."""

    reached: list[Actor]
    sender: str | None


def letter_told_of(reader: ArgumentReader, verb: Token) -> Letter:
    """Return A, and B's land, of "A received a message from B. The message was delivered by C".

    Not of "A received a letter. The note was handed over by C".
    """
    scene = reader.scene
    brought = {c.lemma_.lower() for c in verb.children if c.dep_ == "nsubjpass"}
    number = scene.sentence_of[verb.i]
    for sentence in reversed(scene.sentences[max(0, number - _BACK) : number]):
        for token in sentence:
            if token.pos_ != "VERB" or token.lemma_ not in word_set("gets_letter"):
                continue
            things = [c for c in token.children if c.dep_ in UNDERGONE]
            subjects = [c for c in token.children if c.dep_ in SUBJECTS]
            reached = [a for head in subjects for a in scene.actors(head) if not a.is_party]
            if not reached or not {c.lemma_.lower() for c in things} & brought:
                continue
            heads = [h for at in (token, *things) for h in prep_objects(at, "from")]
            senders = [a.country for head in heads for a in scene.actors(head) if a.country]
            return Letter(reached, next(iter(senders), None))
    return Letter([], None)


def sent_by(actors: Sequence[Actor], letter: Letter) -> list[Actor]:
    """Give "his special envoy", who is of no told land or of the reader's, that of the sender."""
    near = {None, *(actor.country for actor in letter.reached)}
    theirs: dict[str, object] = {"country": letter.sender, "guessed": False}
    return [
        replace(actor, reference=actor.reference.model_copy(update=theirs))
        if letter.sender and actor.reference.role_kind == "envoy" and actor.country in near
        else actor
        for actor in actors
    ]


__all__ = ["Letter", "letter_told_of", "sent_by"]
