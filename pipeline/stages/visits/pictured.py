"""What a dated picture shows, in the present: it has been."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from pipeline.discourse.factuality import Fact
from pipeline.discourse.scene import Scene
from pipeline.discourse.tables import words
from pipeline.discourse.timing import When
from pipeline.stages.visits.gatherings import is_event
from pipeline.stages.visits.tables import word_set

_DAY = len("2024-08-18")
_PRESENT = frozenset({"VBZ", "VBP"})


def as_pictured(scene: Scene, trigger: Token, fact: Fact, when: When) -> Fact:
    """Read "A meets B in Lima, May 3, 2016" as made where nothing tells when it was written.

    So are captions written, also "A poses for a picture before talks with B in Lima, May 3, 2016".
    Of a text of a known day the calendar tells; "A meets B in Lima on Tuesday" tells of no day. "A
    waves as he leaves for Lima on Tuesday" shows him leaving on the Tuesday gone by.
    """
    if fact.status not in {"ongoing", "planned"}:
        return fact
    if (now := scene.article.published) is not None:
        left = _is_seen_leaving(trigger)
        gone = left and len(when.start or "") == len(now) == _DAY and (when.start or "") <= now
        return replace(fact, status="completed", reason="arrived", weak=False) if gone else fact
    if fact.status == "ongoing" and not (fact.weak and fact.reason == "present"):
        return fact
    dated = when.start is not None and len(when.start) == _DAY
    sentence = scene.sentence(trigger.i)
    root = sentence.root
    shown = root.tag_ in _PRESENT and root.lemma_ in word_set("seen_by_camera")
    if fact.status == "planned" and not (shown and is_event(trigger)):
        return fact  # "A speaks in Lima, May 3, 2016, ahead of a trip to Quito"
    if shown and not dated:
        told = scene.dates_in(sentence.start_char, sentence.end_char)
        dated = any(day.grain == "day" and day.earliest is not None for day in told)
    return replace(fact, status="completed", reason="", weak=True) if dated else fact


def _is_seen_leaving(trigger: Token) -> bool:
    """Tell the leaving of "waves as he leaves for Lima", "boards a plane before departing for"."""
    over = trigger.head.head if trigger.dep_ == "pcomp" else trigger.head
    beside = trigger.dep_ in {"advcl", "pcomp"} and trigger.lemma_ in words("leaves_again", "moves")
    present = over.tag_ in _PRESENT | {"NNS"}  # "Rojas waves", taken for those of the sea
    shown = present and over.lemma_ in word_set("seen_by_camera")
    return beside and shown and over.dep_ == "ROOT"


__all__ = ["as_pictured"]
