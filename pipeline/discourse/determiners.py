"""What the determiners of a noun tell: whether the text has told of it before."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.discourse.tables import words


def is_some(noun: Token) -> bool:
    """Tell "a visit", "any visit", "an elderly couple" from those told of before."""
    return any(child.lower_ in words("some_trip") for child in noun.children)


__all__ = ["is_some"]
