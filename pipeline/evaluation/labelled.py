"""The labelled articles of a folder that is laid out as the corpus is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from models import Article
from pipeline.evaluation.found import Found
from pipeline.evaluation.gold import GoldArticle, load_gold
from pipeline.readers import read_inputs


def labelled(folder: Path) -> Iterator[tuple[Article, GoldArticle]]:
    """Yield the articles with their labels; of a corpus those of its development part."""
    golds = {gold.article: gold for gold in load_gold(folder / "gold", part="dev")}
    for article in read_inputs([folder / "articles"]):
        if not isinstance(article, Article):
            continue
        gold = next((golds[name] for name in Found(article).names if name in golds), None)
        if gold is not None:
            yield article, gold


__all__ = ["labelled"]
