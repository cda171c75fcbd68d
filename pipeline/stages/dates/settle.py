"""Give what is told in part the rest that stands later in its sentence.

"He came on 3 May and left on 6 June 2013": the year, only where publication is unknown, for else
the day is placed by it; the same in a list ("In Peru October 8–23. October 9–11, 1933").
"From 7 a.m. to 6 p.m. on Saturday", "at 7 p.m. local time on Saturday": the day. "On Wednesday and
Thursday, 22 and 23 May": which Wednesday.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from datetime import date, timedelta

from models import DateExpression
from pipeline.stages.dates import periods, placing
from pipeline.stages.dates.periods import Period

#: How far ahead the year may stand, in characters.
AHEAD = 150

#: The same in the line of a list.
LIST_AHEAD = 70

#: How many days from a written day one without a year may lie to be of its year.
_BESIDE = 3

#: Rules that read a time without its day.
_BARE_TIMES = ("clock", "clock-bare")

#: What joins two times of one day: "from 7 a.m. to 6 p.m. on Saturday".
_JOINED = re.compile(r"\s*(?:to|and|or|until|till|through|[-–—])\s*")

#: What may place a time where no day is told with it, and what tells one.
_NO_DAY = ("publication", "none")
_OF_ONE_DAY = ("day", "part_of_day")

#: How many days back the hour may lie at which one did what is told as the news.
_LATELY = 3

#: What parts a time from the day of something else: "at 19:00, hours after a vote on Thursday".
_ANOTHER_TIME = re.compile(
    r"\b(?i:after|before|since|following|until|till|had|who|which|whose|that|will|would|"
    r"ahead|prior|from(?! (?-i:(?:the )?[A-Z](?![a-z]*day\b)))|earlier|later|then|than|but|while)\b"
    r"|[;:]|,\s*(?i:and)\b|\b(?i:and\s+on)\b"
)

#: What makes a weekday the owner of what follows: "spoke on Tuesday and Wednesday's vote passed".
_OWNS = ("'s", "’s")

#: What joins two weekdays of one stay: "on Tuesday and on Wednesday".
_STAY = re.compile(r"\s*(?:and|to|until|till|through|[-–—])\s*(?:on )?")

#: What joins the days of a list: "5 January, 6 February and 7 March 2024".
_LISTED = re.compile(r"(?:,? (?:and|or|to|until|till|through) |, | ?[-–] ?)(?:on |from )?")
_MONTH_NAME = re.compile(r"[A-Za-z]{3}")

#: What joins weekdays to the days that say which they are: "Monday to Friday, 20 to 24 May".
_SAID_CLOSER = re.compile(
    r",?\s+(?:(?:and|or|to|until|till|through|on)\s+)?(?:the\s+)?\(?|\s*[-–]\s*"
)

#: A weekday, and any week it is said to be of.
_WEEKDAY = re.compile(rf"(?:(?:next|this|last|coming)\s+)?(?P<name>{'|'.join(calendar.day_name)})")

#: The rule that reads "Thursday next week".
_OF_WEEK = "weekday-of-week"

_YEAR = re.compile(r"\b\d{4}(?=-)")
_YEARLESS = re.compile(r"XXXX-(?P<month>\d{2})(?:-(?P<day>\d{2}))?")
_SENTENCE_END = re.compile(r"[.!?][\"”’]?\s+[\"“‘(]?[A-Z]|\n\s*\n")


def settle_forward(found: Sequence[DateExpression], text: str) -> list[DateExpression]:
    """Return the expressions, those without a year placed where a later one sets it."""
    settled: list[DateExpression] = []
    following: DateExpression | None = None
    for at, one in reversed(list(enumerate(found))):
        if following is not None and _heads_entry(found, at, following, text):
            one = _placed_by(one, following, nearest=True)
        elif following is not None and _share_sentence(one, following, text):
            one = _placed_by(one, following)
        if one.earliest and one.grain in ("day", "month", "part_of_day", "minute"):
            following = one
        settled.append(one)
    return settled[::-1]


def settle_beside(found: Sequence[DateExpression]) -> list[DateExpression]:
    """Return the expressions, days without a year placed by a written day right beside them.

    "Was in Lima from 20 to 23 June. On June 20, 2017, he met the king"; a written day of another
    time of the year ("born on May 3, 1950") places none.
    """
    written = [date.fromisoformat(o.earliest) for o in found if _is_written(o) and o.earliest]
    return [_placed_beside(one, written) for one in found]


def _is_written(one: DateExpression) -> bool:
    return one.type == "DATE" and one.grain == "day" and one.anchor in {"explicit", "context"}


def _placed_beside(one: DateExpression, written: Sequence[date]) -> DateExpression:
    """Return a day, or days from one to another, in the year of the written days near it."""
    parts = [_YEARLESS.fullmatch(part) for part in one.value.split("/")]
    if one.earliest or one.grain != "day" or not all(part and part["day"] for part in parts):
        return one
    for near in written:
        days = [_place_near(part, near) for part in parts if part]
        if any(d.earliest and abs((d.earliest - near).days) <= _BESIDE for d in days):
            return _placed_by(one, _dated(one, near), nearest=True)
    return one


def _dated(one: DateExpression, day: date) -> DateExpression:
    return one.model_copy(update={"earliest": day.isoformat()})


def settle_lists(found: Sequence[DateExpression], text: str) -> list[DateExpression]:
    """Return the expressions, days of a list placed by the year written behind its last one."""
    settled: list[DateExpression] = []
    following: DateExpression | None = None
    for one in reversed(found):
        listed = following is not None and _LISTED.fullmatch(text[one.end : following.start])
        if following is not None and listed and one.anchor == "publication" and one.grain == "day":
            written = "/" not in one.value and _MONTH_NAME.search(one.text) is not None
            one = _placed_by(one, following, told=True) if written else one
        following = one if one.anchor in ("explicit", "context") and one.grain == "day" else None
        settled.append(one)
    return settled[::-1]


def settle_times(found: Sequence[DateExpression], text: str) -> list[DateExpression]:
    """Return the expressions, a bare time placed on the day told behind it in its clause.

    "Landed at 19:00 local time on Thursday evening", "from 7 a.m. to 6 p.m. on Saturday": the day
    is that of the times. "Landed at 19:00, hours after a vote on Thursday", "landed at 19:00 and
    will leave on Thursday" tell of another; "at 19:00 from Lima on Thursday" does not.
    """
    settled = list(found)
    for at in range(len(settled) - 2, -1, -1):
        one, following = settled[at], settled[at + 1]
        bare = one.type == "TIME" and one.rule in _BARE_TIMES
        if bare and one.anchor in _NO_DAY and _has_its_day(one, following, text):
            settled[at] = one.model_copy(
                update={
                    "value": following.value[:10] + one.value[10:],
                    "earliest": following.earliest,
                    "latest": following.latest,
                    "anchor": following.anchor,
                }
            )
    return settled


def _has_its_day(one: DateExpression, following: DateExpression, text: str) -> bool:
    """Tell whether a time is of the day of the expression behind it."""
    gap = text[one.end : following.start]
    if following.type == "TIME" and _JOINED.fullmatch(gap):
        return True
    day = following.earliest if following.earliest == following.latest else None
    if day is None or following.grain not in _OF_ONE_DAY:
        return False
    if len(gap) > AHEAD or _SENTENCE_END.search(text[one.end : following.start + 1]):
        return False
    owns = text[following.end :].startswith(_OWNS)
    return _is_lately(day, one.earliest) and not (owns or _ANOTHER_TIME.search(gap))


def _is_lately(day: str, published: str | None) -> bool:
    """Tell the last days before publication, of which news tells the hours."""
    if published is None:
        return True
    return 0 <= (date.fromisoformat(published) - date.fromisoformat(day)).days <= _LATELY


def settle_weekdays(found: Sequence[DateExpression], text: str) -> list[DateExpression]:
    """Return the expressions, weekdays placed by the days of the month that stand behind them.

    "On Wednesday and Thursday, 22 and 23 May" places both; "on Monday and Thursday, 23 May" only
    the second, which is written with its day. So does "on Wednesday and Thursday next week".
    """
    settled: list[DateExpression] = []
    spell: DateExpression | None = None
    for one in reversed(found):
        weekday = _WEEKDAY.fullmatch(one.text) if one.grain == "day" else None
        joined = spell is not None and _SAID_CLOSER.fullmatch(text[one.end : settled[-1].start])
        if weekday is not None and spell is not None and joined:
            one = _of_spell(one, weekday["name"], spell)
        elif one.rule == _OF_WEEK and one.earliest and one.earliest == one.latest:
            spell = _week_up_to(one, date.fromisoformat(one.earliest))
        elif "/" in one.value and one.rule.startswith("day-"):
            spell = one
        else:
            spell = None
        settled.append(one)
    return settled[::-1]


def _week_up_to(one: DateExpression, day: date) -> DateExpression:
    """Return the days of a weekday's week up to it."""
    monday = day - timedelta(days=day.weekday())
    return one.model_copy(update={"earliest": monday.isoformat()})


