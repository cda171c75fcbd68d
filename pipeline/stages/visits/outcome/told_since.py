"""Whether a trip is over by what is told of the time since: "a day after X visited Lima"."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.discourse.scene import Scene
from pipeline.discourse.tables import words
from pipeline.discourse.timing.order import is_fresh_from
from pipeline.labels import OBJECTS
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.merging.trip import Trip
from pipeline.stages.visits.tables import word_set

#: What is longer than a visit that is still under way.
_LONG = frozenset({"month", "season", "quarter", "year"})


def is_told_since(scene: Scene, trip: Trip) -> bool:
    """Tell "a day after X visited Lima", and in a text of no date "came to Lima in March".

    So "his visit to Lima earlier this year", whatever the tense of the verb over it.
    """
    dated = scene.article.published is not None
    for candidate in trip.candidates:
        if not dated and candidate.is_mention and _is_of_a_past_month(scene, candidate, told=True):
            return True
        if candidate.status != "completed" or candidate.fact.reason == "pluperfect":
            continue
        trigger = scene.doc[candidate.at]
        noun = trigger.pos_ == "NOUN" and candidate.rule not in word_set("arrival")
        if noun and _is_on_heels(trigger):
            return True
        if (noun or candidate.phase == "whole") and _is_days_after(trigger):
            return True
        gone = trigger.lemma_ in words("moves") - words("comes_somewhere")
        if gone and trigger.tag_ == "VBD" and _is_days_after(trigger, but="hour"):
            return True
        if not dated and _is_of_a_past_month(scene, candidate):
            return True
    return False


def _is_on_heels(trip: Token) -> bool:
    """Tell the trip of "on the heels of a trip there by X", "his visit follows one by X".

    So that of "fresh from a trip to Lima".
    """
    if is_fresh_from(trip):
        return True
    over = trip.head
    heels = over.lower_ == "of" and over.head.lower_ in words("on_heels")
    return heels or (trip.dep_ in OBJECTS and over.lower_ in word_set("goes_before"))


def _is_days_after(trigger: Token, *, but: str = "") -> bool:
    """Tell the "visited" of "a day after X visited Lima", "comes weeks after X visited it".

    So the "visit" of "a day after a visit by X to Lima", not that of "a day after his visit
    began", nor the arrival of "hours after his arrival".

    Args:
        but: what may have passed since one went there who is there yet.
    """
    mark = next((c for c in trigger.children if c.lower_ == "after" and c.dep_ == "mark"), None)
    if trigger.pos_ == "NOUN" and trigger.dep_ == "pobj" and trigger.head.lower_ == "after":
        mark = trigger.head
    passed = trigger.doc[mark.i - 1].lemma_ if mark is not None and mark.i else ""
    return passed != but and passed in word_set("passed_since")


def _is_of_a_past_month(scene: Scene, candidate: Candidate, *, told: bool = False) -> bool:
    """Tell "visited Lima in March", "landed last month", "two weeks ago" from "on Monday".

    Args:
        told: whether the time itself must tell that it has been ("last month", not "in March").
    """
    spot, doc = candidate.spot, scene.doc
    behind = candidate.at + 1 if spot is None or spot.end <= candidate.at else spot.end
    if behind >= len(doc):
        return False
    first, last = doc[behind].idx, doc[min(behind + 2, len(doc) - 1)].idx
    return any(
        (d.grain in _LONG or d.text.lower().endswith(" ago"))
        and first <= d.start <= last
        and not (told and word_set("<told earlier>").isdisjoint(d.text.lower().split()))
        for d in scene.dates_in(first, scene.sentence(candidate.at).end_char)
    )


__all__ = ["is_told_since"]
