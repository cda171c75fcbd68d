"""What the determiners of a noun tell: whether the text has told of it before."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.discourse.tables import words

#: What before a noun tells which one is meant ("his participation", "the Ruto visit").
_NAMING = frozenset({"det", "poss", "compound", "nmod", "nummod", "predet"})


def is_some(noun: Token) -> bool:
    """Tell "a visit", "any visit", "an elderly couple" from those told of before."""
    return any(child.lower_ in words("some_trip") for child in noun.children)


def is_bare(noun: Token) -> bool:
    """Tell the "participation" of "is weighing participation in it", which nobody has named."""
    before = (c.dep_ for c in noun.children if c.i < noun.i)
    return noun.tag_ == "NN" and _NAMING.isdisjoint(before)


__all__ = ["is_bare", "is_some"]
