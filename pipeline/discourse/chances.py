"""Chances that were taken: who "had the opportunity to meet her in Lima" met her there."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.discourse.denials import is_negated
from pipeline.discourse.tables import words
from pipeline.discourse.verb_forms import auxiliaries_of, tense_of
from pipeline.labels import OBJECTS


def chance_taken(noun: Token) -> Token | None:
    """Return the "had" of "had the opportunity to meet her", "will have a chance to see Lima".

    "Had no chance to meet her", "hopes to have the chance", "sought an opportunity" do not fire.
    """
    verb = noun.head
    if noun.lemma_.lower() not in words("chance_given") or noun.dep_ not in OBJECTS:
        return None
    if verb.lemma_ not in words("gets_chance") or verb.dep_ == "xcomp" or is_negated(verb):
        return None
    denied = any(c.lower_ in {"no", "any", "little"} for c in noun.children)
    open_yet = auxiliaries_of(verb) & {"would", "could", "should", "may", "might", "can"}
    return verb if tense_of(verb) in {"past", "future"} and not denied and not open_yet else None


__all__ = ["chance_taken"]
