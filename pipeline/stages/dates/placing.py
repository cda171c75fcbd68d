"""Put days, weekdays and months without a year on the calendar.

The order is the same everywhere: a date in the text that sets the year, else the publication date
with the direction of the verb, else the nearest occurrence; with none of these, no place.
"""

from __future__ import annotations

from datetime import date, timedelta

from models.date import OF_ONE_DAY, Anchor
from pipeline.stages.dates import periods
from pipeline.stages.dates.chronologies import entry_year, heading_year
from pipeline.stages.dates.cues import Direction
from pipeline.stages.dates.month_runs import run_year
from pipeline.stages.dates.near_days import is_promised
from pipeline.stages.dates.past_trips import is_of_past_trip
from pipeline.stages.dates.periods import Period
from pipeline.stages.dates.plans import first_day_told, plans_on, told_beside, week_planned
from pipeline.stages.dates.scene import Event, Scene
from pipeline.weekdays import is_just_ahead, is_just_over

#: A day that lies so few days on the wrong side of publication is still that year's: stories are
#: dated late and time zones differ.
SLACK_DAYS = 3

#: What an occurrence against the direction of the verb weighs, in days of distance. News writes a
#: day without its year when it is near: within eleven weeks the nearest one wins over the verb.
WRONG_WAY_DAYS = 200

#: What a day that is not the weekday named with it weighs: less than another year's.
ODD_WEEKDAY_DAYS = 300

#: Months to come so near are meant where the verb before only tells ("told of a cut in May").
NEAR_MONTHS = 2

#: Months over for so few are those that a thing is from ("the poll from September").
SOURCE_MONTHS = 4

_WEEK = 7

#: A month so little before a date told in another year is of that year.
BACK_MONTHS = 2
#: A day so long before publication is what a report tells of, in days.
NEWS_DAYS = 14


def calendar_day(year: int, month: int, day: int) -> Period:
    """Return a day; one that no calendar has (30 February) keeps its value and has no place."""
    try:
        return periods.day(date(year, month, day))
    except ValueError:
        return Period(f"{year:04d}-{month:02d}-{day:02d}", "day")


def weekday(
    number: int, scene: Scene, *, first: int, last: int, direction: Direction | None = None
) -> tuple[Period, Anchor]:
    """Return the day of a bare weekday (1 Monday), by the news habit the last one past."""
    base, anchor = _base_day(scene, first)
    if base is None:
        return Period(f"XXXX-WXX-{number}", "day"), "none"
    if (since := _opens_range(scene, first)) is not None:
        return periods.day(since + timedelta(days=(number - since.isoweekday()) % _WEEK)), anchor
    way = direction or scene.direction(first, last)
    if (event := _day_led_from(scene, number, first, way, base)) is not None:
        return periods.day(event + timedelta(days=(number - event.isoweekday()) % _WEEK)), anchor
    ahead = (number - base.isoweekday()) % _WEEK
    soon = 0 < ahead < _WEEK - ahead and not _has_begun(base, scene, first)
    near = soon or _has_set_out(ahead, base, scene, first)
    if way == "past" and near and scene.is_goal(first, last):
        way = "future"  # "left on Thursday for Saturday's summit"
    elif way == "past" and is_just_ahead(ahead) and scene.had_been_planned(first, last):
        way = "future"  # "called off his trip. He had been due to leave on Friday"
    elif way == "future" and is_just_over(_WEEK - ahead) and anchor == "publication":
        told = direction is not None or scene.heads(first, last) or _goes_on(base, scene, first)
        told = told or (
            is_promised(*scene.sentence_parts(first, last))
            and not _is_told_over(base - timedelta(days=_WEEK - ahead), scene)
        )
        way = "future" if told else "past"
    if way == "future":
        base = _day_before(number, base, scene, first) or base
        return periods.day(base + timedelta(days=(number - base.isoweekday()) % 7)), anchor
    return periods.day(base - timedelta(days=(base.isoweekday() - number) % 7)), anchor


def _day_led_from(
    scene: Scene, number: int, first: int, way: Direction | None, base: date
) -> date | None:
    """Return the day told before from which a weekday counts, however far that lies ahead.

    "Will arrive in Lima on Monday, 24 June. On Wednesday he will fly to Quito", told in May; and
    the Saturday of "met her in Lima on Saturday before flying to Quito on Sunday", and the Monday
    of "will visit Lima next week. On Wednesday he will meet the king".
    """
    event = scene.timeline[-1] if scene.timeline else None
    if way == "future" and (monday := week_planned(scene, number, first, base)) is not None:
        return monday
    if event is None or event.period.grain not in OF_ONE_DAY:
        return None
    day = event.period.earliest
    if day is None or event.period.latest != day:
        return None
    if way == "future" and (day - base).days >= _WEEK:
        day = first_day_told(scene, event, base) or day  # "from Monday to Thursday"
        told = (day - base).days >= _WEEK and plans_on(scene, event, first)
        return day if told else None
    near = way != "future" and abs((base - day).days) < _WEEK
    return day if near and scene.comes_before(event, first) else None


