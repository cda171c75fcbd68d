"""When an article was published, by the first source that says so.

The order: the article's own metadata, its dateline or the date at its page's top, its url, its
file's name, the option `--published`. Never a file's modification time, never today. A source
that knows only the year or month gives way to a later one that agrees and knows the day.
"""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import PurePosixPath
from typing import Literal

from pipeline.datelines.calendar import CalendarDate, find_dates, iso, match_date
from pipeline.errors import ConfigError
from pipeline.iso_lengths import DAY
from pipeline.reference.months import MONTHS

LOGGER = logging.getLogger(__name__)

Origin = Literal["metadata", "dateline", "url", "filename", "option"]

_PARTIAL = re.compile(r"((?:1[89]|20)\d\d)(?:-(0[1-9]|1[0-2])(?:-(\d\d))?)?(?=$|[T\s])")
_COMPACT = re.compile(r"((?:1[89]|20)\d\d)(0[1-9]|1[0-2])([0-3]\d)(?=$|T)")
_YEAR = r"(?P<y>(?:19|20)\d\d)"
#: Dates in urls and file names, most telling first.
_IN_PATHS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # /2024/05/16/  2024-05-16  2024_5_16  2015-09/25
        rf"(?<![0-9]){_YEAR}(?P<s>[-/_.])(?P<m>\d\d?)[-/_.](?P<d>\d\d?)(?![0-9])",
        # 20240516, 202405161230: digits of their own, not part of a hash
        rf"(?<![0-9a-f]){_YEAR}(?P<m>0[1-9]|1[0-2])(?P<d>[0-3]\d)(?:\d{{4}}|\d{{6}})?(?![0-9a-z])",
        # people.cn's /2020/0516/
        rf"/{_YEAR}/(?P<m>0[1-9]|1[0-2])(?P<d>[0-3]\d)/",
        # /2024/may/16/  16-May-2024
        rf"/{_YEAR}/(?P<b>[a-z]{{3}})[a-z]{{0,6}}/(?P<d>\d\d?)(?![0-9])",
        rf"(?<![0-9])(?P<d>\d\d?)[-_](?P<b>[a-z]{{3}})[a-z]{{0,6}}[-_]{_YEAR}(?![0-9])",
        # /2024/05/  /2024-05/
        rf"/{_YEAR}[-/](?P<m>0[1-9]|1[0-2])(?=/)",
        # /202405/, unless it may be the number of a story
        r"(?<!/news)(?<!/story)(?<!/stories)(?<!/article)(?<!/id)/(?P<y>20\d\d)(?P<m>0[1-9]|1[0-2])(?=/)",
    )
)


def check_option(value: str | None) -> str | None:
    """Return the date of `--published` in ISO form.

    Raises:
        ConfigError: it is no date.
    """
    if value is None:
        return None
    if (found := read_date(value)) is None:
        raise ConfigError(f"{value!r} is no date; write 2024-08-18, 2024-08 or 2024")
    return found


def read_date(value: object) -> str | None:
    """Return a stated date (ISO, RFC 822, spelled out) at its own precision, None if unreadable.

    >>> read_date("Tue, 27 Jun 2017 13:10:35 +0000")
    '2017-06-27'
    """
    if isinstance(value, date):
        return iso(value.year, value.month, value.day)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _from_number(value)
    if not isinstance(value, str) or not (words := value.strip()):
        return None
    if found := _PARTIAL.match(words) or _COMPACT.match(words):
        year, month, day = found.groups()
        if day is None:
            return year if month is None else f"{year}-{month}"
        return iso(int(year), int(month), int(day))
    dates = find_dates(words[:200])
    if dates:
        return dates[0].partial()
    # Bare numbers that do not fit any of our shapes are not to be twisted until they do.
    return _by_dateparser(words[:200]) if any(char.isalpha() for char in words) else None


def _from_number(value: float) -> str | None:
    """Read 2024, 20240516, or seconds or milliseconds since 1970."""
    if value != value:
        return None
    if 1800 <= value <= 2100 or 18_000_101 <= value <= 21_001_231:
        return read_date(str(int(value)))
    seconds = value / 1000 if abs(value) >= 1e11 else value
    try:
        return datetime.fromtimestamp(seconds, UTC).date().isoformat()
    except (OverflowError, ValueError, OSError):
        return None


