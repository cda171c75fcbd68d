"""Tables of learned weights, as the stages read them."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path


def write_weights(weights: Mapping[str, float], path: Path, *, column: str) -> None:
    """Write a table of weights, its rows sorted; what weighs nothing is left out.

    Args:
        column: heading of the names.

    Raises:
        OSError: the table cannot be written.
    """
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow((column, "weight"))
        writer.writerows((name, f"{w:.3f}") for name, w in sorted(weights.items()) if w)


def read_weights(path: Path, *, column: str) -> dict[str, float]:
    """Return the weights of a table by their names.

    Args:
        column: heading of the names.

    Raises:
        OSError: the table cannot be read.
    """
    with path.open(encoding="utf-8", newline="") as file:
        return {row[column]: float(row["weight"]) for row in csv.DictReader(file)}


__all__ = ["read_weights", "write_weights"]
