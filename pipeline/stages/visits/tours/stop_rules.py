"""The forms in which the further stops of a journey are told by their names alone."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Literal

from pipeline.lexicon import Rule, load_table
from pipeline.stages.visits.tables import PACKAGE

#: The forms in which a verb or its subject tells of the stop, and no fixed words.
VERBAL = frozenset({"subject", "covers", "edge", "agent"})


class StopRule(Rule):
    """A form in which a further stop is told."""

    form: Literal["subject", "heading", "day", "covers", "edge", "agent"]
    words: tuple[str, ...]
    score: float


@lru_cache(maxsize=1)
def stop_rules() -> Mapping[str, tuple[tuple[StopRule, tuple[str, ...]], ...]]:
    """Return the rows by the first of their words."""
    found: dict[str, list[tuple[StopRule, tuple[str, ...]]]] = {}
    for rule in load_table(PACKAGE, "itinerary.toml", StopRule):
        for phrase in rule.words:
            parts = tuple(phrase.split())
            found.setdefault(parts[0], []).append((rule, parts))
    return {word: tuple(rows) for word, rows in found.items()}


__all__ = ["VERBAL", "StopRule", "stop_rules"]
