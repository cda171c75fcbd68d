"""Whether a trip was made, is being made, will be made, was put off, or was only wished for.

What a verb's own form tells is in `told_by_form`; here is what the words above make of it.
"""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from models.visit import MADE, MADE_OR_PLANNED, OFF, VisitStatus
from pipeline.discourse.asking import (
    asks_to_go,
    fact_of_invitation,
    is_asked,
    is_asked_to,
    is_requested,
    is_way_cleared,
    made_on,
)
from pipeline.discourse.chances import chance_taken
from pipeline.discourse.delays import (
    goes_ahead_behind,
    has_gone_by,
    is_ahead_after_all,
    is_recalled_delay,
    is_set_anew,
)
from pipeline.discourse.denials import is_given_up_for, is_negated, is_not_done
from pipeline.discourse.facts import BARE, NOTHING, NTH, ONCE_OFF, TIMED, UNDONE, WILL, WISHED, Fact
from pipeline.discourse.governing import (
    goes_on_later,
    governing_verb,
    is_argument,
    is_due_for,
    is_unbilled,
    is_unplugged,
    is_where_agreed,
    off_after_all,
    off_by,
    promise_over,
)
from pipeline.discourse.noun_clauses import (
    clause_of_what,
    fact_if_off,
    fact_of_clause,
    fact_without_verb,
    has_set_out,
    words_before,
)
from pipeline.discourse.of_token import once_a_token
from pipeline.discourse.outcome import (
    comes_to_nothing,
    has_run,
    is_aside_on,
    is_before_long_past,
    is_beside_speech,
    is_goer_of_headline,
    is_only_urged,
    is_prepared_for,
    is_purpose,
    is_said_on,
)
from pipeline.discourse.participle_facts import (
    fact_before,
    fact_of_newcomer,
    fact_of_one_of_many,
    fact_of_participle,
)
from pipeline.discourse.presupposed import is_wished_ahead, presupposed
from pipeline.discourse.suppositions import is_denied_above, is_given_up, is_hypothetical
from pipeline.discourse.tables import words
from pipeline.discourse.timing.frames import time_that_saw
from pipeline.discourse.timing.order import is_fresh_from
from pipeline.discourse.timing.setting_out import leaves
from pipeline.discourse.told_by_form import fact_of_feeling, fact_of_form, is_gladness
from pipeline.discourse.trip_clauses import (
    at_invitation,
    invitation_over,
    is_announced,
    is_being_paid,
    is_in_no_plan,
    is_no_plan,
    is_on_trip,
    is_owned,
    is_set,
    is_timetabled,
    is_unplanned,
    is_unreal,
    part_of_trip,
    preposition_of,
    tour_of_stop,
)
from pipeline.discourse.trip_courses import fact_of_course
from pipeline.discourse.trip_governors import fact_of_governed
from pipeline.discourse.trip_predicates import fact_of_predicate
from pipeline.discourse.verb_forms import (
    Tense,
    auxiliaries_of,
    is_due,
    is_nth_to,
    is_taken_for_noun,
    parsed_verb,
    tense_of,
)
from pipeline.labels import ADNOMINAL, PAST, VERBS


@once_a_token
def fact_of_verb(verb: Token) -> Fact:
    """Return what a verb of travel tells."""
    if verb.tag_ in {"NN", "NNS"} and not is_taken_for_noun(verb):
        # "a tour that includes stops in Lima", tagged both ways
        return Fact("planned") if is_due(verb) else fact_of_noun(verb)
    verb = parsed_verb(verb)
    if is_given_up_for(verb):
        return NOTHING
    if (saw := time_that_saw(verb)) is not None:
        return fact_of_verb(saw)
    return fact_of_form(verb) or _fact_from_above(verb, tense_of(verb))


