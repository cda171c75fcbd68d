"""The verbs over and beside a word, as the stage's modules look for them."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.labels import VERBS


def whole_verb(verb: Token) -> Token:
    """Return the "re" of "re-establish", where the parse hangs subject and auxiliaries on it."""
    doc = verb.doc
    cut = verb.i > 1 and doc[verb.i - 1].text == "-" and doc[verb.i - 2].lower_ == "re"
    before = doc[verb.i - 2] if cut else verb
    return before if any(c.dep_ in {"nsubj", "aux", "mark"} for c in before.children) else verb


def verb_above(token: Token) -> Token | None:
    """Return the nearest verb above a word."""
    return next((node for node in token.ancestors if node.pos_ in VERBS), None)


__all__ = ["verb_above", "whole_verb"]
