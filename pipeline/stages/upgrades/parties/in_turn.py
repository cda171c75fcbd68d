"""Parties to whom "respectively" gives a day each, with the one that another sentence names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from spacy.tokens import Token

from pipeline.discourse.scene import Scene
from pipeline.discourse.timing.of_trips import partial
from pipeline.reference.countries import is_country
from pipeline.stages.upgrades.parties.named import Parties

#: So many have a day in turn.
_LEAST = 2


class Told(Protocol):
    """Knows the parties of an article."""

    scene: Scene

    def codes(self, start: int, end: int) -> Mapping[str, int]:
        """Return the parties named in the tokens from `start` until `end`."""

    def other(self, before: int, known: set[str]) -> str | None:
        """Return the party told of most beside `known`."""


def each_in_turn(told: Told, token: Token) -> list[Parties]:
    """Return each of "ties between Peru and Chad were formed in 1964 and 1971, respectively".

    Each is with the state that is told of before. None where a sentence has more days than states,
    or names one more.
    """
    scene = told.scene
    sentence = scene.sentence(token.i)
    if all(t.lower_ != "respectively" for t in sentence):
        return []
    between = next((t for t in sentence if t.lower_ == "between" and t.i < token.i), None)
    if between is None:
        return []
    states = list(told.codes(between.i, token.i))
    named = told.codes(sentence.start, sentence.end)
    days = [d for d in scene.dates_in(sentence.start_char, sentence.end_char) if partial(d)]
    if len(states) < _LEAST or len(states) != len(days) or set(named) != set(states):
        return []
    other = told.other(token.i, set(states)) if all(map(is_country, states)) else None
    return [frozenset({other, code}) for code in states] if other and is_country(other) else []


__all__ = ["each_in_turn"]