def _fact_from_above(verb: Token, tense: Tense) -> Fact:
    """Return what the words above an infinitive or participle make of it."""
    head = verb.head
    if is_beside_speech(verb):
        return Fact("ongoing", weak=True)
    if head == verb:
        return Fact("planned", weak=True) if tense == "infinitive" else Fact("completed", weak=True)
    if tense == "none" and verb.dep_ in {"pcomp", "advcl"}:
        return fact_of_participle(verb, fact_of_verb)
    if verb.dep_ == "conj":
        due = verb.tag_ == "VB" and head.lemma_ in words("plan")  # "is due to land, and leave for"
        as_head = head.pos_ in VERBS and not due
        return fact_of_verb(head) if as_head else Fact("planned", weak=not due)
    lemma = head.lemma_.lower()
    if is_negated(head) and head.pos_ in VERBS:
        return NOTHING
    if tense == "infinitive" and is_denied_above(head):
        return Fact(None, reason=WISHED)  # "denied that he had been asked to come"
    if tense == "infinitive" and is_gladness(head):
        return fact_of_feeling(verb, head)
    charged = lemma in words("charge") or (lemma == "ask" and verb.lemma_ in words("stand_in"))
    if tense == "infinitive" and charged and tense_of(head) == "past":
        return Fact("planned", weak=True)
    if tense == "infinitive" and is_given_up(head) and verb.lemma_ not in words("about_trip"):
        return Fact("cancelled", weak=True, reason=UNDONE)
    if head.pos_ == "ADJ" and is_not_done(head):
        return NOTHING
    if lemma in words("invitation"):
        return _fact_under_noun(head)
    if lemma in words("invite") or is_asked(head) or is_asked_to(verb, head):
        return Fact("invited")
    if is_requested(verb, head):
        return fact_of_invitation(head)
    if lemma == "accept":
        return Fact("planned") if fact_of_verb(head).status else NOTHING
    if lemma == "have" and head.tag_ == "VBD" and tense == "infinitive":
        return Fact("completed", weak=True)
    if lemma == "be" and is_nth_to(verb):
        above = fact_of_verb(head)  # "was in the first delegation to ever go"
        return Fact("completed" if above.status == "ongoing" else above.status, weak=True)
    if lemma == "be" and tense == "infinitive" and is_purpose(verb, head):
        return Fact("planned" if tense_of(head) == "future" else "completed", weak=True)
    if lemma in {"be", "have"} and head.pos_ in VERBS:
        return Fact("planned") if tense == "infinitive" else fact_of_verb(head)
    if is_way_cleared(verb):
        return Fact("planned", weak=True) if fact_of_verb(head.head).status else NOTHING
    of_noun = verb.dep_ in ADNOMINAL or lemma in words("came_nth")  # "was first to arrive"
    of_noun = of_noun or (verb.dep_ == "advcl" and tense == "infinitive" and head.pos_ == "NOUN")
    if of_noun and head.pos_ in {"NOUN", "PROPN", "PRON", "ADJ", "NUM"}:
        if tense == "infinitive" and is_goer_of_headline(head):
            return Fact("planned", weak=True)
        bound = verb.lemma_ in words("bound_in_headline") and verb.tag_ == "VBG"
        if bound and head.tag_ == "NN" and is_goer_of_headline(head):
            return Fact("ongoing", weak=True, reason="present")  # "Malian premier arriving in Lima"
        own = fact_of_one_of_many(verb, head) or fact_of_newcomer(verb, head)
        return own or _fact_under_noun(head)
    if lemma in words("plan") and not leaves(head):
        given_up = any(c.lower_ == "longer" and c.dep_ == "advmod" for c in head.children)
        return Fact("cancelled", weak=True) if given_up else Fact("planned")
    needed = tense == "infinitive" and (lemma == "need" or asks_to_go(head))
    if needed or (lemma in words("hope") and not (verb.dep_ == "advcl" and verb.i < head.i)):
        return Fact(None, reason=WISHED)
    if lemma == "go" and head.tag_ == "VBG" and tense == "infinitive":
        return Fact("planned", weak=tense_of(head) == "past")  # "is going to visit"
    if lemma in words("takes_in") and verb.tag_ == "VBG" and tense_of(head) == "present":
        return Fact("planned", weak=True)  # "his agenda includes visiting Lima"
    if head.pos_ in VERBS:
        if lemma in words("begin", "passes_fact_on"):
            return fact_of_verb(head)
        if verb.dep_ in {"advcl", "xcomp", "ccomp"}:
            above = fact_of_verb(head)
            if lemma == "become" and above.status == "ongoing":
                return Fact("completed", weak=True, reason=NTH)  # "becomes the first to go"
            named = head.dep_ == "ROOT" and head.tag_ == "VB"  # "Ruto to visit Lima", a name
            to_come = tense == "infinitive" and (named or above.reason in {"present", TIMED})
            return Fact("planned" if to_come else above.status, weak=True)
    if head.pos_ == "ADJ" and lemma in words("plan"):
        return Fact("planned")
    return Fact("planned", weak=True) if tense == "infinitive" else Fact("completed", weak=True)


