"""Numbers told in words or figures."""

from __future__ import annotations

from spacy.tokens import Token

_NUMBERS = (
    "one", "two", "three", "four", "five", "six",
    "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip


def number_of(token: Token) -> int | None:
    """Return the number that a word is, 1 for an article; None for another word."""
    if token.text.isdigit():
        return int(token.text)
    if token.lower_ in {"a", "an", "the"}:
        return 1
    return _NUMBERS.index(token.lower_) + 1 if token.lower_ in _NUMBERS else None


__all__ = ["number_of"]
