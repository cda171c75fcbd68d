"""Dates of what is done beside or during a trip: "met the mayor on Monday"."""

from __future__ import annotations

from collections.abc import Collection

from spacy.tokens import Token

from models.visit import TO_COME
from pipeline.discourse.facts import Fact
from pipeline.discourse.suppositions import is_behind_plan
from pipeline.discourse.tables import words
from pipeline.discourse.timing.clauses import tells_of_life
from pipeline.discourse.timing.legs import leads_home
from pipeline.discourse.timing.order import stands_behind
from pipeline.discourse.verb_forms import tense_of
from pipeline.labels import OBJECTS, PREP_COMPLEMENTS, SUBJECTS, VERBS


def is_of_act_beside(trigger: Token, date: Token, verb: Token, *, leaves: bool) -> bool:
    """Tell the day of what is done before, after or besides a trip that a noun tells.

    "Spoke to the press on Friday ahead of his visit", "this year marks ten years since the visit",
    "a visit that will coincide with the fair on Tuesday"; not "left on Friday after a visit".

    Args:
        leaves: whether the trip's last day is asked for.
    """
    if verb.lemma_ == "coincide":
        return verb.i < date.i
    if trigger.pos_ != "NOUN" or date in trigger.subtree or stands_behind(trigger, date.i):
        return False
    over = trigger.head
    if _is_aimed_at(over, verb):
        return True
    if over.lower_ == "of" and over.head.lemma_ == "anniversary":
        return True
    if over.lower_ == "of":
        over = over.head
    beside = over.lower_ in words("before_trip", "after_trip")
    behind = over.lower_ in words("after_trip") and over.head == verb and not leaves
    if behind and (leads_home(verb) or _leads_elsewhere(verb, over.i)):
        return True
    moves = words("leaves_again", "opens_trip", "moves")
    own = verb.lemma_ in moves and not _names_traveller(trigger)
    return beside and verb in over.ancestors and not own


def _is_aimed_at(aim: Token, verb: Token) -> bool:
    """Tell "met on Monday to discuss the visit", "to protest the visit": the day is the meeting's.

    So that of "met on Monday and discussed the visit", "met, where his visit was discussed".

    Args:
        aim: what the trip's noun hangs on.
    """
    purpose = aim.pos_ == "VERB" and aim.lemma_ in words("deals_with_trip")
    beside = aim.dep_ == "conj" and aim.head == verb and aim.tag_ == verb.tag_
    passive = any(c.dep_ == "nsubjpass" for c in aim.children)
    beside = beside or (passive and aim.dep_ in {"relcl", "advcl"})
    purpose = purpose and (beside or any(c.lower_ == "to" for c in aim.children))
    return purpose and verb != aim and verb in aim.ancestors


def _names_traveller(trip: Token) -> bool:
    """Tell "arrived on Monday ahead of a visit by X": whose visit it is need not be who arrived."""
    return any(
        c.lower_ == "by"
        or (c.dep_ == "poss" and c.pos_ == "PROPN")
        or (c.lower_ == "of" and any(t.ent_type_ == "PERSON" for t in c.subtree))
        for c in trip.children
    )


def _leads_elsewhere(verb: Token, end: int) -> bool:
    """Tell "arrived in the port of Guayas on Monday after a visit to Lima": the day is Guayas's.

    So "arrived in the Peruvian capital on Monday after a visit to Quito".
    """
    if verb.lemma_ not in words("moves"):
        return False
    places = (c for c in verb.children if c.lower_ in {"to", "in", "at", "into"} and c.i < end)
    named = (t for place in places for t in place.subtree if t.i < end)
    return any(t.pos_ == "PROPN" or t.lemma_ in words("place_noun") for t in named)


def is_of_other_deed(date: Token, trigger: Token) -> bool:
    """Tell "his trip came after meeting on Tuesday with the king": the day is of the meeting.

    Not "arrived after a flight on Tuesday", where the noun is a trip, nor "left on Tuesday after".
    """
    for node in date.ancestors:
        if node == trigger or node.pos_ in VERBS:
            return False
        if node.lower_ in words("after_trip", "before_trip") and node.pos_ == "ADP":
            deed = next((t for t in node.children if t.dep_ in PREP_COMPLEMENTS), None)
            if deed is None or deed == date or deed.ent_type_ == "DATE" or date.i < deed.i:
                return False
            apart = trigger not in node.subtree and trigger.i < node.i
            return apart and deed.lemma_ not in words("trip_noun")
    return False


