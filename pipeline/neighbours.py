"""What stands beside a word, also beside the last one of a text."""

from __future__ import annotations

from spacy.tokens import Token


def word_behind(token: Token) -> str:
    """Return the word right behind a token, in small letters; "" behind the last of a text."""
    return token.doc[token.i + 1].lower_ if token.i + 1 < len(token.doc) else ""


__all__ = ["word_behind"]
