"""Readers of ranges and lists of days and weekdays."""

from __future__ import annotations

import re
from datetime import timedelta

from models.date import Anchor
from pipeline.stages.dates import periods, placing
from pipeline.stages.dates.hit import Hit, Reading
from pipeline.stages.dates.periods import Period
from pipeline.stages.dates.scene import Scene
from pipeline.stages.dates.written import day_number, full_year, month_day_of, year_of


def days(hit: Hit, scene: Scene) -> list[Reading]:
    """Read a range that shares its month: "August 18-20", "16 to 17 May"."""
    first, anchor = month_day_of(hit, scene, 0)
    last, _ = month_day_of(hit, scene, 1)
    if first.earliest and last.earliest and first.earliest > last.earliest:
        return []
    flags = () if first.earliest or "X" in first.value else ("no_such_day",)
    return hit.reading(periods.between(first, last), anchor, flags=flags)


def day_list(hit: Hit, scene: Scene) -> list[Reading]:
    """Read a list that shares its month: "3 and 17 May" is two days, each with its own words."""
    spans = list(hit.all("d"))
    if joined := _running_days(hit, scene):
        return joined
    month_first = hit.all("m")[0].first < spans[0].first
    found = []
    for at, span in enumerate(spans):
        period, anchor = month_day_of(hit, scene, at)
        first = hit.first if at == 0 and month_first else span.first
        last = hit.last if at == len(spans) - 1 else span.last
        flags = () if period.earliest or "X" in period.value else ("no_such_day",)
        found.append(Reading("DATE", period, anchor, first, last, flags))
    return found


def weekday_list(hit: Hit, scene: Scene) -> list[Reading]:
    """Read "Wednesday 19 and Thursday 20 June": two days, each with its weekday."""
    (first, anchor), (last, _) = month_day_of(hit, scene, 0), month_day_of(hit, scene, 1)
    if "-" in hit.tokens.forms[hit.first : hit.last]:
        return hit.reading(periods.between(first, last), anchor)
    end, begin = hit.all("d")[0].last, hit.all("w")[1].first
    return [
        Reading("DATE", first, anchor, hit.first, end),
        Reading("DATE", last, anchor, begin, hit.last),
    ]


def _running_days(hit: Hit, scene: Scene) -> list[Reading]:
    """Read "July 4 and 5", "4, 5 and 6 July" as one stretch, for the days follow each other."""
    numbers = [int(re.sub(r"\D", "", span.forms[0])) for span in hit.all("d")]
    if numbers != list(range(numbers[0], numbers[0] + len(numbers))):
        return []
    if "or" in hit.tokens.forms[hit.first : hit.last]:
        return []
    first, anchor = month_day_of(hit, scene, 0)
    last, _ = month_day_of(hit, scene, len(numbers) - 1)
    return hit.reading(periods.between(first, last), anchor)


def dates(hit: Hit, scene: Scene) -> list[Reading]:
    """Read two days of which the second may carry the year: joined by a dash they are one."""
    spans = _two_days(hit)
    if spans is None:
        return []
    year, anchor = year_of(hit, scene)
    found = []
    for (month, number), own in spans:
        given = full_year(own) if own else year
        if given:
            found.append((placing.calendar_day(given, month, number), anchor))
        else:
            found.append(placing.month_day(month, number, scene, first=hit.first, last=hit.last))
    (first, first_anchor), (last, last_anchor) = found
    if first.earliest and last.earliest and first.earliest > last.earliest:
        if len(hit.all("y")) > 1:
            return []
        first = placing.calendar_day(
            first.earliest.year - 1, first.earliest.month, first.earliest.day
        )
    forms = hit.tokens.forms
    at = next(
        (
            place
            for place in range(hit.all("d")[0].last, hit.all("d")[1].first)
            if forms[place] in ("-", "to", "until", "till", "through", "and", "or")
        ),
        None,
    )
    if at is None:
        return []
    if forms[at] == "-":
        return hit.reading(periods.between(first, last), first_anchor)
    return [
        Reading("DATE", first, first_anchor, hit.first, at),
        Reading("DATE", last, last_anchor, at + 1, hit.last),
    ]


def _two_days(hit: Hit) -> list[tuple[tuple[int, int], str]] | None:
    months, numbers, years = hit.all("m"), hit.all("d"), hit.all("y")
    if len(months) != 2 or len(numbers) != 2:
        return None
    found = []
    for month, number in zip(months, numbers, strict=True):
        end = max(month.last, number.last)
        own = next((year.forms[0] for year in years if end <= year.first <= end + 1), "")
        pair = int(hit.value_of(month)), day_number(hit, number)
        found.append((pair, own))
    return found


def weekdays(hit: Hit, scene: Scene) -> list[Reading]:
    """Read a range of weekdays: "Monday-Wednesday" is one, "from next Monday to Friday" two."""
    first, last = hit.all("w")
    since, until, anchor = _weekdays(hit, scene, int(hit.value_of(first)), int(hit.value_of(last)))
    if "-" in hit.tokens.forms[first.last : last.first]:
        return hit.reading(periods.between(since, until), anchor)
    return [
        Reading("DATE", since, anchor, hit.first, first.last),
        Reading("DATE", until, anchor, last.first, hit.last),
    ]


def _weekdays(hit: Hit, scene: Scene, begin: int, end: int) -> tuple[Period, Period, Anchor]:
    """Return the first and the last day: the second follows, whatever week places the first."""
    days = (end - begin) % 7
    first, last = hit.first, hit.last
    if hit.has("r") and hit.holds("week"):
        week, anchor = scene.shifted("week", int(hit.value("r")))
        until = shift_to(week, end - 1, end)
        return shift_to(until, -days, begin), until, anchor
    if hit.has("r"):
        step, word = int(hit.value("r")), hit.word("r")
        since, anchor = placing.stepped_weekday(
            begin, step, scene, first=first, last=last, word=word
        )
        return since, shift_to(since, days, end), anchor
    if scene.direction(hit.first, hit.last) == "past":
        until, anchor = placing.weekday(end, scene, first=first, last=last)
        return shift_to(until, -days, begin), until, anchor
    since, anchor = placing.weekday(begin, scene, first=first, last=last)
    return since, shift_to(since, days, end), anchor


def shift_to(base: Period, days_away: int, number: int) -> Period:
    """Return the day so far from the first of a period; a bare weekday where that is unplaced."""
    if base.earliest is None:
        return Period(f"XXXX-WXX-{number}", "day")
    return periods.day(base.earliest + timedelta(days=days_away))
