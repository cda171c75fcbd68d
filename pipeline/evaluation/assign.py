"""The best one-to-one assignment of labelled to found records."""

from __future__ import annotations

from collections.abc import Sequence


def assign(scores: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """Return the pairs (row, column) of highest total score; a score of 0 is no pair.

    The Hungarian method with potentials, O(rows² · columns); ties go to the earlier column.
    """
    if not scores or not scores[0]:
        return []
    if len(scores) > len(scores[0]):
        turned = assign([list(column) for column in zip(*scores, strict=True)])
        return sorted((row, column) for column, row in turned)
    rows, columns = len(scores), len(scores[0])
    row_price, column_price = [0.0] * (rows + 1), [0.0] * (columns + 1)
    owner = [0] * (columns + 1)
    for row in range(1, rows + 1):
        _place(row, scores, row_price, column_price, owner)
    pairs = ((owner[column] - 1, column - 1) for column in range(1, columns + 1) if owner[column])
    return sorted((row, column) for row, column in pairs if scores[row][column] > 0)


def _place(
    row: int,
    scores: Sequence[Sequence[float]],
    row_price: list[float],
    column_price: list[float],
    owner: list[int],
) -> None:
    """Give one more row a column along the cheapest path; indices from 1, column 0 is the start."""
    columns = len(column_price) - 1
    owner[0] = row
    slack, before = [float("inf")] * (columns + 1), [0] * (columns + 1)
    used = [False] * (columns + 1)
    at = 0
    while owner[at]:
        used[at] = True
        current, step, following = owner[at], float("inf"), 0
        for column in range(1, columns + 1):
            if used[column]:
                continue
            cost = -scores[current - 1][column - 1] - row_price[current] - column_price[column]
            if cost < slack[column]:
                slack[column], before[column] = cost, at
            if slack[column] < step:
                step, following = slack[column], column
        for column in range(columns + 1):
            if used[column]:
                row_price[owner[column]] += step
                column_price[column] -= step
            else:
                slack[column] -= step
        at = following
    while at:
        owner[at] = owner[before[at]]
        at = before[at]
