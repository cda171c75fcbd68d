"""Days without a year that carry on a story of an earlier one.

"Recognised it on 4 March 1992. Weeks after, on 30 April, they opened relations": that of 1992, not
the last one before the publication. So "His visit in 2003 was a turning point. On 4 May they raised
their ties", read long after a May. "Opened relations in May 1992. On 3 May the minister flew home",
printed on 5 May, is today's.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from models import DateExpression
from pipeline.discourse.scene import Scene
from pipeline.discourse.timing.of_trips import partial
from pipeline.discourse.verb_forms import tense_of
from pipeline.discourse.verbs import verb_above
from pipeline.iso_lengths import DAY, MONTH
from pipeline.stages.upgrades.tables import words

#: A placed date: its first token, the token behind it, and what it says.
Placed = tuple[int, int, DateExpression]

#: How many sentences behind the date with a year its story goes on.
_REACH = 1
#: A day so long before the publication is not the report's own, in days.
_OLD_DAYS = 60
_GRAINS = frozenset({"day", "month"})
_YEARLY = _GRAINS | {"year"}


def narrated(scene: Scene, dates: Sequence[Placed]) -> list[Placed]:
    """Return placed dates, those without a year in the year of the story that they carry on."""
    told: list[Placed] = []
    for start, end, expression in dates:
        before = told[-1] if told else None
        moved = _in_year_of(scene, before, start, expression) if before else None
        told.append((start, end, moved or expression))
    return told


def _in_year_of(
    scene: Scene, before: Placed, start: int, expression: DateExpression
) -> DateExpression | None:
    published = scene.article.published
    if expression.anchor != "publication" or expression.grain not in _GRAINS or not published:
        return None
    if words("counted_from_now").intersection(expression.text.lower().split()):
        return None  # "in August this year"
    if before[2].anchor not in {"explicit", "context"} or before[2].grain not in _YEARLY:
        return None
    if before[2].grain == "year" and not _opens_story(scene, before[0]):
        return None
    earlier, own = partial(before[2]), partial(expression)
    if earlier is None or own is None or earlier[0][:4] >= published[:4]:
        return None
    between = scene.sentence_of[start] - scene.sentence_of[before[0]]
    if between > _REACH or "\n\n" in scene.article.text[before[2].end : expression.start]:
        return None
    goes_on = _is_told_on(scene, start) or _is_old(own[0], published)
    if not goes_on or not _is_past(scene, start):
        return None
    month_day = own[0][5:]
    year = int(earlier[0][:4]) + (month_day < earlier[0][5 : 5 + len(month_day)])
    placed = f"{year:04d}-{month_day}"
    if placed > published[: len(placed)]:
        return None
    first, last = _bounds(placed)
    if first is None or last is None:
        return None
    return expression.model_copy(
        update={"value": placed, "earliest": first, "latest": last, "anchor": "context"}
    )


def _opens_story(scene: Scene, start: int) -> bool:
    """Tell the year of "in 2003, she flew to Lima" from "partners since 2003", what had been."""
    within = scene.doc[max(0, start - 1)].lower_ == "in"
    verb = verb_above(scene.doc[start])
    if not within or verb is None:
        return False
    perfect = any(c.lower_ in {"has", "have", "had"} and c.dep_ == "aux" for c in verb.children)
    return tense_of(verb) == "past" and not perfect


def _is_told_on(scene: Scene, start: int) -> bool:
    """Tell "Days after, on 17 December", "two months later, in May"."""
    sentence = scene.sentence(start)
    before = [token.lower_ for token in scene.doc[max(sentence.start, start - 5) : start]]
    return any(word in words("told_on") for word in before)


def _is_old(day: str, published: str) -> bool:
    """Tell a day ahead of the publication, or long before it, from one of the report."""
    now = date.fromisoformat(published) if len(published) == DAY else None
    if now is None:
        return False
    oldest = (now - timedelta(days=_OLD_DAYS)).isoformat()
    return day > published[: len(day)] or day < oldest[: len(day)]


def _is_past(scene: Scene, start: int) -> bool:
    verb = verb_above(scene.doc[start])
    return verb is not None and tense_of(verb) == "past"


def _bounds(placed: str) -> tuple[str | None, str | None]:
    """Return the first and last day of a day or month, none for one that no calendar has."""
    try:
        first = date.fromisoformat(placed if len(placed) > MONTH else f"{placed}-01")
    except ValueError:
        return None, None
    if len(placed) > MONTH:
        return placed, placed
    last = (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return first.isoformat(), last.isoformat()


__all__ = ["Placed", "narrated"]
