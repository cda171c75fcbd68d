"""The ladders of levels: whose counts between some parties, and on which rung a level stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pydantic import Field, field_validator

from pipeline.lexicon import Row, load_table
from pipeline.reference.fold import fold
from pipeline.stages.normalize.tables import word_set

PACKAGE = "pipeline.stages.normalize"
#: Ladders of no party: of partnerships where neither has one, and of diplomatic representation.
GENERAL, DIPLOMATIC = "GENERAL", "DIPLOMATIC"


class Rung(Row):
    """A level on one issuer's ladder; `rank` counts from the lowest, empty beside the ladder.

    Issuers stand in the order in which they are asked: where two parties have a ladder each, the
    one that names the level best counts, of equals the earlier.
    """

    issuer: str
    rank: int | None = Field(default=None, ge=1)
    #: The level's words in any order, without "partnership".
    words: frozenset[str]
    #: Words that the level as written must hold besides ("new era").
    phrase: str | None = None
    #: Whether to pass it over is no skip.
    optional: bool = False

    @field_validator("words", mode="before")
    @classmethod
    def _split(cls, cell: object) -> object:
        return frozenset(cell.split()) if isinstance(cell, str) else cell


@dataclass(frozen=True)
class Standing:
    """Where a level stands: on whose ladder and on which rung; rank None beside the ladder."""

    issuer: str
    rank: int | None


def standing(
    parties: Iterable[str], level: str | None, level_text: str | None = None
) -> Standing | None:
    """Return where a level stands between parties, None for one that no ladder has.

    The longest name that is held by the level's words counts: "all-round strategic cooperative
    partnership" is China's "strategic cooperative" one.
    """
    return _standing(tuple(sorted(parties)), level, level_text) if level else None


@lru_cache(maxsize=4096)
def _standing(parties: Sequence[str], level: str, level_text: str | None) -> Standing | None:
    words = frozenset(re.split(r"[_-]", level))
    bare, text = words - word_set("empty_of_level"), fold(level_text or level).replace("_", " ")
    fitting = [
        (row.words in (bare, words), len(row.words), row.phrase is not None, -place, row)
        for place, row in enumerate(_rungs(parties))
        if row.words <= words and (row.phrase is None or row.phrase in text)
    ]
    if not fitting:
        return None
    best = max(fitting, key=lambda entry: entry[:4])[-1]
    return Standing(best.issuer, best.rank)


def _rungs(parties: Sequence[str]) -> list[Rung]:
    rows = load_table(PACKAGE, "ladders.csv", Rung)
    own = [row for row in rows if row.issuer in parties]
    diplomatic = [row for row in rows if row.issuer == DIPLOMATIC]
    general = [] if own else [row for row in rows if row.issuer == GENERAL]
    return [*own, *general, *diplomatic]


def rungs_between(issuer: str, lower: int | None, upper: int | None) -> tuple[str, ...]:
    """Return the names of an issuer's rungs strictly between two ranks, the lowest first."""
    if lower is None or upper is None:
        return ()
    found: dict[int, str] = {}
    for row in load_table(PACKAGE, "ladders.csv", Rung):
        if row.issuer != issuer or row.rank is None or row.optional:
            continue
        if lower < row.rank < upper:
            found.setdefault(row.rank, "_".join(sorted(row.words)))
    return tuple(found[rank] for rank in sorted(found))


__all__ = ["DIPLOMATIC", "GENERAL", "Rung", "Standing", "rungs_between", "standing"]
