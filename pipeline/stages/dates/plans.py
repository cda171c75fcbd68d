"""Plans that a text goes on to tell, and what was said on a past day that would be."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from models.date import UP_TO_A_DAY
from pipeline.lexicon import any_of, word_lists
from pipeline.stages.dates.scene import STORY_REACH, TOLD_AFTER, Event, Scene

_words = word_lists("pipeline.stages.dates", "plan_words.toml")
#: A name near the start of a sentence.
_NAME, _NAME_REACH = re.compile(r"\b[A-Z][\w’'-]{2,}"), 40
#: What sets the date behind it after a past one: "said in May that she would go in June".
_WOULD = re.compile(
    r",? to [a-z]|.*\b(?:would|wouldn[’']t|could|might|(?:was|were) to)\b", re.DOTALL
)
_WILL = re.compile(r"\b(?:will|shall|won[’']t)\b|[’']ll\b")
#: On the weekend before the week of a trip one sets out for it.
_SATURDAY = 6


@cache
def _same_one() -> re.Pattern[str]:
    """Return the pattern of who goes on with the plan of the sentence before: "the new premier"."""
    offices = any_of(_words("who-goes-on"))
    return re.compile(rf"\b(?:[Hh]e|[Ss]he|[Tt]hey|[Tt]he (?:\w+ ){{0,2}}(?:{offices}))\b")


@cache
def _plan() -> re.Pattern[str]:
    """Return the pattern of what one does whose days a plan goes on to tell: "will arrive on"."""
    return _of_stems("planned-stem", "planned")


@cache
def _departs() -> re.Pattern[str]:
    return _of_stems("departs-stem", "departs")


@cache
def _begins() -> re.Pattern[str]:
    """Return the pattern of what stands right before a trip's first day: "a trip from"."""
    return re.compile(rf"\b(?:{any_of(_words('first-day'))})(?: on)? ?$")


@cache
def _sooner() -> re.Pattern[str]:
    """Return the pattern of what tells of a thing done sooner than the plan told before."""
    return re.compile(rf"(?i)\b(?:{any_of(_words('sooner'))})\b")


def _of_stems(stems: str, whole: str) -> re.Pattern[str]:
    """Return the pattern of words that begin with those of one list, and of another's words."""
    return re.compile(rf"\b(?:{any_of(_words(stems))}|(?:{any_of(_words(whole))})\b)")


def plans_on(scene: Scene, event: Event, first: int) -> bool:
    """Tell whether a sentence goes on with the plan of one that told a date before.

    "On Wednesday he will fly to Quito"; not "First, he will see the king on Wednesday", nor
    "Parliament will vote on Wednesday", nor behind a date on which nobody travels or meets.
    """
    here = scene.tokens.starts[first]
    low, high = scene.tenses.sentence(here, scene.tokens.ends[first])
    if here - event.end > STORY_REACH or event.end > low:
        return False
    told, plan = scene.text[low:high], scene.tenses.sentence(event.start, event.end)
    if not _plan().search(scene.text, *plan):
        return False
    return bool(_same_one().search(told)) and not _sooner().search(told)


def first_day_told(scene: Scene, event: Event, now: date) -> date | None:
    """Return the first of the days to come that the sentence of a date tells."""
    low, _ = scene.tenses.sentence(event.start, event.end)
    beside = (e for e in reversed(scene.timeline) if low <= e.start <= event.start)
    days = (e.period.earliest for e in beside if e.period.grain in UP_TO_A_DAY)
    return min((day for day in days if day is not None and day > now), default=None)


def week_planned(scene: Scene, number: int, first: int, now: date) -> date | None:
    """Return the Monday of the week to come of which a plan goes on to tell a weekday.

    "Will visit Lima next week. On Wednesday he will meet the king"; "he leaves on Sunday" and "his
    trip from Sunday" are of the weekend before.
    """
    here = scene.tokens.starts[first]
    for event in reversed(scene.timeline):
        if here - event.end > STORY_REACH:
            return None
        if event.period.grain == "week":
            monday = event.period.earliest
            if monday is None or monday <= now or not _keeps_to(scene, event, here):
                return None
            told = scene.text[scene.tenses.sentence(here, here)[0] : here]
            before = number >= _SATURDAY and (_departs().search(told) or _begins().search(told))
            return None if before else monday
    return None


def _keeps_to(scene: Scene, event: Event, here: int) -> bool:
    low, high = scene.tenses.sentence(here, here)
    told = scene.text[max(low, event.end) : here]
    if _sooner().search(told):
        return False
    if event.end > low:
        return not TOLD_AFTER.search(told)
    first, last = scene.tenses.sentence(event.start, event.end)
    named = set(_NAME.findall(told[:_NAME_REACH])) & set(_NAME.findall(scene.text, first, last))
    same = named or _same_one().search(scene.text, low, high)
    return bool(same) and _plan().search(scene.text, first, last) is not None


def told_beside(scene: Scene, first: int) -> date | None:
    """Return the past day on which one told what would be: "said in May she would go in".

    None where it is told what will be, counted from now.
    """
    event = scene.timeline[-1] if scene.timeline else None
    now = scene.published.date
    if event is None or now is None or event.period.grain not in UP_TO_A_DAY | {"month"}:
        return None
    between = scene.text[event.end : scene.tokens.starts[first]]
    over = event.period.latest is not None and event.period.latest < now
    shifted = _WOULD.match(between) is not None and _WILL.search(between) is None
    return event.period.earliest if over and shifted and scene.is_beside(event, first) else None


__all__ = ["first_day_told", "plans_on", "told_beside", "week_planned"]
