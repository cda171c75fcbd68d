"""Readers of one day: its date, weekday or word, and the time of day that goes with it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from models.date import Anchor, Grain
from pipeline.stages.dates import periods, placing
from pipeline.stages.dates.hit import Capture, Hit, Reading
from pipeline.stages.dates.periods import Period
from pipeline.stages.dates.read_clock import time_of
from pipeline.stages.dates.read_ranges import shift_to
from pipeline.stages.dates.scene import Event, Scene
from pipeline.stages.dates.written import month_day_of, read_numeric


def day(hit: Hit, scene: Scene) -> list[Reading]:
    """Read one day, with the part of the day or the clock time that belongs to it.

    "on Monday" fires; "Monday Times" does not (see guards.toml).
    """
    found = _which_day(hit, scene)
    if found is None:
        return []
    period, anchor, flags = found
    time = time_of(hit)
    if time is None:
        return hit.reading(period, anchor, flags=flags)
    grain: Grain = "minute" if time and ":" in time else "part_of_day"
    timed = replace(period, value=period.value + time, grain=grain)
    whole = hit.reading(timed, anchor, kind="TIME", flags=flags)
    at = _joint(hit)
    return whole if at is None else _apart(hit, whole[0], period, at)


def _joint(hit: Hit) -> int | None:
    """Return the place of "on" in "4 p.m. on Friday", or of "at" in "Friday at 4 p.m."."""
    clocks = [one for name in ("c", "h", "g", "p") for one in hit.all(name)]
    if not hit.rule.row.id.endswith(("clock-day", "day-clock")) or not clocks:
        return None
    places = range(hit.first + 1, hit.last - 1)
    return next((at for at in places if hit.tokens.forms[at] in ("on", "at")), None)


def _apart(hit: Hit, whole: Reading, day_of: Period, at: int) -> list[Reading]:
    """Return a time and its day each by itself, as a preposition stands between them."""
    parts = [one for one in hit.all("p") if one.category == "PART"]
    dated = replace(whole, type="DATE", period=day_of)
    if parts:
        part = replace(
            day_of, value=f"{day_of.value}T{hit.value_of(parts[0])}", grain="part_of_day"
        )
        dated = replace(whole, period=part)
    first, second = (whole, dated) if hit.tokens.forms[at] == "on" else (dated, whole)
    return [replace(first, last=at), replace(second, first=at + 1)]


def hours_of_day(hit: Hit, scene: Scene) -> list[Reading]:
    """Read "the early hours of Monday", "the early hours of the morning"."""
    found = day(hit, scene)
    if hit.has("p"):
        return found
    part = "TEV" if hit.holds("late") else "TMO"
    return [
        replace(
            one,
            type="TIME",
            period=replace(one.period, value=one.period.value + part, grain="part_of_day"),
        )
        for one in found
    ]


def day_numbered(hit: Hit, scene: Scene) -> list[Reading]:
    """Read "the second day", "a third straight night", which the text alone does not place.

    What "is the second day" is that of the news.
    """
    if hit.value("o").startswith("-"):
        return []
    is_now = hit.first and hit.tokens.forms[hit.first - 1] in ("is", "'s")
    if hit.word("u") == "night":
        return hit.reading(Period("XXXX-XX-XXTNI", "part_of_day"), "none", kind="TIME")
    if is_now:
        return hit.reading(*scene.shifted("day", 0))
    return hit.reading(scene.unplaced("day"), "none")


def day_of_attacks(hit: Hit, _scene: Scene) -> list[Reading]:
    """Read "9/11", "the Sept. 11 attacks": always those of 2001."""
    written = hit.word("t") or f"{hit.value('m')}/{hit.word('d')}"
    if written != "9/11":
        return []
    return hit.reading(placing.calendar_day(2001, 9, 11), "explicit", aside=True)


def _which_day(hit: Hit, scene: Scene) -> tuple[Period, Anchor, tuple[str, ...]] | None:
    weekday = int(hit.value("w")) if hit.has("w") else 0
    if hit.has("t"):
        written = read_numeric(hit.word("t"), scene)
        return (
            (*written, ()) if written and not weekday else written and _checked(*written, weekday)
        )
    if hit.has("m") and hit.has("d"):
        return _checked(*month_day_of(_of_bare_weekday(hit), scene), weekday)
    if hit.has("x") and not (hit.word("x") == "overnight" and weekday):
        return _told_day(hit, scene)
    if hit.has("d"):
        return _day_of_month(hit, scene, weekday)
    if weekday:
        return (*_weekday(hit, scene, weekday), ())
    return _day_of_time(hit, scene)


def _of_bare_weekday(hit: Hit) -> Hit:
    """Return a match without the "next" of "next Friday, September 8", which tells no year."""
    steps = [name for name in ("r", "k") if hit.has(name)]
    if not hit.has("w") or not steps or hit.all(steps[0])[0].first > hit.all("w")[0].first:
        return hit
    return replace(hit, captures=_without(hit, steps[0]))


def _checked(
    period: Period, anchor: Anchor, weekday: int
) -> tuple[Period, Anchor, tuple[str, ...]]:
    """Add the flags of a day that no calendar has, and of a weekday that is not its own."""
    if period.earliest is None:
        exists = "X" in period.value
        return period, anchor, () if exists else ("no_such_day",)
    if weekday and period.earliest.isoweekday() != weekday:
        return period, anchor, ("weekday_mismatch",)
    return period, anchor, ()


def _told_day(hit: Hit, scene: Scene) -> tuple[Period, Anchor, tuple[str, ...]]:
    """Read "today", "yesterday", "tonight"."""
    step = int(hit.value("x")) if hit.value("x").lstrip("-").isdigit() else 0
    if hit.word("x") == "overnight" and scene.direction(hit.first, hit.last) == "past":
        step = 0
    return (*scene.shifted("day", step), ())


def _day_of_month(
    hit: Hit, scene: Scene, weekday: int
) -> tuple[Period, Anchor, tuple[str, ...]] | None:
    """Read "Wednesday (31)" and "the 18th": the month is publication's, or a neighbour."""
    number = int(re.sub(r"\D", "", hit.word("d")))
    base = scene.published.date
    event = scene.last_event(hit.first, fine=False) if not weekday or base is None else None
    told = event is not None and (
        event.anchor != "publication" or _names_month(event, number, hit, scene)
    )
    if event and event.period.grain in ("day", "month") and told:
        base = event.period.first
        return _checked(placing.calendar_day(base.year, base.month, number), "context", weekday)
    if base is None:
        return Period(f"XXXX-XX-{number:02d}", "day"), "none", ()
    near = [periods.shift(base, "month", step).earliest for step in (-1, 0, 1)]
    days = [placing.calendar_day(first.year, first.month, number) for first in near if first]
    placed = [one for one in days if one.earliest]
    way = scene.direction(hit.first, hit.last)

    def cost(period: Period) -> int:
        gap = (period.first - base).days
        odd = weekday and period.first.isoweekday() != weekday
        wrong = (way == "past" and gap > 0) or (way == "future" and gap < 0)
        return abs(gap) + 20 * bool(odd) + (20 if weekday else 100) * wrong

    return _checked(min(placed, key=cost), "publication", weekday) if placed else None


