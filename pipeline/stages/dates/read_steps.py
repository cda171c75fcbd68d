"""Readers of a step by a length, from publication or from a date told before."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

from pipeline.stages.dates import periods, placing
from pipeline.stages.dates.hit import Hit, Reading
from pipeline.stages.dates.periods import Period
from pipeline.stages.dates.read_lengths import CLOCK, YEARS, counted
from pipeline.stages.dates.read_parts import quarter_near
from pipeline.stages.dates.read_years import ordinal
from pipeline.stages.dates.scene import Scene
from pipeline.stages.dates.written import year_of


def ago(hit: Hit, scene: Scene) -> list[Reading]:
    """Read "three years ago", "two weeks from now", "two days earlier"."""
    unit = hit.value("u")
    number, sound = counted(hit)
    if not sound:
        return []
    back = hit.holds("ago", "earlier", "before", "previously", "prior")
    if number is None:
        if hit.has("g"):
            return []
        if back and unit in CLOCK:
            return just_ago(hit, scene)
        return hit.reading(Period("PAST_REF" if back else "FUTURE_REF", "none"), "none")
    if unit == "year" and number > 9000:
        return hit.reading(Period("PAST_REF" if back else "FUTURE_REF", "none"), "none")
    steps = (-1 if back else 1) * number
    compared = unit == "year" and steps == -1 and scene.compares(hit.first)
    quarter = scene.compared_quarter(hit.first) if compared else None
    if quarter:
        told = periods.shift(quarter.period.first, "quarter", -4)
        return hit.reading(told, "context", aside=True)
    if hit.has("g") and compared:
        return [replace(one, aside=True) for one in _from_told(unit, steps, hit, scene)]
    if hit.has("g"):
        return _from_told(unit, steps, hit, scene)
    return _stepped(unit, steps, hit, scene)


def just_ago(hit: Hit, scene: Scene) -> list[Reading]:
    """Read "a few hours ago", "moments ago": on the day of the news."""
    return _stepped("hour", Fraction(0), hit, scene)


def ago_years_and_months(hit: Hit, scene: Scene) -> list[Reading]:
    """Read "24 years and four months ago": a month."""
    years, months = counted(hit)[0], hit.number_of(hit.all("b")[0])
    if years is None or months is None:
        return []
    return hit.reading(*scene.shifted("month", -round(12 * years + months)))


def ago_today(hit: Hit, scene: Scene) -> list[Reading]:
    """Read "two years ago today": the very day so long before."""
    number, sound = counted(hit)
    base, anchor = scene.shifted("day", int(hit.value("x")))
    if not sound or number is None or base.earliest is None or number.denominator != 1:
        return []
    unit, steps = _whole_steps(hit.value("u"), number)
    if unit in ("day", "week"):
        back = timedelta(days=int(steps) * (7 if unit == "week" else 1))
        return hit.reading(periods.day(base.earliest - back), anchor)
    if unit not in ("month", "year"):
        return []
    then = periods.shift(base.earliest.replace(day=1), unit, -int(steps)).first
    month = base.earliest.month if unit == "year" else then.month
    return hit.reading(placing.calendar_day(then.year, month, base.earliest.day), anchor)


def ago_this(hit: Hit, scene: Scene) -> list[Reading]:
    """Read "fifty years ago this month": that month so long before; of a week its month.

    "Two weeks ago this month" is none.
    """
    number, sound = counted(hit)
    unit, known = hit.value("u"), scene.published.date
    step = {"last": -1, "this": 0, "next": 1}[hit.word("r")]
    if not sound or number is None or known is None or unit not in ("year", *YEARS):
        return []
    year, steps = _whole_steps(unit, number)
    if year != "year":
        return []
    if hit.word("w") == "month":
        base = periods.shift(known, "month", step)
    else:
        base = periods.day(known + timedelta(days=7 * step))
    return hit.reading(periods.month(base.first.year - int(steps), base.first.month), "publication")


def years_on(hit: Hit, scene: Scene) -> list[Reading]:
    """Read "ten years on, he came": so long after the date told before, where that is over."""
    number, sound = counted(hit)
    event = scene.last_event(hit.first, fine=False)
    if not sound or number is None or event is None or hit.value("u") not in ("year", *YEARS):
        return []
    if scene.direction(hit.first, hit.last) != "past" or event.anchor == "publication":
        return []
    unit, steps = _whole_steps(hit.value("u"), number)
    then = periods.shift(event.period.first, unit, int(steps))
    now = scene.published.year
    return hit.reading(then, "context") if now is None or then.first.year <= now else []


def _stepped(unit: str, steps: Fraction, hit: Hit, scene: Scene) -> list[Reading]:
    """Step from publication."""
    if unit in CLOCK:
        hours = steps / {"hour": 1, "minute": 60, "second": 3600}[unit]
        period, anchor = scene.shifted("day", int(hours / 24))
        timed = Period(period.value + "TXX", "hour", period.earliest, period.latest)
        return hit.reading(timed, anchor, kind="TIME")
    unit, steps = _whole_steps(unit, steps)
    return hit.reading(*scene.shifted(unit, int(steps)))


def _whole_steps(unit: str, steps: Fraction) -> tuple[str, Fraction]:
    if unit in YEARS:
        return "year", steps * YEARS[unit]
    if steps.denominator == 1:
        return ("day" if unit == "night" else unit), steps
    if unit == "year":
        return "month", Fraction(round(steps * 12))
    return "day", Fraction(round(steps * {"week": 7, "month": 30, "day": 1}.get(unit, 1)))


def _from_told(unit: str, steps: Fraction, hit: Hit, scene: Scene) -> list[Reading]:
    """Step from the date told before, else from publication.

    A month counted from a year ("came in 2012; a month later he left") has no place in it.
    """
    unit, steps = _whole_steps(unit, steps) if unit not in CLOCK else (unit, steps)
    fine = unit in ("day", "week", "weekend", "fortnight")
    event = scene.last_event(hit.first, fine=fine) if unit not in CLOCK else None
    if event and unit == "month" and event.period.grain == "year":
        return hit.reading(scene.unplaced(unit), "none")
    if event and event.period.earliest:
        grain = "day" if unit == "week" and event.period.grain == "day" else unit
        size = 7 if grain != unit else 1
        return hit.reading(
            periods.shift(event.period.earliest, grain, int(steps) * size), "context"
        )
    if unit in CLOCK:
        return _stepped(unit, steps, hit, scene)
    if steps > 0 and scene.direction(hit.first, hit.last) == "past":
        return hit.reading(scene.unplaced(unit), "none")
    return hit.reading(*scene.shifted(unit, int(steps)))


def year_earlier(hit: Hit, scene: Scene) -> list[Reading]:
    """Read "a year earlier", "the year-ago quarter": from what was told, else from now."""
    if hit.has("o"):
        number = ordinal(hit)
        year = (scene.published.year or 0) - 1
        last = scene.compared_quarter(hit.first)
        year = last.period.first.year - 1 if last else year
        if year > 0 and 1 <= number <= 4:
            return hit.reading(periods.quarter(year, number), "publication", aside=True)
        return []
    told = scene.compared_quarter(hit.first)
    if told and (hit.holds("quarter", "period") or scene.compares(hit.first)):
        quarter = periods.shift(told.period.first, "quarter", -4)
        return hit.reading(quarter, "context", aside=True)
    event = None if hit.holds("ago") else scene.last_event(hit.first, fine=False)
    base, anchor = scene.shifted("year", -1)
    if event and event.period.earliest:
        base, anchor = periods.shift(event.period.earliest, "year", -1), "context"
    return hit.reading(base, anchor, aside=True)


def period_of_year(hit: Hit, scene: Scene) -> list[Reading]:
    """Read "the 2012 period": the quarter that a report is about, in that year; else the year."""
    told = scene.compared_quarter(hit.first)
    year, anchor = year_of(hit, scene)
    if year is None:
        year, anchor = (scene.published.year or 1) - 1, "publication"
        if told:
            year, anchor = told.period.first.year - 1, "context"
        elif scene.published.year is None:
            return hit.reading(scene.unplaced("year"), "none")
    if told is None and hit.holds("quarter") and year:
        number = int(quarter_near(0, hit, scene)[0].value[-1:].replace("X", "1"))
        return hit.reading(periods.quarter(year, number), anchor, aside=True)
    if told is None or hit.holds("months"):
        return hit.reading(periods.year(year), anchor, aside=True)
    quarter = periods.quarter(year, int(told.period.value[-1]))
    return hit.reading(quarter, anchor, aside=True)


def month_of_year(hit: Hit, scene: Scene) -> list[Reading]:
    """Read "the same month last year": the month told before, else publication's, in that year."""
    event = scene.last_event(hit.first, fine=False)
    told = event.period if event and event.period.grain == "month" else None
    base = told or scene.shifted("month", 0)[0]
    year, _ = year_of(hit, scene)
    if base.earliest is None:
        return hit.reading(base, "none")
    month = periods.month(year or base.first.year - 1, base.first.month)
    return hit.reading(month, "context" if told else "publication", aside=True)


def from_date(hit: Hit, scene: Scene) -> list[Reading]:
    """Read "two weeks from today", "three days after June 5": the second stays its own date."""
    number, sound = counted(hit)
    if not sound or number is None or not hit.has("x"):
        return []
    steps = -number if hit.holds("before") else number
    period, anchor = scene.shifted("day", int(hit.value("x")))
    if period.earliest is None:
        return hit.reading(scene.unplaced("day"), "none")
    unit, steps = _whole_steps(hit.value("u"), steps)
    if unit in CLOCK:
        return []
    return hit.reading(periods.shift(period.earliest, unit, int(steps)), anchor)
