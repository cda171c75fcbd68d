"""Stretches of a text that change places in what a model is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.lexicon import word_lists

words = word_lists("pipeline.word_order", "words.toml")


@dataclass(frozen=True)
class Move:
    """Two stretches of a text that change places: from `start` to `cut`, from there to `end`.

    Attributes:
        hangs: whether the second hangs on the head of the first, and on no word before both.
    """

    start: int
    cut: int
    end: int
    hangs: bool = False


def reordered(text: str, found: Sequence[Move]) -> str:
    """Return a text of the same length in which stretches have changed places.

    Args:
        found: what is moved, from left to right, without overlap.
    """
    pieces: list[str] = []
    at = 0
    for move in found:
        pieces += (text[at : move.start], text[move.cut : move.end], text[move.start : move.cut])
        at = move.end
    return "".join([*pieces, text[at:]])


def is_adverb(word: str) -> bool:
    """Tell "officially", "now"; not "apply"."""
    is_ly = word.endswith("ly") and word.islower() and word not in words("verb")
    return is_ly or word in words("adverb")


def is_participle(word: str) -> bool:
    """Tell "opened", "met"; not "speed"."""
    return (word.endswith("ed") and word not in words("no-past")) or word in words("participle")


def is_past_form(word: str) -> bool:
    """Tell "opened", "met", "went"; not "speed"."""
    return is_participle(word) or word in words("past")


__all__ = ["Move", "is_adverb", "is_participle", "is_past_form", "reordered", "words"]
