"""Numbers told in words or figures."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Literal

from spacy.tokens import Token

from pipeline.discourse.tables import PACKAGE
from pipeline.lexicon import Row, load_table

#: How many digits a number has that counts trips or days.
_DIGITS = 3
#: How "1st", "2nd" end.
_ENDINGS = frozenset({"st", "nd", "rd", "th"})

_Kind = Literal["count", "place", "times", "size"]


class NumberWord(Row):
    """A word for a number: one that counts, a place in a row, "twice", those of "the trio"."""

    word: str
    kind: _Kind
    value: int


@lru_cache(maxsize=4)
def _numbers(kind: _Kind) -> Mapping[str, int]:
    """Return the numbers that words of a kind are."""
    rows = load_table(PACKAGE, "numbers.csv", NumberWord)
    return {row.word: row.value for row in rows if row.kind == kind}


def number_of(token: Token) -> int | None:
    """Return the number that a word is, 1 for an article; None for another word."""
    if token.text.isdecimal():
        return int(token.text)
    if token.lower_ in {"a", "an", "the"}:
        return 1
    return _numbers("count").get(token.lower_)


def number_in(text: str) -> int | None:
    """Return the number that a word or figure counts, None for "one", which may count none."""
    if text.isdecimal() and len(text) <= _DIGITS:
        return int(text)
    word = text.lower()
    counted = _numbers("count").get(word, 1)
    return counted if counted > 1 else _numbers("times").get(word)


def size_of(token: Token) -> int | None:
    """Return the 3 of "the trio", the 2 of "both"; None for another word."""
    return _numbers("size").get(token.lower_)


def ordinal_of(token: Token) -> int | None:
    """Return the 2 of "second" and "2nd"; None for another word."""
    word = token.lower_
    if word[:1].isdigit():
        return int(word[:-2]) if word[:-2].isdigit() and word[-2:] in _ENDINGS else None
    return _numbers("place").get(word)


__all__ = ["number_in", "number_of", "ordinal_of", "size_of"]
