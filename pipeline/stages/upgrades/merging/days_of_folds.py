"""How far the days of two steps lie apart by which one may be but a telling of the other."""

from __future__ import annotations

from pipeline.discourse.timing.days import days_between
from pipeline.iso_lengths import DAY, MONTH

#: An embassy reopened so long after or before the relations were is a step of its own, in days.
_WEEKS_APART = 10
#: Relations "established" so near before or after their restoration are restored, in days.
_SAME_OPENING = 31
#: A change so long before the publication is still what the article reports, in days.
FRESH_DAYS = 14


def is_apart(day: str, other: str) -> bool:
    """Tell a day that lies weeks from another, or in another month than it."""
    if len(other) != DAY:
        return day[: len(other)] != other
    return abs(days_between(day, other)) >= _WEEKS_APART


def months_between(first: str, second: str) -> int:
    """Return how many months lie between two dates, 0 where one gives but the year."""
    months = [int(day[:4]) * 12 + int(day[5:7]) for day in (first, second) if len(day) >= MONTH]
    return abs(months[0] - months[1]) if len(months) == len((first, second)) else 0


def is_day_of(day: str, other: str | None) -> bool:
    """Tell a day from which another is no more than some weeks off."""
    if other is None or min(len(day), len(other)) < DAY:
        return day == other
    return abs(days_between(day, other)) <= _SAME_OPENING


def is_about_then(first: str, second: str) -> bool:
    """Tell dates that may lie within a month or so of each other."""
    shorter = min(len(first), len(second))
    if shorter < MONTH:
        return first[:shorter] == second[:shorter]
    return months_between(first, second) <= 1


def is_news(day: str | None, now: str | None) -> bool:
    """Tell a day so near before the publication that the article reports it."""
    if day is None or now is None or min(len(day), len(now)) < DAY:
        return False
    return 0 <= days_between(day, now) <= FRESH_DAYS


def is_one_year(first: str | None, second: str | None) -> bool:
    """Tell whether two dates may be less than two years apart."""
    if first is None or second is None:
        return True
    return abs(int(first[:4]) - int(second[:4])) <= 1


__all__ = [
    "FRESH_DAYS",
    "is_about_then",
    "is_apart",
    "is_day_of",
    "is_news",
    "is_one_year",
    "months_between",
]
