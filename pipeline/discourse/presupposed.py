"""Trips that stand whatever is denied beside them: "did not meet him during her visit"."""

from __future__ import annotations

from spacy.tokens import Token

from models.visit import VisitStatus
from pipeline.discourse.denials import is_negated
from pipeline.discourse.tables import words
from pipeline.discourse.trip_clauses import preposition_of
from pipeline.discourse.verb_forms import auxiliaries_of, tense_of
from pipeline.labels import ADNOMINAL

#: How many tokens behind a trip's noun its day is told.
_DAY_REACH = 9
_TOLD = frozenset({"past", "present"})


def presupposed(noun: Token, verb: Token) -> VisitStatus | None:
    """Return what a trip is that its sentence takes for granted, None where it does not.

    "Did not meet the opposition during his visit to Lima", "declined to comment on her trip to
    Lima in May", "X's visit to Lima last week brought no deal", "seeks to build on X's visit"
    fire; "did not pay a visit to Lima", "did not confirm a visit by X", "will not meet the king on
    a visit to Lima" do not.

    Args:
        verb: the verb that governs the noun and makes no trip of it.
    """
    finite = _finite(verb)
    tense = tense_of(finite)
    if "could" in auxiliaries_of(finite):
        tense = "past"
    preposition = "during" if _is_at_limit(noun) else preposition_of(noun)
    owned = any(c.dep_ == "poss" for c in noun.children) or _is_by(noun)
    ahead = tense == "future" or (finite.lemma_ in words("plan") and tense == "present")
    set_in = any(c.lower_ in {"to", "the", "this"} for c in noun.children)
    if preposition == "during" and (owned or set_in) and tense in _TOLD and not ahead:
        return "completed"
    if ahead and _leaves_untouched(noun, verb):
        return "planned"
    if not owned:
        return None
    if _may_befall(noun, finite):
        return "planned"
    if (judged := _judged(noun, verb)) is not None:
        return judged
    if preposition in {"during", "on"} and ahead:
        return "planned"
    yet = any(c.dep_ in ADNOMINAL and tense_of(c) != "past" for c in noun.subtree)
    if preposition == "on" and noun.head.head.lemma_ in words("builds_on") and not yet:
        return "completed"
    above = noun.head.head.lemma_ if preposition else ""
    if _is_behind_uproar(noun) and not yet and _is_over(noun):
        return "completed"  # "hopes to calm anger over his July visit to Lima"
    if tense != "past" and "would" not in auxiliaries_of(finite):
        return None
    spoken = words("speech", "comments", "about_trip")
    if preposition == "on" and above not in spoken:
        return "completed"
    doubted = {verb.lemma_, finite.lemma_} & words("settles_doubt") or above in words("hearsay")
    told = preposition in words("beside_trip") or _is_subject_of_result(noun, verb)
    return "completed" if told and not doubted and _is_over(noun) else None


def _leaves_untouched(noun: Token, verb: Token) -> bool:
    """Tell "X's trip to Lima on Friday will not affect the vote" from "will not take place"."""
    of = any(c.lower_ in {"of", "by"} and c.i > noun.i for c in noun.children)
    made = of or any(c.dep_ == "poss" for c in noun.children)
    does = any(c.dep_ == "dobj" for c in verb.children)
    return made and does and is_negated(verb) and _is_subject_of_result(noun, verb)


def _may_befall(noun: Token, verb: Token) -> bool:
    """Tell "a strike may overshadow X's visit to Lima" from "may pave the way for X's visit"."""
    met = noun.dep_ == "dobj" or preposition_of(noun) == "with"
    own = verb in {noun.head, noun.head.head} and verb.lemma_ in words("befalls_trip")
    return met and own and bool(auxiliaries_of(verb) & {"may", "might", "could"})


def _judged(noun: Token, verb: Token) -> VisitStatus | None:
    """Return what the trip is of which something is denied but not that it comes about.

    "X's visit to Lima was not a success", "did not go well", "is not set to be long" fire; "is not
    on the agenda", "is not certain", "did not take place" do not.
    """
    subject = noun.dep_ == "nsubj" or (noun.dep_ == "nsubjpass" and verb.lemma_ in words("plan"))
    if not subject or noun.head != verb or not any(c.dep_ == "poss" for c in noun.children):
        return None
    ahead = [c for c in verb.children if c.dep_ == "xcomp" and verb.lemma_ in words("plan")]
    told = ahead[0] if ahead else verb
    if not (_is_of_quality(told) or _goes_well(told)):
        return None
    if ahead or tense_of(verb) == "future":
        return "planned"
    return "completed" if tense_of(verb) == "past" else None


