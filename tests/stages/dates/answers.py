"""What must be found in a sentence: text, type, value, earliest, latest."""

from __future__ import annotations

from typing import TypeAlias

Answer: TypeAlias = tuple[str, str, str, str | None, str | None]
Case: TypeAlias = tuple[str, list[Answer]]


def date(text: str, value: str, earliest: str | None = "", latest: str | None = "") -> Answer:
    """Return the answer for a DATE; a day stands for its own ends."""
    first = value if earliest == "" else earliest
    return text, "DATE", value, first, first if latest == "" else latest


def other(text: str, kind: str, value: str, day: str | None = None) -> Answer:
    """Return the answer for another type, with its day."""
    return text, kind, value, day, day


def year(text: str, value: str) -> Answer:
    """Return the answer for a year."""
    return text, "DATE", value, f"{value}-01-01", f"{value}-12-31"


def quarter(text: str, value: str) -> Answer:
    """Return the answer for a quarter."""
    year, number = value.split("-Q")
    last = {"1": "03-31", "2": "06-30", "3": "09-30", "4": "12-31"}[number]
    first = {"1": "01-01", "2": "04-01", "3": "07-01", "4": "10-01"}[number]
    return text, "DATE", value, f"{year}-{first}", f"{year}-{last}"
