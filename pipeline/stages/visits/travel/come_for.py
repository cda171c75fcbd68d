"""The visit for which one is told to come: "upon his arrival in Lima for a state visit"."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from pipeline.discourse.governing import governing_verb
from pipeline.discourse.scene import Scene
from pipeline.discourse.tables import words
from pipeline.labels import VERBS
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.merging.trip import Trip
from pipeline.stages.visits.tables import noun_rules, word_set


def arrival_before(noun: Token) -> Token | None:
    """Return the "arrival" of "upon his arrival in Lima for a state visit", however parsed."""
    prep = noun.head
    if noun.dep_ != "pobj" or prep.lower_ not in word_set("come_for") or prep.i > noun.i:
        return None
    for token in reversed(noun.doc[noun.sent.start : prep.i]):
        rule = noun_rules().get(token.lemma_.lower()) if token.pos_ == "NOUN" else None
        if rule is not None:
            return token if rule.id == "arrival" else None
        if token.pos_ in VERBS or token.text in {",", ";"}:
            return None
    return None


def guest_received(scene: Scene, noun: Token) -> Token | None:
    """Return the X of "X was received by Y on Monday for a state visit", whose visit it is."""
    prep = noun.head
    if noun.dep_ != "pobj" or prep.lower_ not in word_set("come_for") or prep.i > noun.i:
        return None
    verb = governing_verb(prep)
    if verb is None or verb.i > prep.i or verb.lemma_ not in words("has_guest"):
        return None
    passive = any(c.dep_ == "auxpass" for c in verb.children)
    agent = any(c.dep_ == "agent" and c.i < prep.i for c in verb.children)
    return scene.subject(verb) if passive and agent else None


def received_as_it_opens(noun: Token, told: Sequence[Candidate]) -> Candidate | None:
    """Return the coming of B of "A will welcome B on Monday, opening a two-day visit": it is B's.

    Not of "A received B, opening his visit to Peru", nor "A received B, opening a fair".
    """
    opens = noun.head
    if noun.dep_ != "dobj" or opens.tag_ != "VBG" or opens.lemma_ not in words("opens_trip"):
        return None
    owned = any(c.dep_ == "poss" or c.lower_ in {"to", "by"} for c in noun.children)
    if owned or opens.dep_ not in {"advcl", "xcomp", "acl"}:
        return None
    above = {t.i for t in opens.ancestors if t.lemma_ in words("has_guest")}
    return next((c for c in reversed(told) if c.at in above and "received" in c.notes), None)


def came_for(scene: Scene, trip: Trip | None, candidate: Candidate) -> Candidate | None:
    """Return the coming told right before a visit for which it was.

    "Arrived in Lima at 7pm for a state visit" has one; "arrived in Lima, where all wait for a state
    visit", "arrived in Lima after a state visit" do not.
    """
    noun = scene.doc[candidate.at]
    prep = noun.head
    if trip is None or noun.dep_ != "pobj" or prep.lower_ not in word_set("come_for"):
        return None
    before = [c for c in trip.candidates if c.phase == "arrive" and c.at < prep.i]
    if not before or candidate.previous:
        return None
    came = before[-1]
    if scene.sentence_of[came.at] != scene.sentence_of[noun.i]:
        return None
    between = scene.doc[came.at + 1 : prep.i]
    parted = any(t.pos_ in VERBS or t.text in {",", ";"} for t in between)
    return None if parted else came


__all__ = ["arrival_before", "came_for", "guest_received", "received_as_it_opens"]
