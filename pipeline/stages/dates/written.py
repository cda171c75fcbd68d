"""Days and years as they are written or told: the parts that several readers share."""

from __future__ import annotations

import re

from models.date import Anchor
from pipeline.stages.dates import placing
from pipeline.stages.dates.hit import Capture, Hit
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


def month_day_of(hit: Hit, scene: Scene, at: int = 0) -> tuple[Period, Anchor]:
    """Return the day that month, day and (written, told or missing) year give.

    Args:
        at: which of the captured months and days, for ranges.
    """
    months, days = hit.all("m"), hit.all("d")
    month = int(hit.value_of(months[min(at, len(months) - 1)]))
    return with_year(hit, scene, month, day_number(hit, days[at]))


def day_number(hit: Hit, capture: Capture) -> int:
    """Return the day of a month: 21 for "21", "21st" and "twenty-first"."""
    if digits := re.sub(r"\D", "", capture.forms[0]):
        return int(digits)
    ones = int(hit.values[("ORDDAY", capture.forms[-1])])
    return ones + int(hit.values.get(("TENS", capture.forms[0]), 0))


def with_year(hit: Hit, scene: Scene, month: int, number: int) -> tuple[Period, Anchor]:
    """Return a day of a month in the year that the match tells, or that the text sets."""
    year, anchor = year_of(hit, scene)
    if year:
        return placing.calendar_day(year, month, number), anchor
    if anchor == "none":
        return Period(f"XXXX-{month:02d}-{number:02d}", "day"), "none"
    weekdays = hit.all("w")
    weekday = int(hit.value_of(weekdays[0])) if len(weekdays) == 1 else 0
    return placing.month_day(month, number, scene, first=hit.first, last=hit.last, weekday=weekday)


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
