"""Guests met where an event is about to open: "met X on the eve of the summit in Lima"."""

from __future__ import annotations

from spacy.tokens import Span

from pipeline.discourse.scene import Scene
from pipeline.discourse.timing.days import days_between
from pipeline.iso_lengths import DAY
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.events.gatherings import is_event
from pipeline.stages.visits.merging.trip import Trip
from pipeline.stages.visits.outcome.signs import Told
from pipeline.stages.visits.tables import word_set

#: How many days before an event its guests are met whom it brings.
_DAYS = 3
#: How many sentences back the event may be told.
_REACH = 2


def is_met_before_event(told: Told, trip: Trip) -> bool:
    """Tell "met X on Thursday", the news, before a summit there that opens on Friday.

    Not of one who is met before a summit elsewhere, nor days before one, nor of one who has left.
    """
    scene, published = told.scene, told.scene.article.published or ""
    if trip.count != 1 or len(published) < DAY or trip.destination is None:
        return False
    if not all(_is_meeting_of_now(c, published) for c in trip.candidates):
        return False
    numbers = {scene.sentence_of[c.at] for c in trip.candidates}
    if any(other is not trip and other.key == trip.key for other in told.trips):
        return False
    near = {n for own in numbers for n in range(max(0, own - _REACH), own + 1)}
    return any(_tells_event_ahead(scene, scene.sentences[n], trip, published) for n in near)


def _is_meeting_of_now(told: Candidate, published: str) -> bool:
    """Tell "met X on Thursday", "received X", of that day or the one before, and no more."""
    if told.status != "completed" or told.previous or told.fact.reason:
        return False
    if {"meeting", "received"}.isdisjoint(told.notes) or told.phase == "leave":
        return False
    day = told.day or ""
    return not day or (len(day) == DAY and 0 <= days_between(day, published) < _DAYS)


def _tells_event_ahead(scene: Scene, sentence: Span, trip: Trip, published: str) -> bool:
    """Tell a sentence of an event in the land of a trip that opens on one of the next days."""
    events = [t for t in sentence if t.lemma_.lower() in word_set("sits_for_days") and is_event(t)]
    spots = [s for t in sentence for s in scene.spots(t.i)] if events else []
    if not any(spot.country == trip.destination for spot in spots):
        return False
    if any(spot.is_town and spot.country != trip.destination for spot in spots):
        return False
    eve = any(
        t.lower_ == "eve" and t.i + 1 < sentence.end and t.nbor().lower_ == "of" for t in sentence
    )
    days = [d.earliest or "" for d in scene.dates_in(sentence.start_char, sentence.end_char)]
    return eve or any(len(day) == DAY and 0 < days_between(published, day) <= _DAYS for day in days)


__all__ = ["is_met_before_event"]
