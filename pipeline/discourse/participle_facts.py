"""What a participle tells of a trip, mostly by the verb over it.

"said before leaving for Lima", "after visiting Lima", "Speaking in Lima, she did not say when".
"""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from pipeline.discourse.denials import is_negated
from pipeline.discourse.facts import NOTHING, UNDONE, WISHED, Fact, FactOf
from pipeline.discourse.governing import governing_verb, promise_over
from pipeline.discourse.outcome import (
    is_bound,
    is_just_before,
    is_only_minded,
    is_set_apart,
    is_told_of_trying,
)
from pipeline.discourse.presupposed import taken_with_while
from pipeline.discourse.tables import words
from pipeline.discourse.trip_clauses import is_unplanned
from pipeline.discourse.verb_forms import is_due, tense_of, verb_over_participle
from pipeline.labels import NOUNS, PLURALS, PRESENT, SUBJECTS, TENSED, VERBS


def fact_before(verb: Token, above: Token, fact_of_verb: FactOf) -> Fact:
    """Read "met his cabinet before going to Lima", "told the press before leaving for Lima".

    "Landed in Quito before going on to Lima", "said before going to Lima" leave open whether he
    has gone; "will speak before leaving for Lima" tells that he has not.
    """
    was = above.pos_ == "VERB" or above.tag_ == "VBD"
    speech = above.lemma_ in words("speech", "speaks_aloud")
    told = was and (not speech or verb.lemma_ in words("gone_after_words"))
    told = told and not is_just_before(verb)  # "Hours before flying to Lima, X signed"
    if not told or above.lemma_ in words("begin") or _is_to_act_there(verb):
        return Fact("planned", weak=True)
    fact = fact_of_verb(above)
    if fact.reason == UNDONE:
        return replace(fact, weak=True)  # "had been due to speak in Oslo before going to Lima"
    reason = fact.reason if fact.reason == "pluperfect" else ""
    aside = above.tag_ == "VBG" and fact.weak and fact.status == "ongoing"  # "Speaking before …"
    over = fact.status == "completed" or aside
    return Fact("completed" if over else "planned", weak=True, reason=reason)


def _is_to_act_there(verb: Token) -> bool:
    """Tell "before flying on to Lima, where she is due to meet the king", which is yet to be."""
    clauses = (t for t in verb.subtree if t.dep_ == "relcl" and t.i > verb.i)
    for clause in clauses:
        where = any(c.lower_ == "where" for c in clause.children)
        due = clause.lemma_ == "be" and any(is_due(c) for c in clause.subtree)
        if where and (due or tense_of(clause) == "future" or _is_to(clause)):
            return True
    return False


def _is_to(verb: Token) -> bool:
    """Tell "is to meet" by its infinitive."""
    now = verb.lemma_ == "be" and verb.tag_ in PRESENT
    return now and any(c.dep_ == "xcomp" and c.tag_ == "VB" for c in verb.children)


def _fact_of_thought(above: Token) -> Fact | None:
    """Read "has no intention of going", "stressed the benefits of it", "thinks of it".

    None of others, as "had the honour of going".
    """
    lemma = above.lemma_.lower()
    if lemma in words("weighed_only"):
        return NOTHING
    if lemma not in words("no_plan_noun") or above.pos_ not in NOUNS:
        return None
    return NOTHING if is_unplanned(above, governing_verb(above)) else Fact("planned")


def _backs_out(of: Token) -> bool:
    """Tell the "of" of "pulled out of attending" from that of "made a show of attending"."""
    before = of.doc[max(0, of.i - 2) : of.i]
    return before[-1:].text.lower() == "out" and before[0].lemma_ in words("backs_out")


