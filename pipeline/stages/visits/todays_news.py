"""Reports without a date of their own of what a guest did "on Tuesday" or "today"."""

from __future__ import annotations

from pipeline.discourse.scene import Scene
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.tables import word_set
from pipeline.stages.visits.trip import Trip

#: A day that nothing in the article places on the calendar is written so.
_UNPLACED = "XXXX-"
_OF_STAY = frozenset({"meeting", "presence", "received"})
_EARLIER = frozenset({"perfect", "pluperfect", "followed"})
#: How "flew to Lima" is told apart from "arrived in Lima": who went may be back.
_WENT = "went"


def is_of_todays_news(scene: Scene, trip: Trip, *, lead: int) -> bool:
    """Tell the news of the day of a guest's stay, in an article that gives no date.

    "The president received the king of Spain on Tuesday", "the king of Spain came to Lima Tuesday"
    fire; "received him last Tuesday", what is told far behind the opening, and a trip of which a
    date or the end is told do not.

    Args:
        lead: token index up to which the article's opening goes.
    """
    if scene.article.published is not None or trip.count != 1:
        return False
    told = [c for c in trip.candidates if c.status is not None]
    return all(map(_may_be_of_today, told)) and any(
        c.at < lead and _is_of_stay(scene, c) and _has_unplaced_day(scene, c) for c in told
    )


def _may_be_of_today(candidate: Candidate) -> bool:
    """Tell what happened from what had happened before, and from a leaving."""
    return (
        candidate.status == "completed"
        and not candidate.when
        and not candidate.previous
        and candidate.phase in {"whole", "none", "arrive"}
        and (candidate.fact.reason != _WENT or candidate.phase == "arrive")
        and candidate.fact.reason not in _EARLIER
    )


def _is_of_stay(scene: Scene, candidate: Candidate) -> bool:
    """Tell a coming, what is done while a guest is there, or said of a "visiting minister"."""
    visiting = scene.doc[candidate.at]
    of_guest = visiting.dep_ == "amod" and visiting.lower_ == "visiting"
    came = candidate.phase == "arrive" and scene.doc[candidate.at].pos_ == "VERB"
    return of_guest or came or bool(_OF_STAY & set(candidate.notes))


def _has_unplaced_day(scene: Scene, candidate: Candidate) -> bool:
    """Tell the day of the news, a weekday or "today", from the "last Tuesday" of another."""
    sentence = scene.sentence(candidate.at)
    days = [
        told.text.lower().split()
        for told in scene.dates
        if sentence.start_char <= told.start < sentence.end_char
        and told.grain in {"day", "part_of_day"}
        and told.value.startswith(_UNPLACED)
    ]
    return bool(days) and not any(set(day) & word_set("previous") for day in days)


__all__ = ["is_of_todays_news"]
