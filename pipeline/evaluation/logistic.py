"""Logistic regression with a ridge penalty, by Newton's method."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]

#: So many steps at most, fewer where one moves no weight by more than this.
_STEPS, _CLOSE = 60, 1e-9


def regress(design: Matrix, right: Matrix, counts: Matrix, *, penalty: Matrix) -> Matrix:
    """Return the weights of the columns of a design.

    Args:
        right: of each row, 1 where what is asked holds, else 0.
        counts: what each row counts.
        penalty: how strongly weights are drawn to 0, on the diagonal.
    """
    weights: Matrix = np.zeros(design.shape[1])
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-design @ weights))
        gradient = design.T @ (counts * (right - chance)) - penalty @ weights
        curvature = (design * (counts * chance * (1 - chance))[:, None]).T @ design + penalty
        step = np.linalg.solve(curvature, gradient)
        weights = weights + step
        if np.abs(step).max() < _CLOSE:
            break
    return weights


__all__ = ["Matrix", "regress"]
