"""The labels of `corpus/merging` stand in their articles, and every fact keeps to one part."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from models import Article
from pipeline.evaluation.gold import GoldArticle, load_gold
from pipeline.readers import read_inputs

ROOT = Path(__file__).parents[1] / "corpus" / "merging"
GOLD = load_gold(ROOT / "gold")
ARTICLES = {
    Path(article.source_path).name: article
    for article in read_inputs([str(ROOT / "articles")])
    if isinstance(article, Article)
}

each_gold = pytest.mark.parametrize("gold", GOLD, ids=lambda gold: gold.article)


def test_articles_and_labels_belong_together() -> None:
    assert set(ARTICLES) == {gold.article for gold in GOLD}


@each_gold
def test_quotes_stand_in_the_article(gold: GoldArticle) -> None:
    for record in (*(gold.visits or ()), *(gold.upgrades or ())):
        assert record.evidence
        assert record.evidence in ARTICLES[gold.article].text
        assert record.fact


def test_a_fact_is_of_one_part_and_once_an_article() -> None:
    parts = defaultdict(set)
    for gold in GOLD:
        facts = [record.fact for record in (*(gold.visits or ()), *(gold.upgrades or ()))]
        assert len(facts) == len(set(facts)), gold.article
        for fact in facts:
            parts[fact].add(gold.part)
    assert all(len(found) == 1 for found in parts.values())
    assert sum(found == {"dev"} for found in parts.values()) >= 12
    assert sum(found == {"test"} for found in parts.values()) >= 12


def test_a_visit_fact_has_one_direction() -> None:
    ends = defaultdict(set)
    for gold in GOLD:
        for visit in gold.visits or ():
            ends[visit.fact].add((visit.origin, visit.destination))
    assert all(len(found) == 1 for found in ends.values())


@pytest.mark.parametrize("part", ["dev", "test"])
def test_the_readme_counts_right(part: str) -> None:
    golds = [gold for gold in GOLD if gold.part == part]
    visits = [visit.fact for gold in golds for visit in gold.visits or ()]
    upgrades = [upgrade.fact for gold in golds for upgrade in gold.upgrades or ()]
    counts = len(golds), len(set(visits)), len(visits), len(set(upgrades)), len(upgrades)
    row = " | ".join(map(str, (part, *counts)))
    assert f"| {row} |" in (ROOT / "README.md").read_text(encoding="utf-8"), row
