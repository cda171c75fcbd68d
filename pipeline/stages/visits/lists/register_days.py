"""Days of the lines of a list of trips, which often have their year from a line above."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from itertools import pairwise

from spacy.tokens import Span

from pipeline.discourse.factuality import Fact
from pipeline.discourse.scene import Scene
from pipeline.discourse.timing.of_trips import When
from pipeline.lexicon import any_of
from pipeline.reference.months import MONTHS
from pipeline.stages.visits.arguments import ArgumentReader

#: A line that is a year alone, a year anywhere, and what a range of days is made of.
_YEAR_LINE = re.compile(r"^[ \t#=*•·|–-]*((?:1[89]|20)\d\d)[ \t#=*:|]*$", re.MULTILINE)
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_MONTH = rf"(?:{any_of(name.title() for name in MONTHS)})\.?"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?!\d)"
_MONTH_NAME = re.compile(_MONTH)
_MONTH_OR_DAY = re.compile(rf"{_MONTH}|{_DAY}")
_SIDE = rf"(?:{_MONTH} {_DAY}|{_DAY} {_MONTH}|{_DAY}|{_MONTH})"
#: Days without a year: "November 15–16", "28 May to 2 June", "March".
_DAYS = re.compile(rf"\b{_SIDE}(?: ?(?:[-–—]|to|and) ?{_SIDE})?(?!\w)")
#: What parts a date from what else a line tells.
_PARTS_STAYS = frozenset({",", ";", "and", "&", ", and"})
_BEFORE, _BEHIND = frozenset({".", "|", ":", ";"}), frozenset({".", "|", ";"})


def is_day(word: str) -> bool:
    """Tell whether a word is a number."""
    return word[:1].isdigit()


def is_month(word: str) -> bool:
    """Tell whether a word is the name of a month, also a short one."""
    return _MONTH_NAME.fullmatch(word) is not None


def days_in_line(reader: ArgumentReader, heading: Span, line: Span, *, fact: Fact) -> When:
    """Return the days of a line: those that stand alone between full stops, else the first.

    Args:
        fact: whether the trips of the lines are over or to come.
    """
    if year := _year_over(reader.scene, heading, line):
        return _days_in_year(line, year)
    years = set(_YEAR.findall(line.text))
    written = _days_in_year(line, years.pop()) if len(years) == 1 else When()
    alone = _days_alone(reader, line, fact)
    if alone.start and written.start and written.start.startswith(f"{alone.start}-"):
        return written  # "2016 – President X (12–14 April)"
    # The clock leaves out the first day of a page, which may be that of its publication.
    return alone or written


def stays_in_line(reader: ArgumentReader, line: Span) -> Sequence[When]:
    """Return the days of each stay of "Chile: July 2019, March 2022"; none of one stay.

    Each names its year, and nothing stands between them; "May 2019, opened a legation in June
    2020" is of one.
    """
    dates = reader.clock.between(line.start, line.end)
    doc = line.doc
    gaps = (doc[end:start].text.strip() for (_, end, _), (start, _, _) in pairwise(dates))
    dated = all(_YEAR.search(doc[start:end].text) for start, end, _ in dates)
    if len(dates) < 2 or not dated or any(gap not in _PARTS_STAYS for gap in gaps):
        return []
    fact = Fact("completed")
    return [reader.clock.when([doc[at]], phase="whole", fact=fact) for at, _, _ in dates]


def _days_alone(reader: ArgumentReader, line: Span, fact: Fact) -> When:
    dates = reader.clock.between(line.start, line.end)
    if not dates:
        return When()
    doc = line.doc
    alone = [
        (first, last)
        for first, last, _ in dates
        if (first == line.start or doc[first - 1].text in _BEFORE or doc[first - 1].is_space)
        and (last >= line.end or doc[last].text in _BEHIND or doc[last].is_space)
    ]
    first = alone[-1][0] if alone else dates[0][0]
    return reader.clock.when([doc[first]], phase="whole", fact=fact)


def is_year(line: Span) -> bool:
    """Tell a line that is a year alone, which heads those below it."""
    return _YEAR_LINE.fullmatch(line.text.strip()) is not None


def months_over(line: Span) -> bool:
    """Tell whether a line names days without a year: "March 10-11"."""
    return any(any(map(str.isalpha, days.group())) for days in _DAYS.finditer(line.text))


def _year_over(scene: Scene, heading: Span, line: Span) -> str | None:
    """Return the year that stands alone on the last such line above, for days without one.

    Else the one year of the heading: "Visits in 2022"; else the last that a line above tells.
    """
    if _YEAR.search(line.text):
        return None
    text = scene.article.text
    above = _YEAR_LINE.findall(text[: line.start_char])
    told = set(_YEAR.findall(heading.text))
    listed = _YEAR.findall(text[heading.end_char : line.start_char])
    return above[-1] if above else told.pop() if len(told) == 1 else listed[-1] if listed else None


def _days_in_year(line: Span, year: str) -> When:
    """Return the first days of a line, "November 15–16", "28 May to 2 June", in a year."""
    told_days = (days.group() for days in _DAYS.finditer(line.text))
    stretch = next((days for days in told_days if any(map(str.isalpha, days))), "")
    found: list[str] = []
    told = [(m.group(), m.start()) for m in _MONTH_OR_DAY.finditer(stretch)]
    named = [(MONTHS[text.lower()[:3]], at) for text, at in told if text[0].isalpha()]
    led = bool(stretch) and stretch[0].isalpha()  # "May 3 – June 2", not "3 May – 2 June"
    for text, at in told:
        if text[0].isdigit() and named:
            own = [month for month, there in named if (there < at) is led]
            month = (own[-1] if led else own[0]) if own else named[0][0]
            if 1 <= int(text) <= monthrange(int(year), month)[1]:  # not 31 April
                found.append(f"{year}-{month:02}-{int(text):02}")
    if not found:
        found = [f"{year}-{month:02}" for month, _ in named]
    if found and found[0] > found[-1]:  # "Dec. 30 – Jan. 2"
        found[-1] = f"{int(year) + 1}{found[-1][4:]}"
    return When(found[0], found[-1]) if found else When()


__all__ = ["days_in_line", "is_day", "is_month", "is_year", "months_over", "stays_in_line"]
