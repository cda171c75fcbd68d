"""Which days are of what is yet to be done, or asked for, beside a trip told."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from models.visit import OFF
from pipeline.discourse.factuality import BARE, Fact, fact_of_verb
from pipeline.discourse.suppositions import was_once
from pipeline.discourse.tables import words
from pipeline.discourse.timing.legs import is_of_next_leg
from pipeline.discourse.verb_forms import auxiliaries_of, tense_of
from pipeline.labels import SUBJECTS, VERBS


def is_before_asking(date: Token, trigger: Token, fact: Fact) -> bool:
    """Tell "on her stay in Quito in May she asked X to visit Lima": May is when he was asked.

    Not "asked X to pay a May visit", nor "to come next May".
    """
    return fact.status == "invited" and date.i < trigger.i and trigger not in date.ancestors


def is_of_old_plan(verb: Token | None, fact: Fact) -> bool:
    """Tell "began his trip, which was first planned for May".

    So the May of "will fly to Lima to go on with the talks that she began in May".
    """
    off = fact.status in OFF
    return verb is not None and ((not off and was_once(verb)) or _is_of_deed_done(verb, fact))


def _is_of_deed_done(verb: Token, fact: Fact) -> bool:
    """Tell "the talks she began in May" behind a plan from "the trip she began in May".

    So "the visit will build on a summit that X hosted in May".
    """
    if fact.status != "planned" or verb.dep_ != "relcl" or verb.tag_ != "VBD":
        return False
    subject = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
    own = verb.head.lemma_.lower() in words("trip_noun", "part_of_time")
    return subject is not None and subject.tag_ not in {"WDT", "WP"} and not own


def is_of_next_plan(verb: Token | None, anchors: Sequence[Token], fact: Fact) -> bool:
    """Tell "flew in from Lima, where she met X, and will leave for Quito on Friday".

    The day of what is yet to be done is not Lima's, nor that of "was in Lima before flying to Quito
    on Friday". A trip that its noun tells may have it: "the
    visit, which will begin on Friday".
    """
    if verb is None or verb in anchors:
        return False
    if is_of_next_leg(verb, anchors) or _is_done_before(verb, anchors[0], fact):
        return True
    if _is_anothers_plan(verb, anchors, fact):
        return True
    if anchors[0].pos_ not in VERBS:
        return False
    if anchors[0].tag_ == "VBN" and not auxiliaries_of(anchors[0]):
        return False  # "will be held on Sunday, with a session chaired by X"
    made = fact.status == "completed" and fact.reason != BARE
    return made and (fact_of_verb(verb).status == "planned" or _is_due(verb))


def _is_due(verb: Token) -> bool:
    """Tell "is due there on Friday"."""
    awaited = (c for c in verb.children if c.dep_ == "acomp" and c.lower_ in words("timetabled"))
    return verb.lemma_ == "be" and tense_of(verb) == "present" and any(awaited)


def _is_anothers_plan(verb: Token, anchors: Sequence[Token], fact: Fact) -> bool:
    """Tell "paid a visit to Lima, and parliament will vote on Friday", "while the next will be on".

    Not "paid a visit to Lima, and it will end on Friday", whose subject is the visit.
    """
    made = fact.status == "completed" and fact.reason != BARE
    beside = verb.dep_ in {"conj", "advcl"} and verb.head in anchors[1:]
    if not made or not beside or verb.i < anchors[0].i:
        return False
    subject = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
    if subject is None or subject.pos_ == "PRON":
        return False
    own = subject.lemma_.lower() in words("trip_noun", "event")
    return not own and fact_of_verb(verb).status == "planned"


def _is_done_before(verb: Token, trigger: Token, fact: Fact) -> bool:
    """Tell "After meeting the king on 3 May, X will go to Lima": the 3rd is not Lima's.

    So "Having met the king on 3 May, X will go", and the Friday of "arrived in Rome on Friday,
    having already been to Lima".
    """
    if trigger.head == verb and trigger.dep_ == "advcl" and _is_having(trigger):
        return True
    behind = verb.dep_ == "pcomp" and verb.head.lower_ in words("after_trip")
    if not (behind or (verb.dep_ == "advcl" and _is_having(verb))):
        return False
    return fact.status == "planned" and not verb.left_edge.i <= trigger.i <= verb.right_edge.i


def _is_having(verb: Token) -> bool:
    return verb.tag_ == "VBN" and any(c.text in {"Having", "having"} for c in verb.children)


__all__ = ["is_before_asking", "is_of_next_plan", "is_of_old_plan"]
