"""The folders that weights are learned from, laid out as the corpus is, and their articles."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from models import Article
from pipeline.evaluation.found import Found
from pipeline.evaluation.gold import GoldArticle, load_gold
from pipeline.readers import read_inputs


def learner(description: str | None, *, table: Path | None, light: bool) -> argparse.ArgumentParser:
    """Return what reads a call that learns weights from folders and writes them.

    Args:
        description: what is learned.
        table: where the weights go, if the call does not say.
        light: whether some of the folders may count less.
    """
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("folders", type=Path, nargs="*", default=[Path("corpus")])
    if light:
        told = "folders that count less"
        parser.add_argument("--light", type=Path, nargs="*", default=[], help=told)
    parser.add_argument("--table", type=Path, default=table)
    return parser


def labelled(folder: Path) -> Iterator[tuple[Article, GoldArticle]]:
    """Yield the articles with their labels; of a corpus those of its development part."""
    golds = {gold.article: gold for gold in load_gold(folder / "gold", part="dev")}
    for article in read_inputs([folder / "articles"]):
        if not isinstance(article, Article):
            continue
        gold = next((golds[name] for name in Found(article).names if name in golds), None)
        if gold is not None:
            yield article, gold


__all__ = ["labelled", "learner"]
