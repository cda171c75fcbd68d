"""The normalize stage: one record a fact, across all articles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from models import Article, DateExpression, Entity, Upgrade, Visit
from pipeline.stages.normalize.entities import merge_entities
from pipeline.stages.normalize.merge_visits import merge_visits
from pipeline.stages.normalize.sources import Source, source_of
from pipeline.stages.normalize.tellings import telling_of
from pipeline.stages.normalize.upgrades import merge_upgrades
from pipeline.stages.normalize.visits import cluster_visits


@dataclass(frozen=True)
class ArticleRows:
    """What the article stages found in one article."""

    article: Article
    entities: Sequence[Entity]
    dates: Sequence[DateExpression]
    visits: Sequence[Visit]
    upgrades: Sequence[Upgrade]


@dataclass(frozen=True)
class Normalized:
    """One record a fact."""

    entities: tuple[Entity, ...]
    visits: tuple[Visit, ...]
    upgrades: tuple[Upgrade, ...]


def normalize(articles: Iterable[ArticleRows]) -> Normalized:
    """Merge the records of all articles, each kind sorted by id; reads the articles once.

    The order of the articles makes no difference, and a record keeps its id when articles are
    added that do not tell of it.
    """
    entities: list[tuple[Entity, Source]] = []
    visits: list[tuple[Visit, Source]] = []
    upgrades: list[tuple[Upgrade, Source]] = []
    for rows in articles:
        source = source_of(rows.article)
        entities += ((entity, source) for entity in rows.entities)
        visits += ((visit, source) for visit in rows.visits)
        upgrades += ((upgrade, source) for upgrade in rows.upgrades)
    roster = merge_entities(entities)
    trips = cluster_visits(telling_of(visit, source, roster) for visit, source in visits)
    merged, moved = merge_visits(trips, roster)
    raised = merge_upgrades(upgrades, merged, moved)
    return Normalized(roster.entities, tuple(merged), tuple(raised))


__all__ = ["ArticleRows", "Normalized", "normalize"]
