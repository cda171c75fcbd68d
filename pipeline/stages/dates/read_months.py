"""Readers of months, seasons and feasts."""

from __future__ import annotations

from datetime import date, timedelta

from models.date import Anchor
from pipeline.stages.dates import periods, placing
from pipeline.stages.dates.cues import Direction
from pipeline.stages.dates.hit import Hit, Reading
from pipeline.stages.dates.holidays import feast_value, holiday_days
from pipeline.stages.dates.periods import Period
from pipeline.stages.dates.read_years import spoken_year
from pipeline.stages.dates.scene import Scene
from pipeline.stages.dates.written import year_of

#: So many months before another of its year, one that is told first is of the year before.
_HALF_YEAR = 6


def month(hit: Hit, scene: Scene) -> list[Reading]:
    """Read "June 2013", "last March", "March"."""
    number = int(hit.value("m"))
    if hit.has("y") or hit.has("n") or hit.holds("year"):
        year, anchor = year_of(hit, scene)
        year = spoken_year(hit) if hit.has("n") else year
        if year is None:
            return hit.reading(Period(f"XXXX-{number:02d}", "month"), "none")
        return hit.reading(periods.month(year, number), anchor)
    if hit.has("r"):
        return hit.reading(*_stepped_month(number, int(hit.value("r")), scene))
    if hit.has("k"):
        return hit.reading(*_month_from(number, int(hit.value("k")), hit, scene))
    return hit.reading(*placing.month(number, scene, first=hit.first, last=hit.last))


def month_that(hit: Hit, scene: Scene) -> list[Reading]:
    """Read "that November": the month of the year told before."""
    return hit.reading(*_month_from(int(hit.value("m")), 0, hit, scene))


def _stepped_month(number: int, step: int, scene: Scene) -> tuple[Period, Anchor]:
    """Return "last March", "this March", "next March"."""
    known = scene.published
    if known.year is None:
        return Period(f"XXXX-{number:02d}", "month"), "none"
    now = known.month or 1
    if step < 0:  # the month just over is "last month"
        year = known.year if number < now - 1 else known.year - 1
    elif step > 0:
        year = known.year if number > now else known.year + 1
    else:
        year = known.year
    return periods.month(year, number), "publication"


def _month_from(number: int, step: int, hit: Hit, scene: Scene) -> tuple[Period, Anchor]:
    event = scene.last_event(hit.first, fine=False)
    if event is None or event.period.earliest is None:
        return _stepped_month(number, step, scene)
    base = event.period.earliest
    year = base.year
    if step > 0 and number <= base.month:
        year += 1
    if step < 0 and number >= base.month:
        year -= 1
    return periods.month(year, number), "context"


def months(hit: Hit, scene: Scene) -> list[Reading]:
    """Read months that share a year: dashed they are one range, else each its own."""
    captures = hit.all("m")
    year, anchor = year_of(hit, scene)
    found: list[tuple[Period, Anchor]] = []
    for capture in captures:
        number = int(hit.value_of(capture))
        if year:  # "in December and January 2023", the winter's
            before = number - int(hit.value_of(captures[-1])) > _HALF_YEAR
            found.append((periods.month(year - before, number), anchor))
        else:
            found.append(placing.month(number, scene, first=hit.first, last=hit.last))
    if "-" in hit.tokens.forms[captures[0].last : captures[-1].first]:
        first, last = found[0][0], found[-1][0]
        return hit.reading(periods.between(_in_order(first, last), last), found[-1][1])
    return [
        Reading(
            "DATE",
            period,
            where,
            hit.first if at == 0 else capture.first,
            hit.last if at == len(captures) - 1 else capture.last,
        )
        for at, ((period, where), capture) in enumerate(zip(found, captures, strict=True))
    ]


def _in_order(first: Period, last: Period) -> Period:
    """Return the first month of a range, in the year in which it comes before the last."""
    if not first.earliest or not last.earliest:
        return first
    later = first.earliest.month > last.earliest.month
    return periods.month(last.earliest.year - later, first.earliest.month)


