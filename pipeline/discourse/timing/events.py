"""The day of an event for which a trip is made, or which it is only about."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.discourse.facts import Fact
from pipeline.discourse.tables import words
from pipeline.labels import ADNOMINAL, NOUNS, OBJECTS, VERBS


def is_of_event_talked_about(verb: Token | None, trigger: Token, fact: Fact) -> bool:
    """Tell the day of "will fly to Lima to discuss the vote set for 5 May", which is the vote's.

    So is it in "flew to Lima for talks on the vote set for 5 May"; not in "will fly to Lima for the
    summit set for 5 May", whose day is that of who attends it.

    Args:
        verb: the one that the day hangs on.
    """
    event = event_of_clause(verb, trigger)
    planned = fact.status == "planned"
    return event is not None and (_is_only_about(event) or (planned and _comes_after(event)))


def is_of_event_attended(verb: Token | None, trigger: Token, fact: Fact) -> bool:
    """Tell the day of "will fly to Lima for the summit of the bloc, which is set for 5 May"."""
    event = event_of_clause(verb, trigger)
    attended = event is not None and event.lemma_.lower() in words("event")
    if not attended or event is None or fact.status != "planned":
        return False
    return not _is_only_about(event) and not _comes_after(event)


def event_of_clause(verb: Token | None, trigger: Token) -> Token | None:
    """Return the summit of "flew to Lima for the summit, which opens on Friday", none for a trip.

    Args:
        verb: of the clause that tells when it is held.
        trigger: what tells the trip, before it.
    """
    node = verb
    while node is not None and node.dep_ == "xcomp":
        node = node.head  # "due to open", "set to be held"
    if verb is None or node is None or node == trigger or node.i < trigger.i:
        return None
    if not {verb.lemma_, node.lemma_} & words("held", "opens_event"):
        return None
    if node.dep_ == "advcl" and node.tag_ == "VBN" and node.head == trigger:
        return _aim_of(trigger, node) if node.nbor(-1).text == "," else None
    noun = node.head
    if node.dep_ not in ADNOMINAL or noun.pos_ not in NOUNS or noun.i < trigger.i:
        return None
    if node.doc[node.left_edge.i - 1].text == ",":
        noun = _whole_event(noun)
    told = noun.lemma_.lower() in words("trip_noun") or trigger not in noun.ancestors
    return None if told else noun


def is_of_event_ahead(date: Token, trigger: Token) -> bool:
    """Tell the May of "will visit Peru ahead of the summit of leaders in Fiji in May": its own.

    However the parse hangs it. Not "ahead of the summit, in May", "ahead of a summit from 3 May".

    Args:
        date: its first token.
    """
    told = list(date.doc[trigger.i + 1 : date.i])
    at = max((k for k, t in enumerate(told) if t.lower_ in words("before_trip")), default=None)
    behind = told[at + 1 :] if at is not None else []
    if not behind or behind[-1].lower_ == "from":
        return False
    apart = any(t.pos_ in VERBS or t.text in {",", ";", "("} for t in behind)
    event = next((t for t in behind if t.lemma_.lower() in words("event")), None)
    if apart or event is None or event.dep_ != "pobj" or trigger not in event.ancestors:
        return False
    return any(t.pos_ == "PROPN" and t.dep_ == "pobj" for t in behind if t.i > event.i)


def _whole_event(noun: Token) -> Token:
    """Return the forum of "for a forum on the rebuilding of Mali, which begins on Monday"."""
    nouns = (t for t in noun.ancestors if t.lemma_.lower() in words("event"))
    event = next(nouns, noun)
    between = noun.doc[event.i + 1 : noun.i]
    return noun if any(t.pos_ in VERBS or t.text == "," for t in between) else event


def _aim_of(trigger: Token, clause: Token) -> Token | None:
    """Return the summit of "will go to Lima for the summit of the bloc, scheduled for 5 May"."""
    preps = (c for c in trigger.children if c.lower_ in {"for", "to"} and c.i < clause.i)
    aims = [c for prep in preps for c in prep.children if c.dep_ == "pobj"]
    events = [aim for aim in aims if aim.lemma_.lower() in words("event")]
    return events[-1] if events else None


def _is_only_about(event: Token) -> bool:
    """Tell "to discuss the vote", "talks on a vote": nobody says that the trip is made for it."""
    over = event.head
    if event.dep_ in OBJECTS:
        return over.lemma_ in words("prepares_event")
    return event.dep_ == "pobj" and over.lower_ in words("about_event")


def _comes_after(event: Token) -> bool:
    """Tell "will go to Lima ahead of the summit", "before it": when is not told."""
    over = event.head
    ahead = over.lower_ == "of" and over.head.lower_ == "ahead"
    return event.dep_ == "pobj" and (ahead or over.lower_ in words("before_trip"))


__all__ = ["is_of_event_ahead", "is_of_event_attended", "is_of_event_talked_about"]
