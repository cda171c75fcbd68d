"""Where talks between two were held that the next sentence comes back to."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from pipeline.discourse.factuality import fact_of_verb
from pipeline.discourse.numbers import ordinal_of
from pipeline.discourse.scene import Spot
from pipeline.discourse.tables import words
from pipeline.labels import SUBJECTS
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.events.gatherings import is_event
from pipeline.stages.visits.events.placed_events import names_of
from pipeline.stages.visits.places.told_behind import place_told_behind
from pipeline.stages.visits.tables import word_set

#: How far from its sentence's start the noun that looks back stands, in tokens.
_REACH = 5


def talks_told_next(reader: ArgumentReader, noun: Token) -> Spot | None:
    """Return Rome of "a meeting between A and B. It was held in Rome", "The talks took place in".

    "The meeting of ministers was held in Rome", "The talks in Rome go on", "The summit will be held
    in Rome" tell of others.
    """
    behind = reader.scene.beside(reader.scene.sentence_of[noun.i], step=1)
    for token in behind[:_REACH] if behind is not None else ():
        for over in _held_over(token):
            if fact_of_verb(over).status != "completed":
                continue
            if token.lower_ == "it":
                apart = _is_of_event_before(reader, noun)
                return None if apart else place_told_behind(reader.scene, noun)
            if _looks_back(reader, token, noun) and (spot := _place_under(reader, over)):
                return spot
    return None


def _is_of_event_before(reader: ArgumentReader, noun: Token) -> bool:
    """Tell "The festival opened after a meeting. It was held in Rome", which is the festival's."""
    before = noun.doc[reader.scene.sentence(noun.i).start : noun.i]
    return any(token.dep_ in SUBJECTS and is_event(token) for token in before)


def _place_under(reader: ArgumentReader, held: Token) -> Spot | None:
    """Return the town of "held in Rome", "took place on the sidelines of a summit in Rome"."""
    for token in held.subtree:
        if token.i <= held.i:
            continue
        if token.lower_ in {"in", "at"}:
            spots = reader.scene.spots(token.i + 1)
            if spots and spots[0].is_town:
                return spots[0]
        elif token.lower_ in word_set("apart_in_time") or token.pos_ == "VERB":
            return None
    return None


def _held_over(token: Token) -> Iterator[Token]:
    """Yield the "held" of "it was held", of "that meeting, held in Rome, was opened by C"."""
    held = word_set("holds_event")
    yield from (c for c in token.children if c.dep_ == "acl" and c.lemma_ in held)
    if token.dep_ in SUBJECTS and token.head.lemma_ in held:
        yield token.head


def _looks_back(reader: ArgumentReader, token: Token, noun: Token) -> bool:
    """Tell "the talks" behind a meeting from "the talks with C", "the last talks"."""
    told = token.lemma_.lower()
    if not any(c.lower_ in word_set("looks_back") for c in token.children):
        return False
    named = names_of(reader.scene, token)
    others = any(
        (c.dep_ == "prep" and c.i < token.i + 2)
        or c.lower_ in words("another_one")
        or ordinal_of(c)
        for c in token.children
    )
    same = told in word_set("any_meeting") or told == noun.lemma_.lower()
    return same and not named and not others


__all__ = ["talks_told_next"]