def fact_of_participle(verb: Token, fact_of_verb: FactOf) -> Fact:
    """Return what a participle takes of the verb that it stands beside, or under."""
    preposition = verb.head.lower_ if verb.dep_ == "pcomp" else ""
    if preposition in {"of", "to"} and verb.head.head.lower_ in words("ahead_of"):
        preposition = "before" if preposition == "to" else "ahead"
    marks = (c for c in verb.children if c.dep_ in {"mark", "prep"} and c.i < verb.i)
    markers = {mark.lower_ for mark in marks}  # not the "before" of "Speaking before leaving Peru"
    above = verb_over_participle(verb)
    if preposition == "without":
        return NOTHING  # "toured the Gulf without visiting Oman"
    if preposition == "of" and above.lower_ in words("brink"):
        return Fact("planned")
    if preposition in {"of", "in"} and (meant := _fact_of_thought(verb.head.head)) is not None:
        return meant
    if is_only_minded(verb, above):
        return NOTHING
    if preposition == "against" and above.lemma_ in words("decides_against"):
        return Fact("cancelled", weak=True)  # "has decided against going to Lima"
    if preposition == "to" and verb.head.i and verb.head.nbor(-1).lower_ == "forward":
        return _fact_of_looking_forward(verb, above)
    if preposition == "of" and _backs_out(verb.head):
        return Fact("cancelled")  # "pulled out of attending the forum"
    if preposition == "about" and above.lemma_.lower() in words("in_two_minds"):
        return NOTHING  # "is undecided about attending"
    if preposition in words("before_trip") or markers & words("before_trip"):
        return (
            fact_before(verb, above, fact_of_verb)
            if preposition == "before"
            else Fact("planned", weak=True)
        )
    if preposition in words("after_trip") or markers & words("after_trip"):
        above = promise_over(above, verb)
        if _counts_on(above):
            return Fact("completed", weak=True)
        if above.pos_ in VERBS and tense_of(above) != "progressive":
            fact = fact_of_verb(above)  # not "is flying to Oslo after visiting Lima"
            if fact.status == "planned" or fact.reason == UNDONE:
                return replace(fact, weak=True)  # "had been due in Oslo after visiting Lima"
        return Fact("completed", weak=True)
    if preposition == "from" and above.lemma_ == "return" and above.tag_ in TENSED:
        return Fact("completed", weak=True)  # "returns home from visiting Lima"
    beside = verb.dep_ == "advcl" and is_set_apart(verb, above)
    if beside and is_told_of_trying(verb, above):
        return Fact("completed", weak=True)  # "sought to win over investors, visiting Peru"
    if not beside and above.lemma_.lower() in words("hope") and tense_of(verb) == "none":
        return Fact(None, reason=WISHED)
    if above.pos_ in VERBS and above != verb:
        fact = fact_of_verb(above)
        if beside and fact.status is None and tense_of(above) == "past":
            return Fact("completed", weak=True)  # "Speaking in Lima, she did not say when"
        meanwhile = any(c.lower_ in words("meanwhile") and c.i < verb.i for c in verb.children)
        taken = taken_with_while(above) if meanwhile and fact.status is None else None
        if taken is not None:
            return Fact(taken, weak=True)  # "did not meet him while visiting Lima"
        return Fact(fact.status, weak=True, reason=fact.reason)
    return Fact("completed", weak=True)


def _fact_of_looking_forward(verb: Token, above: Token) -> Fact:
    """Read "look forward to welcoming X next week" as a plan, "to welcoming X soon" as a wish."""
    if is_negated(above):
        return NOTHING
    vague = any(token.lower_ in words("of_no_set_time") for token in verb.subtree)
    return Fact(None, reason=WISHED) if vague else Fact("planned", weak=True)


def fact_of_newcomer(verb: Token, noun: Token) -> Fact | None:
    """Read "the first minister to visit Syria since 2011 has arrived", who is there by now.

    The parse may take "arrived" for what "since" opens. None for "the first to visit was X", nor
    for "the latest to visit, X, arrived".
    """
    newly = any(c.lower_ == "first" for c in noun.children)
    newly = newly or any(t.lower_ == "since" for t in verb.subtree)
    if tense_of(verb) != "infinitive" or not newly:
        return None
    over = governing_verb(noun) if noun.dep_ in SUBJECTS else None
    since = (c for c in verb.children if c.dep_ == "advcl" and c.i > verb.i)
    found = [over] if over is not None else []
    found += [c for c in since if any(m.lower_ == "since" for m in c.children)]
    came = (v.lemma_ in words("comes_somewhere") and tense_of(v) == "past" for v in found)
    return Fact("completed", weak=True, reason="arrived") if any(came) else None


def _counts_on(be: Token) -> bool:
    """Tell "It will be his second trip after visiting Peru", which was made before."""
    told = (c for c in be.children if c.dep_ == "attr") if be.lemma_ == "be" else ()
    later = words("order_of_leg") - {"first", "next", "1st"}
    return any(c.lower_ in later for noun in told for c in noun.children)


def fact_of_one_of_many(verb: Token, noun: Token) -> Fact | None:
    """Read "is among the leaders travelling to Lima", who is no more there than one who "is".

    None for "was among those travelling to Lima", "is the first to visit Lima".
    """
    many = noun.lower_ == "those" or noun.tag_ in PLURALS
    above = governing_verb(noun) if many and verb.tag_ == "VBG" else None
    if above is None or is_negated(above) or tense_of(above) not in {"present", "future"}:
        return None
    if is_bound(verb):
        return Fact("planned", weak=True)
    return Fact("ongoing", weak=True) if above.lemma_ in words("becomes") else None


__all__ = ["fact_before", "fact_of_newcomer", "fact_of_one_of_many", "fact_of_participle"]
