"""Events that are off, and with them who was to attend: "is put off. A had agreed to come"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Span, Token

from models.visit import OFF, VisitStatus
from pipeline.discourse.delays import is_recalled_delay
from pipeline.discourse.denials import is_negated
from pipeline.discourse.determiners import is_some
from pipeline.discourse.facts import UNDONE, WILL
from pipeline.discourse.factuality import Fact
from pipeline.discourse.governing import off_by
from pipeline.discourse.scene import Scene
from pipeline.discourse.verb_forms import tense_of
from pipeline.labels import VERBS
from pipeline.neighbours import prep_objects
from pipeline.stages.visits.candidate import EVENT_OFF, Candidate
from pipeline.stages.visits.events.gatherings import is_event
from pipeline.stages.visits.tables import word_set

#: How many sentences before who was to attend the event may be told to be off.
_REACH = 2


def with_event_off(scene: Scene, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Call off who was to attend "the summit in Lima", which is told to be off beside it.

    "The summit in Lima has been postponed. A and B were to attend" fires; "The fair was cancelled.
    A was to attend a summit in Lima", "The summit has been postponed to May. A will attend" do not.
    """
    return [_off_with(scene, told) for told in candidates]


def _off_with(scene: Scene, told: Candidate) -> Candidate:
    if told.actor is None or not _is_once_meant(scene, told):
        return told
    number = scene.sentence_of[told.at]
    for before in range(number, max(-1, number - _REACH - 1), -1):
        for event, off in _events_off(scene.sentences[before]):
            if _may_be_of(scene.sentences[number], event):
                notes = (*told.notes, EVENT_OFF)
                return replace(told, fact=Fact(off, weak=True), notes=notes)
    return told


def _is_once_meant(scene: Scene, told: Candidate) -> bool:
    """Tell "were to attend", "had confirmed their attendance" from "will attend"."""
    undone = told.status in OFF and told.fact.reason == UNDONE
    if "event" not in told.notes or not (told.status == "planned" or undone):
        return False
    if told.fact.reason == WILL:
        return False
    said = {t.lower_ for t in scene.sentence(told.at)}
    return not word_set("was_once").isdisjoint(said)


def _events_off(sentence: Span) -> Iterator[tuple[Token, VisitStatus]]:
    """Yield the events that a sentence tells to be off: "the summit was put off"."""
    for verb in sentence:
        off = off_by(verb) if verb.pos_ in VERBS else None
        if off is None or is_negated(verb) or is_recalled_delay(verb):
            continue
        if tense_of(verb) not in {"past", "perfect"} or _is_by_hours(verb):
            continue
        passive = any(c.dep_ == "auxpass" for c in verb.children)
        role = "nsubjpass" if passive else "dobj"
        yield from ((c, off) for c in verb.children if c.dep_ == role and is_event(c))


def _is_by_hours(verb: Token) -> bool:
    """Tell "was delayed by two hours": held on its day."""
    return any(t.lemma_ in word_set("part_of_day") for t in prep_objects(verb, "by", "for"))


def _may_be_of(sentence: Span, event: Token) -> bool:
    """Tell "attend", "the meeting" from "a summit in Lima", where another event is off."""
    for other in sentence:
        if other == event or not is_event(other):
            continue
        places = prep_objects(other, "in", "at")
        named = {t.lower_ for t in event.sent}
        if any(t.lower_ not in named for t in places) or is_some(other):
            return False
    return True


__all__ = ["with_event_off"]
