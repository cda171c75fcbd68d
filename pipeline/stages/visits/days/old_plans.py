"""Plans of former days: "will leave on Friday. He was to leave on Thursday", "in 2003 he said"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Token

from models.visit import NOT_OVER
from pipeline.discourse import trace
from pipeline.discourse.facts import AWAY, UNDONE
from pipeline.discourse.scene import Scene
from pipeline.discourse.suppositions import was_planned
from pipeline.discourse.tables import words
from pipeline.discourse.timing.days import days_between
from pipeline.discourse.timing.of_trips import When
from pipeline.discourse.verb_forms import tense_of
from pipeline.iso_lengths import DAY
from pipeline.labels import ADNOMINAL, VERBS
from pipeline.stages.visits.candidate import LEFT_HOME, Candidate
from pipeline.stages.visits.merging.trip import Trip
from pipeline.stages.visits.tables import word_set

#: How many days after it was told a plan is none any more.
_LONG_DAYS = 300


def leave_old_days(scene: Scene, trips: Sequence[Trip]) -> None:
    """Leave out the day for which a trip "was planned", where a later one is told that it will be.

    So the day of an event from which one stays away: "will not attend Friday's opening, but will
    fly there on Saturday". Not where only a later day is told of what will be done on it, or on
    which it will end.
    """
    for trip in trips:
        for number, told in enumerate(trip.candidates):
            day = told.when.start or ""
            away = told.fact.reason == AWAY
            if len(day) != DAY or not (away or _was_planned(scene.doc[told.at], told)):
                continue
            others = [c for c in trip.candidates if not _is_further_town(told, c)]
            if any(_is_new(scene, other, day) for other in others):
                trip.retell(number, replace(told, when=When()))


def _is_further_town(told: Candidate, other: Candidate) -> bool:
    """Tell Cusco of "was due in Lima on Monday before heading to Cusco on Tuesday"."""
    towns = [c.spot.place if c.spot is not None else None for c in (told, other)]
    return None not in towns and towns[0] != towns[1] and other.fact.weak


def _was_planned(trigger: Token, told: Candidate) -> bool:
    """Tell "was to fly on Friday", and "the visit that was set for Friday has been put off"."""
    if told.status == "postponed" and any(
        c.dep_ in ADNOMINAL and c.lemma_ in words("plan") for c in trigger.children
    ):
        return True
    return was_planned(trigger)


def without_old_news(scene: Scene, told: Sequence[Candidate]) -> list[Candidate]:
    """Leave out a plan told long ago, where nothing tells what became of it.

    "In 2003 X said he was going to visit Peru" is left out; what X said in 2003 is kept where "he
    arrived there on Monday".
    """
    old = [_is_of_old_news(scene, candidate) for candidate in told]
    if not any(old):
        return list(told)
    of_now = {_ends(c) for c, of_old in zip(told, old, strict=True) if not of_old}
    kept = []
    for candidate, of_old in zip(told, old, strict=True):
        if of_old and _ends(candidate) not in of_now:
            reason = "a plan told long ago, and nothing of what became of it"
            trace.dropped(reason, candidate)
        else:
            kept.append(candidate)
    return kept


def _ends(candidate: Candidate) -> tuple[str | None, str | None]:
    """Return who goes where."""
    return candidate.actor.key if candidate.actor is not None else None, candidate.destination


def _is_of_old_news(scene: Scene, candidate: Candidate) -> bool:
    """Tell "In 2003 X said he was going to visit Peru".

    Not "last month X said", nor "in 2003 X said that he would visit Peru in 2030", nor "for the
    first time since 2003 X said". What the plan was "in May 2004" the calendar tells.
    """
    now = scene.article.published
    if candidate.status != "planned" or candidate.when or now is None or len(now) < DAY:
        return False
    trigger, sentence = scene.doc[candidate.at], scene.sentence(candidate.at)
    over = {t.i for t in (trigger, *trigger.ancestors) if _tells_plan(t)}
    for told in scene.dates_in(sentence.start_char, sentence.end_char) if over else ():
        span = scene.doc.char_span(told.start, told.end, alignment_mode="expand")
        verb = _told_on(span.root) if span is not None else None
        if verb is not None and verb.i in over and _is_long_gone(told.latest, now):
            return True
    return False


def _told_on(day: Token) -> Token:
    """Return the "said" of "in 2003 X said", "X said last year"; not of "since 2003 X said"."""
    over = day.head
    return over.head if over.lower_ in word_set("before_day") else over


def _tells_plan(token: Token) -> bool:
    """Tell "said", "announced", "planned" over a trip."""
    if token.pos_ not in VERBS or tense_of(token) != "past":
        return False
    return token.lemma_ in words("speech", "comments", "settles_trip", "plan")


def _is_long_gone(last: str | None, now: str) -> bool:
    if last is None or len(last) < DAY:
        return False
    return days_between(last, now) >= _LONG_DAYS


def _is_now(verb: Token) -> bool:
    """Tell "will now go there in June"."""
    now = any(c.lower_ == "now" and c.dep_ == "advmod" for c in verb.children)
    return now and tense_of(verb) == "future"


def is_set_anew(scene: Scene, trip: Trip, told: Candidate) -> bool:
    """Tell "will now go there in June" of a trip that was only planned, "for 3 to 5 May" or not.

    "Was scheduled to visit Lima from 3 to 5 May but will now go in June" is one trip.
    """
    if told.status != "planned" or not _is_now(scene.doc[told.at]):
        return False
    plans = all(c.status == "planned" or c.fact.reason == UNDONE for c in trip.candidates)
    return plans and all(was_planned(scene.doc[c.at]) for c in trip.candidates)


def _is_new(scene: Scene, told: Candidate, day: str) -> bool:
    """Tell "will fly out on Friday", a later day than the one for which that was planned."""
    start = told.when.start or ""
    goes = (told.phase == "arrive" or LEFT_HOME in told.notes) and told.status in NOT_OVER
    goes = goes or told.status == "postponed" or _is_now(scene.doc[told.at])
    return goes and len(start) == DAY and start > day and not was_planned(scene.doc[told.at])


__all__ = ["is_set_anew", "leave_old_days", "without_old_news"]
