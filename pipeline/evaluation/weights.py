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


__all__ = ["write_weights"]
