"""The grids by their names, and how texts are drawn of them."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping

from tests.composed.grids import (
    changes,
    days,
    destinations,
    guests,
    names,
    no_trips,
    pages,
    reports,
)
from tests.composed.headlines import headlines, headlines_of_ties
from tests.composed.in_passing import in_passing
from tests.composed.named_again import named_again
from tests.composed.releases import releases
from tests.composed.rolls import rolls
from tests.composed.stays import stays
from tests.composed.texts import Composed
from tests.composed.ties import ties
from tests.composed.trip_lists import trip_lists

Grid = Callable[[random.Random], Composed]

GRIDS: Mapping[str, Grid] = {
    "destinations": destinations,
    "guests": guests,
    "names": names,
    "days": days,
    "changes": changes,
    "reports": reports,
    "pages": pages,
    "no_trips": no_trips,
    "named_again": named_again,
    "rolls": rolls,
    "ties": ties,
    "stays": stays,
    "trip_lists": trip_lists,
    "releases": releases,
    "headlines": headlines,
    "headlines_of_ties": headlines_of_ties,
    "in_passing": in_passing,
}


def drawn(grid: str, count: int, seed: int = 1) -> Iterator[Composed]:
    """Yield so many texts of a grid; the same ones for the same seed."""
    chance = random.Random(f"{grid} {seed}")
    return (GRIDS[grid](chance) for _ in range(count))
