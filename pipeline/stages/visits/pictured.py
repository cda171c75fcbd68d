"""What a dated picture shows, in the present: it has been."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from pipeline.discourse.factuality import Fact
from pipeline.discourse.scene import Scene
from pipeline.discourse.timing import When
from pipeline.stages.visits.gatherings import is_event
from pipeline.stages.visits.tables import word_set

_DAY = len("2024-08-18")
_PRESENT = frozenset({"VBZ", "VBP"})


def as_pictured(scene: Scene, trigger: Token, fact: Fact, when: When) -> Fact:
    """Read "A meets B in Lima, May 3, 2016" as made where nothing tells when it was written.

    So are captions written, also "A poses for a picture before talks with B in Lima, May 3, 2016".
    Of a text of a known day the calendar tells; "A meets B in Lima on Tuesday" tells of no day.
    """
    if fact.status not in {"ongoing", "planned"} or scene.article.published is not None:
        return fact
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


__all__ = ["as_pictured"]
