"""Readers of parts of longer periods: quarters, halves, the nth week or day."""

from __future__ import annotations

import re
from datetime import date, timedelta

from models.date import Anchor
from pipeline.stages.dates import periods
from pipeline.stages.dates.hit import Hit, Reading
from pipeline.stages.dates.periods import Period
from pipeline.stages.dates.read_months import month
from pipeline.stages.dates.read_years import ordinal
from pipeline.stages.dates.scene import Scene
from pipeline.stages.dates.written import full_year, year_of


def part_of(hit: Hit, scene: Scene) -> list[Reading]:
    """Read the nth quarter, half, week or day of a year or a month, or a bare quarter."""
    number = ordinal(hit) if hit.has("o") else 0
    if hit.has("q"):
        return _token_part(hit, scene)
    name = hit.value("u") if hit.has("u") else "weekday"
    told = any(map(hit.has, "yrkvmi")) or _is_of_year_ago(hit)
    if name == "quarter" and number and not told:
        return hit.reading(*quarter_near(number, hit, scene))
    whole = _whole(hit, scene)
    if whole is None:
        return []
    period, anchor = whole
    if period.earliest is None or period.latest is None:
        code = {"quarter": f"-Q{max(number, 0) or 'X'}", "half": f"-H{max(number, 0) or 'X'}"}
        return hit.reading(Period(period.value + code.get(name, ""), period.grain), anchor)
    part = _nth(name, number, period, hit, scene)
    return hit.reading(part, anchor, aside=_is_of_year_ago(hit)) if part else []


def _is_of_year_ago(hit: Hit) -> bool:
    """Tell the quarter with which one is compared: "year-ago quarter", "prior-year quarter"."""
    return hit.holds("ago") or (hit.holds("prior") and not hit.has("k"))


def quarter_list(hit: Hit, scene: Scene) -> list[Reading]:
    """Read "the first and second quarters of 2009": each quarter its own."""
    spans = hit.all("o")
    year, anchor = year_of(hit, scene)
    found = []
    for at, span in enumerate(spans):
        number = int(re.sub(r"\D", "", hit.value_of(span)) or 0)
        if not 1 <= number <= 4:
            return []
        if year:
            period = periods.quarter(year, number)
        else:
            period, anchor = quarter_near(number, hit, scene)
        first = hit.first if at == 0 else span.first
        last = hit.last if at == len(spans) - 1 else span.last
        found.append(Reading("DATE", period, anchor, first, last))
    return found


def quarter_reported(hit: Hit, scene: Scene) -> list[Reading]:
    """Read "the latest quarter", "the latest period", "the quarter ended June 30"."""
    ended = _quarter_of_end(hit, scene)
    if ended:
        return hit.reading(ended, "context")
    told = scene.last_quarter(hit.first)
    if told:
        return hit.reading(told.period, "context")
    if hit.holds("quarter") or scene.compares(hit.first):
        return hit.reading(*quarter_near(0, hit, scene))
    return []


def _quarter_of_end(hit: Hit, scene: Scene) -> Period | None:
    """Return the quarter that ends at the day told behind it: "the quarter ended June 30"."""
    forms = [form for form in hit.tokens.forms[hit.last : hit.last + 6] if form not in ".,"]
    if len(forms) < 3 or forms[0] not in ("ended", "ending") or not forms[2].isdigit():
        return None
    number = next(
        (
            int(hit.values[key])
            for key in (("MONTH", forms[1]), ("MONTHABBR", forms[1]))
            if key in hit.values
        ),
        0,
    )
    known, given = scene.published, forms[3] if len(forms) > 3 else ""
    if not number or known.year is None:
        return None
    year = known.year - (forms[0] == "ended" and known.month is not None and number > known.month)
    if len(given) == 4 and given.isdigit():
        year = int(given)
    return periods.shift(date(year, number, 15) - timedelta(days=31), "quarter", 0)