def is_of_act_during(trigger: Token, verb: Token) -> bool:
    """Tell the verb of what is done on a trip that a clause beside tells of as under way.

    "Met on Monday with X, who is in Lima", "is in Lima, where she met the mayor on Monday"; not
    "arrived on Monday for talks with X, who is in Lima", nor what is said on Monday of her stay.
    """
    other = words("moves", "begin", "finish", "leaves_again")
    spoken = words("speech", "settles_trip", "comments")
    moves = verb.lemma_ in other and not is_of_site(verb)
    if moves or verb.lemma_ in spoken | {"be"} or not _is_state(trigger):
        return False
    if any(c.lower_ == "where" for c in verb.children):
        return verb.dep_ == "relcl" and trigger.i < verb.i
    clause = next((t for t in (trigger, *trigger.ancestors) if t.dep_ == "relcl"), None)
    return clause is not None and verb in clause.ancestors and clause.head.ent_type_ != "DATE"


def is_of_site(verb: Token) -> bool:
    """Tell "toured a plant", "visited the market", which lead to no other land."""
    objects = (c for c in verb.children if c.dep_ in OBJECTS)
    return any(c.pos_ == "NOUN" and c.lemma_ not in words("place_noun") for c in objects)


def is_of_life(verb: Token | None, trigger: Token) -> bool:
    """Tell "the last president to visit Peru died in 1999": the year is of his death.

    So "X, who visited Peru as a minister, was jailed in March".
    """
    if verb is None or not tells_of_life(verb):
        return False
    subjects = (c for c in verb.children if c.dep_ in SUBJECTS)
    return any(trigger in c.subtree for c in subjects)


def is_of_contact(date: Token, fact: Fact) -> bool:
    """Tell "agreed to come when they spoke on Monday", "invited X in a call on Monday".

    So of "accepted an invitation to Lima when A was in Quito in May", whatever was then. The day is
    of the contact, none of the trip that is to come; not "will visit Lima when the parliament meets
    on Friday", nor "agreed to a call in Lima on Monday".
    """
    if fact.status not in TO_COME:
        return False
    above = list(date.ancestors)
    accepted = any(token.lemma_ == "accept" for token in above)
    asked = words("meeting_on_trip") if fact.status == "invited" or accepted else frozenset()
    contacts = words("contact_on_trip") | asked
    at = date.left_edge.i - 1
    at -= at > 0 and date.doc[at].pos_ == "ADP"
    if at > 0 and date.doc[at].lemma_ in contacts:  # whatever the parse hangs the day on
        return date.doc[at].head.lower_ in words("by_contact")
    for node in above:
        if node.lemma_ in contacts and node.i < date.i:
            return node.head.lower_ in words("by_contact")
        if node.pos_ in VERBS:
            if asked and _is_behind_meeting(date, node, asked):
                return True
            opened = {c.lower_ for c in node.children} & {"when", "as", "while"}
            met = node.lemma_ in words("makes_contact") or "when" in opened
            over = bool(opened) and tense_of(node) in {"past", "pluperfect"}
            return over and met and not is_behind_plan(node)
    return False


def _is_behind_meeting(date: Token, verb: Token, meetings: Collection[str]) -> bool:
    """Tell "to visit Peru during a meeting at a hotel in Oslo on Friday", which hangs on "visit".

    Args:
        verb: what the day hangs on.
        meetings: the nouns of those at which one is asked to come.
    """
    by = (c for c in verb.children if verb.i < c.i < date.i and c.lower_ in words("by_contact"))
    return any(c.dep_ in PREP_COMPLEMENTS and c.lemma_ in meetings for p in by for c in p.children)


def is_going_on(verb: Token) -> bool:
    """Tell "continued her visit on Tuesday", a day on it; not "continued her tour in Lima"."""
    objects = (c for c in verb.children if c.dep_ in OBJECTS)
    return verb.lemma_ == "continue" and any(c.lemma_ in words("one_stay") for c in objects)


def _is_state(trigger: Token) -> bool:
    """Tell "is visiting", "is in", "was on a visit"."""
    over = trigger.head.head if trigger.head.lower_ == "on" else None
    on_trip = trigger.pos_ == "NOUN" and over is not None and over.lemma_ in {"be", "remain"}
    stays = trigger.pos_ in VERBS and trigger.lemma_ in words("is_there")
    visits = trigger.tag_ == "VBG" and any(c.dep_ == "aux" for c in trigger.children)
    return on_trip or stays or visits


__all__ = [
    "is_going_on",
    "is_of_act_beside",
    "is_of_act_during",
    "is_of_contact",
    "is_of_life",
    "is_of_other_deed",
    "is_of_site",
]
