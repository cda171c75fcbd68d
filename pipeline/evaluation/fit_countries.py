"""Learn the likeliest countries of persons: `python -m pipeline.evaluation.fit_countries FOLDER…`.

Each folder holds `articles` and `gold` as a corpus does; of a corpus only its development part is
read. A conditional logit learns by what the country that a reader gave stands out among those that
the article names. `--choices` names a table of choices in texts that are not kept: which country a
reader gave, and what told for each. In `corpus/countries.csv` these are 771 persons in 300
passages of real news. The weights are drawn to those of a table if one is named (`--towards`):
`corpus/countries_before.csv` holds what was learned on 426 excerpts that are no longer at hand.
They go to `pipeline/stages/entities/country_weights.csv`.

With `--leaders` it learns those for who holds a leading office (`leader_weights.csv`), from the
articles as they are and as they read to one who knows no leader, with names and without.
"""

from __future__ import annotations

import csv
import logging
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from itertools import groupby
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.config import load_settings
from pipeline.evaluation.compare import same_name
from pipeline.evaluation.gold import GoldPerson
from pipeline.evaluation.labelled import labelled, learner
from pipeline.evaluation.weights import read_weights, write_weights
from pipeline.reference.countries import code_today
from pipeline.stages import build_stages
from pipeline.stages.entities.countries.leaders import none_known
from pipeline.stages.entities.countries.likely_country import Features, crossed, recording
from pipeline.worker import Task, work

LOGGER = logging.getLogger(__name__)
TABLE = Path(__file__).parents[1] / "stages" / "entities" / "country_weights.csv"
LEADER_TABLE = TABLE.with_name("leader_weights.csv")

#: How strongly weights are drawn to 0, and to those of a table; by cross-validation.
PENALTY, LEADER_PENALTY, TOWARDS_PENALTY = 4.0, 4.0, 20.0
#: What stands between two features in a table of choices.
BETWEEN = "; "
#: A feature that fewer choices have teaches nothing.
FEWEST = 4

_NUMERIC = frozenset("-0123456789")

Matrix = NDArray[np.float64]
#: The features of each country that may be chosen, and the number of the right one.
Example = tuple[list[Features], int]


def gather(folder: Path, *, leaders: bool = True) -> Iterator[Example]:
    """Yield the choices that the entities stage meets in labelled articles, with what is right.

    Persons without a label, and those of a country that the article does not name, are left out.

    Args:
        leaders: whether known leaders are known.
    """
    plan = build_stages(load_settings())
    for article, gold in labelled(folder):
        if gold.persons is None:
            continue
        with recording() as choices, nullcontext() if leaders else none_known():
            work(plan, Task(article, doc=None, rows={}, run=(plan.parser.name, "entities")))
        for person, features in choices:
            told = _labelled(person.name, gold.persons)
            codes = [code and code_today(code) for code in features]
            if told is not None and told.country in codes:
                yield list(crossed(features).values()), codes.index(told.country)


def read_choices(file: Path) -> Iterator[Example]:
    """Yield the choices of a table, a line for each country and one for none.

    Its columns are the number of the `choice`, the `country`, whether it is `right`, and its
    `features`, each with its value if that is not 1.
    """
    with file.open(encoding="utf-8", newline="") as lines:
        for _, rows in groupby(csv.DictReader(lines), key=lambda row: row["choice"]):
            choice = list(rows)
            plain = {row["country"] or None: dict(_features(row["features"])) for row in choice}
            right = next(i for i, row in enumerate(choice) if row["right"] == "yes")
            yield list(crossed(plain).values()), right


def _features(told: str) -> Iterator[tuple[str, float]]:
    for feature in told.split(BETWEEN):
        name, sign, value = feature.rpartition("=")
        number = bool(sign) and value[:1] in _NUMERIC
        yield (name, float(value)) if number else (feature, 1.0)


def _labelled(name: str, persons: Sequence[GoldPerson]) -> GoldPerson | None:
    same = [person for person in persons if same_name(person.name, name)]
    exact = [person for person in same if person.name == name]
    return next(iter(exact or same), None)


def gather_leaders(folder: Path) -> Iterator[Example]:
    """Yield the choices with and without known leaders, the latter also as if of no known name."""
    yield from gather(folder)
    for rows, right in gather(folder, leaders=False):
        yield rows, right
        yield [{k: v for k, v in row.items() if "name" not in k} for row in rows], right


def fit(
    examples: Sequence[Example],
    *,
    penalty: float = PENALTY,
    towards: Mapping[str, float] | None = None,
) -> dict[str, float]:
    """Return the weight of each feature, by Newton's method with a ridge penalty.

    Args:
        penalty: how strongly they are drawn to 0.
        towards: weights that these features' are drawn to, in place of 0.
    """
    drawn = towards or {}
    seen = Counter(name for rows, _ in examples for name in {n for row in rows for n in row})
    names = sorted(drawn.keys() | {name for name, count in seen.items() if count >= FEWEST})
    if not names:
        return {}
    column = {name: i for i, name in enumerate(names)}
    designs = [_design(rows, column) for rows, _ in examples]
    start = np.array([drawn.get(name, 0.0) for name in names])
    pull = np.array([TOWARDS_PENALTY if name in drawn else penalty for name in names])
    weights = start.copy()
    for _ in range(30):
        gradient = pull * (start - weights)
        curvature = np.diag(pull)
        for design, (_, right) in zip(designs, examples, strict=True):
            odds = design @ weights
            chance = np.exp(odds - odds.max())
            chance /= chance.sum()
            mean = chance @ design
            gradient += design[right] - mean
            curvature += design.T @ (design * chance[:, None]) - np.outer(mean, mean)
        step = np.linalg.solve(curvature, gradient)
        weights = weights + step
        if np.abs(step).max() < 1e-6:
            break
    return {name: round(float(weight), 3) for name, weight in zip(names, weights, strict=True)}


def _design(rows: Sequence[Features], column: Mapping[str, int]) -> Matrix:
    design = np.zeros((len(rows), len(column)))
    for i, row in enumerate(rows):
        for name, value in row.items():
            if name in column:
                design[i, column[name]] = value
    return design


def main(arguments: Sequence[str] | None = None) -> None:
    """Learn the weights from labelled folders and write the table."""
    parser = learner(__doc__, table=None, light=False)
    parser.add_argument("--leaders", action="store_true", help="learn for leading offices")
    parser.add_argument("--choices", type=Path, nargs="*", default=[], help="tables of choices")
    parser.add_argument("--towards", type=Path, help="a table of weights to draw them to")
    chosen = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    read = gather_leaders if chosen.leaders else gather
    examples = [example for folder in chosen.folders for example in read(folder)]
    examples += [example for file in chosen.choices for example in read_choices(file)]
    towards = read_weights(chosen.towards, column="feature") if chosen.towards else None
    penalty = LEADER_PENALTY if chosen.leaders else PENALTY
    weights = fit(examples, penalty=penalty, towards=towards)
    table = chosen.table or (LEADER_TABLE if chosen.leaders else TABLE)
    if not weights:
        parser.error(f"{len(examples)} choices in all: too few to learn from")
    write_weights(weights, table, column="feature")
    LOGGER.info("%d choices from %d folders", len(examples), len(chosen.folders))


if __name__ == "__main__":
    main()
