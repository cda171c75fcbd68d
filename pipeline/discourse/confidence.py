"""How sure a record is: the chance that it is right, by a logistic model over how it is told.

The weights lie in confidence.csv; `python -m pipeline.evaluation.calibrate` makes it anew.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from functools import lru_cache
from typing import Literal

from pipeline.lexicon import Row, load_table
from pipeline.recorder import Recorder

Kind = Literal["visits", "upgrades"]
#: What a record's telling is like, each a number; a feature without a weight counts nothing.
Features = Mapping[str, float]

#: The feature that every record has: 1.
LEVEL = "level"
#: No record is said to be surer, or less sure, than this.
FLOOR, CEILING = 0.02, 0.98

_SEEN: Recorder[dict[str, Features]] = Recorder("seen", dict)


class Weight(Row):
    """A row of confidence.csv: what one unit of a feature adds to the log-odds."""

    kind: Kind
    feature: str
    weight: float


@lru_cache(maxsize=4)
def weights(kind: Kind) -> Mapping[str, float]:
    """Return the weights of a kind of record by feature."""
    rows = load_table("pipeline.discourse", "confidence.csv", Weight)
    return {row.feature: row.weight for row in rows if row.kind == kind}


def probability(kind: Kind, record_id: str, features: Features) -> float:
    """Return the chance that a record is right, in hundredths."""
    seen = _SEEN.kept
    if seen is not None:
        seen[record_id] = features
    told = weights(kind)
    odds = told[LEVEL] + sum(told.get(name, 0.0) * value for name, value in features.items())
    return round(min(max(1 / (1 + math.exp(-odds)), FLOOR), CEILING), 2)


def strength(scores: Iterable[float]) -> float:
    """Return how surely the rules of some tellings mean a record, as log-odds.

    The best telling counts most; each further one lessens the chance that all err.
    """
    capped = [min(score, 0.95) for score in scores]
    doubt = math.prod(1 - score for score in capped)
    told = min(0.98, 0.6 * max(capped) + 0.4 * (1 - doubt))
    return round(math.log(told / (1 - told)), 4)


def recording() -> AbstractContextManager[dict[str, Features]]:
    """Collect the features of the records made inside the block, by record id."""
    return _SEEN.recording()


__all__ = [
    "CEILING",
    "FLOOR",
    "LEVEL",
    "Features",
    "Kind",
    "Weight",
    "probability",
    "recording",
    "strength",
    "weights",
]
