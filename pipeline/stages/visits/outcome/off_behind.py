"""Trips denied, and told behind to have been called off: "will not go. The visit is off"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Token

from models.visit import OFF
from pipeline.discourse.denials import is_negated
from pipeline.discourse.facts import NOTHING, UNDONE
from pipeline.discourse.factuality import Fact
from pipeline.discourse.governing import off_by
from pipeline.discourse.scene import Scene
from pipeline.discourse.tables import words
from pipeline.discourse.verb_forms import auxiliaries_of, tense_of
from pipeline.labels import SUBJECTS, VERBS
from pipeline.stages.visits.candidate import Candidate

#: How many sentences behind the denial the calling off may be told.
_REACH = 2
_WHICH = frozenset({"which", "that"})


def with_off_behind(scene: Scene, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Call off what "A will not be in Lima on Monday. The visit has been postponed" denies.

    Not "A will not go to Lima. B arrived in Quito. The trip was cancelled", nor "A will not go to
    Lima. His trip to Quito was cancelled", where another trip is meant.
    """
    told_off = (_off_with_event(scene, _called_off(scene, told, candidates)) for told in candidates)
    return [_to_be_set_anew(scene, told) for told in told_off]


def _to_be_set_anew(scene: Scene, told: Candidate) -> Candidate:
    """Put off the trip of "has been cancelled and will be rescheduled", "a new date is to be set".

    So where the next sentence tells it. Not "was cancelled. It will not be rescheduled", "no new
    date was set".
    """
    if told.status != "cancelled" or told.actor is None or told.fact.reason == UNDONE:
        return told
    number = scene.sentence_of[told.at]
    last = scene.sentences[min(number + 1, len(scene.sentences) - 1)]
    behind = scene.doc[told.at + 1 : last.end]
    if any(_sets_anew(token) for token in behind if token.pos_ in VERBS):
        return replace(told, fact=replace(told.fact, status="postponed"))
    return told


def _sets_anew(verb: Token) -> bool:
    """Tell "will be rescheduled", "a new date is to be fixed"."""
    ahead = tense_of(verb) in {"future", "infinitive", "progressive"}
    if not (ahead or "would" in auxiliaries_of(verb)) or is_negated(verb):
        return False
    if verb.lemma_ in words("sets_anew"):
        return True
    over = verb.head if verb.dep_ == "xcomp" else verb
    day = next((c for v in (verb, over) for c in v.children if c.dep_ in SUBJECTS), None)
    if day is None or day.lemma_ != "date":
        return False
    return any(c.lower_ in words("new_date") for c in day.children)


def _off_with_event(scene: Scene, told: Candidate) -> Candidate:
    """Call off "was to attend a summit in Lima, which was postponed last week"."""
    plan = scene.doc[told.at].head
    if told.status != "planned" or "event" not in told.notes or tense_of(plan) != "past":
        return told  # "will attend a summit in May, which was postponed from March"
    sentence = scene.sentence(told.at)
    for verb in scene.doc[told.at + 1 : sentence.end]:
        of_event = any(c.dep_ == "nsubjpass" and c.lower_ in _WHICH for c in verb.children)
        apart = verb.dep_ in {"relcl", "advcl"} and of_event and not is_negated(verb)
        off = off_by(verb) if apart else None
        if off is not None and tense_of(verb) in {"past", "perfect"}:
            return replace(told, fact=Fact(off, weak=True))
    return told


def _called_off(scene: Scene, told: Candidate, others: Sequence[Candidate]) -> Candidate:
    """Return a denial as the calling off that the next telling makes of it."""
    if not _is_denied_plan(scene, told):
        return told
    behind = [c for c in others if c.at > told.at and c.status is not None]
    off = min(behind, key=lambda c: c.at, default=None)
    if off is None or off.status not in OFF or not _means(off, told):
        return told
    if scene.sentence_of[off.at] - scene.sentence_of[told.at] > _REACH:
        return told
    return replace(told, fact=Fact(off.status, weak=True))


def _is_denied_plan(scene: Scene, told: Candidate) -> bool:
    """Tell "will not travel to Lima", "is not coming to Lima", of one who is named or described."""
    if told.fact != NOTHING or told.actor is None or told.destination is None:
        return False
    verb = scene.doc[told.at]
    return is_negated(verb) and tense_of(verb) in {"future", "progressive"}


def _means(off: Candidate, told: Candidate) -> bool:
    """Tell "the visit", "his trip" from "B's visit", "his trip to Quito", "his last visit"."""
    whose = off.actor.key if off.actor is not None else None
    owned = told.actor is not None and whose == told.actor.key
    same = off.destination in {None, told.destination}
    return same and not off.previous and (owned or (whose is None and off.anaphoric))


__all__ = ["with_off_behind"]