def days_of_month(hit: Hit, scene: Scene) -> list[Reading]:
    """Read "on the 20th and 21st", "from the 3rd to 5th": one stretch where the days run on.

    "On the 20th and 27th" is two days, each with its own words.
    """
    found = _day_of_month(hit, scene, 0)
    first = found[0].earliest if found is not None else None
    if found is None or first is None:
        return []
    begin, end = hit.all("d")
    month, number = first, int(re.sub(r"\D", "", end.forms[0]))
    if number < first.day:
        month = periods.shift(first, "month", 1).first
    last = placing.calendar_day(month.year, month.month, number)
    if last.earliest is None:
        return []
    if hit.holds("to") or (last.earliest - first).days == 1:
        return hit.reading(periods.between(found[0], last), found[1])
    return [
        Reading("DATE", found[0], found[1], hit.first, begin.last),
        Reading("DATE", last, found[1], end.first, hit.last),
    ]


def _names_month(event: Event, number: int, hit: Hit, scene: Scene) -> bool:
    """Tell whether a month, or an earlier day of one, is told in the paragraph of "the 18th".

    "In April he was in Rome; he left on the 18th" is of April, though no year is told.
    """
    if not scene.in_paragraph(event, hit.first):
        return False
    written = scene.text[event.start : event.end]
    return event.period.grain == "month" or (
        event.period.first.day < number and any(sign.isdigit() for sign in written)
    )


