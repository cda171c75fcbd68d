"""The verbs over and beside a word, as several modules look for them."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.labels import SUBJECTS, VERBS
from pipeline.neighbours import word_behind


def whole_verb(verb: Token) -> Token:
    """Return the "re" of "re-establish", where the parse hangs subject and auxiliaries on it."""
    doc = verb.doc
    cut = verb.i > 1 and doc[verb.i - 1].text == "-" and doc[verb.i - 2].lower_ == "re"
    before = doc[verb.i - 2] if cut else verb
    return before if any(c.dep_ in {"nsubj", "aux", "mark"} for c in before.children) else verb


def verb_above(token: Token) -> Token | None:
    """Return the nearest verb above a word."""
    return next((node for node in token.ancestors if node.pos_ in VERBS), None)


def own_verb(token: Token) -> Token | None:
    """Return a word that is a verb itself, else the nearest verb above it."""
    return token if token.pos_ in VERBS else verb_above(token)


def has_subject(verb: Token) -> bool:
    """Tell a verb of which it is told who does it, or to whom it is done."""
    return any(child.dep_ in SUBJECTS for child in verb.children)


def gets_under_way(verb: Token) -> bool:
    """Tell "gets under way", "gets underway" from "gets a visit"."""
    return verb.lemma_ == "get" and word_behind(verb) in {"under", "underway"}


def takes_place(verb: Token) -> bool:
    """Tell "takes place" from "takes a seat"."""
    return verb.lemma_ == "take" and any(c.lower_ == "place" for c in verb.children)


__all__ = ["gets_under_way", "has_subject", "own_verb", "takes_place", "verb_above", "whole_verb"]
