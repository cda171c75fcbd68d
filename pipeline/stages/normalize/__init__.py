"""The normalize stage: one record a fact, across all articles."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from models import Conflict, Entity, LedgerEntry, Record, RelationStep, Upgrade, Visit
from pipeline.stages.normalize.merging import ArticleRows, Told, merged_groups, merged_records


@dataclass(frozen=True)
class Normalized:
    """One record a fact, and the tables made of them."""

    entities: tuple[Entity, ...]
    visits: tuple[Visit, ...]
    upgrades: tuple[Upgrade, ...]
    conflicts: tuple[Conflict, ...] = ()
    ledger: tuple[LedgerEntry, ...] = ()
    relations: tuple[RelationStep, ...] = ()


def normalize(articles: Iterable[ArticleRows]) -> Normalized:
    """Merge the records of all articles, each kind sorted by id; reads the articles once.

    The order of the articles makes no difference, and a record keeps its id when articles are
    added that do not tell of it.
    """
    found: dict[type[Record], list[Record]] = {}
    for record in merged_records(articles):
        found.setdefault(type(record), []).append(record)
    kinds = (Entity, Visit, Upgrade, Conflict, LedgerEntry, RelationStep)
    return Normalized(*(tuple(found.get(kind, ())) for kind in kinds))  # type: ignore[arg-type]


__all__ = ["ArticleRows", "Normalized", "Told", "merged_groups", "merged_records", "normalize"]
