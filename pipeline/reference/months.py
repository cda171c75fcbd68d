"""Months and days of the week by their names, as dates write them."""

from __future__ import annotations

from collections.abc import Mapping

_WHOLE = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
#: Months by their whole and short names, in small letters: "january" and "jan" → 1.
MONTHS: Mapping[str, int] = {
    **{name: number for number, name in enumerate(_WHOLE, start=1)},
    **{name[:3]: number for number, name in enumerate(_WHOLE, start=1)},
    "sept": 9,
}
WEEKDAYS = frozenset(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"))


__all__ = ["MONTHS", "WEEKDAYS"]
