"""Who is where an event goes on as the article is written."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from pipeline.discourse.facts import Fact
from pipeline.labels import OBJECTS, SUBJECTS
from pipeline.neighbours import word_behind
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.gatherings import is_event
from pipeline.stages.visits.tables import word_set

#: How far behind a place its "where" may stand, and its verb behind that, in tokens.
_WHERE, _VERB = 4, 14


def with_event_on(reader: ArgumentReader, candidate: Candidate) -> Candidate:
    """Take A of "A said in Osaka, where ministers are meeting" for one who is still there.

    Not "where ministers met", "where protesters are gathering", "where exiles are living", nor "A
    returned from Osaka, where".
    """
    spot = candidate.spot
    gone = candidate.phase == "leave" or candidate.status != "completed"
    if spot is None or gone or candidate.when:
        return candidate
    doc = reader.scene.doc
    for where in doc[spot.end : spot.end + _WHERE]:
        if where.lower_ == "where" and _tells_of_event_on(reader, where):
            return replace(candidate, fact=Fact("ongoing"))
    return candidate


def _tells_of_event_on(reader: ArgumentReader, where: Token) -> bool:
    """Tell "where leaders are gathering", "where the summit is being held / is under way"."""
    end = min(where.i + _VERB, reader.scene.sentence(where.i).end)
    for verb in where.doc[where.i + 1 : end]:
        if verb.pos_ not in {"VERB", "AUX"} or verb.dep_ in {"aux", "auxpass"}:
            continue
        now = any(c.tag_ in {"VBZ", "VBP"} and c.lemma_ == "be" for c in (verb, *verb.children))
        subject = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
        if not now or subject is None:
            return False
        if verb.lemma_ == "be":
            return is_event(subject) and word_behind(verb) in word_set("is_on")
        if verb.tag_ == "VBG":
            return _is_of_event(reader, verb, subject)
        return is_event(subject) and any(c.lower_ == "being" for c in verb.children)
    return False


def _is_of_event(reader: ArgumentReader, verb: Token, subject: Token) -> bool:
    """Tell "the summit is taking place", "ministers are meeting / are holding a summit"."""
    if is_event(subject):
        return verb.lemma_ in word_set("holds_event", "begins_event")
    objects = [c for c in verb.children if c.dep_ in OBJECTS]
    meets = verb.lemma_ in word_set("gathers") or any(is_event(c) for c in objects)
    return meets and bool(reader.scene.actors(subject))


__all__ = ["with_event_on"]
