"""Learn which trips are under way: `python -m pipeline.evaluation.fit_under_way FOLDER…`.

Each folder holds `articles` and `gold` as a corpus does; of a corpus only its development part is
read. A logistic regression learns by which signs trips that a reader took for under way differ
from those that he took for made. The weights go to `pipeline/stages/visits/under_way.csv`.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from models import Visit
from pipeline.codec import unpack_rows
from pipeline.config import load_settings
from pipeline.evaluation.assign import assign
from pipeline.evaluation.compare import loose_visit
from pipeline.evaluation.gold import GoldVisit
from pipeline.evaluation.labelled import labelled, learner
from pipeline.evaluation.logistic import regress
from pipeline.evaluation.weights import write_weights
from pipeline.stages import build_stages
from pipeline.stages.visits.signs import Signs
from pipeline.stages.visits.under_way import LEVEL, recording
from pipeline.worker import Task, work

LOGGER = logging.getLogger(__name__)
TABLE = Path(__file__).parents[1] / "stages" / "visits" / "under_way.csv"

#: How strongly weights are drawn to 0; by cross-validation. The level is hardly drawn.
PENALTY, LEVEL_PENALTY = 2.0, 1e-3
#: A sign that fewer trips have teaches nothing.
FEWEST = 6
#: What a trip of a light folder counts.
LIGHT = 0.2

#: The signs of a trip, whether it was under way, and what it counts.
Example = tuple[Signs, bool, float]


def gather(folder: Path, *, counts: float = 1.0) -> Iterator[Example]:
    """Yield the trips of labelled articles that the visits stage weighs, with what is right.

    Args:
        counts: what each counts.
    """
    plan = build_stages(load_settings())
    for article, labels in labelled(folder):
        if not labels.visits:
            continue
        run = (plan.parser.name, "entities", "dates", "visits")
        with recording() as seen:
            made = work(plan, Task(article, doc=None, rows={}, run=run)).made
        rows = unpack_rows([Visit], made["visits"].payload).get(Visit, [])
        visits = [row for row in rows if isinstance(row, Visit) and row.id in seen]
        for gold, found in _paired(labels.visits, visits):
            if gold.status in {"completed", "ongoing"}:
                yield seen[found.id], gold.status == "ongoing", counts


def _paired(
    golds: Sequence[GoldVisit], founds: Sequence[Visit]
) -> Iterator[tuple[GoldVisit, Visit]]:
    """Yield the labelled and found visits that tell of one trip."""
    scores = [
        [(1.0 + (gold.start == found.start)) * loose_visit(gold, found) for found in founds]
        for gold in golds
    ]
    return ((golds[row], founds[column]) for row, column in assign(scores))


def fit(examples: Sequence[Example]) -> dict[str, float]:
    """Return the weight of each sign, by Newton's method with a ridge penalty."""
    seen = Counter(sign for signs, _, _ in examples for sign in signs)
    names = sorted(sign for sign, number in seen.items() if number >= FEWEST)
    if not names:
        return {}
    design = np.array([[float(name in signs) for name in names] for signs, _, _ in examples])
    right = np.array([float(under_way) for _, under_way, _ in examples])
    counts = np.array([count for _, _, count in examples])
    penalty = np.diag([LEVEL_PENALTY if name == LEVEL else PENALTY for name in names])
    weights = regress(design, right, counts, penalty=penalty)
    return {name: round(float(weight), 3) for name, weight in zip(names, weights, strict=True)}


def main(arguments: Sequence[str] | None = None) -> None:
    """Learn the weights from labelled folders and write the table."""
    parser = learner(__doc__, table=TABLE, light=True)
    chosen = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    examples = [example for folder in chosen.folders for example in gather(folder)]
    for folder in chosen.light:
        examples += gather(folder, counts=LIGHT)
    weights = fit(examples)
    if not weights:
        parser.error(f"{len(examples)} trips in all: too few to learn from")
    write_weights(weights, chosen.table, column="sign")
    LOGGER.info("%d trips, %d under way", len(examples), sum(right for _, right, _ in examples))


if __name__ == "__main__":
    main()
