"""Whom a guest is yet to meet where he is: "visited Lima today. He will meet B tomorrow"."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.discourse.scene import Scene
from pipeline.discourse.timing.days import days_between
from pipeline.discourse.verb_forms import is_due, tense_of
from pipeline.iso_lengths import DAY
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.merging.trip import Trip
from pipeline.stages.visits.outcome.signs import Told
from pipeline.stages.visits.tables import verb_rules, word_set

#: Up to how many days before its article a stay may be told, and after it the meeting is.
_DAYS = 1
#: Frames of verbs of what one does with one's hosts.
_MEETS = frozenset({"meet", "receive"})


def is_yet_to_meet(told: Told, trip: Trip) -> bool:
    """Tell "visited Lima today. He will meet the king tomorrow", of the news of these days.

    Not of one who has left or is to go elsewhere, nor "will meet the king at home tomorrow".
    """
    scene = told.scene
    ahead = [c for c in trip.candidates if _is_meeting_there(scene, c)]
    now = [c for c in trip.candidates if c not in ahead]
    if trip.count != 1 or not now or not all(_is_of_now(scene, c) for c in now):
        return False
    others = (o for o in told.trips if o is not trip and o.key == trip.key)
    if any(not o.statuses <= {"completed"} or o.first_at > trip.first_at for o in others):
        return False
    return bool(ahead) or any(
        _is_meeting_ahead(scene, trip, verb) for verb in told.verbs.get(trip.key, ())
    )


def _is_meeting_there(scene: Scene, told: Candidate) -> bool:
    """Tell "will meet the king on Friday", where he was received on Thursday, in its news."""
    day, published = told.day or "", scene.article.published or ""
    if told.status != "planned" or not {"meeting", "inside"} <= set(told.notes):
        return False
    return len(day) == len(published) == DAY and 0 <= days_between(published, day) <= _DAYS


def _is_of_now(scene: Scene, told: Candidate) -> bool:
    """Tell what was done on the article's day or the one before, and a name of the trip."""
    if told.is_mention:
        return True
    if told.status != "completed" or told.previous or told.phase == "leave":
        return False
    if told.fact.reason == "pluperfect":
        return False
    day, published = told.day or told.when.end or told.when.start or "", scene.article.published
    if published is None:
        return any(t.lower_ in word_set("<today>") for t in scene.sentence(told.at))
    return len(day) == len(published) == DAY and 0 <= days_between(day, published) <= _DAYS


def _is_meeting_ahead(scene: Scene, trip: Trip, verb: Token) -> bool:
    """Tell "will hold talks with the king today", "is to meet him tomorrow", told behind."""
    if verb.i < trip.first_at or not (tense_of(verb) == "future" or is_due(verb)):
        return False
    below = (verb, *(c for c in verb.children if c.dep_ in {"xcomp", "conj"}))
    rules = (rule for v in below for rule in verb_rules().get(v.lemma_.lower(), ()))
    if not any(rule.frame in _MEETS for rule in rules):
        return False
    sentence = scene.sentence(verb.i)
    at_home = any(
        r.kind == "place" and r.country == trip.origin
        for i in range(sentence.start, sentence.end)
        for r in scene.at(i)
    )
    return not at_home and _is_soon(scene, verb)


def _is_soon(scene: Scene, verb: Token) -> bool:
    """Tell "today", "tomorrow", "on Friday" in the news of Thursday."""
    sentence, published = scene.sentence(verb.i), scene.article.published
    if published is None:
        return any(t.lower_ in word_set("<today>", "<tomorrow>") for t in sentence)
    days = (d.earliest for d in scene.dates_in(sentence.start_char, sentence.end_char))
    return any(
        len(published) == len(day) == DAY and 0 <= days_between(published, day) <= _DAYS
        for day in days
        if day
    )


__all__ = ["is_yet_to_meet"]
