"""The date that a page's top states, a line of its own between headline and story, or its foot."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.datelines.calendar import CalendarDate, find_dates, match_date

#: Lines of a page's top; what follows the first long one is the story.
TOP_LINES = 14
TOP_CHARACTERS = 3_000
LONG = 160
#: A first line of one sentence may be a headline up to this length.
LONG_HEADLINE = 320
#: A line longer than this is no date line.
DATE_LINE = 120

_LABEL = re.compile(
    r"(?:first |last )?(?:published|posted|posted on|released|release date|issued|date|updated|"
    r"publication date|date published|dated)(?: on| at)?\s*:?\s*",
    re.IGNORECASE,
)
#: What else such a line may hold, before or behind the date, tried one after another.
_FILLERS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?-i:\([A-Z][\w. -]{1,24}\))",
        r"[\s,;:|/•·\-–—()\[\]*_]+",
        r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?",
        r"\d{1,2}[:.]\d\d(?:[:.]\d\d)?\s*(?:[ap]\.?m\b\.?)?|\d{1,2}\s*[ap]\.?m\b\.?",
        r"(?:updated|published|posted|print|text)\b[^,;|]{0,30}",
        r"(?:gmt|utc|ist|est|edt|pst|cet|bst|pkt|wib|hkt|local time|hrs|at|on|as of)\b[+-]?\d{0,4}",
        r"[+-]\d{4}\b",
        r"(?-i:[A-Z]{2,5}\d{8}[.\d]*)|news story\b",
        r"for immediate release|press release|media release|news release",
        r"(?:by|from|source|author|editor|web editor|location)\b:?[^\d|]{0,60}",
        r"(?-i:[A-Z][\w.'’-]*(?:[ ,/][A-Z][\w.'’-]*){0,2}$)",
        # the outlet: "The Suva Times - "
        r"(?-i:[A-Z][\w.'’&]*(?: (?:of |the )?[A-Z][\w.'’&]*){0,4}(?: [-–—|•·]|,)(?= ))",
    )
)
#: Stored pages put " date 2018-11-15 " before the text.
_STAMP = re.compile(r"\s*date (?=\d{4}-\d\d-\d\d\s)")
#: What parts a headline from its outlet and day.
_TAIL = re.compile(r" [-–—|] [A-Z][\w. ]{1,24} [-–—|] (?=[\w., ]{8,20}$)")
_RELEASE = re.compile(r"(?i)\b(?:media|press|news) (?:statement|release|contacts?|enquir|inquir)")
#: A page's own address, which makes its line long but no story.
_ADDRESS = re.compile(r"https?://[^\s\])]+")
_CLOCK = re.compile(r"\b\d{1,2}[:.]\d\d\b")
_WEEKDAY_NAME = re.compile(r"\b(?:mon|tue|wed|thu|fri|sat|sun)", re.IGNORECASE)
_LINE = re.compile(r"[^\n\r]+")


def find_page_date(text: str) -> CalendarDate | None:
    """Return the date on a line of its own at the page's top, None where it is not plain.

    Fires on "Published: Thu 9 Dec 2021, 7:10 AM" and on a bare "13:15, June 05, 2012" line; not on
    the date lines of a chronology, of which there are several.
    """
    if stamp := _STAMP.match(text):
        return match_date(text, stamp.end())
    bare: list[CalendarDate] = []
    for number, line in enumerate(_lines(text[:TOP_CHARACTERS])):
        words = _ADDRESS.sub("", line)
        long = len(words) >= (LONG if number or ". " in words else LONG_HEADLINE)
        if number == 0 and long:
            return _stamp_below(text)
        if number == TOP_LINES or long:
            break
        if number == 0 and (tail := _at_headline(words)):
            return tail
        if len(words) > DATE_LINE:
            continue
        dates = find_dates(words)
        if not dates:
            continue
        first = dates[0]
        if _is_labelled(words, first) and _is_filler(words[dates[-1].end :]):
            return first
        if len(dates) == 1 and _is_filler(words[: first.start]) and _is_filler(words[first.end :]):
            bare.append(first)
    if len(_date_lines(text)) != 1:
        return None
    return bare[0] if bare else _at_foot(text)


def _at_foot(text: str) -> CalendarDate | None:
    """Return the date that is the last line of a release ("Thursday, 19 July 2012").

    Fires only where no other line is a date and the page calls itself a release.
    """
    if not _RELEASE.search(text):
        return None
    line = text.rstrip()[-DATE_LINE:].rpartition("\n")[2]
    dates = find_dates(line)
    alone = len(dates) == 1 and dates[0].day is not None and "\n" in text.strip()
    rest = line[: dates[0].start] + line[dates[0].end :] if alone else "none"
    return dates[0] if alone and not rest.strip(" *_.()[]") else None


def _stamp_below(text: str) -> CalendarDate | None:
    """Return the date of a stamp, weekday and time with it, right below a long first line."""
    second = next((words for number, words in enumerate(_lines(text)) if number == 1), "")
    dates = find_dates(second) if len(second) <= DATE_LINE else []
    if len(dates) != 1 or not _CLOCK.search(second) or not _WEEKDAY_NAME.search(second):
        return None
    first = dates[0]
    return first if _is_filler(second[: first.start]) and _is_filler(second[first.end :]) else None


def _at_headline(line: str) -> CalendarDate | None:
    """Return the date that ends a headline ("Premier lands in Lima - Outlet - 19.12.2017")."""
    tail = _TAIL.search(line)
    found = match_date(line, tail.end(), year_needed=True) if tail else None
    return found if found and not line[found.end :].strip() else None


def _lines(text: str) -> Iterator[str]:
    """Yield the lines of a text that are not blank."""
    lines = (line.group() for line in _LINE.finditer(text))
    return (line for line in lines if not line.isspace())


def _is_labelled(line: str, date: CalendarDate) -> bool:
    """Tell whether a label stands right before the date ("Source: X Published: 2016/11/7")."""
    before = line[: date.start]
    labels = list(_LABEL.finditer(before))
    if not labels or not _is_filler(before[labels[-1].end() :]):
        return False
    head = before[: labels[-1].start()]
    return ":" in labels[-1].group() or "posted" in labels[-1].group().lower() or _is_filler(head)


def _is_filler(rest: str) -> bool:
    position = 0
    while position < len(rest):
        for filler in _FILLERS:
            if (match := filler.match(rest, position)) and match.end() > position:
                position = match.end()
                break
        else:
            return False
    return True


def _date_lines(text: str) -> set[tuple[int | None, int, int | None]]:
    """Return the different dates that stand on lines of their own anywhere in a text."""
    found = set()
    for words in _lines(text):
        if len(words) > DATE_LINE:
            continue
        dates = find_dates(words)
        if len(dates) == 1 and _is_filler(words[: dates[0].start] + words[dates[0].end :]):
            found.add((dates[0].year, dates[0].month, dates[0].day))
    return found
