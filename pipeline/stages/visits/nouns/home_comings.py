"""Arrivals of those who come home: "On arrival in Lima, the Peruvian minister hailed B"."""

from __future__ import annotations

from collections.abc import Collection

from spacy.tokens import Token

from pipeline.discourse.factuality import governing_verb
from pipeline.labels import OBJECTS
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.tables import word_set


def is_home_coming(reader: ArgumentReader, noun: Token, ends: Collection[str]) -> bool:
    """Tell the "arrival" of "Speaking on arrival in Lima, Peru's minister hailed B", who is home.

    It is none of B's. Not that of "On arrival in Lima, B was hailed", "On arrival in Lima Peru's
    minister welcomed B".

    Args:
        ends: the countries to which the arrival leads.
    """
    bare = not any(c.dep_ in {"det", "poss"} for c in noun.children)
    if not bare or noun.dep_ != "pobj" or noun.lemma_ not in word_set("coming_home"):
        return False
    verb = governing_verb(noun)
    subject = reader.scene.subject(verb) if verb is not None else None
    if verb is None or subject is None:
        return False
    doers = reader.scene.actors(subject)
    return bool(doers) and all(a.country in ends for a in doers) and not _meets(reader, verb)


def _meets(reader: ArgumentReader, verb: Token) -> bool:
    """Tell "welcomed B", "held talks with B", who is the guest, from "briefed the media"."""
    withs = (c for c in verb.children if c.lower_ == "with")
    heads = [c for c in verb.children if c.dep_ in OBJECTS]
    heads += [h for prep in withs for h in prep.children if h.dep_ == "pobj"]
    return any(reader.scene.actors(head) for head in heads)


__all__ = ["is_home_coming"]
