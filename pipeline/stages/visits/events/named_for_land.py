"""Events that are named for a land: "the Peru meeting", which is held there or about it."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from models.entity import LAND_KINDS
from pipeline.discourse.scene import Scene, Spot
from pipeline.labels import SUBJECTS, VERBS
from pipeline.stages.visits.events.gatherings import is_event
from pipeline.stages.visits.tables import word_set

#: How many sentences back an event may be told that is named for its land.
_BEFORE = 2


def named_for_land(scene: Scene, event: Token) -> Spot | None:
    """Return Peru of "summits in Chile and Peru. X will attend the Peru meeting".

    Behind "war in Chad. Talks open in Geneva" the Chad talks are not in Chad.
    """
    at, lands = event.i - 1, lands_of_name(scene, event)
    if not lands:
        return None
    for _, number in scene.backwards(scene.sentence_of[event.i], _BEFORE):
        for token in scene.sentences[number]:
            if token.lower_ == "in" and token.i < at and _is_of_event(token):
                for spot in scene.spots(token.i + 1):
                    if spot.country in lands:
                        return replace(spot, start=event.i, end=event.i + 1)
    return None


def lands_of_name(scene: Scene, event: Token) -> set[str]:
    """Return Peru for "the Peru meeting", which is held there or about it."""
    at = event.i - 1
    if at < 0 or event.doc[at].pos_ not in {"PROPN", "ADJ"} or event.doc[at].head != event:
        return set()
    return {r.country for r in scene.at(at) if r.kind in LAND_KINDS and r.country}


def _is_of_event(prep: Token) -> bool:
    """Tell the "in" of "summits in Peru", "one in Peru and the other in Chile", "opens in Peru"."""
    head = prep.head
    if head.pos_ in VERBS:
        subject = next((c for c in head.children if c.dep_ in SUBJECTS), None)
        return subject is not None and is_event(subject)
    return is_event(head) or head.lower_ in word_set("one_of_two", "other_of_two")


__all__ = ["lands_of_name", "named_for_land"]
