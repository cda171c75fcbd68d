"""Records paired with the answers wanted, so that as little as can be is wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from pipeline.evaluation.assign import assign

Made = TypeVar("Made")


def quarrels_of_best(
    found: Sequence[Made], answers: Sequence[str], quarrels: Callable[[Made, str], list[str]]
) -> list[str]:
    """Return what as many records have otherwise than the answers, paired by least quarrels.

    Of pairings as good, the one that gives the first answer the earliest record, then the second;
    past a dozen records, any of those that begin alike.
    """
    count = len(answers)
    told = [[quarrels(one, answer) for one in found] for answer in answers]
    # A quarrel weighs more than any order; of orders, the first answer's record weighs most.
    costs = [
        [len(each) * count**count + at * count ** (count - 1 - row) for at, each in enumerate(line)]
        for row, line in enumerate(told)
    ]
    highest = 1 + max((cost for line in costs for cost in line), default=0)
    pairs = assign([[highest - cost for cost in line] for line in costs])
    return [quarrel for row, at in pairs for quarrel in told[row][at]]


__all__ = ["quarrels_of_best"]
