"""The first and last day of a trip, each as precise as it is told."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date as date_type
from datetime import timedelta

from models import DateExpression
from pipeline.discourse.tables import words
from pipeline.iso_lengths import DAY
from pipeline.labels import TIMES

_FULL = re.compile(r"\d{4}(-\d\d){0,2}")
#: "nearly 50 years ago" names no year.
_ABOUT = re.compile(
    r"\b(?:nearly|almost|about|around|roughly|some|over|more than|at least|just (?:over|under))\b"
    r" (?:\w+ ){1,2}(?:(?:year|decade)s?|century|centuries) ago\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class When:
    """The first and last day of a trip, each at its own precision."""

    start: str | None = None
    end: str | None = None
    #: True where only a week is told.
    coarse: bool = False
    #: True where the days stand alone before the sentence, as in a chronology.
    heading: bool = False
    #: True of tomorrow's day, which has begun where one landed on it.
    landed_ahead: bool = False
    #: True of the day of what one did on a trip, whose own days are not told.
    of_deed: bool = False

    def __bool__(self) -> bool:
        return bool(self.start or self.end)


def partial(date: DateExpression) -> tuple[str, str] | None:
    """Return the first and last partial date that an expression stands for, or None.

    "August 2024" is 2024-08 twice; "next week" is its Monday and its Sunday; "nearly 50 years ago"
    and "more than two decades ago" are none.
    """
    if date.earliest is None or date.latest is None or date.type not in TIMES:
        return None
    if "ago" in date.text.lower() and _ABOUT.search(date.text):
        return None
    head = date.value.split("T")[0]
    calendar = date.grain in {"year", "season", "half", "quarter", "month", "day"}
    if (calendar or date.type == "TIME") and _FULL.fullmatch(head):
        return head, head
    if date.grain in {"season", "half", "quarter"}:
        return date.earliest[:4], date.latest[:4]
    if date.grain in {"decade", "century"}:
        return None
    if date.earliest[:4] != date.latest[:4] and date.grain == "none":
        return None
    return date.earliest, date.latest


def month_of_leaving(date: DateExpression) -> When | None:
    """Return the month of the week in which one left ("left last week"), None if it is of two."""
    if date.earliest is None or date.latest is None or date.earliest == date.latest:
        return None
    month = date.earliest[:7]
    return When(None, month) if date.latest[:7] == month else None


def says_next(date: DateExpression) -> bool:
    """Tell "August next year", "the coming week", which nothing that has happened is in."""
    return bool(words("date_to_come") & set(date.text.lower().split()))


def says_last(date: DateExpression) -> bool:
    """Tell "last May", "May last year", which nothing that is planned is in."""
    return bool(words("date_gone_by") & set(date.text.lower().split()))


def moved(when: When, *, days: int) -> When:
    """Return a stay so many days before."""
    start, end = (day and days_before(day, days=days) for day in (when.start, when.end))
    return replace(when, start=start, end=end)


def of_year_before(when: When) -> When:
    """Return the same days of the year before."""
    start, end = (day and f"{int(day[:4]) - 1}{day[4:]}" for day in (when.start, when.end))
    return replace(when, start=start, end=end)


def of_year_after(when: When) -> When:
    """Return the same days of the year after; those of a leap day as they are."""
    days = (when.start, when.end)
    if any(day and day.endswith("-02-29") for day in days):
        return when
    start, end = (day and f"{int(day[:4]) + 1}{day[4:]}" for day in days)
    return replace(when, start=start, end=end)


def days_before(day: str, *, days: int = 7) -> str:
    """Return the day so many days before; a month or a year as it is."""
    if len(day) < DAY:
        return day
    return (date_type.fromisoformat(day) - timedelta(days=days)).isoformat()


def days_between(first: str, last: str) -> int:
    """Return how many days after one day another comes, fewer than 0 where it comes before."""
    return (date_type.fromisoformat(last) - date_type.fromisoformat(first)).days


def follows(first: str | None, last: str | None, *, most_days: int = 40) -> bool:
    """Tell whether one stay may begin and end so; an unknown day fits any."""
    if first is None or last is None:
        return True
    if len(first) < 10 or len(last) < 10:
        return first[:7] <= last[:7]
    return 0 <= days_between(first, last) <= most_days


def to_month(when: When) -> When:
    """Return the month of a dated event inside a trip whose own days are not told.

    A first day, or a first and a last ("hosted him from the 18th to the 21st"), are the trip's own.
    """
    if when.start is None or len(when.start) < DAY or when.end != when.start:
        return when
    return When(when.start[:7], when.start[:7])


__all__ = [
    "When",
    "days_before",
    "days_between",
    "follows",
    "month_of_leaving",
    "moved",
    "of_year_after",
    "of_year_before",
    "partial",
    "says_last",
    "says_next",
    "to_month",
]
