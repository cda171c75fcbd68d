"""The event told of in the sentence before, at which somebody else is as well."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from pipeline.discourse.scene import Spot
from pipeline.stages.visits.arguments import ArgumentReader


def place_of_same(reader: ArgumentReader, verb: Token, event: Token) -> Spot | None:
    """Return Peru of "in Peru he will join a summit. X will also be at the summit", told as a trip.

    Not for another event than that of the sentence before.
    """
    if not any(c.lower_ in {"the", "this"} for c in event.children):
        return None
    spot, number = told_event(reader, verb), reader.scene.sentence_of[verb.i]
    same = event.lemma_.lower()
    before = reader.scene.sentences[max(0, number - 1)]
    named = any(t.lemma_.lower() == same and t != event for t in before)
    return spot if spot is not None and named and number else None


def told_event(reader: ArgumentReader, verb: Token) -> Spot | None:
    """Return the place of the event told of in this sentence or the one before."""
    numbers = [at for _, at in reader.scene.backwards(reader.scene.sentence_of[verb.i], 1)]
    for told in reversed(reader.told):
        if reader.scene.sentence_of[told.at] < numbers[-1]:
            return None
        if "event" in told.notes and told.spot is not None:
            return replace(told.spot, start=verb.i, end=verb.i + 1)
    return None


__all__ = ["place_of_same", "told_event"]