def _is_of_quality(verb: Token) -> bool:
    """Tell "was not a success", "to be long", not "is not likely", "is not on the agenda"."""
    told = [c for c in verb.children if c.dep_ in {"attr", "acomp"} and c.i > verb.i]
    likely = words("likelihood")
    return verb.lemma_ == "be" and any(c.lemma_.lower() not in likely for c in told[:1])


def _goes_well(verb: Token) -> bool:
    """Tell "did not go well", "did not go as planned" from "did not go ahead"."""
    behind = [c for c in verb.children if c.i > verb.i and c.dep_ in {"advmod", "advcl", "acomp"}]
    return verb.lemma_ == "go" and any(c.lemma_ in words("goes_how") for c in behind[:1])


def taken_with_while(verb: Token) -> VisitStatus | None:
    """Return what the trip is of who does not do something "while in Lima", "while visiting Lima".

    "Did not meet the opposition while in Lima", "refused to meet it when visiting Lima", "will not
    meet it while in Lima next week" fire; "would not have met it while in Lima" does not, nor does
    "never met it when visiting Lima", which tells of any number of trips.

    Args:
        verb: what is not done.
    """
    finite = _finite(verb)
    auxiliaries, tense = auxiliaries_of(finite), tense_of(finite)
    if "would" in auxiliaries or {"could", "have"} <= auxiliaries:
        return None
    if any(c.lower_ == "never" for c in (*verb.children, *finite.children)):
        return None
    denied = is_negated(verb) or is_negated(finite)
    if not denied and finite.lemma_ not in words("refuse"):
        return None
    if tense == "future" or (finite.lemma_ in words("plan") and tense == "present"):
        return "planned"
    return "completed" if tense == "past" or "could" in auxiliaries else None


def is_wished_ahead(verb: Token) -> bool:
    """Tell "will seek to win aid", "hopes to win aid", by which the trip is to come, too.

    Not "sought to win aid", "seeks to win aid", of one who is there.
    """
    finite = _finite(verb)
    if finite == verb or is_negated(finite):
        return False
    tense = tense_of(finite)
    return tense == "future" or (tense == "present" and finite.lemma_ in words("wishes_ahead"))


def _is_behind_uproar(noun: Token) -> bool:
    """Tell "anger over his visit", wherever the parse hangs "over"."""
    at = noun.head.i
    return noun.dep_ == "pobj" and at > 0 and noun.doc[at - 1].lemma_ in words("uproar")


def _is_at_limit(noun: Token) -> bool:
    """Tell "at the start of his visit"."""
    limit = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "of" else noun
    return limit.lemma_ in words("start_of_trip", "end_of_trip") and limit.head.lower_ == "at"


def _finite(verb: Token) -> Token:
    """Return the "declined" of "declined to comment"."""
    for _ in range(4):
        if verb.dep_ not in {"xcomp", "pcomp"} or verb.head.pos_ not in {"VERB", "AUX", "ADJ"}:
            break
        verb = verb.head
    return verb


def _is_by(noun: Token) -> bool:
    """Tell "the visit to Lima by X" from "a visit by X"."""
    the = any(c.lower_ in {"the", "this"} for c in noun.children)
    return the and any(c.lower_ == "by" and c.i > noun.i for c in noun.subtree)


def _is_subject_of_result(noun: Token, verb: Token) -> bool:
    """Tell "his visit did not bring a deal" from "did not take place", "was not confirmed"."""
    subject = noun.dep_ == "nsubj" and noun.head == verb
    return subject and verb.lemma_ not in words("takes_place")


def _is_over(noun: Token) -> bool:
    """Tell "his recent visit", "her July trip", "her trip to Lima last week", by the words."""
    if any(c.lower_ in words("past") or c.ent_type_ == "DATE" for c in noun.children):
        return True
    behind = noun.doc[noun.i + 1 : min(noun.sent.end, noun.i + _DAY_REACH)]
    dated = any(t.ent_type_ == "DATE" for t in behind)
    return dated and not any(t.lower_ in words("ahead_in_time") for t in behind)


__all__ = ["is_wished_ahead", "presupposed", "taken_with_while"]
