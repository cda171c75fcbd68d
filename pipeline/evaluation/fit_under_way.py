"""Learn which trips are under way: `python -m pipeline.evaluation.fit_under_way FOLDER…`.

Each folder holds `articles` and `gold` as a corpus does; of a corpus only its development part is
read. `--signs` names tables of trips in texts that are not kept: what a reader took each for, and
its signs. In `corpus/under_way.csv` these are 1194 trips in some 870 passages of real news, which
four readers labelled by the codebook; those of `corpus/under_way_plain.csv` are of the tests'
sentences, and count less (`--light-signs`). A logistic regression learns by which
signs trips that a reader took for under way differ from those that he took for made; the weights
are drawn to those of a table if one is named (`--towards`): `corpus/under_way_before.csv` holds
what was learned on 607 trips of 900 excerpts that are no longer at hand. They go to
`pipeline/stages/visits/under_way.csv`.
"""

from __future__ import annotations

import csv
import logging
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from models import Visit
from models.visit import MADE
from pipeline.codec import unpack_rows
from pipeline.config import load_settings
from pipeline.evaluation.assign import assign
from pipeline.evaluation.compare import loose_visit
from pipeline.evaluation.gold import GoldVisit
from pipeline.evaluation.labelled import labelled, learner
from pipeline.evaluation.logistic import regress
from pipeline.evaluation.weights import read_weights, write_weights
from pipeline.stages import build_stages
from pipeline.stages.visits.outcome.signs import Signs
from pipeline.stages.visits.outcome.under_way import LEVEL, recording
from pipeline.worker import Task, work

LOGGER = logging.getLogger(__name__)
TABLE = Path(__file__).parents[1] / "stages" / "visits" / "under_way.csv"

#: How strongly weights are drawn to 0, and to those of a table, by cross-validation. The level is
#: hardly drawn.
PENALTY, TOWARDS_PENALTY, LEVEL_PENALTY = 3.0, 16.0, 1e-3
#: What stands between two signs of a trip in a table.
BETWEEN = "; "
#: A sign that fewer trips have teaches nothing.
FEWEST = 6
#: What a trip of a light folder or table counts.
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
            if gold.status in MADE:
                yield seen[found.id], gold.status == "ongoing", counts


def read_signs(file: Path, *, counts: float = 1.0) -> Iterator[Example]:
    """Yield the trips of a table: a column `under_way` (yes or no), and one of their `signs`.

    Args:
        counts: what each counts.
    """
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            signs = frozenset(row["signs"].split(BETWEEN))
            yield signs, row["under_way"] == "yes", counts


def _paired(
    golds: Sequence[GoldVisit], founds: Sequence[Visit]
) -> Iterator[tuple[GoldVisit, Visit]]:
    """Yield the labelled and found visits that tell of one trip."""
    scores = [
        [(1.0 + (gold.start == found.start)) * loose_visit(gold, found) for found in founds]
        for gold in golds
    ]
    return ((golds[row], founds[column]) for row, column in assign(scores))


def fit(
    examples: Sequence[Example], *, towards: Mapping[str, float] | None = None
) -> dict[str, float]:
    """Return the weight of each sign, by Newton's method with a ridge penalty.

    Args:
        towards: weights that they are drawn to, in place of 0.
    """
    seen = Counter(sign for signs, _, _ in examples for sign in signs)
    drawn = towards or {}
    names = sorted(drawn.keys() | {sign for sign, number in seen.items() if number >= FEWEST})
    if not names:
        return {}
    design = np.array([[float(name in signs) for name in names] for signs, _, _ in examples])
    right = np.array([float(under_way) for _, under_way, _ in examples])
    counts = np.array([count for _, _, count in examples])
    pull = TOWARDS_PENALTY if drawn else PENALTY
    penalty = np.diag([LEVEL_PENALTY if name == LEVEL else pull for name in names])
    told = np.array([drawn.get(name, 0.0) for name in names])
    weights = regress(design, right, counts, penalty=penalty, towards=told)
    return {name: round(float(weight), 3) for name, weight in zip(names, weights, strict=True)}


def main(arguments: Sequence[str] | None = None) -> None:
    """Learn the weights from labelled folders and write the table."""
    parser = learner(__doc__, table=TABLE, light=True)
    parser.add_argument("--signs", type=Path, nargs="*", default=[], help="tables of signs")
    parser.add_argument("--light-signs", type=Path, nargs="*", default=[], help="that count less")
    parser.add_argument("--towards", type=Path, help="a table of weights to draw them to")
    chosen = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    examples = [example for folder in chosen.folders for example in gather(folder)]
    for folder in chosen.light:
        examples += gather(folder, counts=LIGHT)
    for file in chosen.signs:
        examples += read_signs(file)
    for file in chosen.light_signs:
        examples += read_signs(file, counts=LIGHT)
    towards = read_weights(chosen.towards, column="sign") if chosen.towards else None
    weights = fit(examples, towards=towards)
    if not weights:
        parser.error(f"{len(examples)} trips in all: too few to learn from")
    write_weights(weights, chosen.table, column="sign")
    LOGGER.info("%d trips, %d under way", len(examples), sum(right for _, right, _ in examples))


if __name__ == "__main__":
    main()
