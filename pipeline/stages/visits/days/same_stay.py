"""Whether two days, each as precise as it is told, may be of one stay."""

from __future__ import annotations

from pipeline.discourse.timing.days import days_between
from pipeline.iso_lengths import DAY

#: How many days a tour may last.
_LONGEST_DAYS = 31


def overlap(first: str, second: str) -> bool:
    """Tell whether two partial dates may be one day: the shorter begins the longer."""
    shorter = min(len(first), len(second))
    return first[:shorter] == second[:shorter]


def is_stay(first: str | None, last: str | None) -> bool:
    """Tell whether two days may be the first and the last of one stay, or one tour."""
    if not first or not last or not len(first) == len(last) == DAY:
        return False
    return 0 <= days_between(first, last) <= _LONGEST_DAYS


def near(first: str, second: str, most_days: int = 10) -> bool:
    """Tell whether two dates may date one trip: equal as far as both go, or days apart."""
    if overlap(first, second):
        return True
    if len(first) == len(second) == 10:
        return abs(days_between(first, second)) <= most_days
    return False


__all__ = ["is_stay", "near", "overlap"]