def settle_pairs(found: Sequence[DateExpression], text: str) -> list[DateExpression]:
    """Return the expressions, each second weekday of a pair placed behind its first one.

    "Was there on Tuesday and Wednesday", in a text of that Tuesday, is of the day behind it too,
    for all that it tells in the past.
    """
    settled = list(found[:1])
    for one in found[1:]:
        before = settled[-1]
        joined = _STAY.fullmatch(text[before.end : one.start])
        plain = joined and all(told.text in calendar.day_name for told in (before, one))
        plain = plain and not text[one.end :].startswith(_OWNS)
        settled.append(_behind(before, one) if plain else one)
    return settled


def _behind(first: DateExpression, second: DateExpression) -> DateExpression:
    """Return the second of two weekdays as that of the day behind the first, if it is the next."""
    if not first.earliest or not second.earliest or second.earliest > first.earliest:
        return second
    day = date.fromisoformat(first.earliest) + timedelta(days=1)
    if day.weekday() != date.fromisoformat(second.earliest).weekday():
        return second
    told = {"value": day.isoformat(), "earliest": day.isoformat(), "latest": day.isoformat()}
    return second.model_copy(update=told)


def _of_spell(one: DateExpression, name: str, spell: DateExpression) -> DateExpression:
    """Return a weekday as that of the days of a spell, if one of them is such a weekday."""
    if spell.earliest is None or spell.latest is None:
        return one
    first, last = date.fromisoformat(spell.earliest), date.fromisoformat(spell.latest)
    day = first + timedelta(days=(list(calendar.day_name).index(name) - first.weekday()) % 7)
    if day > last:
        return one
    told = {"value": day.isoformat(), "earliest": day.isoformat(), "latest": day.isoformat()}
    return one.model_copy(update={**told, "anchor": "context"})


