"""What lies near some days, found without looking at everything else."""

from __future__ import annotations

from collections import defaultdict
from typing import Generic, TypeVar

from pipeline.stages.normalize.days import Days

#: Width of a drawer; of the order of what is looked for.
DRAWER_DAYS = 32

Item = TypeVar("Item")


class Calendar(Generic[Item]):
    """Items by the days that they cover, as drawers of about a month."""

    def __init__(self) -> None:
        self._drawers: dict[int, list[tuple[int, Item]]] = defaultdict(list)
        self._numbers: dict[int, int] = {}

    def add(self, days: Days, item: Item) -> None:
        """Put an item in; one that covers more days than before may be put in again."""
        number = self._numbers.setdefault(id(item), len(self._numbers))
        for drawer in _drawers(days):
            self._drawers[drawer].append((number, item))

    def near(self, days: Days, *, slack_days: int = 0) -> list[Item]:
        """Return the items that may lie within so many days of some, in order of being put in.

        An item a drawer's width farther off may be among them.
        """
        wide = Days(days.first - slack_days, days.last + slack_days)
        found: dict[int, Item] = {}
        for drawer in _drawers(wide):
            found.update(self._drawers.get(drawer, ()))
        return [found[number] for number in sorted(found)]


def _drawers(days: Days) -> range:
    return range(days.first // DRAWER_DAYS, days.last // DRAWER_DAYS + 1)


__all__ = ["Calendar"]
