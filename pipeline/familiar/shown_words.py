"""Words that the model takes for others, with those that it is shown, by where they stand."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Literal

from pipeline.lexicon import Rule, load_table

Place = Literal[
    "anywhere",
    "at the head of a sentence",
    "at the head of a line",
    "behind its land",
    "behind ties",
    "behind to",
    "behind two",
    "behind a name",
    "behind accompanying",
    "behind a trip",
    "behind and",
    "behind and before ties",
    "before farewell",
    "before a guest",
    "before a status",
    "before ties",
]


class Shown(Rule):
    """A word that the model takes for another.

    Attributes:
        word: as it is written there.
        shown: one as long that the model knows for what is meant.
        stands: where it is taken for another.
        lemma: the word's own, if the model is to be told it.
    """

    word: str
    shown: str
    stands: Place
    lemma: str | None = None


@cache
def shown_words() -> tuple[Shown, ...]:
    """Return the rows of the table."""
    return load_table("pipeline.familiar", "shown.toml", Shown)


@cache
def shown_where(place: Place) -> Mapping[str, str]:
    """Return what is shown for each word that stands at such a place."""
    return {row.word: row.shown for row in shown_words() if row.stands == place}


__all__ = ["Place", "Shown", "shown_where", "shown_words"]