def _by_dateparser(words: str) -> str | None:
    """Read a date in another language or style ("18 août 2024"), whole dates only."""
    import dateparser  # takes a while, and few articles need it

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its own use of deprecated calls
        found = dateparser.parse(
            words,
            settings={
                "STRICT_PARSING": True,
                "REQUIRE_PARTS": ["day", "month", "year"],
                "PARSERS": ["absolute-time"],
            },
        )
    return iso(found.year, found.month, found.day) if found else None


def date_in_path(path: str) -> str | None:
    """Return the date that a url or a file's path carries.

    >>> date_in_path("https://example.org/world/2015-09/25/content_3.htm")
    '2015-09-25'
    """
    return next(_dates_in_path(path), None)


def _dates_in_path(path: str) -> Iterator[str]:
    for pattern in _IN_PATHS:
        for found in pattern.finditer(path):
            groups = found.groupdict()
            name = groups.get("b")
            if name and name.lower() not in MONTHS:
                continue
            month = MONTHS[name.lower()] if name else int(groups["m"])
            if not groups.get("d"):
                yield f"{groups['y']}-{month:02d}"
            elif day := iso(int(groups["y"]), month, int(groups["d"])):
                yield day


def resolve(
    *,
    metadata: object,
    dateline: CalendarDate | None,
    page_top: CalendarDate | None,
    url: str | None,
    path: str,
    option: str | None,
) -> tuple[str | None, Origin | None]:
    """Return the article's date and where it comes from, (None, None) where nothing tells.

    A dateline's day and month take their year from the metadata, the page's top, the url or the
    file's name; without any of these they date nothing.
    """
    stated = read_date(metadata)
    if stated is None and metadata:
        LOGGER.warning("%s: published %r is no date that can be read", path, metadata)
    from_url = date_in_path(url) if url else None
    from_file = date_in_path(PurePosixPath(path).name)
    top = page_top.partial() if page_top else None
    hints = (stated, top, from_url, from_file)
    candidates: list[tuple[str | None, Origin]] = [
        (stated, "metadata"),
        (_complete(dateline, hints), "dateline"),
        (top, "dateline"),
        (from_url, "url"),
        (from_file, "filename"),
        (option, "option"),
    ]
    best: tuple[str | None, Origin | None] = (None, None)
    for value, origin in candidates:
        if value and (best[0] is None or (value.startswith(best[0]) and value != best[0])):
            best = (value, origin)
    return best


def story_day(dateline: CalendarDate | None, published: str | None) -> str | None:
    """Return the full day of a dateline that is no later than the article's date.

    One day's grace, since the two may be told in other time zones.
    """
    found = _complete(dateline, (published,)) if published else None
    if dateline is None or dateline.day is None or found is None or published is None:
        return None
    if len(published) < len(found):
        return found if found.startswith(published) else None
    late = date.fromisoformat(found) - date.fromisoformat(published)
    return found if late.days <= 1 else None


def _complete(dateline: CalendarDate | None, hints: tuple[str | None, ...]) -> str | None:
    if dateline is None:
        return None
    hint = next((hint for hint in hints if hint), None)
    if dateline.year is None and hint is not None:
        return _nearest_year(dateline, hint)
    return dateline.partial()


def _nearest_year(dateline: CalendarDate, hint: str) -> str | None:
    """Give a dateline the hint's year, or the one before or after it where that is far nearer.

    A story datelined December 31 is on the page of January 1.
    """
    year = int(hint[:4])
    if len(hint) < DAY:
        return dateline.partial(year)
    day = date.fromisoformat(hint)
    options = [value for near in (year, year - 1, year + 1) if (value := dateline.partial(near))]
    return min(options, key=lambda value: abs((date.fromisoformat(value) - day).days), default=None)


__all__ = ["check_option", "date_in_path", "match_date", "read_date", "resolve"]
