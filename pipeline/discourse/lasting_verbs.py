"""What lasts: "has been in Lima since Monday", "will be there until Sunday", "in two years"."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.discourse.numbers import ordinal_of
from pipeline.discourse.tables import words
from pipeline.discourse.verb_forms import auxiliaries_of, tense_of
from pipeline.labels import PREP_COMPLEMENTS, PRESENT


def is_since(preposition: Token, verb: Token) -> bool:
    """Tell the "since" of "has been in Lima since Monday", "has been holding talks since Monday".

    Not that of "a bloc of which it has been since May", "it is his second trip since May".
    """
    if preposition.lower_ != "since" or preposition.head != verb:
        return False
    if any(c.lower_ in {"of", "in"} and c.i < verb.i for c in verb.children):
        return False
    befores = {c.lower_ for c in verb.children if c.i < preposition.i}
    has = bool(befores & {"has", "have", "had", "'s", "’s", "'ve", "’ve"})
    if verb.tag_ == "VBG" and "been" in befores:
        return has
    is_there = verb.lemma_ == "be" and tense_of(verb) == "present" and not _ranks(verb)
    return is_there or (has and verb.lemma_ in words("lasts_since"))


def _ranks(verb: Token) -> bool:
    """Tell "is the second to Lima", "is her first visit" from "is in Lima"."""
    called = [c for c in verb.children if c.dep_ == "attr"]
    return any(ordinal_of(t) is not None for c in called for t in (c, *c.children))


def is_stayed_out(verb: Token) -> bool:
    """Tell "spent four days there", "stayed for a week", after which one was gone.

    Not "will spend four days there", "stayed in Lima", "has stayed for a week".
    """
    if verb.lemma_ not in words("stays_out") or tense_of(verb) != "past":
        return False
    return any(t.lemma_ in words("unit_of_stay") for t in verb.subtree if t.i > verb.i)


def goes_on_since(verb: Token) -> bool:
    """Tell "has been on a visit since Monday", "has been touring the south since 3 May".

    Not "has been to Lima twice since May", "has been visiting Lima since 2010", a habit.
    """
    been = verb.lower_ in words("stayed_since") or (
        verb.tag_ == "VBG" and "been" in auxiliaries_of(verb)
    )
    since = next((c for c in verb.children if is_since(c, verb)), None)
    if not been or since is None or (verb.lower_ == "been" and _goes_to(verb)):
        return False
    behind = [t for t in since.subtree if t != since]
    return not (len(behind) == 1 and behind[0].is_digit)


def is_of_years(verb: Token) -> bool:
    """Tell "has gone to Lima in the past two years", "since taking office", who is back since.

    Not "has gone to Lima since Monday", "on her second trip in the past two years".
    """
    for child in verb.children:
        if any(t.lemma_ in words("trip_noun") for t in verb.doc[verb.i + 1 : child.i]):
            return False
        told = child.tag_ in {"VBD", "VBG", "VBN"}  # not "since the talks have stalled", a reason
        if child.dep_ == "advcl" and told and any(c.lower_ == "since" for c in child.children):
            return True
        behind = next((c for c in child.children if c.dep_ in PREP_COMPLEMENTS), None)
        if behind is None:
            continue
        span = behind.lemma_ in words("long_unit") and child.lower_ in words("over_span")
        if span and any(c.lower_ in words("span_till_now") for c in behind.children):
            return True
        if child.lower_ == "since" and behind.tag_ == "VBG":
            return True
    return False


def _goes_to(been: Token) -> bool:
    """Tell "has been to Lima"."""
    return any(c.lower_ == "to" and c.dep_ == "prep" for c in been.children)


def stays_on(verb: Token) -> bool:
    """Tell "will remain in Lima": he is there; not "will land and remain in Lima".

    And "will be in Lima until Sunday", "is due to stay in Lima until Sunday", not "will be in Lima
    from Friday until Sunday", "Friday through Sunday", "next month he is due to stay there until
    Sunday".
    """
    meant = verb.dep_ == "xcomp" and verb.head.lemma_ in words("means_to_stay")
    over = (verb.head, verb.head.head) if meant else ()
    if any(c.ent_type_ == "DATE" for above in over for c in above.lefts):
        return False
    if not meant and (verb.dep_ not in {"ROOT", "ccomp", "relcl"} or tense_of(verb) != "future"):
        return False
    if verb.dep_ == "relcl" and verb.head.head.tag_ != "VBD":
        return False  # "awaits X, who will be in Lima until Sunday"
    below = {child.lower_ for child in verb.children}
    until = bool(below & words("until")) and not below & words("stays_from")
    last = next((c.i for c in verb.children if c.lower_ in words("until")), 0)
    until = until and verb.doc[last - 1].ent_type_ != "DATE"
    if verb.lemma_ == "remain" and verb.dep_ != "relcl" and not meant:
        return True
    return until and verb.lemma_ in words("stays") and not _is_awaited_before(verb)


def _is_awaited_before(verb: Token) -> bool:
    """Tell "The premier awaits X on Monday. X will stay until Friday", who is not there yet."""
    start = verb.sent.start if verb.doc.has_annotation("SENT_START") else 0
    if not start:
        return False
    above = verb.doc[start - 1].sent.root
    return above.tag_ in PRESENT and above.lemma_ != "be"


__all__ = ["goes_on_since", "is_of_years", "is_since", "is_stayed_out", "stays_on"]
