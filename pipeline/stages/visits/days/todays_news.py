"""Reports without a date of their own of what a guest did "today", or before he leaves."""

from __future__ import annotations

from models.date import OF_ONE_DAY
from pipeline.discourse.facts import DONE_BEFORE
from pipeline.discourse.scene import Scene
from pipeline.stages.visits.candidate import ASIDE, Candidate
from pipeline.stages.visits.merging.trip import Trip
from pipeline.stages.visits.outcome.signs import Told, is_yet_to_do
from pipeline.stages.visits.tables import word_set

#: A day that nothing in the article places on the calendar is written so.
_UNPLACED = "XXXX-"
_OF_STAY = frozenset({"meeting", "presence", "received", ASIDE})
#: How "flew to Lima" is told apart from "arrived in Lima": who went may be back.
_WENT = "went"


def is_of_todays_news(told: Told, trip: Trip) -> bool:
    """Tell the news of the day of a guest's stay, in an article that gives no date.

    "The president received the king of Spain today", "received him on Tuesday. The king leaves on
    Friday", "the king, on a visit to Peru, met him on Tuesday" fire; "received him on Tuesday"
    alone, "last Tuesday", what is told far behind the opening, and a trip of which a date or the
    end is told do not.
    """
    scene = told.scene
    if scene.article.published is not None or trip.count != 1:
        return False
    tellings = [c for c in trip.candidates if c.status not in {None, "planned"}]
    if not all(map(_may_be_of_today, tellings)):
        return False
    opening = [c for c in tellings if c.at < told.lead(trip)]
    first = [c for c in opening if _is_of_stay(scene, c)]
    if any(_has_day(scene, c, weekdays=False) for c in first):
        return True
    by_the_way = any(ASIDE in c.notes for c in opening)
    of_week = any(_has_day(scene, c, weekdays=True) for c in first)
    return of_week and (by_the_way or is_yet_to_do(told, trip))


def _may_be_of_today(candidate: Candidate) -> bool:
    """Tell what happened from what had happened before, and from a leaving."""
    return (
        candidate.status == "completed"
        and not candidate.when
        and not candidate.previous
        and candidate.phase in {"whole", "none", "arrive"}
        and (candidate.fact.reason != _WENT or candidate.phase == "arrive")
        and candidate.fact.reason not in DONE_BEFORE
    )


def _is_of_stay(scene: Scene, candidate: Candidate) -> bool:
    """Tell a coming, what is done while a guest is there, or said of a "visiting minister"."""
    visiting = scene.doc[candidate.at]
    of_guest = visiting.dep_ == "amod" and visiting.lower_ == "visiting"
    came = candidate.phase == "arrive" and scene.doc[candidate.at].pos_ == "VERB"
    return of_guest or came or bool(_OF_STAY & set(candidate.notes))


def _has_day(scene: Scene, candidate: Candidate, *, weekdays: bool) -> bool:
    """Tell the day of the news, "today" or a weekday, from the "last Tuesday" of another."""
    sentence = scene.sentence(candidate.at)
    days = [
        told.text.lower().split()
        for told in scene.dates
        if sentence.start_char <= told.start < sentence.end_char
        and told.grain in OF_ONE_DAY
        and told.value.startswith(_UNPLACED)
    ]
    if any(set(day) & word_set("previous") for day in days):
        return False
    return bool(days) if weekdays else any(set(day) & word_set("<today>") for day in days)


__all__ = ["is_of_todays_news"]