def _fact_under_noun(noun: Token) -> Fact:
    """Read "the first leader to visit", "plans to visit", "an invitation to visit"."""
    lemma = noun.lemma_.lower()
    if lemma in words("invitation"):
        if (left := made_on(noun)) is not None:
            return Fact(fact_of_verb(left).status, weak=True)
        return fact_of_invitation(noun)
    if lemma in words("plan_of_trip"):
        return _fact_of_plan(noun)
    if lemma in words("wish_noun") and chance_taken(noun) is None:
        return Fact(None, reason=WISHED)
    if (verb := governing_verb(noun)) is None:
        return Fact("completed", weak=True)
    if is_negated(verb):
        return NOTHING
    if {"would", "have"} <= auxiliaries_of(verb) and verb.lemma_ in words("becomes"):
        return Fact(None, reason="hypothetical")  # "would have been the first to visit"
    fact = fact_of_verb(verb)
    if fact.status == "ongoing" and verb.lemma_ in words("becomes"):
        return Fact("completed", weak=True, reason=NTH)
    return Fact(fact.status, weak=True)


def _fact_of_plan(noun: Token) -> Fact:
    """Read "called off plans to visit", "shelved his plan to go", "his plans to visit"."""
    if is_unplanned(noun, verb := governing_verb(noun)):
        return NOTHING
    if verb is None or not is_argument(noun, verb) or is_negated(verb):
        return Fact("planned")
    return _called_off(verb, off) if (off := off_by(verb)) is not None else Fact("planned")


def fact_of_noun(noun: Token) -> Fact:
    """Return what the words around a trip's noun tell."""
    if is_given_up_for(noun):
        return NOTHING
    near = words_before(noun)
    if near & words("called_off"):
        return Fact("cancelled")
    if near & words("put_off") and not is_ahead_after_all(noun, governing_verb(noun)):
        return Fact("postponed")
    if near & ({"no", "every", "each", "any"} | words("at_home")) or is_no_plan(noun):
        return NOTHING
    if noun.head.lower_ == "of" and noun.head.head.lemma_ == "anniversary":
        return Fact("completed")
    verb = governing_verb(noun)
    if any(is_due(above) for above in noun.ancestors if above.tag_ == "NN"):
        return Fact("planned")
    if is_due_for(noun, verb):
        return NOTHING if is_unbilled(noun) else Fact("planned")
    off = _off_by_noun(noun, verb) or _off_with_tour(noun)
    if off is not None:
        return off
    by_verb = _fact_of_governor(noun, verb) if verb is not None else fact_without_verb(noun)
    if by_verb.status in {"cancelled", "postponed", "invited"}:
        return by_verb
    ran = verb is not None and has_run(noun, verb)
    if near & words("upcoming") and not ran:
        return fact_if_off(noun, verb) or Fact("planned")
    if near & words("merely_thought"):
        return Fact(None, reason="only thought of")
    if is_unreal(near) and by_verb.status != "completed":
        return Fact(None, reason=WISHED)
    if near & words("now"):
        return Fact("ongoing")
    of_order = words("of_order") if noun.lemma_ in words("halt") else frozenset()
    if near & words("past") - of_order and by_verb.status is not None:
        return Fact("completed")
    if is_timetabled(noun) and not has_set_out(noun, verb, by_verb):
        return Fact("planned")
    return fact_of_clause(noun, verb, by_verb) or by_verb


