"""Dates as ISO 8601 writes them: how long they are by what they are exact to, and their months."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

YEAR, MONTH, DAY = len("2024"), len("2024-08"), len("2024-08-18")


def month_end(year: int, month: int) -> date:
    """Return the last day of a month.

    >>> month_end(2024, 2).isoformat()
    '2024-02-29'
    """
    return date(year, month, monthrange(year, month)[1])


def month_after(year: int, month: int, months: int) -> tuple[int, int]:
    """Return year and month so many months later; fewer than none are earlier.

    >>> month_after(2024, 11, 3), month_after(2024, 1, -1)
    ((2025, 2), (2023, 12))
    """
    years, index = divmod(month - 1 + months, 12)
    return year + years, index + 1


def moved_month(day: str, months: int) -> str:
    """Return the month so many months after that of a date, which is exact to it at least.

    >>> moved_month("2024-08-18", -8)
    '2023-12'
    """
    year, month = month_after(int(day[:YEAR]), int(day[YEAR + 1 : MONTH]), months)
    return f"{year:04}-{month:02}"


__all__ = ["DAY", "MONTH", "YEAR", "month_after", "month_end", "moved_month"]
