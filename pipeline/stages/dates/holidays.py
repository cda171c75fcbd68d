"""Holidays and festivals: names from holidays.toml, days by rule or from the `holidays` library."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

from pipeline.iso_lengths import month_end
from pipeline.lexicon import Row, load_table

PACKAGE = "pipeline.stages.dates"

#: Years for which the library's tables of moon-sighted festivals are kept.
LIBRARY_YEARS = range(1950, 2078)


class Holiday(Row):
    """A row of holidays.toml (see its head for the columns)."""

    names: tuple[str, ...]
    source: str
    when: str
    days: int = 1
    near: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def _by_name() -> dict[str, tuple[Holiday, ...]]:
    found: dict[str, tuple[Holiday, ...]] = {}
    for row in load_table(PACKAGE, "holidays.toml", Holiday):
        for name in row.names:
            found[_key(name)] = (*found.get(_key(name), ()), row)
    return found


def _key(name: str) -> str:
    return " ".join(split_name(name))


def split_name(name: str) -> list[str]:
    """Split a holiday's name into the forms that the lexer makes of it."""
    return re.findall(r"'s\b|[^\W\d_]+|[^\w\s]", name.lower().replace("’", "'"))


def holiday_patterns() -> list[list[str]]:
    """Return all names as lists of lexer forms, the longest first."""
    return sorted((key.split() for key in _by_name()), key=lambda words: (-len(words), words))


def holiday_days(forms: str, year: int, *, text: str = "") -> list[tuple[date, date]]:
    """Return first and last day of a holiday in a year: none where nothing says.

    One that lands keep on days of their own (Labour Day) has several, the commonest first.

    Args:
        text: the article; where it names but one of those lands, that one's feast is meant.
    """
    rows = _by_name()[forms]
    kept = [row for row in rows if any(word in text for word in row.near)] if len(rows) > 1 else []
    begun = [(row, _first_day(row, year)) for row in kept or rows]
    return [(day, day + timedelta(days=row.days - 1)) for row, day in begun if day]


def feast_value(forms: str) -> str:
    """Return the value of a holiday in no particular year: `XXXX-12-25`, or without the day."""
    row, *others = _by_name()[forms]
    if others or row.source != "fixed":
        return "XXXX-XX-XX"
    month, day = map(int, row.when.split("-"))
    return f"XXXX-{month:02d}-{day:02d}"


def _first_day(row: Holiday, year: int) -> date | None:
    if row.source == "fixed":
        month, day = map(int, row.when.split("-"))
        return date(year, month, day)
    if row.source == "easter":
        return easter_sunday(year) + timedelta(days=int(row.when)) if year >= 1583 else None
    if row.source == "nth":
        return _nth_weekday(year, row.when)
    country, _, name = row.when.partition(":")
    return _library_day(country, name, year)


def easter_sunday(year: int) -> date:
    """Return Easter Sunday of the western churches (Gauss's rule as given by Meeus and Butcher).

    >>> easter_sunday(2024)
    datetime.date(2024, 3, 31)
    """
    golden, (century, rest) = year % 19, divmod(year, 100)
    leap, skipped = divmod(century, 4)
    moon = (19 * golden + century - leap - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    sunday = (32 + 2 * skipped + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * sunday) // 451
    month, day = divmod(moon + sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _nth_weekday(year: int, when: str) -> date:
    rule, _, later = when.partition("+")
    month, weekday, number = map(int, re.findall(r"(?<!\d)-?\d+", rule.replace("-", " ", 2)))
    away = timedelta(days=int(later or 0))
    if number > 0:
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (number - 1)) + away
    last = month_end(year, month)
    return last - timedelta(days=(last.isoweekday() - weekday) % 7) + away


@lru_cache(maxsize=512)
def _library_day(country: str, name: str, year: int) -> date | None:
    import holidays as holiday_library  # which takes long, and few articles name such a day

    if year not in LIBRARY_YEARS or country not in holiday_library.list_supported_countries():
        return None
    supported = holiday_library.country_holidays(country, years=year)
    language = "en_US" if "en_US" in supported.supported_languages else None
    table = holiday_library.country_holidays(country, years=year, language=language, observed=False)
    found = [day for day, label in table.items() if name in label and "Eve" not in label]
    return min(found) if found else None
