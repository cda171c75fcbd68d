"""Numbers told in words or figures."""

from __future__ import annotations

from spacy.tokens import Token

_NUMBERS = (
    "one", "two", "three", "four", "five", "six",
    "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip
#: What counts more than one and is no number ("came twice").
_TIMES = {"twice": 2, "thrice": 3}
#: How many those are whom a noun or pronoun counts.
_SIZES = {"both": 2, "duo": 2, "pair": 2, "trio": 3, "quartet": 4, "quintet": 5}
#: How many digits a number has that counts trips or days.
_DIGITS = 3

_ORDINALS = (
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
)
_ENDINGS = frozenset({"st", "nd", "rd", "th"})


def number_of(token: Token) -> int | None:
    """Return the number that a word is, 1 for an article; None for another word."""
    if token.text.isdecimal():
        return int(token.text)
    if token.lower_ in {"a", "an", "the"}:
        return 1
    return _NUMBERS.index(token.lower_) + 1 if token.lower_ in _NUMBERS else None


def number_in(text: str) -> int | None:
    """Return the number that a word or figure counts, None for "one", which may count none."""
    if text.isdecimal() and len(text) <= _DIGITS:
        return int(text)
    word = text.lower()
    if word in _NUMBERS[1:]:
        return _NUMBERS.index(word) + 1
    return _TIMES.get(word)


def size_of(token: Token) -> int | None:
    """Return the 3 of "the trio", the 2 of "both"; None for another word."""
    return _SIZES.get(token.lower_)


def ordinal_of(token: Token) -> int | None:
    """Return the 2 of "second" and "2nd"; None for another word."""
    word = token.lower_
    if word[:1].isdigit():
        return int(word[:-2]) if word[:-2].isdigit() and word[-2:] in _ENDINGS else None
    return _ORDINALS.index(word) + 1 if word in _ORDINALS else None


__all__ = ["number_in", "number_of", "ordinal_of", "size_of"]
