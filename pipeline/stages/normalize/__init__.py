"""The normalize stage: one record a fact, across all articles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models import Article, DateExpression, Entity, Upgrade, Visit


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
