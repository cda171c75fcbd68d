"""Readers of units told from publication or from another date: weeks, weekends, years."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from models.date import UP_TO_A_DAY, Anchor
from pipeline.iso_lengths import month_after, month_end
from pipeline.stages.dates import periods
from pipeline.stages.dates.chronologies import heads_entry
from pipeline.stages.dates.hit import Hit, Reading
from pipeline.stages.dates.periods import Period
from pipeline.stages.dates.read_parts import quarter_near
from pipeline.stages.dates.scene import Event, Scene
from pipeline.stages.dates.written import month_day_of, read_numeric

#: The grains of dates that lie within one week, month or year, by its name.
_INSIDE = {
    "week": UP_TO_A_DAY | {"week"},
    "month": UP_TO_A_DAY | {"month"},
    "year": UP_TO_A_DAY | {"month", "season", "year"},
}

#: Within how many days of publication a day is that of the news.
_NEWS_DAYS = 6


def unit(hit: Hit, scene: Scene) -> list[Reading]:
    """Read "last week", "the following year", "the same day", "the end of the month"."""
    name = hit.value("u") or "year"
    if hit.has("k"):
        return hit.reading(*scene.from_context(name, int(hit.value("k")), hit.first))
    step = int(hit.value("r")) if hit.has("r") else 0
    if name == "day" and step:
        if step < 0 or not hit.holds("next"):
            return []
        return hit.reading(*scene.from_context("day", 1, hit.first))
    if name == "weekend":
        return hit.reading(*_weekend(step, hit, scene))
    narrated = hit.holds("the") and hit.word("r") == "next"
    if narrated and scene.direction(hit.first, hit.last) == "past":
        return hit.reading(*scene.from_context(name, step, hit.first))
    if (
        hit.holds("later", "earlier")
        and not hit.holds("this")
        and (same := _told_last(name, hit, scene)) is not None
    ):
        return hit.reading(same, "context")
    told = hit.holds("in", "end", "start", "beginning", "middle", "close")
    if not hit.has("r") and name in ("day", "week") and not told:
        return []
    return hit.reading(*scene.shifted(name, step))


def _told_last(name: str, hit: Hit, scene: Scene) -> Period | None:
    """Return the 3 June of "will speak on 3 June. Later in the day", told in its paragraph.

    So the June of "spoke on 3 June 1990. Later in the month", which one that "will speak later in
    the month" cannot mean.
    """
    event = scene.last_event(hit.first, fine=name == "day")
    if event is None or event.period.earliest is None or not scene.in_paragraph(event, hit.first):
        return None
    now, day = scene.published.date, event.period.earliest
    lately = name == "day" and now is not None and abs((now - day).days) <= _NEWS_DAYS
    if not lately and _is_of_now(hit, scene, event):
        return None  # "was to return later in the day" behind "on Wednesday" is of that day
    if name == "day":
        return periods.day(day)
    if event.period.grain not in _INSIDE.get(name, ()):
        return None
    return periods.shift(event.period.earliest, name, 0)


def _is_of_now(hit: Hit, scene: Scene, event: Event) -> bool:
    """Tell "will speak later in the month" behind a past day, "spoke earlier" behind one to come.

    So "will speak later in the day".

    Not the entry of a chronology: "3 June 1990: A sees B. B speaks later in the month".
    """
    now, first, last = scene.published.date, event.period.earliest, event.period.latest
    if now is None or first is None or last is None or heads_entry(scene, event):
        return False
    way = "past" if first > now else "future" if last < now else None
    return way is not None and scene.direction(hit.first, hit.last) == way


def _weekend(step: int, hit: Hit, scene: Scene) -> tuple[Period, Anchor]:
    """Return last weekend (the one just past), this one, the next."""
    base = scene.published.date
    if base is None:
        return scene.unplaced("weekend"), "none"
    way = scene.direction(hit.first, hit.last)
    back = -1 if base.isoweekday() < 6 else 0
    if step < 0:
        return periods.shift(base, "weekend", -1), "publication"
    if step > 0 and hit.word("r") == "next" and base.isoweekday() < 4:
        return periods.shift(base, "weekend", 1), "publication"
    if step > 0:
        return periods.shift(base, "weekend", 1 + back), "publication"
    over = way == "past" or (way is None and hit.holds("the") and base.isoweekday() <= 3)
    if over and base.isoweekday() in (4, 5) and scene.is_goal(hit.first, hit.last):
        over = False  # "left for this weekend's summit"
    return periods.shift(base, "weekend", back if over else 0), "publication"


def unit_here(hit: Hit, scene: Scene) -> list[Reading]:
    """Read "over the weekend", "during the week", "in the quarter"."""
    name = hit.value("u") or hit.word("u")
    if name == "weekend":
        return hit.reading(*_weekend(0, hit, scene))
    event = scene.last_event(hit.first, fine=False)
    same = event if event and event.period.grain == name != "year" else None
    if same and scene.in_paragraph(same, hit.first):
        return hit.reading(same.period, "context")
    if name == "quarter":
        return hit.reading(*quarter_near(0, hit, scene))
    return hit.reading(*scene.shifted(name, 0))


def unit_around(hit: Hit, scene: Scene) -> list[Reading]:
    """Read "the day" of "the day after the vote": unplaced, unless it stands beside its date.

    "On 3 May, the day before the vote" is the 3rd.
    """
    if hit.has("p"):
        return hit.reading(
            Period(f"XXXX-XX-XXT{hit.value('p')}", "part_of_day"), "none", kind="TIME"
        )
    name = hit.word("u")
    event = scene.last_event(hit.first, fine=name == "day")
    here = scene.tokens.starts[hit.first]
    if event and event.period.grain == name and scene.text[event.end : here].strip() in (",", "-"):
        return hit.reading(event.period, "context")
    return hit.reading(scene.unplaced(name), "none")


def unit_beside_date(hit: Hit, scene: Scene) -> list[Reading]:
    """Read "the week following 4 May": the days that begin or end beside that one."""
    told = read_numeric(hit.word("t"), scene) if hit.has("t") else month_day_of(hit, scene)
    if told is None or told[0].earliest is None:
        return hit.reading(scene.unplaced(hit.word("u")), "none")
    base, anchor = told[0].earliest, told[1]
    behind = hit.word("s") in ("following", "after")
    far = _stepped(base, hit.word("u"), 1 if behind else -1)
    near = base + timedelta(days=1 if behind else -1)
    first, last = sorted((near, far))
    return hit.reading(periods.between(periods.day(first), periods.day(last)), anchor)


def _stepped(base: date, unit: str, step: int) -> date:
    """Return the day a week, a month or a year from another; the month's last where it has none."""
    if unit == "week":
        return base + timedelta(days=7 * step)
    year, month = month_after(base.year, base.month, (12 if unit == "year" else 1) * step)
    return date(year, month, min(base.day, month_end(year, month).day))


def before_last(hit: Hit, scene: Scene) -> list[Reading]:
    """Read "the week before last", "the night before last", "the week after next"."""
    step = -2 if hit.word("k") == "before" else 2
    if hit.has("p"):
        night, anchor = scene.shifted("day", step)
        timed = replace(night, value=f"{night.value}TNI", grain="part_of_day")
        return hit.reading(timed, anchor, kind="TIME")
    return hit.reading(*scene.shifted(hit.word("u"), step))


def unit_of_event(hit: Hit, scene: Scene) -> list[Reading]:
    """Read "the final year" of "the final year of the war", which no calendar places."""
    unplaced = hit.reading(scene.unplaced(hit.word("u")), "none")
    return [replace(one, last=hit.all("t")[0].first) for one in unplaced]


def week_of(hit: Hit, scene: Scene) -> list[Reading]:
    """Read "the week of March 6"."""
    found = read_numeric(hit.word("t"), scene) if hit.has("t") else month_day_of(hit, scene)
    if found is None:
        return []
    period, anchor = found
    if period.earliest is None:
        return hit.reading(scene.unplaced("week"), anchor)
    make = periods.weekend if hit.holds("weekend") else periods.week
    return hit.reading(make(period.earliest), anchor)