def _weekday(hit: Hit, scene: Scene, number: int) -> tuple[Period, Anchor]:
    if hit.has("r"):
        return placing.stepped_weekday(
            number,
            int(hit.value("r")),
            scene,
            first=hit.first,
            last=hit.last,
            word=hit.word("r"),
        )
    if hit.has("k"):
        step = int(hit.value("k"))
        event = scene.last_event(hit.first, fine=True)
        if event and (found := placing.weekday_from(number, step, event)):
            return found, "context"
        if step:
            return placing.stepped_weekday(
                number, step, scene, first=hit.first, last=hit.last, word=hit.word("k")
            )
    return placing.weekday(number, scene, first=hit.first, last=hit.last)


def _day_of_time(hit: Hit, scene: Scene) -> tuple[Period, Anchor, tuple[str, ...]]:
    """Return the day of a bare time: the one told before ("that evening"), or publication's."""
    if hit.has("k"):
        event = scene.last_event(hit.first, fine=True)
        step = 1 if hit.word("k") == "next" else int(hit.value("k"))
        if event and event.period.earliest:
            return periods.day(event.period.earliest + timedelta(days=step)), "context", ()
        return (*scene.shifted("day", step), ())
    if hit.has("r"):
        return (*scene.shifted("day", -1), ())
    if not hit.holds("this"):
        event = scene.last_event(hit.first, fine=True)
        told = event is not None and scene.tells(event, hit.first)
        if event and event.period.earliest and told:
            return periods.day(event.period.earliest), "context", ()
    return (*scene.shifted("day", 0), ())


def day_of_told_month(hit: Hit, scene: Scene) -> list[Reading]:
    """Read "the 5th of this month", "the 12th instant"."""
    number = int(re.sub(r"\D", "", hit.word("d")))
    if hit.has("k"):
        whole, anchor = scene.from_context("month", int(hit.value("k")), hit.first)
    else:
        whole, anchor = scene.shifted("month", int(hit.value("r")))
    if whole.earliest is None:
        return hit.reading(Period(f"XXXX-XX-{number:02d}", "day"), "none")
    found = placing.calendar_day(whole.earliest.year, whole.earliest.month, number)
    return hit.reading(found, anchor) if found.earliest else []


def stepped_day(hit: Hit, scene: Scene) -> list[Reading]:
    """Read "last January 30", "next May 3": the latest such day gone by, or the first to come.

    "Last May 3, 2021" is of the year told.
    """
    base, days = scene.published.date, [int(c.forms[0]) for c in hit.all("d")]
    month = int(hit.value("m"))
    if hit.has("y") or base is None:
        found, anchor = month_day_of(replace(hit, captures=_without(hit, "r")), scene)
        return hit.reading(found, anchor)
    step = int(hit.value("r")) if hit.has("r") else int(hit.value("k"))
    told = (month, days[0])
    year = base.year
    if step < 0 and told >= (base.month, base.day):
        year -= 1
    if step > 0 and told <= (base.month, base.day):
        year += 1
    first, last = (placing.calendar_day(year, month, number) for number in (days[0], days[-1]))
    if first.earliest is None or last.earliest is None:
        return []
    return hit.reading(first if first == last else periods.between(first, last), "publication")


def weekday_of_week(hit: Hit, scene: Scene) -> list[Reading]:
    """Read "Saturday next week", "Monday of the same week"."""
    number = int(hit.value("w"))
    step = int(hit.value("r") or hit.value("k"))
    whole, anchor = scene.shifted("week", step)
    event = scene.last_event(hit.first, fine=True) if hit.has("k") else None
    if event and event.period.earliest:
        whole, anchor = periods.shift(event.period.earliest, "week", step), "context"
    return hit.reading(shift_to(whole, number - 1, number), anchor)


def day_step(hit: Hit, scene: Scene) -> list[Reading]:
    """Read "the day before yesterday", "the day after tomorrow", "the week before"."""
    step = -1 if hit.word("k") in ("before", "earlier") else 1
    unit = hit.word("u") or "day"
    if hit.has("x") or hit.has("w"):
        found = _which_day(replace(hit, captures=_without(hit, "k")), scene)
        if found is None or found[0].earliest is None:
            return hit.reading(Scene.unplaced("day"), "none")
        return hit.reading(periods.shift(found[0].earliest, "day", step), found[1])
    event = scene.last_event(hit.first, fine=unit in ("day", "week"))
    if event and event.period.earliest:
        return hit.reading(periods.shift(event.period.earliest, unit, step), "context")
    return hit.reading(*scene.shifted(unit, step))


def _without(hit: Hit, name: str) -> dict[str, tuple[Capture, ...]]:
    return {key: found for key, found in hit.captures.items() if key != name}
