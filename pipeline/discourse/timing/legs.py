"""Whose day a date is where a sentence tells of one stop and of where one goes from there."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from models import DateExpression
from pipeline.discourse.tables import words
from pipeline.discourse.verb_forms import tense_of
from pipeline.labels import NOUNS, PREP_COMPLEMENTS, SUBJECTS, VERBS
from pipeline.neighbours import word_behind

#: How a clause hangs on the trip that it puts before or after what it tells.
_APART = frozenset({"pcomp", "advcl"})
#: How far before "that began" the leg of a tour may be told, in tokens.
_LEG_REACH = 14


def is_of_next_leg(verb: Token, anchors: Sequence[Token]) -> bool:
    """Tell "will meet X in Lima before flying to Quito on Friday": the day is Quito's.

    Not "will meet X before addressing the house on Friday", nor "before flying home on Friday",
    which is the last day in Lima.

    Args:
        verb: the verb that the date hangs on.
        anchors: the token that tells the trip asked about, and what else its dates may hang on.
    """
    trigger = anchors[0]
    if verb.dep_ not in _APART or verb in anchors:
        return False
    if _ends_tour_elsewhere(verb, trigger):
        return True
    return _is_before_going(verb, trigger) and not ends_stay(verb, trigger)


def _ends_tour_elsewhere(verb: Token, trigger: Token) -> bool:
    """Tell "will fly to Lima before ending her tour in Quito": what is dated there is Quito's.

    Not "will see the king before ending her visit", "before ending her tour of the region".
    """
    if trigger.i > verb.i or verb.lemma_ not in words("finish") or not _is_before(verb):
        return False
    if trigger in verb.subtree or all(t.lemma_ not in words("trip_noun") for t in verb.children):
        return False
    return any(
        place.pos_ == "PROPN"
        for prep in verb.subtree
        if prep.lower_ in {"in", "with"} and prep.i > verb.i
        for place in prep.subtree
        if place.ent_type_ in {"GPE", "LOC", "FAC"}
    )


def is_of_stop_before(date: Token, stop: Token) -> bool:
    """Tell the Monday of "Lima is the third stop, after Quito on Monday": it is Quito's.

    Not that of "is on a tour since Monday", "is on a tour after landing on Monday".
    """
    if stop.pos_ != "NOUN" or stop.lemma_ not in words("leg_of_tour") | words("trip_noun"):
        return False
    for token in reversed(date.doc[stop.i + 1 : date.i]):
        if token.lower_ in words("after_trip"):
            return token.lower_ != "since" and token.nbor().lemma_ not in words("begin")
        if token.pos_ in VERBS and token.tag_ != "VBG":
            return False
    return False


def is_of_first_leg(verb: Token | None, trigger: Token, *, ahead: bool = False) -> bool:
    """Tell "the second leg of a tour that began on Sunday in Tonga": the Sunday is Tonga's.

    So of "will go on to Lima on a tour that began on Sunday in Tonga", and of "the last leg of a
    tour starting on Sunday". Not "a tour of Peru that began in Lima on Sunday", nor "the first
    stop of a tour that began". What is yet to come of "a tour that began on Sunday" is a later leg.

    Args:
        verb: the verb that the date hangs on.
        trigger: the token that tells the trip asked about.
        ahead: whether that trip is yet to come.
    """
    if verb is None or verb.lemma_ not in words("opens_trip"):
        return False
    if ahead and verb.dep_ == "relcl" and verb.head != trigger and tense_of(verb) == "past":
        return verb.head.lemma_ in words("trip_noun")
    if _is_of_later_leg(verb.head if verb.tag_ != "VBG" or not verb.i else verb.nbor(-1)):
        return trigger.i < verb.i
    if verb.dep_ != "relcl":
        return False
    if verb.head.lemma_ in words("one_stay"):
        return False  # "the second stop was Peru, a visit that began in Lima on Sunday"
    before = verb.doc[max(verb.sent.start, verb.i - _LEG_REACH) : verb.i]
    later = any(
        leg.lemma_.lower() in words("leg_of_tour")
        and any(c.lower_ in words("later_in_order") for c in leg.children)
        for leg in before
    )
    tour = verb.head
    led = (t for c in tour.children if c.lower_ in {"of", "to", "in"} for t in c.subtree)
    apart = tour.lemma_ == "tour" and all(t.pos_ != "PROPN" for t in led)
    placed = (c for t in verb.subtree if t.lower_ in {"in", "at"} for c in t.children)
    return (later or apart) and trigger.i < verb.i and any(c.pos_ == "PROPN" for c in placed)


def _is_of_later_leg(tour: Token) -> bool:
    """Tell the tour of "the last leg of his tour" from that of "the first leg of his tour"."""
    if tour.dep_ != "pobj" or tour.head.lower_ not in {"of", "on", "in"}:
        return False
    leg = tour.head.head if tour.lemma_ in words("trip_noun") else tour
    named = leg.lemma_.lower() in words("leg_of_tour")
    return named and any(c.lower_ in words("later_in_order") for c in leg.children)


def is_of_stay_before(verb: Token | None, trigger: Token, date: int) -> bool:
    """Tell "is in Peru until Friday and will then fly to Chile": the Friday ends no trip to Chile.

    So of "stays in Peru until Friday before flying to Chile"; not of "flies to Chile until Friday".
    """
    if verb is None or not verb.i < date < trigger.i:
        return False
    if trigger.dep_ in {"conj", "dep"} and trigger.pos_ in VERBS:
        # "was due to stay until Friday and then fly to Chile", the parse hanging it on "due"
        return trigger.head == verb or (verb.dep_ == "xcomp" and trigger.head == verb.head)
    before = trigger.dep_ in PREP_COMPLEMENTS and trigger.head.lower_ == "before"
    return before and verb in trigger.ancestors


def is_of_other_stay(verb: Token | None, anchors: Sequence[Token]) -> bool:
    """Tell "A has left Lima, while B remains there until Friday": the Friday ends no trip of A.

    Not "A arrived in Lima, and he will stay until Friday", "and the visit lasts until Friday".
    """
    trigger = anchors[0]
    if verb is None or verb in anchors or trigger.pos_ not in VERBS:
        return False
    who = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
    own = any(c.dep_ in SUBJECTS for c in trigger.children)
    if who is None or not own or who.pos_ not in NOUNS or who.lemma_ in words("trip_noun"):
        return False
    return verb in trigger.ancestors or trigger in verb.ancestors


def is_of_leg_before(verb: Token | None, trigger: Token, date: DateExpression, at: int) -> bool:
    """Tell "arrives in Peru on Monday, then flies to Chile": the Monday is not Chile's.

    So of "will visit Peru on Monday, then head to Chile"; not of a month or a year, which may be of
    both.

    Args:
        verb: the verb that the date hangs on.
        at: the token at which the date begins.
    """
    if (
        verb is None
        or trigger.pos_ != "VERB"
        or date.grain != "day"
        or verb not in trigger.ancestors
    ):
        return False
    then = [*(c for c in trigger.children if c.i < trigger.i), *trigger.doc[: trigger.i][-1:]]
    return verb.i < at and any(at < t.i and t.lower_ in words("then_on") for t in then)


def leg_over(verb: Token) -> Token | None:
    """Return the leg of "on the second leg of his tour he met X", "at his last stop, he met X"."""
    for prep in verb.children:
        if prep.lower_ not in {"on", "at", "during"} or prep.i > verb.i:
            continue
        for leg in prep.children:
            ordered = any(c.lower_ in words("order_of_leg") for c in leg.children)
            if ordered and leg.lemma_.lower() in words("leg_of_tour"):
                return leg
    return None


def ends_stay(verb: Token, trigger: Token) -> bool:
    """Tell "came home", and the "leaving" of "met X in Lima before leaving for Quito on Friday"."""
    if leads_home(verb):
        return True
    leaves = verb.lemma_ in words("leaves_again") and verb.dep_ in _APART
    return leaves and _is_before_going(verb, trigger)


def is_before_home(verb: Token, trigger: Token) -> bool:
    """Tell the verb of "will visit Lima before flying home", of which a day is of the stay."""
    return verb.dep_ in _APART and ends_stay(verb, trigger) and _is_before_going(verb, trigger)


def _is_before_going(verb: Token, trigger: Token) -> bool:
    """Tell a verb of moving in the clause that a trip is told to come before."""
    if trigger.i > verb.i or verb.lemma_ not in words("moves", "next_leg"):
        return False
    return _is_before(verb) and trigger not in verb.subtree


def _is_before(verb: Token) -> bool:
    """Tell the verb of "before flying on", "prior to flying on"."""
    over = verb.head
    marks = [over.lower_] if verb.dep_ == "pcomp" else []
    marks += [c.lower_ for c in verb.children if c.dep_ == "mark"]
    if over.lower_ == "to" and over.head.lower_ == "prior":
        marks.append("prior")
    return any(mark in words("before_trip") for mark in marks)


def goes_elsewhere(verb: Token, trigger: Token, date: int) -> bool:
    """Tell "after visiting Lima, she flew to Quito on Monday": the day is not Lima's.

    Not "after landing in Lima, she went on Monday to see X".

    Args:
        verb: the verb that the date hangs on, over the clause in which the trip is told.
        trigger: the word that tells the trip.
        date: the token at which the date begins.
    """
    if not trigger.i < verb.i < date or verb.lemma_ not in words("moves", "next_leg"):
        return False
    return any(
        token.pos_ == "PROPN" and token.i < date
        for child in verb.children
        if child.i > verb.i and (child.dep_ == "dobj" or child.lower_ in {"to", "in", "for"})
        for token in child.subtree
    )


def is_behind_stay(trigger: Token, verb: Token) -> bool:
    """Tell "After a visit to Lima, she flew to Quito on Monday": the verb is of what came next."""
    over = trigger.head
    acts = {verb, verb.head} if verb.dep_ == "conj" else {verb}
    opens = trigger.pos_ == "NOUN" and trigger.dep_ == "pobj" and over.head in acts
    leaves = verb.lemma_ in words("leaves_again", "finish") or leads_home(verb)
    return opens and over.i < verb.i and over.lower_ in words("after_trip") and not leaves


def is_of_leg_behind(verb: Token, trip: Token, date: int) -> bool:
    """Tell "will begin with a visit to Lima and then fly to Quito on Friday": the day is Quito's.

    "Ended her visit to Lima and flew to Quito on Friday" tells the last of both.

    Args:
        verb: the verb that the date at token `date` hangs on.
        trip: the noun of a trip told before it.
    """
    joined = verb.dep_ == "conj" and trip.i < verb.i < date and verb.head in trip.ancestors
    joined = joined and trip.head.lemma_ not in words("finish")
    return trip.pos_ == "NOUN" and joined and goes_elsewhere(verb, trip, date)


def is_next_act(verb: Token) -> bool:
    """Tell "will chair a meeting" of what is yet to be done behind a stay."""
    future = any(
        c.dep_ == "aux" and c.lower_ in {"will", "shall", "’ll", "'ll"} for c in verb.children
    )
    return future and not leads_home(verb) and verb.lemma_ not in words("leaves_again", "finish")


def leads_home(verb: Token) -> bool:
    """Tell "came home", "flew back", not ", back from Lima, flies to Quito"."""
    home = any(child.lower_ in {"home", "back"} and child.i > verb.i for child in verb.children)
    return home and verb.lemma_ in words("homeward")


def leads_to_own(verb: Token) -> bool:
    """Tell "left for home", "left here on Friday for his country"."""
    for child in verb.children:
        behind = [t.lower_ for t in verb.doc[child.i + 1 : child.i + 4]]
        if child.lower_ != "for" or child.i < verb.i or not behind:
            continue
        owned = behind[0] in {"his", "her", "their"} and behind[1:2] != []
        if behind[0] in words("home") or (owned and set(behind[1:]) & words("own_land")):
            return True
    return False


def leads_on(verb: Token) -> bool:
    """Tell "left for Lima" from "left for home"."""
    return any(child.lower_ == "for" and word_behind(child) != "home" for child in verb.children)


__all__ = [
    "ends_stay",
    "goes_elsewhere",
    "is_before_home",
    "is_behind_stay",
    "is_next_act",
    "is_of_first_leg",
    "is_of_leg_before",
    "is_of_leg_behind",
    "is_of_next_leg",
    "is_of_other_stay",
    "is_of_stay_before",
    "leads_home",
    "leads_on",
    "leads_to_own",
    "leg_over",
]
