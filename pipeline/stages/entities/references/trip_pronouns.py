"""Pronouns of which a trip is told, so that they mean a guest and not his host at home."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.labels import LATE_WORDS, OBJECTS, SUBJECTS
from pipeline.stages.entities.tables import word_set


def tells_of_trip(pronoun: Token) -> bool:
    """Tell the "he" of "he will fly on to Quito", "his next stop", whom one hosts at home.

    Also "the trip will take him to Quito", "he cancelled a stop in Quito", "he will stay in the
    country until Friday". "He will fly to Quito in June" may be said of either.
    """
    head = pronoun.head
    if pronoun.dep_ == "poss":
        return head.lemma_ in word_set("trip_of_guest")
    if pronoun.dep_ in OBJECTS:
        return head.lemma_ in word_set("carries_guest") and _is_of_trip(head)
    if pronoun.dep_ not in SUBJECTS:
        return False
    if _is_during_visit(pronoun) or _stays(head) or _has_stop(head):
        return True
    if any(t.lower_ in LATE_WORDS for t in pronoun.sent):
        return False
    below = [c for c in head.children if c.dep_ in {"xcomp", "acomp"}]
    nodes = [head, *(x for c in below for x in (c, *c.children))]
    if any(node.lemma_ in word_set("goes_on") for node in nodes):
        return True
    further = any(c.lower_ in word_set("also_goes") for node in nodes for c in node.children)
    return further and any(
        node.lemma_ in word_set("also_visits")
        or (node.lemma_ == "be" and any(c.lower_ == "to" for c in node.children))
        for node in nodes
    )


def ends_of_trip(pronoun: Token) -> list[Token]:
    """Return the Lima of "he was in Lima in May", "his visit to Lima", "he has visited Lima".

    One who "stopped in Lima" may have done so on his way home.
    """
    head = pronoun.head
    if pronoun.dep_ == "poss":
        nodes = [head] if head.lemma_ in word_set("trip_of_guest") else []
    elif pronoun.dep_ in SUBJECTS:
        told = word_set("also_visits", "stays_as_guest")
        below = [c for c in head.children if c.dep_ in {"xcomp", "acomp"}]
        nodes = [n for n in (head, *below) if n.lemma_ in told and n.lemma_ != "stop"]
    else:
        return []
    found = [c for node in nodes for c in node.children if node.lemma_ == "visit"]
    preps = (c for node in nodes for c in node.children if c.lower_ in {"in", "to"})
    found += [c for prep in preps for c in prep.children]
    return [c for c in found if c.dep_ in OBJECTS | {"pobj"}]


def _is_of_trip(verb: Token) -> bool:
    """Tell "the trip will take him", "a tour that has taken him"."""
    subject = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
    if subject is not None and subject.lower_ in {"that", "which"} and verb.dep_ == "relcl":
        subject = verb.head
    return subject is not None and subject.lemma_ in word_set("trip_of_guest")


def _is_during_visit(pronoun: Token) -> bool:
    """Tell "During the three-day visit, he will meet Y", "on the second day of the trip he …"."""
    sentence = pronoun.sent
    opening = sentence.doc[sentence.start : pronoun.i]
    trip = next((t for t in opening if t.lemma_ in word_set("trip_of_guest")), None)
    if trip is None or opening[0].lower_ not in {"during", "on"}:
        return False
    return trip.dep_ == "pobj" and any(c.lower_ in {"the", "this"} for c in trip.children)


def _stays(verb: Token) -> bool:
    """Tell "will stay in the country until Friday", "is in the country", "is on a visit to it"."""
    if verb.lemma_ not in word_set("stays_as_guest"):
        return False
    for prep in (c for c in verb.children if c.dep_ == "prep"):
        nouns = [c for c in prep.children if c.dep_ == "pobj"]
        if prep.lower_ == "on" and any(n.lemma_ in word_set("trip_of_guest") for n in nouns):
            return True
        the = (n for n in nouns if any(c.lower_ == "the" for c in n.children))
        if prep.lower_ == "in" and any(n.lemma_ in word_set("land_of_stay") for n in the):
            return True
    return False


def _has_stop(verb: Token) -> bool:
    """Tell "stopped in Quito", "cancelled a planned stop in Quito": a stop is of a tour.

    A host as well may have made one "on his way home".
    """
    if any(t.lower_ == "home" for t in verb.sent):
        return False
    objects = [c for c in verb.children if c.dep_ in OBJECTS]
    if verb.lemma_ == "stop":
        return not objects and any(c.lower_ in {"in", "at", "over"} for c in verb.children)
    return any(noun.lemma_ in word_set("leg_of_guest") for noun in objects)


__all__ = ["ends_of_trip", "tells_of_trip"]
