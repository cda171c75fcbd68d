"""Dates of what others do behind a trip, or of what it holds: "and an envoy will go in May"."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.discourse.governing import governing_verb
from pipeline.discourse.tables import words
from pipeline.discourse.verb_forms import is_before_that
from pipeline.labels import NOUNS, OBJECTS, PLURALS, SUBJECTS, VERBS


def is_of_others_clause(verb: Token | None, trigger: Token) -> bool:
    """Tell "will visit Lima, and an envoy will go to Quito in May", where May is the envoy's.

    So "will visit Lima, while parliament votes in May", "visited Peru, whose premier resigned in
    May". Not "will visit Lima, and the trip is set for May", "and the king will receive her in
    May", nor "will visit Lima and her deputy will visit Quito in May", which tells both in one. The
    May of "said while visiting Lima that the bank opened in May" is the bank's.

    Args:
        verb: what the date hangs on.
    """
    if verb is None or verb.i < trigger.i:
        return False
    if is_before_that(trigger):
        chain = {verb, *verb.ancestors}
        return trigger.head in chain and trigger not in chain
    clause = verb
    while clause.dep_ in {"xcomp", "acomp"} and clause.head.i > trigger.i:
        clause = clause.head
    if clause.dep_ not in {"conj", "advcl", "relcl"} or clause.i < trigger.i:
        return False
    subject = next((c for c in clause.children if c.dep_ in SUBJECTS), None)
    if subject is None or subject.i <= trigger.i or subject.pos_ not in NOUNS:
        return False  # "whose 1988 visit to Lima is remembered"
    if clause.dep_ == "relcl":
        return any(c.lower_ == "whose" for c in subject.children)
    over = clause.head
    if over != trigger and over not in trigger.ancestors:
        return False
    if clause.dep_ == "advcl" and not any(c.lower_ == "while" for c in clause.children):
        return False
    between = trigger.doc[trigger.i : subject.left_edge.i]
    if all(t.text not in {",", ";"} for t in between) or not _is_apart(subject, verb):
        return False
    if any(t.lower_ == subject.lower_ for t in trigger.doc[trigger.sent.start : trigger.i]):
        return False  # "Minister X will visit Lima, and X will open a school on Friday"
    return not any(t.tag_ == "PRP" for t in clause.subtree if t.i > clause.i)


def _is_apart(subject: Token, verb: Token) -> bool:
    """Tell "an envoy", "parliament", "Peru's premier" from "the pact", "the two leaders", "talks".

    The latter do what they do on the trip, and so may the host, unless he goes somewhere; "a pact
    will be signed" on it as well. "The parliament", "the miners" have their own days.
    """
    if verb.lemma_ in words("done_on_trip"):
        return False
    if subject.lemma_.lower() in words("trip_noun", "event"):
        return False
    if subject.pos_ == "PROPN" and subject.ent_type_ not in {"GPE", "ORG"}:
        return verb.lemma_ in words("moves")
    if subject.lemma_.lower() in words("goes_on_at_home"):
        return True
    owned = any(c.dep_ == "poss" for c in subject.children)
    known = any(c.lower_ in words("definite") for c in subject.children)
    return owned or not (known or subject.tag_ in PLURALS)


def is_of_part(verb: Token | None, trigger: Token, at: int) -> bool:
    """Tell the Tuesday of "began a stay in Lima, which includes talks on Tuesday": of the talks.

    Not of "the tour includes Peru on Tuesday", nor of "the trip, which includes talks, began on".

    Args:
        verb: what the date hangs on.
        at: the first token of the date.
    """
    if verb is None or verb == trigger or at < verb.i or verb.lemma_ not in words("holds_part"):
        return False
    held = any(c.pos_ == "NOUN" for c in verb.children if c.dep_ in OBJECTS)
    owned = trigger in verb.ancestors or any(trigger in {c, *c.subtree} for c in verb.lefts)
    return held and owned


def is_of_what_is_done(verb: Token | None, trigger: Token, at: int) -> bool:
    """Tell the Sunday of "a highlight of the trip is a mass on Sunday": of the mass alone.

    So of "the reason for her visit is a meeting on Sunday"; not of "the first leg of the trip is on
    Sunday", "the aim of the trip to Lima on Sunday is".

    Args:
        verb: what the date hangs on.
        at: the first token of the date.
    """
    of_thing = trigger.dep_ == "pobj" and trigger.head.lower_ in {"of", "for", "during"}
    if not of_thing or trigger.lemma_.lower() not in words("trip_noun"):
        return False
    thing = trigger.head.head
    over = thing.head
    if thing.dep_ not in SUBJECTS or thing.pos_ != "NOUN" or not over.i < at:
        return False
    if thing.lemma_ in words("trip_noun", "leg_of_tour", "part_of_time", "date_of_trip"):
        return False
    return verb is not None and over.pos_ in VERBS and over in {verb, *verb.ancestors}


def is_of_going_on(verb: Token | None, trigger: Token) -> bool:
    """Tell the Friday of "his tour continues on Friday", on which it neither begins nor ends."""
    subject = trigger.pos_ == "NOUN" and trigger.dep_ == "nsubj" and trigger.head == verb
    return verb is not None and subject and verb.lemma_ in words("trip_goes_on")


def is_of_what_is_said(verb: Token | None, trigger: Token) -> bool:
    """Tell the June of "said after a visit to Lima that talks would resume in June".

    So of "told reporters after talks in Lima that a vote would be held in June"; not of "said after
    a visit to Lima that ended in June".

    Args:
        verb: what the date hangs on.
    """
    said: Token | None = trigger
    if trigger.lemma_ not in words("speech"):
        said = governing_verb(trigger.head) if trigger.head.i < trigger.i else None
    if said is None or verb is None or said.lemma_ not in words("speech") or said.i > trigger.i:
        return False
    for node in (verb, *verb.ancestors):
        if node == trigger or node in trigger.ancestors:
            return False
        if any(c.lower_ == "that" and c.dep_ == "mark" and c.i > trigger.i for c in node.children):
            return True
    return False


__all__ = [
    "is_of_going_on",
    "is_of_others_clause",
    "is_of_part",
    "is_of_what_is_done",
    "is_of_what_is_said",
]
