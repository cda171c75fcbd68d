"""The weekday of a visit yet to begin, on which it "is", "ends" or one "lands": the one to come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.discourse.factuality import TIMED
from pipeline.discourse.governing import governing_verb
from pipeline.discourse.scene import Scene
from pipeline.discourse.tables import words
from pipeline.discourse.timing.days import moved
from pipeline.discourse.verb_forms import has_weekday, tense_of
from pipeline.iso_lengths import DAY
from pipeline.reference.months import WEEKDAYS
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.merging.trip import Trip

_WEEK_DAYS = 7


def end_plans_ahead(scene: Scene, trips: Sequence[Trip]) -> None:
    """Read "will visit Lima. The visit ends on Sunday", in a text of Tuesday, of the next Sunday.

    Of one who has come it may be the Sunday gone by, of which the dates alone tell.
    """
    published = scene.article.published or ""
    for trip in trips:
        planned = all(c.status in {"planned", None} or _is_bare(c) for c in trip.candidates)
        if not planned or "planned" not in trip.statuses or len(published) < DAY:
            continue
        for number, candidate in enumerate(trip.candidates):
            gone = _ends_before(scene, candidate, published)
            gone = gone or _comes_before(scene, candidate, published)
            if gone or _is_of_day_gone(scene, candidate, published):
                later = moved(candidate.when, days=-_WEEK_DAYS)
                trip.retell(number, replace(candidate, when=later))


def _comes_before(scene: Scene, told: Candidate, published: str) -> bool:
    """Tell "will visit Lima. He lands on Monday", of the Monday before the article's day."""
    start = told.when.start or ""
    verb = scene.doc[told.at]
    ahead = _is_bare(told) and told.fact.reason == TIMED and told.phase == "arrive"
    if not ahead or len(start) < DAY or start >= published or not has_weekday(verb):
        return False
    return not any(t.pos_ == "NUM" or t.is_digit for t in verb.subtree)


def _is_of_day_gone(scene: Scene, told: Candidate, published: str) -> bool:
    """Tell "Sunday's trip is her first", of the Sunday before the article's day.

    "Sunday's trip was her first" tells of one that was made.
    """
    day = told.when.start or ""
    present = told.anaphoric and told.status == "ongoing" and told.when.start == told.when.end
    if not present or len(day) < DAY or day >= published:
        return False
    owners = [c for c in scene.doc[told.at].children if c.dep_ == "poss"]
    return any(c.lower_ in WEEKDAYS for c in owners)


def _is_bare(told: Candidate) -> bool:
    """Tell "the visit ends on Sunday", by which nobody is there yet."""
    return told.status == "ongoing" and told.fact.weak


def _ends_before(scene: Scene, told: Candidate, published: str) -> bool:
    """Tell "ends on Sunday", of the Sunday before the article's day, from "ends on 5 May"."""
    end = told.when.end or ""
    if told.when.start is not None or len(end) < DAY or end >= published:
        return False
    verb = governing_verb(scene.doc[told.at])
    ends = verb is not None and verb.lemma_ in words("finish") and tense_of(verb) == "present"
    if verb is None or not ends or not has_weekday(verb):
        return False
    return not any(t.pos_ == "NUM" or t.is_digit for t in verb.subtree)


__all__ = ["end_plans_ahead"]
