"""Trips that are but talked of or prepared: "discussions on the visit to Lima", another's."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.stages.visits.tables import word_set

_KNOWN = frozenset({"the", "this", "that"})


def is_known(noun: Token) -> bool:
    """Tell "confirmed the visit", another's, from "announced a visit", one's own."""
    return any(c.lower_ in _KNOWN for c in noun.children)


def is_topic(noun: Token) -> bool:
    """Tell a trip known already of which one talks, or for which one prepares.

    So "has begun discussions on the visit to Lima", "started preparations for the Peru visit",
    "briefed reporters on the visit". Not "discussions on his visit", "left on the visit on Monday",
    "preparations for a visit", which may be one's own, nor "had meetings on the trip", by the way.
    So too "hailed what she said will be a historic visit", which is another's.
    """
    prep = noun.head
    if noun.dep_ == "attr" and prep.lemma_ == "be":
        return _is_called(prep)
    owned = any(c.dep_ == "poss" for c in noun.children)
    if noun.dep_ != "pobj" or owned or not is_known(noun):
        return False
    over = prep.head
    talk = over.pos_ == "NOUN" and over.lemma_.lower() in word_set("talk_of_trip")
    if prep.lower_ not in word_set("on_topic"):
        return talk and prep.lower_ == "for"
    if noun.lemma_ in word_set("journey") and over.lemma_ in word_set("held_on_way"):
        return False
    verb = over.head if over.dep_ in {"dobj", "dative"} else over
    return talk or (verb.pos_ == "VERB" and verb.lemma_ in word_set("topic_of_talk"))


def _is_called(verb: Token) -> bool:
    """Tell the "be" of "what was a landmark visit", "what she said will be a historic visit"."""
    said = verb.head if verb.dep_ == "ccomp" else verb
    return any(c.lower_ == "what" for node in (verb, said) for c in node.children)


__all__ = ["is_known", "is_topic"]
