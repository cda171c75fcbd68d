"""Readers of days, days with a time, and ranges and lists of days."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from models.date import Anchor, Grain
from pipeline.stages.dates import periods, placing
from pipeline.stages.dates.hit import Capture, Hit, Reading
from pipeline.stages.dates.periods import Period
from pipeline.stages.dates.scene import Scene

#: Two-digit years up to this many years after publication's century year read as this century.
PIVOT = 30


def full_year(form: str, near: int | None = None) -> int:
    """Return the year of `2024`, `'97` or `97`."""
    digits = re.sub(r"\D", "", form)
    if len(digits) != 2:
        return int(digits)
    value = int(digits)
    century = (near or 2000) // 100 * 100
    return century + value if value <= (near or 2000) % 100 + PIVOT else century - 100 + value


def day(hit: Hit, scene: Scene) -> list[Reading]:
    """Read one day, with the part of the day or the clock time that belongs to it.

    "on Monday" fires; "Monday Times" does not (see guards.toml).
    """
    found = _which_day(hit, scene)
    if found is None:
        return []
    period, anchor, flags = found
    time = _time_of(hit)
    if time is None:
        return hit.reading(period, anchor, flags=flags)
    grain: Grain = "minute" if time and ":" in time else "part_of_day"
    timed = replace(period, value=period.value + time, grain=grain)
    return hit.reading(timed, anchor, kind="TIME", flags=flags)


def _which_day(hit: Hit, scene: Scene) -> tuple[Period, Anchor, tuple[str, ...]] | None:
    weekday = int(hit.value("w")) if hit.has("w") else 0
    if hit.has("t"):
        written = read_numeric(hit.word("t"), scene)
        return (
            (*written, ()) if written and not weekday else written and _checked(*written, weekday)
        )
    if hit.has("m") and hit.has("d"):
        return _checked(*month_day_of(hit, scene), weekday)
    if hit.has("x"):
        return _told_day(hit, scene)
    if hit.has("d"):
        return _day_of_month(hit, scene, weekday)
    if weekday:
        return (*_weekday(hit, scene, weekday), ())
    return _day_of_time(hit, scene)


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


def month_day_of(hit: Hit, scene: Scene, at: int = 0) -> tuple[Period, Anchor]:
    """Return the day that month, day and (written, told or missing) year give.

    Args:
        at: which of the captured months and days, for ranges.
    """
    months, days = hit.all("m"), hit.all("d")
    month = int(hit.value_of(months[min(at, len(months) - 1)]))
    number = int(re.sub(r"\D", "", days[at].forms[0]))
    return with_year(hit, scene, month, number)


def with_year(hit: Hit, scene: Scene, month: int, number: int) -> tuple[Period, Anchor]:
    """Return a day of a month in the year that the match tells, or that the text sets."""
    year, anchor = year_of(hit, scene)
    if year:
        return placing.calendar_day(year, month, number), anchor
    if anchor == "none":
        return Period(f"XXXX-{month:02d}-{number:02d}", "day"), "none"
    return placing.month_day(month, number, scene, first=hit.first, last=hit.last)


def year_of(hit: Hit, scene: Scene) -> tuple[int | None, Anchor]:
    """Return the year written (`y`) or told (`r` from publication, `k` from the text).

    The anchor is `none` where it is told and cannot be known, `explicit` where nothing tells it.
    """
    if hit.has("y"):
        return full_year(hit.word("y"), scene.published.year), "explicit"
    if hit.has("r"):
        known = scene.published.year
        return (known + int(hit.value("r")), "publication") if known else (None, "none")
    if hit.has("k"):
        event = scene.last_event(hit.first, fine=False)
        step = {"before": -1}.get(hit.word("k"))
        step = int(hit.value("k")) if step is None else step
        if event and event.period.earliest:
            return event.period.earliest.year + step, "context"
        known = scene.published.year
        return (known + step, "publication") if known else (None, "none")
    return None, "explicit"


def read_numeric(form: str, scene: Scene) -> tuple[Period, Anchor] | None:
    """Read a date in digits: ISO, or day and month in either order, the likelier where both fit."""
    if re.match(r"\d{4}", form):
        year, month, number = map(int, re.split(r"[-/.]", form[:10].lower().partition("t")[0]))
        return _if_sound(year, month, number)
    first, second, last = re.split(r"[-/.]", form)
    year = full_year(last, scene.published.year)
    options = [(int(second), int(first)), (int(first), int(second))]
    sound = [
        (period, anchor)
        for month, number in options
        if (found := _if_sound(year, month, number))
        for period, anchor in [found]
    ]
    if len(sound) < 2 or scene.published.date is None or "." in form:
        return sound[0] if sound else None
    base = scene.published.date
    return min(sound, key=lambda one: abs(((one[0].earliest or base) - base).days))


def _if_sound(year: int, month: int, number: int) -> tuple[Period, Anchor] | None:
    if not (1 <= month <= 12 and 1 <= number <= 31 and 1000 <= year <= 2199):
        return None
    return placing.calendar_day(year, month, number), "explicit"


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
    if event and event.period.grain in ("day", "month") and event.anchor != "publication":
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
        if event and event.period.earliest and scene.in_paragraph(event, hit.first):
            return periods.day(event.period.earliest), "context", ()
    return (*scene.shifted("day", 0), ())


def _time_of(hit: Hit) -> str | None:
    """Return the time part of a value: `T17:30`, `TMO`, `T24:00`; None without one."""
    if hit.has("c"):
        parts = re.split(r"[:.]", hit.word("c"))
        hour = _half_day(int(parts[0]), hit.word("a"))
        return "T" + ":".join([f"{hour:02d}", *parts[1:]])
    if hit.has("h"):
        return f"T{_half_day(int(hit.word('h')), hit.word('a'), hit.word('p')):02d}:00"
    if hit.has("g"):
        form = hit.word("g")
        return f"T{form[:2]}:{form[2:]}"
    if "t" in hit.word("t").lower():
        return "T" + hit.word("t").lower().partition("t")[2][:5]
    if hit.has("p"):
        return "T" + hit.value("p")
    if hit.word("x") in ("tonight", "overnight"):
        return "TNI"
    return None


def _half_day(hour: int, half: str, part: str = "") -> int:
    half = half.lower()
    if half.startswith("p") or part in ("afternoon", "evening", "night"):
        return hour % 12 + 12
    if half.startswith("a"):
        return hour % 12
    return hour


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
    if len(spans) == 2 and (joined := _two_running_days(hit, scene)):
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


def _two_running_days(hit: Hit, scene: Scene) -> list[Reading]:
    """Read "July 4 and 5" as one stretch, for the days follow each other."""
    (first, anchor), (last, _) = month_day_of(hit, scene, 0), month_day_of(hit, scene, 1)
    numbers = [int(re.sub(r"\D", "", span.forms[0])) for span in hit.all("d")]
    if numbers[1] - numbers[0] != 1 or "or" in hit.tokens.forms[hit.first : hit.last]:
        return []
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
        pair = int(hit.value_of(month)), int(re.sub(r"\D", "", number.forms[0]))
        found.append((pair, own))
    return found


def weekdays(hit: Hit, scene: Scene) -> list[Reading]:
    """Read a range of weekdays: "Monday-Wednesday" is one, "from Monday to Friday" two."""
    first, last = hit.all("w")
    begin, end = int(hit.value_of(first)), int(hit.value_of(last))
    way = scene.direction(hit.first, hit.last)
    if way == "past":
        until, anchor = placing.weekday(end, scene, first=hit.first, last=hit.last)
        since = _shift_to(until, -((end - begin) % 7), begin)
    else:
        since, anchor = placing.weekday(begin, scene, first=hit.first, last=hit.last)
        until = _shift_to(since, (end - begin) % 7, end)
    if "-" in hit.tokens.forms[first.last : last.first]:
        return hit.reading(periods.between(since, until), anchor)
    return [
        Reading("DATE", since, anchor, first.first, first.last),
        Reading("DATE", until, anchor, last.first, last.last),
    ]


def _shift_to(base: Period, days_away: int, number: int) -> Period:
    if base.earliest is None:
        return Period(f"XXXX-WXX-{number}", "day")
    return periods.day(base.earliest + timedelta(days=days_away))


def weekday_of_week(hit: Hit, scene: Scene) -> list[Reading]:
    """Read "Saturday next week", "Monday of the same week"."""
    number = int(hit.value("w"))
    step = int(hit.value("r") or hit.value("k"))
    whole, anchor = scene.shifted("week", step)
    event = scene.last_event(hit.first, fine=True) if hit.has("k") else None
    if event and event.period.earliest:
        whole, anchor = periods.shift(event.period.earliest, "week", step), "context"
    return hit.reading(_shift_to(whole, number - 1, number), anchor)


def clock_line(hit: Hit, scene: Scene) -> list[Reading]:
    """Read the time that opens an entry of a live report: "09.40 There it is"."""
    period, anchor = scene.shifted("day", 0)
    timed = replace(period, value=f"{period.value}{_time_of(hit)}", grain="minute")
    return hit.reading(timed, anchor, kind="TIME")


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
