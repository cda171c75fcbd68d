"""Which words tell of setting out for a trip, and so whose the day beside them is."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.discourse.governing import governing_verb
from pipeline.discourse.tables import words
from pipeline.labels import OBJECTS


def sets_out_to(verb: Token, trigger: Token) -> bool:
    """Tell "left on Tuesday to attend the summit in Lima", "left on Tuesday on a visit to Lima".

    So "set off on Tuesday to pay a visit to Lima".
    """
    if trigger.i < verb.i or not leaves(verb):
        return False
    if trigger.pos_ == "NOUN":
        return _is_sent_on(verb, trigger) or _is_paid(verb, trigger)
    return _is_aim(verb, trigger)


def aims_of(verb: Token) -> list[Token]:
    """Return the "pay" of "leaves on Tuesday to pay a visit to Lima", what one sets out to do.

    And the "beginning" of "left on Tuesday, beginning a visit to Lima".
    """
    behind = [child for child in verb.children if child.i > verb.i]
    return [child for child in behind if _is_aim(verb, child) or _is_beside(verb, child)]


def _is_beside(verb: Token, participle: Token) -> bool:
    """Tell the "beginning" of "left on Tuesday, beginning a visit to Lima"."""
    begins = participle.lemma_ in words("begin", "pays") and participle.tag_ == "VBG"
    return begins and participle.dep_ == "advcl" and participle.head == verb


def leaves(verb: Token) -> bool:
    """Tell "left", "set off", "flew out", not "took off his coat", "is set to leave"."""
    if verb.lemma_ in words("departs"):
        return True
    parts = [child for child in verb.children if child.dep_ in {"prt", "advmod"}]
    off = any(child.lower_ in {"off", "out"} for child in parts)
    taken = any(child.dep_ in OBJECTS for child in verb.children)
    return off and not taken and verb.lemma_ in words("leaves_with_particle")


def _is_paid(verb: Token, trip: Token) -> bool:
    """Tell "left to pay a visit to Lima"."""
    light = trip.head
    paid = trip.dep_ in OBJECTS and light.lemma_ in words("pays", "begin")
    return paid and (_is_aim(verb, light) or _is_beside(verb, light))


def _is_aim(verb: Token, infinitive: Token) -> bool:
    """Tell the "attend" of "flew to Lima to attend a summit"."""
    if infinitive.tag_ != "VB":
        return False
    aim = infinitive.head == verb and infinitive.dep_ in {"advcl", "xcomp"}
    aim = aim or _invited_from(infinitive) == verb
    return aim and any(c.lower_ == "to" and c.dep_ == "aux" for c in infinitive.children)


def has_aim_before(verb: Token, date: int) -> bool:
    """Tell "left for Lima to attend a summit on Friday", "has flown there to attend one"."""
    if verb.lemma_ not in words("sets_out"):
        return False
    return any(verb.i < c.i < date and _is_aim(verb, c) for c in verb.children)


def setting_out(trigger: Token, *, flown: bool = False) -> Token | None:
    """Return the verb of "left on Tuesday to attend", "left at A's invitation to attend".

    Args:
        trigger: what one is to do.
        flown: whether that of "flew in on Tuesday to attend" is meant, too.
    """
    for verb in (trigger.head, _invited_from(trigger)):
        if verb is None or verb.i > trigger.i:
            continue
        flew = flown and verb.lemma_ in words("sets_out") and _is_aim(verb, trigger)
        if flew or sets_out_to(verb, trigger):
            return verb
    return None


def _invited_from(trigger: Token) -> Token | None:
    """Return "left" of "left at the invitation of A to attend", parsed as what one is asked to."""
    asked = trigger.head
    while asked.dep_ in {"pobj", "prep"} and asked.lemma_ not in words("invitation"):
        asked = asked.head
    if asked.lemma_ not in words("invitation") or asked.head.lower_ not in {"at", "on", "upon"}:
        return None
    return governing_verb(asked.head)


def _is_sent_on(verb: Token, trip: Token) -> bool:
    """Tell "left on a visit to Lima", where the trip may hang on a day between.

    Not "left office while on a visit to Lima".
    """
    over = trip.head
    sent = over.lower_ == "on" and not any(c.dep_ == "mark" for c in over.children)
    return sent and governing_verb(over) == verb


__all__ = ["aims_of", "has_aim_before", "leaves", "sets_out_to", "setting_out"]