def _off_by_noun(noun: Token, verb: Token | None) -> Fact | None:
    """Read "the cancellation of a trip", which one may only threaten."""
    above = noun.head.head.lemma_.lower() if noun.head.lower_ == "of" else ""
    if above not in words("cancellation", "postponement"):
        return None
    if noun.head.head.head.lower_ == "of" and noun.head.head.head.head.lemma_ in words("hearsay"):
        return Fact(None, reason="only spoken of")
    if verb is not None and (verb.lemma_ in words("hope") or fact_of_verb(verb).is_unreal):
        return Fact(None, reason="only spoken of")
    return Fact("cancelled" if above in words("cancellation") else "postponed")


def _off_with_tour(stop: Token) -> Fact | None:
    """Read "called off a trip with stops in Lima and Quito" of the stops."""
    tour = tour_of_stop(stop)
    fact = fact_of_noun(tour) if tour is not None else None
    return fact if fact is not None and fact.status in OFF else None


def _fact_of_governor(noun: Token, verb: Token) -> Fact:
    """Return what the verb over a trip's noun tells, by the first reading that tells anything."""
    if (clause := clause_of_what(noun)) is not None:
        return _fact_over_what(clause)
    later = off_after_all(noun, verb)
    off = off_by(later) if later is not None else None
    if later is not None and off is not None:
        return _called_off(later, off)
    return (
        fact_of_predicate(noun, verb)
        or fact_of_governed(noun, verb)
        or fact_of_course(noun, verb, fact_of_verb, fact_of_noun)
        or _fact_if_off(noun, verb)
        or _fact_by_preposition(noun, verb)
        or _fact_by_verb(noun, verb)
    )


def _fact_over_what(clause: Token) -> Fact:
    """Read "called off what was to be a visit", "turned what was to be a visit into a row"."""
    verb = governing_verb(clause)
    if verb is None:
        return Fact("completed", weak=True, reason=BARE)
    off = off_by(verb) if clause.head == verb else None
    return _called_off(verb, off) if off is not None else replace(fact_of_verb(verb), weak=True)


def _fact_if_off(noun: Token, verb: Token) -> Fact | None:
    """Read "pulled out of the visit", "called it off", "the visit will not take place"."""
    direct = is_argument(noun, verb)
    lemma = verb.lemma_.lower()
    if is_unplugged(noun, verb):
        return Fact("cancelled")
    plan = noun.head.head  # "plans for a visit were shelved"
    if preposition_of(noun) == "for" and plan.lemma_ in words("plan_of_trip"):
        fact = _fact_of_plan(plan)
        return fact if fact.status in OFF else None
    if direct and not is_negated(verb):
        if (off := off_by(verb)) is not None:
            return Fact("planned") if is_set_anew(noun, verb) else _called_off(verb, off)
        if (lemma in words("hope") and tense_of(verb) != "past") or lemma in words("moots"):
            return Fact(None, reason=WISHED)
    if noun.dep_ == "nsubjpass" and lemma in words("regard") and is_owned(noun):
        return Fact("completed", weak=True, reason=BARE)  # "his trip should not be seen as"
    if is_negated(verb) and comes_to_nothing(noun, verb):
        return Fact("cancelled")
    return None


