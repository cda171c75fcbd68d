"""What a clause behind a trip's noun tells: "the visit, which was put off"."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.discourse.delays import is_overtaken, is_taken_up
from pipeline.discourse.denials import is_negated
from pipeline.discourse.facts import BARE, UNDONE, WISHED, Fact
from pipeline.discourse.governing import off_by
from pipeline.discourse.outcome import is_of_other
from pipeline.discourse.suppositions import is_given_up, was_once
from pipeline.discourse.tables import words
from pipeline.discourse.trip_clauses import clauses_of, is_set_in
from pipeline.discourse.trip_predicates import fact_of_bare_predicate
from pipeline.discourse.verb_forms import auxiliaries_of, tense_of
from pipeline.headings import is_bare_line
from pipeline.labels import SUBJECTS
from pipeline.reference.months import MONTHS


def words_before(noun: Token) -> set[str]:
    """Return the words before a trip's noun that say which it is, not the "late" of "late May"."""
    before = (c for c in noun.children if c.i < noun.i)
    return {c.lower_ for c in before if c.lower_ != "late" or c.nbor().lower_ not in MONTHS}


def fact_without_verb(noun: Token) -> Fact:
    """Return what a trip's noun tells over which no verb stands.

    The line "Ruto on visit to Lima", "Ruto in Lima on two-day visit" tells that he is there, the
    line "Ruto's visit to Lima on hold" what is said of it.
    """
    if (said := fact_of_bare_predicate(noun)) is not None:
        return said
    if noun.head.lower_ == "on" and is_bare_line(noun.sent):
        return Fact("ongoing", weak=True)
    return Fact("completed", weak=True, reason=BARE)


def fact_of_clause(noun: Token, verb: Token | None, by_verb: Fact) -> Fact | None:
    """Return what the first clause that says so makes of "the visit planned for May".

    Args:
        by_verb: what the verb over the noun tells.
    """
    if by_verb.status == "ongoing" and verb is not None and is_among_trips(verb):
        return Fact("completed", weak=True)
    for clause in clauses_of(noun):
        if was_once(clause) or is_set_in(clause) or is_of_other(clause):
            continue
        is_off = clause.lemma_ in words("postpone", "cancel")
        if is_off and (is_overtaken(noun, verb, clause) or is_taken_up(noun)):
            continue
        if clause.lemma_ in words("readies_oneself") or _is_for_purpose(clause):
            continue  # "a visit to Peru geared at trade"
        if (yet := _fact_of_paying(clause)) is not None:
            return yet
        if by_verb.status == "ongoing" and by_verb.weak and _is_paid(clause):
            return Fact("completed", weak=True)
        if clause.lemma_ in words("plan"):
            if _is_under_way(noun, verb, clause, by_verb):
                continue
            return Fact("planned")
        if clause.lemma_ in words("postpone"):
            return Fact("postponed")
        if clause.lemma_ in words("cancel"):
            return Fact("cancelled")
        begun = clause.lemma_ in words("opens_trip") and tense_of(clause) == "past"
        if begun and by_verb.status == "planned":
            return Fact("ongoing", weak=True)  # "the visit, which began on Monday, will include"
    return None


def is_among_trips(verb: Token) -> bool:
    """Tell "her many trips include visits to Peru" from "her next trips include" them."""
    trips = next((c for c in verb.children if c.dep_ == "nsubj" and c.i < verb.i), None)
    if trips is None or verb.lemma_ not in words("counts_among") or trips.tag_ != "NNS":
        return False
    ahead = {t.lower_ for t in trips.subtree} & (words("upcoming") | {"this", "these"})
    return trips.lemma_ in words("trips_made") and not ahead


def fact_if_off(noun: Token, verb: Token | None) -> Fact | None:
    """Read "a planned visit to Peru, which has been put off", by the clause, not by "planned".

    Args:
        verb: the verb over the noun, by which it may have been made after all.
    """
    for clause in clauses_of(noun):
        if was_once(clause) or is_set_in(clause) or is_of_other(clause) or is_negated(clause):
            continue
        passive = any(c.dep_ == "nsubjpass" and c.tag_ == "WDT" for c in clause.children)
        off = off_by(clause) if passive else None
        if off and not (is_overtaken(noun, verb, clause) or is_taken_up(noun)):
            return Fact(off)
    return None


