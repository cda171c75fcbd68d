"""Calendar dates as mastheads, metadata, urls and datelines write them.

Not the grammar of running text (that is the dates stage): only whole dates that stand alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from pipeline.reference.months import MONTHS

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTH = r"(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_YEAR = r"(?:1[89]|20)\d\d"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?,?\s*)?"

#: Ways to write a date, most telling first; each has some of the groups y, m, b (a month's name),
#: d, p and q (two numbers whose order is not known), and c (the last two digits of a year).
_SHAPES = {
    "iso": rf"(?P<y>{_YEAR})-(?P<m>\d\d)-(?P<d>\d\d)(?!\d)",
    "year-first": rf"(?P<y>{_YEAR})[/.](?P<m>\d\d?)[/.](?P<d>\d\d?)(?!\d)",
    "month-day": rf"(?P<b>{_MONTH})\s*(?P<d>{_DAY})(?: ?,\s*|\s+|/)(?P<y>{_YEAR})(?!\d)",
    "day-month": rf"(?P<d>{_DAY})[\s-]*(?:of\s+)?(?P<b>{_MONTH})[\s,-]*(?P<y>{_YEAR})(?!\d)",
    # With dots the day comes first the world over.
    "dotted": rf"(?P<d>\d\d?)\.(?P<m>\d\d?)\.(?P<y>{_YEAR})(?!\d)",
    "numbers": rf"(?P<p>\d\d?)[/.-](?P<q>\d\d?)[/.-](?P<y>{_YEAR})(?!\d)",
    "short-year": rf"(?P<d>\d\d?) (?P<b>{_MONTH}) (?P<c>\d\d)(?= ?\()",
    "month-day-only": rf"(?P<b>{_MONTH})\s*(?P<d>{_DAY})(?!\d|:\d|\s*[-–]\s*\d)",
    "day-month-only": rf"(?P<d>{_DAY})[\s-]+(?P<b>{_MONTH})(?!\s*\d)",
}
_COMPILED = tuple(
    re.compile(rf"(?P<w>{_WEEKDAY}){shape}", re.IGNORECASE) for shape in _SHAPES.values()
)
#: How any of them begins: with a number, or the first letters of a month or weekday.
_BEGIN = re.compile(
    r"\d|" + "|".join(sorted({name[:3] for name in (*MONTHS, *_WEEKDAYS)})), re.IGNORECASE
)
_ANY_YEAR = re.compile(_YEAR)
#: How many of `_COMPILED` write the year.
_WITH_YEAR = 7
#: Years of two digits are of the last century from this one on; such datelines are old.
_OLD_YEARS = 30


@dataclass(frozen=True)
class CalendarDate:
    """A date read off a text, with the stretch that it took; `year` or `day` None if unsaid."""

    year: int | None
    month: int
    day: int | None
    start: int
    end: int

    def partial(self, year: int | None = None) -> str | None:
        """Return the ISO form, with a year from elsewhere where none was written."""
        known = self.year or year
        if known is None:
            return None
        if not self.month:
            return f"{known:04d}"
        if self.day is None:
            return f"{known:04d}-{self.month:02d}"
        return iso(known, self.month, self.day)


def iso(year: int, month: int, day: int) -> str | None:
    """Return the ISO form of a day that exists in 1800-2100, else None."""
    try:
        return date(year, month, day).isoformat() if 1800 <= year <= 2100 else None
    except ValueError:
        return None


def match_date(text: str, position: int = 0, *, year_needed: bool = False) -> CalendarDate | None:
    """Read the date that starts exactly at `position`, or return None.

    Two numbers of unknown order ("07/03/2019") are told apart by size or by a weekday before
    them; if neither helps, only the year is kept (month 0).
    """
    if not _BEGIN.match(text, position):
        return None
    for pattern in _COMPILED[: _WITH_YEAR if year_needed else None]:
        if found := pattern.match(text, position):
            read = _read(found)
            if read is not None:
                return read
    return None


def find_dates(line: str) -> list[CalendarDate]:
    """Return the dates with a year in one short line, in order, not overlapping."""
    dates: list[CalendarDate] = []
    if not _ANY_YEAR.search(line):
        return dates
    position = 0
    while position < len(line):
        # A name glued to the date ("SiddiquiAugust 30, 2018") still lets it start.
        before, here = line[position - 1 : position], line[position]
        fresh = not before.isalnum() or (before.islower() and here.isupper())
        found = match_date(line, position, year_needed=True) if fresh else None
        if found:
            dates.append(found)
        position = found.end if found else position + 1
    return dates


def _read(found: re.Match[str]) -> CalendarDate | None:
    groups = found.groupdict()
    year = int(groups["y"]) if groups.get("y") else None
    if groups.get("c"):
        short = int(groups["c"])
        year = short + (1900 if short >= _OLD_YEARS else 2000)
    span = found.span()
    if groups.get("p"):
        return _by_order(int(groups["p"]), int(groups["q"]), year or 0, groups["w"], span)
    month = MONTHS[groups["b"].lower().rstrip(".")] if groups.get("b") else int(groups["m"])
    day = int(re.sub(r"\D", "", groups["d"]))
    # Without a year any leap day may be meant.
    return CalendarDate(year, month, day, *span) if iso(year or 2000, month, day) else None


def _by_order(
    first: int, second: int, year: int, weekday: str, span: tuple[int, int]
) -> CalendarDate | None:
    """Decide between day-month and month-day."""
    readings = {(second, first), (first, second)}
    days = {(month, day) for month, day in readings if iso(year, month, day)}
    if len(days) > 1 and weekday:
        number = _WEEKDAYS.index(weekday.lower()[:3])
        days = {(m, d) for m, d in days if date(year, m, d).weekday() == number}
    if not days:
        return None
    if len(days) > 1:
        return CalendarDate(year, 0, None, *span)
    [(month, day)] = days
    return CalendarDate(year, month, day, *span)