def _opens_range(scene: Scene, first: int) -> date | None:
    """Return the first day of a stretch that a weekday ends ("from next Monday to Wednesday").

    So "from Monday evening to Wednesday morning".
    """
    event = scene.timeline[-1] if scene.timeline else None
    if event is None or event.period.grain not in OF_ONE_DAY:
        return None
    if not scene.runs_to(event, first):
        return None
    return event.period.earliest


def _has_set_out(ahead: int, base: date, scene: Scene, first: int) -> bool:
    """Tell whether one set out after the last such weekday ("left on Monday for a summit on")."""
    event = scene.timeline[-1] if scene.timeline else None
    if event is None or event.period.grain not in ("day", "part_of_day", "minute"):
        return False
    left, last = event.period.earliest, base - timedelta(days=(_WEEK - ahead) % _WEEK)
    return left is not None and last < left <= base and scene.is_beside(event, first)


def _goes_on(base: date, scene: Scene, first: int) -> bool:
    """Tell a weekday behind another day to come ("he flies on Sunday and is back on Friday")."""
    event = scene.timeline[-1] if scene.timeline else None
    ahead = event is not None and event.period.earliest is not None and event.period.earliest > base
    return event is not None and ahead and scene.is_beside(event, first)


def _is_told_over(day: date, scene: Scene) -> bool:
    """Tell the Wednesday of "landed on Wednesday. On Wednesday night she will meet the king".

    The report of Wednesday is dated Thursday; another week's would be "next Wednesday".
    """
    return any(
        event.period.grain in OF_ONE_DAY
        and event.anchor == "publication"
        and event.period.earliest == event.period.latest == day
        for event in scene.timeline
    )


def _has_begun(base: date, scene: Scene, first: int) -> bool:
    """Tell whether one set out in a week that is over ("left last week for a summit on")."""
    event = scene.timeline[-1] if scene.timeline else None
    if event is None or event.period.grain in ("day", "part_of_day", "minute"):
        return False
    last = event.period.latest
    return last is not None and last < base and scene.is_beside(event, first)


def _day_before(number: int, base: date, scene: Scene, first: int) -> date | None:
    """Return the day to come that a weekday follows ("on Tuesday he flies to Oslo before …")."""
    event = scene.timeline[-1] if scene.timeline else None
    if event is None or event.period.grain not in ("day", "part_of_day", "minute"):
        return None
    until = event.period.earliest
    near = base + timedelta(days=(number - base.isoweekday()) % 7)
    if until is None or until <= near or not scene.leads_to(event, first):
        return None
    return until


def _base_day(scene: Scene, first: int) -> tuple[date | None, Anchor]:
    if scene.published.date:
        return scene.published.date, "publication"
    event = scene.story(first) if scene.published.year is None else None
    if event and event.period.grain == "day" and event.anchor in ("explicit", "context"):
        return event.period.earliest, "context"
    return None, "none"


def stepped_weekday(
    number: int, step: int, scene: Scene, *, first: int, last: int, word: str
) -> tuple[Period, Anchor]:
    """Return "last Friday", "this Friday", "next Friday", "the coming Friday"."""
    base = scene.published.date
    if base is None:
        return Period(f"XXXX-WXX-{number}", "day"), "none"
    if step < 0:
        back = (base.isoweekday() - number - 1) % 7 + 1
        return periods.day(base - timedelta(days=back)), "publication"
    if step > 0:
        ahead = (number - base.isoweekday() - 1) % 7 + 1
        if word == "next" and number > base.isoweekday() and ahead < 4:
            ahead += 7
        return periods.day(base + timedelta(days=ahead)), "publication"
    way = scene.direction(first, last) or "future"
    return weekday(number, scene, first=first, last=last, direction=way)


def weekday_from(number: int, step: int, event: Event) -> Period | None:
    """Return the weekday before, after or in the week of a date told before."""
    base = event.period.earliest
    if base is None:
        return None
    if step > 0:
        return periods.day(base + timedelta(days=(number - base.isoweekday() - 1) % 7 + 1))
    if step < 0:
        return periods.day(base - timedelta(days=(base.isoweekday() - number - 1) % 7 + 1))
    return periods.day(base + timedelta(days=number - base.isoweekday()))