def _whole(hit: Hit, scene: Scene) -> tuple[Period, Anchor] | None:
    """Return the longer period of which a part is named."""
    if hit.has("m"):
        return month(hit, scene)[0].period, month(hit, scene)[0].anchor
    if hit.has("y"):
        return periods.year(int(hit.word("y"))), "explicit"
    if hit.has("i"):
        digits = int(re.sub(r"\D", "", hit.word("i")) or 0)
        if hit.holds("century"):
            return periods.century(digits - 1), "explicit"
        return periods.decade(digits // 10 if digits > 99 else 190 + digits // 10), "explicit"
    if _is_of_year_ago(hit):
        return scene.shifted("year", -1)
    name = hit.value("v")
    if name not in ("year", "month", "quarter", "decade", "century", "week"):
        return None
    if hit.has("k"):
        return scene.from_context(name, int(hit.value("k")), hit.first)
    return scene.shifted(name, int(hit.value("r")) if hit.has("r") else 0)


def _nth(name: str, number: int, whole: Period, hit: Hit, scene: Scene) -> Period | None:
    first, last = whole.first, whole.latest or whole.first
    years_long = whole.grain == "year"
    if name == "quarter":
        if whole.grain in ("decade", "century"):
            return whole
        if number == 0:
            return _same_quarter(first.year, hit, scene)
        number = number % 5 if number > 0 else 4
        return periods.quarter(first.year, number) if years_long and number else None
    if name == "half":
        if whole.grain == "month":
            early = number == 1
            begin, end = (first, first.replace(day=15)) if early else (first.replace(day=16), last)
            return Period(whole.value, "month", begin, end)
        if whole.grain in ("decade", "century"):
            return whole
        number = 2 if number in (2, -1) else 1
        return periods.half(first.year, number) if years_long else None
    if name in ("day", "weekday"):
        return _nth_day(name, number, first, last, hit)
    if name in ("week", "weekend"):
        begin = last - timedelta(days=6) if number < 0 else first + timedelta(days=7 * number - 7)
        if name == "weekend":
            return periods.weekend(begin)
        end = min(begin + timedelta(days=6), last)
        return periods.between(periods.day(begin), periods.day(end)) if begin <= end else None
    if name == "month" and years_long:
        return periods.month(first.year, 12 if number < 0 else number) if number <= 12 else None
    if name == "decade":
        return whole
    return None


def _same_quarter(year_number: int, hit: Hit, scene: Scene) -> Period:
    """Return "last year's quarter": the one told before, else the one over by publication."""
    told = scene.last_quarter(hit.first)
    known = scene.published
    if told is None and year_number == known.year:
        return quarter_near(0, hit, scene)[0]
    base = date(known.year or year_number, known.month or 12, 1)
    reported = told.period if told else periods.shift(base, "quarter", -1)
    return periods.quarter(year_number, int(reported.value[-1]))


def _nth_day(name: str, number: int, first: date, last: date, hit: Hit) -> Period | None:
    if name == "day":
        day = last if number < 0 else first + timedelta(days=number - 1)
        return periods.day(day) if first <= day <= last else None
    weekday = int(hit.values[("WEEKDAY", hit.word("j"))])
    if number < 0:
        return periods.day(last - timedelta(days=(last.isoweekday() - weekday) % 7))
    day = first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (number - 1))
    return periods.day(day) if day <= last else None


def _token_part(hit: Hit, scene: Scene) -> list[Reading]:
    """Read "Q3 2024", "H1"."""
    code, number = hit.word("q")[0].upper(), int(hit.word("q")[1])
    if code == "H" and number > 2:
        return []
    told = None
    anchor: Anchor = "explicit"
    if hit.has("y") or hit.has("f"):
        told = full_year(hit.word("y") or hit.word("f"), scene.published.year)
    elif hit.has("v"):
        period, anchor = scene.shifted("year", int(hit.value("r")))
        told = period.earliest.year if period.earliest else None
    elif code == "Q":
        return hit.reading(*quarter_near(number, hit, scene))
    else:
        told, anchor = scene.published.year, "publication"
    if told is None:
        return hit.reading(Period(f"XXXX-{code}{number}", "quarter"), "none")
    make = periods.quarter if code == "Q" else periods.half
    return hit.reading(make(told, number), anchor)


def quarter_near(number: int, hit: Hit, scene: Scene) -> tuple[Period, Anchor]:
    """Return a bare quarter: by the news habit the last one that is over, unless to come."""
    known = scene.published
    if known.year is None or known.month is None:
        return Period(f"XXXX-Q{number or 'X'}", "quarter"), "none"
    now = (known.month - 1) // 3 + 1
    if number == 0:
        base = date(known.year, known.month, 1)
        return periods.shift(base, "quarter", -1), "publication"
    if number < 0:
        return periods.shift(date(known.year, known.month, 1), "quarter", -1), "publication"
    way = scene.direction(hit.first, hit.last)
    told = known.year
    if number > now and way == "past":
        told -= 1
    if number > now and way is None and number - now > 1:
        told -= 1
    if number < now - 1 and way == "future":
        told += 1
    return periods.quarter(told, number) if number <= 4 else scene.unplaced(
        "quarter"
    ), "publication"
