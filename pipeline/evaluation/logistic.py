"""Logistic regression with a ridge penalty, by Newton's method."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]

#: So many steps at most, fewer where one moves no weight by more than this.
_STEPS, _CLOSE = 60, 1e-9


def regress(
    design: Matrix,
    right: Matrix,
    counts: Matrix,
    *,
    penalty: Matrix,
    towards: Matrix | None = None,
) -> Matrix:
    """Return the weights of the columns of a design.

    Args:
        right: of each row, 1 where what is asked holds, else 0.
        counts: what each row counts.
        penalty: how strongly weights are drawn to `towards`, on the diagonal.
        towards: the weights that they are drawn to, 0 if there are none.
    """
    drawn: Matrix = np.zeros(design.shape[1]) if towards is None else towards
    weights = drawn
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-design @ weights))
        gradient = design.T @ (counts * (right - chance)) - penalty @ (weights - drawn)
        curvature = (design * (counts * chance * (1 - chance))[:, None]).T @ design + penalty
        step = np.linalg.solve(curvature, gradient)
        weights = weights + step
        if np.abs(step).max() < _CLOSE:
            break
    return weights


__all__ = ["Matrix", "regress"]