def _fact_by_preposition(noun: Token, verb: Token) -> Fact | None:
    """Read "ahead of the visit", "after it", "invited X for a visit"."""
    direct = is_argument(noun, verb)
    lemma = verb.lemma_.lower()
    preposition = preposition_of(noun)
    if is_fresh_from(noun):
        return Fact("completed")
    if preposition == "without":
        return NOTHING  # "toured the Gulf without a stop in Oman"
    if preposition in words("before_trip"):
        gone = noun.lemma_ == "departure" and preposition != "ahead" and not is_argument(noun, verb)
        if gone and fact_before(noun, verb, fact_of_verb).status == "completed":
            return Fact("completed", weak=True, reason="flew")
        return Fact("completed" if is_before_long_past(noun) else "planned")
    if preposition in {"for", "on"} and is_prepared_for(noun):
        return Fact("planned", weak=True)
    if preposition in words("after_trip"):
        verb = promise_over(verb, noun)
        fact = fact_of_verb(verb)
        ahead = fact.status == "planned" and tense_of(verb) != "progressive"
        ahead = ahead or (fact.reason == WISHED and tense_of(verb) == "future")  # "hopes to"
        later = ahead and goes_on_later(noun, verb)
        return Fact("planned", weak=True) if later else Fact("completed")
    subject = noun.dep_ == "nsubj" and noun.head == verb  # "the trip invited criticism"
    aside = subject or is_on_trip(noun, verb) or at_invitation(noun)
    if lemma in words("invite") and not aside:
        if is_hypothetical(verb):
            return Fact(None, reason="hypothetical")  # "would invite X for a visit if she won"
        return Fact("invited")
    if (invitation := invitation_over(noun)) is not None:
        if preposition == "during" and noun.head.head.tag_ in PAST:
            return Fact("completed", weak=True)  # "the invitation (that he) extended on his visit"
        return fact_of_invitation(invitation)
    if is_in_no_plan(noun, verb):
        return NOTHING
    if direct and lemma in words("plan") - words("merely_tells_plan"):
        return Fact("planned")
    if preposition in {"during", "at"} and is_where_agreed(noun, verb):
        return Fact("completed", weak=True)
    return None


def _fact_by_verb(noun: Token, verb: Token) -> Fact:
    """Return what is told of whoever does something on a trip, or of the trip itself."""
    direct, preposition = is_argument(noun, verb), preposition_of(noun)
    lemma = verb.lemma_.lower()
    fact = fact_of_verb(verb)
    if fact.reason == WILL and not direct:
        fact = replace(fact, reason="")
    if fact.reason == WISHED and preposition in {"during", "on"} and is_wished_ahead(verb):
        return Fact("planned", weak=True)  # "will seek to win aid during a visit"
    if is_on_trip(noun, verb) and (fact.status == "invited" or fact.reason == WISHED):
        # "was invited to speak during his visit", "denied that he fell ill during it"
        return Fact("completed", weak=True, reason=BARE)
    if direct and fact.status in MADE and is_announced(noun, verb):
        return Fact("planned", weak=True)
    on = lemma in {"be", "remain"} and preposition == "on"
    if fact.status == "ongoing" and (on or is_being_paid(noun, verb)):
        return Fact("ongoing")
    ahead = fact.status == "planned" or lemma in words("plan")
    if ahead and preposition == "on" and is_aside_on(noun, verb):
        return Fact("ongoing")
    if preposition == "on" and is_said_on(noun, verb):
        return Fact("ongoing", weak=True)
    if fact.status == "ongoing":
        return Fact("ongoing", weak=True, reason=TIMED if direct and fact.reason == TIMED else "")
    if fact.status == "completed" and preposition in {"of", "about", "for"} and not fact.reason:
        return replace(fact, reason=BARE)  # "spoke about the trip" tells not whether it was made
    if fact.status == "completed" and direct and lemma in words("tells_plan") and not fact.reason:
        return replace(fact, reason=BARE)  # nor does "confirmed the visit"
    if fact.status is None and fact.is_unreal and is_set(noun):
        return Fact("planned", weak=True)
    if fact.status is None and (taken := presupposed(noun, verb)) is not None:
        return Fact(taken, weak=True, reason=BARE)
    return fact


def _called_off(verb: Token, status: VisitStatus) -> Fact:
    if is_only_urged(verb):
        return Fact("planned", weak=True)
    if has_gone_by(verb):
        return Fact("completed", weak=True)  # "the visit last week had been postponed from May"
    if (main := goes_ahead_behind(verb)) is not None:
        return Fact("completed" if tense_of(main) == "past" else "planned")
    fact = fact_of_verb(verb)
    if fact.status not in MADE_OR_PLANNED:
        return fact
    once = status == "postponed" and is_recalled_delay(verb)
    return Fact(status, reason=ONCE_OFF if once else fact.reason)


__all__ = [
    "BARE",
    "NOTHING",
    "TIMED",
    "UNDONE",
    "WILL",
    "WISHED",
    "Fact",
    "fact_of_noun",
    "fact_of_verb",
    "governing_verb",
    "invitation_over",
    "part_of_trip",
]
