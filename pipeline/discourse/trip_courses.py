"""How far a trip has come, by what is told of its beginning, its end, its days or its stops."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from models.visit import MADE, VisitStatus
from pipeline.discourse.denials import is_negated
from pipeline.discourse.facts import TIMED, UNDONE, Fact, FactOf
from pipeline.discourse.governing import (
    comes_second,
    first_leg_of,
    governing_verb,
    is_argument,
    off_by,
    told_before,
)
from pipeline.discourse.presupposed import presupposed
from pipeline.discourse.suppositions import is_behind_plan
from pipeline.discourse.tables import words
from pipeline.discourse.trip_clauses import (
    clauses_of,
    is_current,
    part_of_trip,
    preposition_of,
    tour_over,
)
from pipeline.discourse.verb_forms import has_weekday, is_cut_short, tense_of
from pipeline.labels import OBJECTS
from pipeline.neighbours import prep_objects

#: How a trip hangs on the verb that tells that it is made longer.
_PROLONGED = frozenset({"dobj", "nsubjpass"})


def fact_of_course(
    noun: Token, verb: Token, fact_of_verb: FactOf, fact_of_noun: FactOf
) -> Fact | None:
    """Read "the visit ends on Sunday", "on the second day of the visit", "a tour that includes"."""
    direct = is_argument(noun, verb)
    lemma = verb.lemma_.lower()
    if (off := _rest_called_off(noun, verb)) is not None and fact_of_verb(verb).status:
        return Fact(off)
    if noun.dep_ == "nsubj" and noun.head == verb:
        for below in verb.children:
            fact = fact_of_verb(below) if below.dep_ == "xcomp" else Fact(None)
            due = lemma == "be" and fact.status == "planned"
            if due or fact.reason == UNDONE:
                return fact  # "the visit was to take place on Monday", "to have taken place"
    if (first := first_leg_of(noun, verb)) is not None:
        fact = fact_of_noun(first) if first.pos_ == "NOUN" else fact_of_verb(first)
        return Fact("planned" if fact.status == "ongoing" else fact.status, weak=True)
    if direct and lemma in words("refuse"):
        return Fact(None, reason="refused")
    if comes_second(noun, verb):
        return Fact("completed", weak=True, reason="followed")
    over = lemma in words("finish") or is_cut_short(verb)
    if direct and over and tense_of(verb) == "present":
        day = has_weekday(verb) or any(c.lower_ in words("day_yet_on") for c in verb.children)
        ahead = noun.dep_ == "nsubj" and day  # "the visit ends on Sunday", "ends today"
        if verb.dep_ == "advcl" and any(c.lower_ in {"as", "while"} for c in verb.children):
            return Fact("ongoing")  # "was due to speak as she wraps up her visit"
        if is_behind_plan(verb) or (noun.dep_ == "nsubj" and _names_last_stop(verb)):
            # "will fly home once she ends her visit", "The tour ends in Lima"
            return Fact("planned", weak=True)
        return Fact("ongoing", weak=True, reason=TIMED) if ahead else Fact("completed")
    if lemma in words("prolongs") and noun.dep_ in _PROLONGED and tense_of(verb) == "past":
        return Fact("ongoing", weak=True, reason="part")
    if preposition_of(noun) == "on" and is_current(noun):
        return Fact("ongoing")
    part = part_of_trip(noun)
    if part == "last" and lemma == "be" and tense_of(verb) == "present":
        return Fact("ongoing", weak=True, reason="part")  # "is on the last day of his visit"
    if part is not None and part != "last":
        fact = Fact("planned") if _is_due_there(verb) else fact_of_verb(verb)
        if part == "first" and any(c.lemma_ in words("takes_in") for c in clauses_of(noun)):
            return Fact("planned", weak=True)  # "on the first leg of a tour that includes Lima"
        if fact.status is None and (taken := presupposed(noun, verb)) is not None:
            return Fact(taken, weak=True)  # "did not meet him at the start of his visit"
        over = verb.lemma_ == "be" and noun.head.head.lemma_ in words("leg_of_tour")
        ongoing = fact.status in MADE and not (over and tense_of(verb) == "past")
        return Fact("ongoing", weak=True, reason="part") if ongoing else fact
    if lemma == "come" and "end" in {t.lower_ for c in verb.children for t in c.children}:
        return Fact("ongoing" if tense_of(verb) == "progressive" else "completed")
    if direct and lemma in words("has_stop") and tense_of(verb) == "present":
        clause = verb.head if verb.dep_ == "conj" else verb
        tour = tour_over(clause.head) if clause.dep_ == "relcl" else told_before(clause)
        if tour is not None and tour.lemma_ in words("trip_noun") and tour.pos_ == "NOUN":
            return _fact_of_tour(tour, fact_of_noun)
        if tour is not None and clause.dep_ != "relcl":
            return _fact_of_leaving(tour, fact_of_verb)
    return None


def _rest_called_off(noun: Token, verb: Token) -> VisitStatus | None:
    """Tell "cancelled the rest of his trip to Peru and Chile", of the lands to which he was to go.

    Not "cancelled the rest of his trip to Peru", where he may be.
    """
    rest = noun.head.head if noun.head.lower_ == "of" else None
    if rest is None or rest.lower_ not in words("rest_of") or rest.head != verb or is_negated(verb):
        return None
    goals = prep_objects(noun, "to")
    several = any(c.dep_ == "conj" for goal in goals for c in goal.children)
    return off_by(verb) if several and rest.dep_ in OBJECTS else None


def _names_last_stop(verb: Token) -> bool:
    """Tell "ends in Lima", "concludes in Peru" from "ends in discord"."""
    preps = (c for c in verb.children if c.lower_ in {"in", "at"} and c.i > verb.i)
    return any(t.ent_type_ == "GPE" for prep in preps for t in prep.children)


def _is_due_there(verb: Token) -> bool:
    """Tell "is due in Lima at the start of a tour", "is expected there"; not "is in Lima"."""
    due = words("billed")
    return verb.lower_ in due or any(c.dep_ == "acomp" and c.lower_ in due for c in verb.children)


def _fact_of_leaving(verb: Token, fact_of_verb: FactOf) -> Fact:
    """Return what "She leaves on Monday. Her itinerary includes Lima" tells of the stops."""
    fact = fact_of_verb(verb)
    ahead = fact.status == "planned" or fact.reason == TIMED or tense_of(verb) == "present"
    return Fact("planned" if ahead else fact.status, weak=True)


def _fact_of_tour(tour: Token, fact_of_noun: FactOf) -> Fact:
    """Return what "began a tour that includes stops in Lima" tells of the stops."""
    above = fact_of_noun(tour)
    if above.status == "planned":
        return replace(above, weak=True)
    verb = governing_verb(tour)
    begins = verb is not None and verb.lemma_ in words("begin")
    if begins and verb is not None and tense_of(verb) in {"present", "infinitive"}:
        return Fact("planned", weak=True)
    begun = begins and above.status == "completed"
    return replace(above, weak=True, reason="arrived") if begun else above


__all__ = ["fact_of_course"]