def _share_sentence(one: DateExpression, following: DateExpression, text: str) -> bool:
    gap = text[one.end : following.start]
    return len(gap) <= AHEAD and not _SENTENCE_END.search(gap)


def _heads_entry(
    found: Sequence[DateExpression], at: int, following: DateExpression, text: str
) -> bool:
    """Tell whether a date is the first of its line, and a written one close behind ends it."""
    one = found[at]
    if one.type != "DATE" or one.anchor not in ("none", "context") or one.grain != "day":
        return False
    gap = text[one.end : following.start]
    before = text[found[at - 1].end : one.start] if at else "\n"
    return (
        following.anchor == "explicit"
        and len(gap) <= LIST_AHEAD
        and gap.endswith((". ", "; "))
        and "\n" not in gap
        and "\n" in before
        and text[following.end : following.end + 1] in ("", "\n")
    )


def _placed_by(
    one: DateExpression, following: DateExpression, *, nearest: bool = False, told: bool = False
) -> DateExpression:
    value = _YEAR.sub("XXXX", one.value) if nearest or told else one.value
    parts = [_YEARLESS.fullmatch(part) for part in value.split("/")]
    if one.text.lower().endswith("year"):  # "in January this year" tells its own
        return one
    if one.type != "DATE" or following.earliest is None or not all(parts):
        return one
    limit = date.fromisoformat(following.earliest)
    place = _place_near if nearest else _place
    placed = [place(part, limit) for part in parts if part]
    whole = placed[0] if len(placed) == 1 else periods.between(placed[0], placed[-1])
    if whole.earliest is None or whole.latest is None:
        return one
    return one.model_copy(
        update={
            "value": whole.value,
            "earliest": whole.earliest.isoformat(),
            "latest": whole.latest.isoformat(),
            "anchor": "context",
        }
    )


def _place_near(part: re.Match[str], limit: date) -> Period:
    """Return the nearest such day or month to the date that sets the year."""
    away = limit.month - int(part["month"])
    return _in_year(part, limit.year + round(away / 12))


def _place(part: re.Match[str], limit: date) -> Period:
    """Return the last such day or month that is not behind the date that sets the year."""
    month, day = int(part["month"]), int(part["day"] or 1)
    year = limit.year if (month, day) <= (limit.month, limit.day) else limit.year - 1
    return _in_year(part, year)


def _in_year(part: re.Match[str], year: int) -> Period:
    month = int(part["month"])
    if part["day"]:
        return placing.calendar_day(year, month, int(part["day"]))
    return periods.month(year, month)
