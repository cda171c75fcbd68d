"""How far a record's confidence can be believed: what it says against how often it is right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

#: Bounds of the bins; the last holds its upper bound too.
EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)


@dataclass(frozen=True)
class Judged:
    """One record: how sure the program is of it, and whether gold has it."""

    confidence: float
    right: bool
    #: Id of the record.
    record: str = ""


@dataclass(frozen=True)
class Bin:
    """The records whose confidence lies between two bounds."""

    low: float
    high: float
    records: int
    #: Mean confidence.
    said: float
    #: Share that is right.
    right: float


def bins(judged: Sequence[Judged]) -> list[Bin]:
    """Return the bins that hold a record, the lowest first.

    >>> bins([Judged(0.9, True), Judged(0.94, False)])
    [Bin(low=0.9, high=1.0, records=2, said=0.92, right=0.5)]
    """
    found = []
    for low, high in pairwise(EDGES):
        inside = [
            one for one in judged if low <= one.confidence < high or one.confidence == high == 1.0
        ]
        if inside:
            said = sum(one.confidence for one in inside) / len(inside)
            right = sum(one.right for one in inside) / len(inside)
            found.append(Bin(low, high, len(inside), round(said, 4), round(right, 4)))
    return found


def calibration_error(judged: Sequence[Judged]) -> float:
    """Return the mean gap between what is said and what is right, over the bins by their size."""
    gaps = [abs(one.said - one.right) * one.records for one in bins(judged)]
    return round(sum(gaps) / len(judged), 4) if judged else 0.0


__all__ = ["EDGES", "Bin", "Judged", "bins", "calibration_error"]
