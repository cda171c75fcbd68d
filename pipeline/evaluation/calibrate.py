"""Make the table by which records say how sure they are.

`python -m pipeline.evaluation.calibrate FOLDER…`: each folder holds `articles` and `gold` as a
corpus does; of a corpus only its development part is read. A logistic regression learns which ways
of telling are right more often. Where rules were written on a folder's articles, nearly all is
right, whatever the telling: such folders are to count less (`--light`). How often records are right
at all is not learned: the level is set so that the mean is the precision on articles that no rule
was written on.
"""

from __future__ import annotations

import csv
import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from models import Article, Record, Upgrade, Visit
from pipeline.codec import unpack_rows
from pipeline.config import load_settings
from pipeline.discourse.confidence import LEVEL, Features, Kind, recording
from pipeline.evaluation.found import Found
from pipeline.evaluation.gold import GoldArticle, load_gold
from pipeline.evaluation.labelled import learner
from pipeline.evaluation.logistic import Matrix, regress
from pipeline.evaluation.score import score
from pipeline.plan import ArticleResult, Plan
from pipeline.readers import read_inputs
from pipeline.stages import build_stages
from pipeline.worker import Task, work

LOGGER = logging.getLogger(__name__)
TABLE = Path(__file__).parents[1] / "discourse" / "confidence.csv"

#: The mean of what is said: between the precision on the test part of the corpus when the table was
#: made (0.85, 0.84) and that on 105 unread excerpts in the manner of real news (0.78, 0.84).
UNSEEN_PRECISION: Mapping[Kind, float] = {"visits": 0.81, "upgrades": 0.84}
#: How strongly weights are drawn to 0; by cross-validation on the development part.
PENALTY = 20.0
#: What a record of a light folder counts.
LIGHT = 0.2
#: A feature that fewer records have, or that fewer lack, teaches nothing.
FEWEST = 10


@dataclass(frozen=True)
class Example:
    """One record of the development part: how it was told, and whether gold has it."""

    features: Features
    right: bool
    #: What it counts beside others.
    counts: float = 1.0


def gather(
    articles: Iterable[Article], golds: Sequence[GoldArticle], plan: Plan, *, counts: float = 1.0
) -> dict[Kind, list[Example]]:
    """Return the records that the stages find in labelled articles, each judged by its gold.

    Args:
        counts: what each counts.
    """
    examples: dict[Kind, list[Example]] = {"visits": [], "upgrades": []}
    names = (plan.parser.name, *(stage.name for stage in plan.stages))
    for article in articles:
        found = Found(article)
        of_article = [gold for gold in golds if gold.article in found.names]
        if not of_article:
            continue
        task = Task(article, doc=None, rows={}, run=names)
        with recording() as seen:
            made = work(plan, task).made
        rows: dict[type[Record], Sequence[Record]] = {}
        for stage in plan.stages:
            rows |= unpack_rows(stage.makes, made[stage.name].payload)
        result = ArticleResult(article, rows)
        found = Found(article, visits=result.of(Visit), upgrades=result.of(Upgrade))
        for tally in score(of_article, [found]).tallies.values():
            for kind, told in examples.items():
                judged = tally.judged[kind]
                told += [Example(seen[one.record], one.right, counts) for one in judged]
    return examples


def fit(examples: Sequence[Example], *, precision: float) -> dict[str, float]:
    """Return the weight of each feature, the level among them.

    Args:
        precision: what the mean of all chances shall be.
    """
    names = [name for name in _names(examples) if _varies(name, examples)]
    told = np.array([[example.features.get(name, 0.0) for name in names] for example in examples])
    right = np.array([float(example.right) for example in examples])
    counts = np.array([example.counts for example in examples])
    mean, spread = told.mean(axis=0), told.std(axis=0)
    spread[spread == 0] = 1.0
    slopes = _regress((told - mean) / spread, right, counts) / spread
    odds = told @ slopes
    level = _level(odds, precision)
    weights = {LEVEL: level} | dict(zip(names, slopes.tolist(), strict=True))
    return {name: round(weight, 4) for name, weight in weights.items()}


def _names(examples: Sequence[Example]) -> list[str]:
    return sorted({name for example in examples for name in example.features})


def _varies(name: str, examples: Sequence[Example]) -> bool:
    having = sum(1 for example in examples if example.features.get(name, 0.0) != 0)
    values = {example.features.get(name, 0.0) for example in examples}
    return len(values) > 2 or FEWEST <= having <= len(examples) - FEWEST


def _regress(told: Matrix, right: Matrix, counts: Matrix) -> Matrix:
    """Return the slopes of a logistic regression with ridge penalty, by Newton's method."""
    design = np.hstack([np.ones((len(told), 1)), told])
    penalty = PENALTY * np.eye(design.shape[1])
    penalty[0, 0] = 1e-3
    slopes: Matrix = regress(design, right, counts, penalty=penalty)[1:]
    return slopes


def _level(odds: Matrix, precision: float) -> float:
    """Return what must be added to log-odds for the mean chance to be `precision`."""
    low, high = -20.0, 20.0
    for _ in range(80):
        middle = (low + high) / 2
        if float(np.mean(1 / (1 + np.exp(-(odds + middle))))) < precision:
            low = middle
        else:
            high = middle
    return low


def write_table(weights: Mapping[Kind, Mapping[str, float]], path: Path) -> None:
    """Write confidence.csv, its rows sorted; features that weigh nothing are left out."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("kind", "feature", "weight"))
        for kind, told in sorted(weights.items()):
            for name, weight in sorted(told.items()):
                if weight or name == LEVEL:
                    writer.writerow((kind, name, f"{weight:.4f}"))


def main(arguments: Sequence[str] | None = None) -> None:
    """Learn the weights from labelled folders and write the table."""
    parser = learner(__doc__, table=TABLE, light=True)
    chosen = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    examples: dict[Kind, list[Example]] = {"visits": [], "upgrades": []}
    plan = build_stages(load_settings())
    for folder in (*chosen.folders, *chosen.light):
        golds = load_gold(folder / "gold", part="dev")
        read = (one for one in read_inputs([folder / "articles"]) if isinstance(one, Article))
        counts = LIGHT if folder in chosen.light else 1.0
        for kind, told in gather(read, golds, plan, counts=counts).items():
            examples[kind] += told
    weights = {kind: fit(told, precision=UNSEEN_PRECISION[kind]) for kind, told in examples.items()}
    write_table(weights, chosen.table)
    for kind, told in examples.items():
        LOGGER.info("%s: %d records, %d right", kind, len(told), sum(one.right for one in told))


if __name__ == "__main__":
    main()
