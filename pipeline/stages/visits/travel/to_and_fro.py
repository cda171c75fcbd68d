"""Visits told together, of which one is also told singly: to and fro, or the last of several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Token

from pipeline.discourse.scene import Scene
from pipeline.discourse.timing.of_trips import When
from pipeline.stages.visits.days.days_apart import compare
from pipeline.stages.visits.merging.trip import Trip
from pipeline.stages.visits.tables import word_set


def without_to_and_fro(trips: list[Trip]) -> list[Trip]:
    """Fold what "will shuttle between A and B" tells into the visits to each that are told singly.

    "Has shuttled between A and B since May. She was in A in March" tells of several to A.
    """
    kept: list[Trip] = []
    for trip in trips:
        many = not trip.count and all(c.rule in word_set("to_and_fro") for c in trip.candidates)
        single = next((o for o in trips if _is_one_of(o, trip)), None) if many else None
        if single is None:
            kept.append(trip)
            continue
        own = bool(single.when)
        for told in trip.candidates:
            single.add(replace(told, count=1, when=When() if own else told.when))
    return kept


def _is_one_of(single: Trip, many: Trip) -> bool:
    """Tell a visit on one of the days of those made to and fro, or of no other days."""
    alike = (single.key, single.destination) == (many.key, many.destination)
    if not alike or single.count != 1:
        return False
    if single.when and not many.when and "completed" in single.statuses:
        return False  # "has shuttled between A and B. In 2021 she was in A"
    first, last = single.when.start or single.when.end, single.when.end or single.when.start
    return not (compare(last, many.when.start) < 0 or compare(first, many.when.end) > 0)


def without_last_of_many(scene: Scene, trips: Sequence[Trip]) -> list[Trip]:
    """Fold "his last visit to Lima was in July" into the four that the words before tell of.

    Of these July is the end. "Visited Lima four times. He landed there on Monday for his fifth
    visit" tells of four and of another, and so does "visited Lima twice. His next visit is in May".
    """
    kept: list[Trip] = []
    counted = [trip for trip in trips if trip.count > 1]
    for trip in trips:
        single = trip.count == 1
        several = next((o for o in counted if single and _has_for_last(scene, o, trip)), None)
        if several is None:
            kept.append(trip)
            continue
        end = trip.when.end or trip.when.start
        for told in trip.candidates:
            several.add(replace(told, count=several.count, when=When(None, end), day=None))
    return kept


def _has_for_last(scene: Scene, several: Trip, last: Trip) -> bool:
    """Tell trips counted in one sentence from the last of them, named there or in the next."""
    alike = (several.key, several.destination) == (last.key, last.destination)
    if not alike:
        return False
    numbers = {scene.sentence_of[c.at] for c in several.candidates}
    told = (c for c in last.candidates if _is_last(scene.doc[c.at]))
    return any({n, n - 1} & numbers for n in (scene.sentence_of[c.at] for c in told))


def _is_last(noun: Token) -> bool:
    """Tell "his last visit", "her most recent trip there", not "his last official"."""
    told = [c for c in noun.children if c.dep_ == "amod" and c.i < noun.i]
    return noun.pos_ == "NOUN" and any(c.lower_ in word_set("last_made") for c in told)


__all__ = ["without_last_of_many", "without_to_and_fro"]
