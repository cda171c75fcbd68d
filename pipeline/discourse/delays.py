"""Delays that are history: "the visit, twice put off, begins on Monday"."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.discourse.denials import is_negated
from pipeline.discourse.governing import behind_aside
from pipeline.discourse.tables import words
from pipeline.discourse.verb_forms import auxiliaries_of, tense_of
from pipeline.labels import OBJECTS, SUBJECTS, VERBS
from pipeline.neighbours import prep_objects

#: How a clause that tells more of a trip hangs on the verb that tells it.
_ASIDES = frozenset({"advcl", "conj", "acl"})
#: The tenses of a trip that comes about.
_MADE_OR_AHEAD = frozenset({"future", "infinitive", "progressive", "past"})


def is_overtaken(noun: Token, verb: Token | None, clause: Token) -> bool:
    """Tell "the visit, postponed in May, will begin on Monday", "paid a visit put off in May".

    And "began a visit that has been put off twice", by how often it was.

    Not "the visit, postponed in May, was to open a fair".
    """
    if verb is None or is_negated(verb) or clause == verb:
        return False
    auxiliaries = auxiliaries_of(clause)
    before = "had" in auxiliaries or not auxiliaries or _has_source(clause)
    before = before or is_ahead_after_all(noun, verb)
    before = before or any(c.lower_ in words("at_first") for c in clause.subtree)
    # "the visit, which was put off in May, began on Monday"
    before = before or (noun.dep_ in SUBJECTS and verb.tag_ == "VBD")
    # "arrived to begin a visit that has been put off twice"
    told = verb.head if verb.tag_ == "VB" and verb.dep_ in {"advcl", "xcomp"} else verb
    if not before or tense_of(told) not in {"past", "future", "present", "progressive"}:
        return False
    if noun.head != verb:
        return False
    if noun.dep_ in SUBJECTS:
        return verb.lemma_ in words("takes_place") or is_ahead_after_all(noun, verb)
    return noun.dep_ in OBJECTS and verb.lemma_ in words("pays")


def is_ahead_after_all(noun: Token, verb: Token | None) -> bool:
    """Tell "the visit, which was postponed in March, will begin on Monday", "is now set for May".

    So "will pay his delayed visit in May", "paid" it. Not "the postponed visit will not take
    place", "was set for May".
    """
    if verb is not None and noun.head == verb and noun.dep_ in OBJECTS and not is_negated(verb):
        due = tense_of(verb) == "infinitive" and verb.head.lemma_ == "be"
        return verb.lemma_ in words("pays") and (due or tense_of(verb) in {"past", "future"})
    subject = verb is not None and noun.head == verb and noun.dep_ in SUBJECTS
    if verb is None or not subject or is_negated(verb):
        return False
    if verb.lemma_ in words("takes_place"):
        return tense_of(verb) == "future"
    if verb.lemma_ == "be" and verb.doc[verb.i + 1 : verb.i + 3].text.lower() in words("on_again"):
        return True
    return verb.lemma_ in words("plan") and bool(auxiliaries_of(verb) & words("is_now"))


def goes_ahead_behind(verb: Token) -> Token | None:
    """Return the verb of "the visit, twice delayed, begins on Monday", "is now set for June"."""
    main = behind_aside(verb) if verb.tag_ == "VBN" else None
    if main is None or main.i < verb.i or is_negated(main):
        return None
    due = main.lemma_ == "be" and any(c.lower_ in words("timetabled") for c in main.children)
    now = due or main.lemma_ in words("plan")
    if now and {main.lower_, *auxiliaries_of(main)} & words("is_now"):
        return main
    ahead = main.lemma_ in words("takes_place") and tense_of(main) != "infinitive"
    return main if ahead else None


def has_gone_by(verb: Token) -> bool:
    """Tell "had been postponed from March", said of a visit that has been made since."""
    return "had" in auxiliaries_of(verb) and _has_source(verb)


def is_recalled_delay(verb: Token) -> bool:
    """Tell "was twice postponed", "was put off twice", "was originally set for May but put off".

    Not "earlier on Monday it was postponed", "was first set for May and has been postponed".
    """
    if tense_of(verb) != "past":
        return False
    news = bool(auxiliaries_of(verb) & words("perfect_now", "perfect_in_short"))
    before = verb.doc[verb.sent.start : verb.i]
    told = any(
        t.lower_ in words("at_first")
        and t.pos_ == "ADV"
        and t.nbor().pos_ not in {"ADP", "DET"}
        and (t.head == verb or not news)
        for t in before
    )
    behind = verb.doc[verb.i + 1 : verb.i + 4]
    often = any(t.lower_ in words("how_often_off") for t in behind)
    return told or (often and not news) or _has_source(verb)


def is_taken_up(noun: Token) -> bool:
    """Tell "will visit Lima in June, reviving a trip that was put off", "a trip put off in May".

    Not "will visit Lima in June, scrapping a trip to Quito that was put off in May".
    """
    over = noun.head
    if noun.dep_ == "pobj" and over.lower_ == "on":
        over = over.head  # "will visit Lima in June on a trip that had been put off"
    if noun.dep_ == "appos":
        over = _verb_over(noun)
    elif noun.dep_ in OBJECTS and over.tag_ == "VBG" and (over.dep_ in _ASIDES or _is_after(over)):
        if over.lemma_ in words("cancel") or _names_place(noun):
            return False
        over = over.head.head if _is_after(over) else over.head
    travels = over.lemma_ in words("bound_for", "comes_somewhere", "stays_a_while")
    return travels and over.i < noun.i and tense_of(over) in _MADE_OR_AHEAD and not is_negated(over)


def is_set_anew(noun: Token, verb: Token) -> bool:
    """Tell "will visit Lima in June, rescheduling a trip", "rescheduled her trip for 3 June".

    So "will visit Lima in June after postponing the trip"; not "rescheduled her trip", "rescheduled
    the trip planned for 3 June".
    """
    put_off = _is_after(verb) and verb.lemma_ in words("postpone")
    if verb.lemma_ not in words("sets_anew") and not put_off:
        return False
    days = (*prep_objects(verb, "for"), *prep_objects(verb, "to"), *prep_objects(noun, "for"))
    named = any(t.ent_type_ == "DATE" for t in days)
    return named or (noun.head == verb and is_taken_up(noun))


def _is_after(verb: Token) -> bool:
    """Tell the "postponing" of "will visit Lima after postponing the trip"."""
    return verb.dep_ == "pcomp" and verb.head.lower_ in words("after_trip")


def _verb_over(noun: Token) -> Token:
    """Return the verb that an apposition stands under, else the noun above it all."""
    node = noun
    while node.head != node and node.pos_ not in VERBS:
        node = node.head
    return node


def _names_place(noun: Token) -> bool:
    """Tell "a trip to Quito"."""
    return any(c.dep_ == "prep" and c.lower_ in {"to", "in"} for c in noun.children)


def _has_source(clause: Token) -> bool:
    """Tell "was postponed from March"."""
    return any(child.lower_ == "from" and child.dep_ == "prep" for child in clause.children)


__all__ = [
    "goes_ahead_behind",
    "has_gone_by",
    "is_ahead_after_all",
    "is_overtaken",
    "is_recalled_delay",
    "is_set_anew",
    "is_taken_up",
]