def _fact_of_paying(clause: Token) -> Fact | None:
    """Read "the visit that she will pay", "is due to pay", "was supposed to make" in May."""
    paid, over = clause, clause
    while paid.lemma_ not in words("pays") - words("opens_trip"):
        over = paid
        below = (c for c in paid.children if c.dep_ in {"xcomp", "acomp"} and c.i > paid.i)
        paid = next(below, clause)
        if paid == clause:
            return None
    if tense_of(paid) == "future":
        return Fact("planned")
    if tense_of(paid) == "progressive":
        return Fact("ongoing")
    if tense_of(paid) == "infinitive" and over.lemma_ in words("hope"):
        return Fact(None, reason=WISHED)
    if tense_of(paid) != "infinitive" or over.lemma_ not in words("plan", "meant_to_be"):
        return None
    return Fact("cancelled", weak=True, reason=UNDONE) if is_given_up(over) else Fact("planned")


def _is_paid(clause: Token) -> bool:
    """Tell "is happy with the visit he made" from "the visit made by him"."""
    own = any(c.dep_ == "nsubj" for c in clause.children)
    pays = clause.lemma_ in words("pays") - words("opens_trip")
    return own and pays and tense_of(clause) == "past"


def _is_for_purpose(clause: Token) -> bool:
    """Tell "a visit intended to boost trade" from one "intended for May", "to begin in May"."""
    aims = [c for c in clause.children if c.dep_ == "xcomp" and c.tag_ == "VB"]
    held = words("begin", "takes_place") | {"be"}
    meant = clause.tag_ == "VBN" and clause.lemma_ in words("meant_for")
    return meant and bool(aims) and aims[0].lemma_ not in held


def _is_under_way(noun: Token, verb: Token | None, clause: Token, by_verb: Fact) -> bool:
    """Tell "is on a visit to Peru, where he is expected to sign a pact", of what is to come there.

    So too "began a visit to Peru, where he is expected"; not "spoke of a visit, planned for May".
    """
    there = any(t.lower_ == "where" for t in clause.subtree)
    over = noun.head.head if noun.head.pos_ == "ADP" else noun.head
    if there and over.pos_ == "PROPN" and noun.head.lower_ == "on":
        return True  # "X, on a visit to Peru, where he is expected to sign a pact, said"
    if verb is None or over != verb:
        return False  # "talks on a visit by X, who is expected in June, are under way"
    if (by_verb.status == "ongoing" and not by_verb.weak) or has_set_out(noun, verb, by_verb):
        return True
    begun = verb.lemma_ in words("begin") and by_verb.status == "completed"
    other = noun.head != verb and any(c.dep_ == "dobj" for c in verb.children)
    return begun and there and not other


def has_set_out(noun: Token, verb: Token | None, by_verb: Fact) -> bool:
    """Tell "left on Sunday for a visit to Lima, scheduled for 7 to 9 May": it has begun."""
    if verb is None or by_verb.status != "completed" or noun.head.lower_ not in {"for", "on"}:
        return False
    return noun.head.head == verb and verb.lemma_ in words("departs", "comes_somewhere")


def clause_of_what(noun: Token) -> Token | None:
    """Return the verb of "what was supposed to be a visit", "what would have been a trip".

    Whether such a visit was made is told by the verb over the clause, not by what it was to be.
    """
    being = noun.head
    if noun.dep_ != "attr" or being.lemma_ != "be":
        return None
    missed = {"would", "have"} <= auxiliaries_of(being)
    clause = being.head if being.dep_ == "xcomp" else being if missed else noun
    named = any(c.lower_ == "what" and c.dep_ in SUBJECTS for c in clause.children)
    return clause if named and clause.head != clause else None


__all__ = [
    "clause_of_what",
    "fact_if_off",
    "fact_of_clause",
    "fact_without_verb",
    "has_set_out",
    "is_among_trips",
    "words_before",
]
