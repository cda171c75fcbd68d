"""Stretches of the calendar, their TIMEX3 values, and steps between them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta

from models.date import Grain
from pipeline.iso_lengths import month_after, month_end

#: First month and number of months of each season, by the meteorologists' northern calendar.
SEASON_MONTHS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}

#: What stands for a unit whose place in the calendar is unknown.
UNPLACED = {
    "day": "XXXX-XX-XX",
    "week": "XXXX-WXX",
    "weekend": "XXXX-WXX-WE",
    "month": "XXXX-XX",
    "quarter": "XXXX-QX",
    "half": "XXXX-HX",
    "year": "XXXX",
    "decade": "XXX",
    "century": "XX",
}


@dataclass(frozen=True)
class Period:
    """A TIMEX3 value and the days it covers, both ends included (None where not placed)."""

    value: str
    grain: Grain
    earliest: date | None = None
    latest: date | None = None

    @property
    def first(self) -> date:
        """Return the first day of a placed period.

        Raises:
            ValueError: it is not placed.
        """
        if self.earliest is None:
            raise ValueError(f"{self.value} has no place on the calendar")
        return self.earliest

    @property
    def placed(self) -> bool:
        """Tell whether it has a place on the calendar."""
        return self.earliest is not None


def day(when: date) -> Period:
    """Return one day."""
    return Period(when.isoformat(), "day", when, when)


def week(when: date) -> Period:
    """Return the ISO week (Monday to Sunday) of a day."""
    year, number, weekday = when.isocalendar()
    first = when - timedelta(days=weekday - 1)
    return Period(f"{year:04d}-W{number:02d}", "week", first, first + timedelta(days=6))


def weekend(when: date) -> Period:
    """Return the Saturday and Sunday of a day's week."""
    sunday = when + timedelta(days=7 - when.isoweekday())
    return Period(f"{week(when).value}-WE", "weekend", sunday - timedelta(days=1), sunday)


def month(year_number: int, month_number: int) -> Period:
    """Return a month of a year."""
    return Period(
        f"{year_number:04d}-{month_number:02d}",
        "month",
        date(year_number, month_number, 1),
        month_end(year_number, month_number),
    )


def quarter(year_number: int, number: int) -> Period:
    """Return the first to fourth quarter of a year."""
    return _months(f"{year_number:04d}-Q{number}", "quarter", year_number, 3 * number - 2, 3)


def half(year_number: int, number: int) -> Period:
    """Return the first or second half of a year."""
    return _months(f"{year_number:04d}-H{number}", "half", year_number, 6 * number - 5, 6)


def season(year_number: int, code: str) -> Period:
    """Return a season; winter begins in December of its year."""
    return _months(f"{year_number:04d}-{code}", "season", year_number, SEASON_MONTHS[code], 3)


def year(number: int) -> Period:
    """Return a year."""
    return Period(f"{number:04d}", "year", date(number, 1, 1), date(number, 12, 31))


def decade(tens: int) -> Period:
    """Return a decade by its first digits: 195 for the 1950s."""
    return Period(f"{tens:03d}", "decade", date(10 * tens, 1, 1), date(10 * tens + 9, 12, 31))


def century(hundreds: int) -> Period:
    """Return a century by its first digits: 19 for the 1900s, the twentieth century."""
    first = date(max(100 * hundreds, MINYEAR), 1, 1)
    return Period(f"{hundreds:02d}", "century", first, date(100 * hundreds + 99, 12, 31))


def between(first: Period, last: Period) -> Period:
    """Return the range of two periods, both included."""
    value = f"{first.value}/{last.value}"
    if first.earliest and last.latest and first.earliest <= last.latest:
        return Period(value, first.grain, first.earliest, last.latest)
    return Period(value, first.grain)


def shift(base: date, unit: str, steps: int) -> Period:
    """Return the unit that lies so many steps from the one that holds a day.

    Raises:
        ValueError: the step leaves the calendar.
    """
    try:
        return _shift(base, unit, steps)
    except OverflowError as error:
        raise ValueError(f"{steps} {unit}s from {base} is off the calendar") from error


def _shift(base: date, unit: str, steps: int) -> Period:
    if unit == "day":
        return day(base + timedelta(days=steps))
    if unit in ("week", "fortnight"):
        return week(base + timedelta(days=7 * steps * (2 if unit == "fortnight" else 1)))
    if unit == "weekend":
        return weekend(base + timedelta(days=7 * steps))
    if unit in ("month", "quarter", "half"):
        size = {"month": 1, "quarter": 3, "half": 6}[unit]
        count = base.year * 12 + base.month - 1 + steps * size
        year_number, month_index = divmod(count, 12)
        if not MINYEAR <= year_number <= MAXYEAR:
            raise ValueError(f"{steps} {unit}s from {base} is off the calendar")
        if unit == "month":
            return month(year_number, month_index + 1)
        number = month_index // size + 1
        return quarter(year_number, number) if unit == "quarter" else half(year_number, number)
    if unit == "year":
        return year(base.year + steps)
    if unit == "decade":
        return decade(base.year // 10 + steps)
    if unit == "century":
        return century(base.year // 100 + steps)
    raise ValueError(f"no such unit: {unit}")


def _months(value: str, grain: Grain, year_number: int, first: int, count: int) -> Period:
    end = month_end(*month_after(year_number, first, count - 1))
    return Period(value, grain, date(year_number, first, 1), end)
