"""The order in which a model is shown a text, step by step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pipeline.word_order.attributions import parting_attributions
from pipeline.word_order.auxiliaries import apart_auxiliaries
from pipeline.word_order.moves import Move, reordered
from pipeline.word_order.places import places_behind


@dataclass(frozen=True)
class Step:
    """One text in its order so far, and what of it is moved."""

    text: str
    moves: Sequence[Move]


#: What finds what is moved, each in the text that those before it leave.
_FINDERS: Sequence[Callable[[str], list[Move]]] = (
    parting_attributions,
    places_behind,
    apart_auxiliaries,
)


def reading_order(text: str) -> tuple[str, list[Step]]:
    """Return a text in the order in which it is shown, and the steps that led there."""
    steps: list[Step] = []
    for find in _FINDERS:
        if found := find(text):
            steps.append(Step(text, found))
            text = reordered(text, found)
    return text, steps


__all__ = ["Step", "reading_order"]
