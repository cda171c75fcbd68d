"""Partial dates as spans of days."""

from __future__ import annotations

from datetime import date
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from pipeline.iso_lengths import month_end

#: How long a trip may last of which only one end is told.
OPEN_END_DAYS = 2
#: A span of more days is that of a tour, of which a visit is a leg.
LONG_TRIP_DAYS = 8


class Grain(IntEnum):
    """How precisely a telling is dated, the most precise first."""

    DAY = 0
    WEEK = 1  # a week, or a tour's days
    MONTH = 2
    YEAR = 3
    NONE = 4


class Days(NamedTuple):
    """First and last day, inclusive, as proleptic Gregorian ordinals."""

    first: int
    last: int

    def gap(self, other: Days) -> int:
        """Return the days between two spans, 0 where they meet.

        >>> Days(10, 12).gap(Days(15, 15))
        3
        """
        return max(self.first - other.last, other.first - self.last, 0)

    def hull(self, other: Days) -> Days:
        """Return the span from the earlier first to the later last day."""
        return Days(min(self.first, other.first), max(self.last, other.last))

    def within(self, other: Days) -> bool:
        """Tell whether the other span holds this one."""
        return other.first <= self.first and self.last <= other.last


@lru_cache(maxsize=1 << 14)
def days_of(partial: str | None) -> Days | None:
    """Return the days that a partial date may be: "2024-05" → May 1 to 31; None for no date."""
    if partial is None:
        return None
    try:
        year, month, day = (*map(int, partial.split("-")), 0, 0)[:3]
        if day:
            ordinal = date(year, month, day).toordinal()
            return Days(ordinal, ordinal)
        last_month = month or 12
        last = month_end(year, last_month)
        return Days(date(year, month or 1, 1).toordinal(), last.toordinal())
    except ValueError:  # February 30, or the year 0
        return None


@lru_cache(maxsize=1 << 14)
def trip_days(start: str | None, end: str | None) -> tuple[Days | None, Grain]:
    """Return the days in which a trip may lie, and how precisely they are told.

    A trip that "arrived on" a day may last a little longer.
    """
    first, last = days_of(start), days_of(end)
    if first is None and last is None:
        return None, Grain.NONE
    grains = _grain(start) if first else Grain.NONE, _grain(end) if last else Grain.NONE
    grain = min(grains)
    if grain is Grain.DAY and first and last and grains[0] is not grains[1]:
        # From the 28th of May to some day in June: the one end that is known tells more.
        first, last = (first, None) if grains[0] is Grain.DAY else (None, last)
    if first is None:
        assert last is not None  # one of the two is known
        return Days(last.first - (OPEN_END_DAYS if grain is Grain.DAY else 0), last.last), grain
    if last is None:
        return Days(first.first, first.last + (OPEN_END_DAYS if grain is Grain.DAY else 0)), grain
    span = Days(first.first, max(first.last, last.last))
    vague = is_week(span) or span.last - span.first >= LONG_TRIP_DAYS
    return span, Grain.WEEK if grain is Grain.DAY and vague else grain


def is_week(span: Days) -> bool:
    """Tell whether a span is one from Monday to Sunday: "next week", not seven days told."""
    return span.last - span.first == 6 and date.fromordinal(span.first).weekday() == 0


def _grain(partial: str | None) -> Grain:
    return {4: Grain.YEAR, 7: Grain.MONTH, 10: Grain.DAY}[len(partial or "")]


__all__ = ["Days", "Grain", "days_of", "is_week", "trip_days"]
