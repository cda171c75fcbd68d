"""Learning how sure records are."""

from __future__ import annotations

import math
import random
from pathlib import Path

import pytest

from models import Article
from pipeline.config import load_settings
from pipeline.discourse.confidence import LEVEL
from pipeline.evaluation.calibrate import Example, fit, gather, write_table
from pipeline.evaluation.gold import load_gold
from pipeline.readers import read_inputs
from pipeline.stages import build_stages

CORPUS = Path(__file__).parents[2] / "corpus"


def examples(number: int = 400) -> list[Example]:
    """Return records of which those with `good` are right nine times in ten, others half."""
    chance = random.Random(7)
    made = []
    for at in range(number):
        good = at % 2
        right = chance.random() < (0.9 if good else 0.5)
        rare = float(at == 0)
        made.append(Example({"good": float(good), "noise": chance.random(), "rare": rare}, right))
    return made


def chance_of(weights: dict[str, float], example: Example) -> float:
    odds = weights[LEVEL] + sum(weights.get(n, 0) * v for n, v in example.features.items())
    return 1 / (1 + math.exp(-odds))


@pytest.mark.parametrize("precision", [0.6, 0.8])
def test_the_mean_chance_is_the_precision_asked_for(precision: float) -> None:
    told = examples()
    weights = fit(told, precision=precision)
    mean = sum(chance_of(weights, one) for one in told) / len(told)
    assert mean == pytest.approx(precision, abs=0.001)


def test_what_is_right_more_often_weighs_more() -> None:
    weights = fit(examples(), precision=0.7)
    assert weights["good"] > 1 > abs(weights["noise"])


def test_what_hardly_any_record_has_is_not_weighed() -> None:
    assert "rare" not in fit(examples(), precision=0.7)


def test_records_that_differ_in_nothing_share_one_chance() -> None:
    weights = fit([Example({"good": 1.0}, right=True)] * 30, precision=0.8)
    assert weights == {LEVEL: pytest.approx(math.log(4), abs=0.001)}


def test_the_table_is_sorted_and_leaves_out_what_weighs_nothing(tmp_path: Path) -> None:
    path = tmp_path / "confidence.csv"
    write_table({"visits": {LEVEL: 0.5, "good": 1.0, "idle": 0.0}, "upgrades": {LEVEL: 0.0}}, path)
    assert path.read_text(encoding="utf-8").splitlines() == [
        "kind,feature,weight",
        "upgrades,level,0.0000",
        "visits,good,1.0000",
        "visits,level,0.5000",
    ]


@pytest.mark.slow
def test_records_of_a_labelled_article_are_judged() -> None:
    golds = load_gold(CORPUS / "gold", part="dev")
    read = read_inputs([CORPUS / "articles" / "a01_malaysia_vietnam_upgrade.txt"])
    articles = [one for one in read if isinstance(one, Article)]
    told = gather(articles, golds, build_stages(load_settings()))
    assert told["visits"]
    assert any(one.right for one in told["visits"])
    assert all("strength" in one.features for one in told["visits"] + told["upgrades"])