def months_period(hit: Hit, scene: Scene) -> list[Reading]:
    """Read "the July-to-September quarter": the quarter, or a range that is none."""
    begin, end = hit.all("m")
    year, anchor = year_of(hit, scene)
    if year:
        last = periods.month(year, int(hit.value_of(end)))
    else:
        last, anchor = placing.month(int(hit.value_of(end)), scene, first=hit.first, last=hit.last)
    if not last.earliest:
        return []
    first = _in_order(periods.month(last.first.year, int(hit.value_of(begin))), last)
    months_apart = (last.first.month - first.first.month) % 12
    if months_apart == 2 and last.first.month % 3 == 0:
        return hit.reading(periods.quarter(last.first.year, last.first.month // 3), anchor)
    return hit.reading(periods.between(first, last), anchor)


def season(hit: Hit, scene: Scene) -> list[Reading]:
    """Read "summer 2024", "last winter", "that spring"; a bare "the summer" only in its rule."""
    code = hit.value("s")
    forms = hit.tokens.forms[hit.first : hit.last]
    of_year = hit.has("y") or "year" in forms
    told = of_year or hit.has("r") or hit.has("k")
    if not told and forms[0] in (hit.word("s"), "the") and hit.rule.row.id == "season":
        return []
    if of_year:
        number, anchor = year_of(hit, scene)
        if number is None:
            return hit.reading(Period(f"XXXX-{code}", "season"), "none")
        return hit.reading(periods.season(number, code), anchor)
    step = int(hit.value("k" if hit.has("k") else "r")) if told else 0
    # "opened in 1991; it was closed the next spring"
    after = step > 0 and forms[0] == "the" and scene.direction(hit.first, hit.last) == "past"
    event = scene.last_event(hit.first, fine=False) if hit.has("k") or after else None
    base = event.period.latest if event and step > 0 else event and event.period.earliest
    if base:
        return hit.reading(_stepped_season(code, step, base), "context")
    known = scene.published
    if hit.has("r") and known.year and known.month:
        base = date(known.year, known.month, known.day or 1)
        return hit.reading(_stepped_season(code, int(hit.value("r")), base), "publication")
    return hit.reading(*placing.season(code, scene, first=hit.first, last=hit.last))


def _stepped_season(code: str, step: int, base: date) -> Period:
    """Return the last season that is over, the one of the year, or the next one to begin."""
    near = [periods.season(base.year + away, code) for away in (-2, -1, 0, 1, 2)]
    if step < 0:
        return [one for one in near if one.latest and one.latest < base][-1]
    if step > 0:
        return next(one for one in near if one.first > base)
    holding = [one for one in near if one.latest and one.first <= base <= one.latest]
    return holding[0] if holding else near[2]


def holiday(hit: Hit, scene: Scene) -> list[Reading]:
    """Read a feast by its name: in its year, or the nearest by the direction of the verb."""
    name = hit.word("e")
    told: int | None = None
    anchor: Anchor = "publication"
    if hit.has("y") or (hit.holds("year") and hit.has("r")):
        told, anchor = year_of(hit, scene)
    if told is None:
        told, anchor = _feast_year(name, hit, scene)
    kept = holiday_days(name, told, text=scene.text) if told else []
    if not kept:
        return hit.reading(Period(feast_value(name), "day"), "none")
    base = scene.published.date
    told_days = {event.period.earliest for event in scene.timeline}
    kept = [days for days in kept if days[0] in told_days] or kept  # "the May 9 Victory Day"
    found = min(kept, key=lambda days: abs((days[0] - base).days)) if base else kept[0]
    if hit.holds("weekend", "week"):
        return hit.reading(_days_around(found[0], hit), anchor)
    first, last = periods.day(found[0]), periods.day(found[1])
    return hit.reading(first if first == last else periods.between(first, last), anchor)


def _days_around(feast: date, hit: Hit) -> Period:
    """Return the week of a feast, or its weekend, which a Monday closes."""
    if hit.holds("weekend"):
        return periods.weekend(feast - timedelta(days=feast.isoweekday() == 1))
    return periods.week(feast)


def _cost(days: tuple[date, date], base: date, way: Direction | None, sure: bool) -> int:
    """Return how far a feast lies off, more where it is against the direction of the verb."""
    gap = (days[0] - base).days
    wrong = (way == "past" and gap > 0) or (way == "future" and (days[1] - base).days < 0)
    return abs(gap) + wrong * (2 if sure else 1) * placing.WRONG_WAY_DAYS


def _feast_year(name: str, hit: Hit, scene: Scene) -> tuple[int | None, Anchor]:
    known = scene.published
    if known.year is None:
        event = scene.story(hit.first)
        if event and event.period.earliest and scene.is_beside(event, hit.first):
            return event.period.earliest.year, "context"
        return None, "none"
    base = known.date
    if base is None:
        return known.year, "publication"
    step = int(hit.value("r")) if hit.has("r") else None
    told: Direction | None = "past" if step == -1 else "future" if step == 1 else None
    way = told or scene.direction(hit.first, hit.last)

    sure = step is None and (way == "future" or scene.narrates(hit.first, hit.last))

    def cost(number: int) -> int:
        return min(
            (_cost(days, base, way, sure) for days in holiday_days(name, number, text=scene.text)),
            default=10_000,
        )

    return min((known.year - 1, known.year, known.year + 1), key=cost), "publication"
