"""One value from many tellings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from models import Evidence

Value = TypeVar("Value")

#: How sure a merged record can be.
CEILING = 0.99


def most_supported(
    votes: Iterable[tuple[Value, str]], *, prefer: Callable[[Value], Any]
) -> Value | None:
    """Return the value that most voices tell; `prefer` decides among equals, the least first.

    Args:
        votes: a value and the voice that tells it; a voice counts once for a value.
    """
    voices: dict[Value, set[str]] = defaultdict(set)
    for value, voice in votes:
        voices[value].add(voice)
    if not voices:
        return None
    return min(voices, key=lambda value: (-len(voices[value]), prefer(value)))


def longest(text: str) -> tuple[int, str]:
    """Prefer the longest of equals that are texts, then the first in the alphabet."""
    return -len(text), text


def united(groups: Iterable[Iterable[Evidence]]) -> tuple[Evidence, ...]:
    """Return all evidence, each sentence and rule once, by article and place."""
    found = {proof for group in groups for proof in group}
    return tuple(sorted(found, key=lambda e: (e.article_id, e.start, e.end, e.rule, e.text)))


def combined(scores: Iterable[tuple[float, str]]) -> float:
    """Return how sure a record told by several voices is; one voice counts with its best score.

    >>> combined([(0.5, "a"), (0.5, "b"), (0.4, "b")])
    0.75
    """
    best: dict[str, float] = {}
    for score, voice in scores:
        best[voice] = max(score, best.get(voice, 0.0))
    if len(best) == 1:
        return next(iter(best.values()))
    doubt = 1.0
    for _, score in sorted(best.items()):
        doubt *= 1.0 - score
    return round(max(min(1.0 - doubt, CEILING), *best.values()), 2)


__all__ = ["combined", "longest", "most_supported", "united"]