def month_day(
    month: int, day: int, scene: Scene, *, first: int, last: int, weekday: int = 0
) -> tuple[Period, Anchor]:
    """Return a day and month without a year; a weekday beside it votes for its year."""
    story = _story(scene, first, last, month, day)
    if story:
        year = _following_year(story, month)
        told = calendar_day(year, month, day)
        if not weekday or not told.earliest or told.earliest.isoweekday() == weekday:
            return told, "context"
    known = scene.published
    if known.year is None:
        return Period(f"XXXX-{month:02d}-{day:02d}", "day"), "none"
    if known.date is None:
        return calendar_day(_month_year(scene, month, first, last), month, day), "publication"
    way = scene.direction(first, last)
    choices = [known.year - 1, known.year, known.year + 1]
    placed = [found for year in choices if (found := calendar_day(year, month, day)).earliest]
    if not placed:
        return calendar_day(known.year, month, day), "publication"
    base = known.date
    if scene.is_since(first):
        placed = [found for found in placed if found.first <= base] or placed

    over = way == "past" and _has_happened(scene, first, last)

    def cost(period: Period) -> int:
        gap = (period.first - base).days
        wrong = (way == "past" and gap > SLACK_DAYS) or (way == "future" and gap < -SLACK_DAYS)
        odd = weekday and period.first.isoweekday() != weekday
        weight = 2 * WRONG_WAY_DAYS if over else WRONG_WAY_DAYS
        return abs(gap) + wrong * weight + bool(odd) * ODD_WEEKDAY_DAYS

    return min(placed, key=cost), "publication"


def month(number: int, scene: Scene, *, first: int, last: int) -> tuple[Period, Anchor]:
    """Return a bare month."""
    story = _story(scene, first, last, number)
    if story:
        return periods.month(_following_year(story, number), number), "context"
    if scene.published.year is None:
        return Period(f"XXXX-{number:02d}", "month"), "none"
    return periods.month(_month_year(scene, number, first, last), number), "publication"


def season(code: str, scene: Scene, *, first: int, last: int) -> tuple[Period, Anchor]:
    """Return a bare season."""
    if scene.published.year is None:
        story = _story(scene, first, last)
        if story and story.period.earliest:
            return periods.season(story.period.earliest.year, code), "context"
        return Period(f"XXXX-{code}", "season"), "none"
    middle = periods.SEASON_MONTHS[code] + 1
    year = _month_year(scene, (middle - 1) % 12 + 1, first, last)
    return periods.season(year - (1 if middle > 12 else 0), code), "publication"


def _month_year(scene: Scene, month_number: int, first: int, last: int) -> int:
    """Return the year of a month near publication."""
    year, now = scene.published.year, scene.published.month
    if year is None:
        raise ValueError("a month is placed by the year of publication")
    if now is None:
        return year
    gap = month_number - now
    way = scene.direction(first, last)
    if way == "future" and (told := told_beside(scene, first)) is not None:
        return told.year + (month_number <= told.month)
    if gap > 0 and way == "past" and (gap > NEAR_MONTHS or _is_over(scene, first, last)):
        return year - 1
    if gap > 6 and way is None:
        return year - 1
    if gap < 0 and (way == "future" or (way is None and gap < -6)):
        near = gap >= -SOURCE_MONTHS and scene.comes_from(first)
        return year if near else year + 1
    return year


def _is_over(scene: Scene, first: int, last: int) -> bool:
    """Tell whether what is dated is told as done: "was freed in May", "in May he had left"."""
    return _has_happened(scene, first, last) or scene.narrates(first, last)


def _has_happened(scene: Scene, first: int, last: int) -> bool:
    """Tell "arrived on 3 October" from "had been due to arrive on 3 October", yet ahead."""
    if is_of_past_trip(*scene.sentence_parts(first, last)):
        return True
    return scene.happened(first, last) and not scene.had_been_planned(first, last)


def _story(scene: Scene, first: int, last: int, month: int = 0, day: int = 31) -> Event | None:
    """Return the date before that sets the year, if it is another year than publication's."""
    if (entry := entry_year(scene, first) or heading_year(scene, first)) is not None:
        return entry
    if (run := run_year(scene, first)) is not None:
        return run
    event = scene.story(first)
    if event is None and month and scene.published.year:
        event = scene.goes_on(first, month, day) or scene.leads_story(first, month)
    if event is None or event.period.earliest is None:
        return None
    if scene.published.year is None:
        return event
    if event.period.earliest.year == scene.published.year:
        return None
    if scene.names_thing(event) and _is_news(scene, month, day):
        return None
    ahead = event.period.earliest.year > scene.published.year
    return event if scene.direction(first, last) == ("future" if ahead else "past") else None


def _is_news(scene: Scene, month: int, day: int) -> bool:
    """Tell a day that lies in the last days before publication, of which a report tells."""
    now = scene.published.date
    if now is None or not month:
        return False
    told = (calendar_day(year, month, day).earliest for year in (now.year, now.year - 1))
    return any(one is not None and 0 <= (now - one).days <= NEWS_DAYS for one in told)


def _following_year(event: Event, month_number: int) -> int:
    """Return the year in which a month comes round after (or in the year of) a date."""
    begin = event.period.first
    if event.period.grain == "year":
        return begin.year
    back = begin.month - month_number
    return begin.year if back <= BACK_MONTHS else begin.year + 1
