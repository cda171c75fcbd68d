"""How the days of a trip lie to its article's own."""

from __future__ import annotations

from datetime import date, timedelta

from pipeline.discourse.timing.days import days_between
from pipeline.discourse.timing.of_trips import When
from pipeline.iso_lengths import DAY, MONTH

#: How many days after an arrival one is still taken to be there, if nothing else is told.
STAY_DAYS = 6


def compare(first: str | None, second: str | None) -> int:
    """Order two partial dates as far as both go; 0 where they may be equal or one is unknown."""
    if not first or not second:
        return 0
    shorter = min(len(first), len(second))
    left, right = first[:shorter], second[:shorter]
    return (left > right) - (left < right)


def gap_days(day: str | None, published: str | None) -> int | None:
    """Return how many days before the article a day was, None where one is not known."""
    if not day or not published or not len(day) == len(published) == DAY:
        return None
    return days_between(day, published)


def is_long_ago(when: When, published: str | None) -> bool:
    """Tell a trip whose days, as told, are so far back that it is over."""
    last = when.end or when.start
    if not last or not published:
        return False
    days = gap_days(last, published)
    if len(last) == MONTH and len(published) == DAY:
        # "is visiting Lima, met the mayor on 31 May", in a text of 1 June
        just_over = last == _month_before(published) and int(published[-2:]) <= STAY_DAYS
        return last < published[:MONTH] and not just_over
    if days is not None:
        return days > (0 if when.end and when.end != when.start else STAY_DAYS)
    return compare(last, published) < 0


def is_of_month_before(when: When, published: str | None) -> bool:
    """Tell a trip told of a month before the article's own, however near that month's end."""
    last = when.end or when.start
    return len(last or "") == MONTH and compare(last, published) < 0


def _month_before(day: str) -> str:
    return (date.fromisoformat(day[:MONTH] + "-01") - timedelta(days=1)).isoformat()[:MONTH]


def is_of_year(when: When, published: str | None) -> bool:
    """Tell an entry as "1971: The envoy arrives in Lima", where nothing dates the text."""
    return published is None and when.start == when.end and len(when.start or "") == 4


__all__ = [
    "STAY_DAYS",
    "compare",
    "gap_days",
    "is_long_ago",
    "is_of_month_before",
    "is_of_year",
]
