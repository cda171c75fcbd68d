"""The event of which a clause behind it tells more: "held in Lima on Monday, at which A spoke"."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from spacy.tokens import Token

from pipeline.discourse.factuality import governing_verb
from pipeline.discourse.tables import words
from pipeline.labels import ADNOMINAL, OBJECTS
from pipeline.stages.visits.events.event_places import is_event
from pipeline.stages.visits.events.placed_events import noun_of
from pipeline.stages.visits.tables import word_set

_RELATIVE = frozenset({"which", "that"})
_CLAUSES = frozenset({"relcl", "acl", "advcl"})
#: How far behind a place its clause begins, in tokens.
_RIGHT_BEHIND = 2
_TOLD = frozenset({"nsubj", "nsubjpass", "dobj", "obj"})


def event_of_clause(verb: Token) -> Token | None:
    """Return the event to which a clause belongs, also where its place or day stands between.

    "A forum was held in Lima on Monday, at which A spoke" fires, as does "…, attended by A"; "a
    forum was held in Lima, the city in which A was born" does not.
    """
    over = verb.head
    if verb.dep_ not in _CLAUSES or over.i > verb.i:
        return None
    if is_event(over):
        return over
    placed = over.dep_ == "pobj" and over.head.lower_ in {"in", "at"}
    if placed and is_event(over.head.head) and verb.left_edge.i - over.i <= _RIGHT_BEHIND:
        return over.head.head  # "the summit in Lima, which ends on Friday"
    between = over.ent_type_ in {"DATE", "GPE", "LOC", "FAC"} or over.pos_ == "PROPN"
    between = between or over.lower_ == "place"  # "will take place, at which"
    telling = over if verb.dep_ == "advcl" else governing_verb(over) if between else None
    if telling is None or telling.lemma_ not in words("held", "opens_event"):
        return None
    if telling.dep_ == "acl" and is_event(telling.head):
        return telling.head
    return next((c for c in telling.children if c.dep_ in _TOLD and is_event(c)), None)


def noun_of_clause(verb: Token) -> Token:
    """Return the summit of "the summit in Lima, which ends on Friday", else what a clause hangs on.

    So the Lima of "the summit in Lima, which hosted a regatta on Friday".
    """
    does = any(c.dep_ in OBJECTS and c.lower_ != "place" for c in verb.children)
    return (None if does else event_of_clause(verb)) or verb.head


def is_clause_at(verb: Token) -> bool:
    """Tell a clause "at which", "in which", "where" something is done, by how it opens."""
    if any(c.lemma_ in word_set("placed_in_event") for c in verb.children if c.dep_ == "dobj"):
        return False  # "in which A placed hopes"
    opening = verb.doc[verb.left_edge.i : verb.i]
    during = words("at_which") - words("at_which_of_matter")
    return any(
        t.lower_ == "where" or (t.lower_ in _RELATIVE and t.head.lower_ in during)
        for t in opening[:4]
    )


def is_held_beside(event: Token, names: Collection[str], told: Iterable[Token]) -> bool:
    """Tell the summit of "The summit held on Monday was attended by A", "was held and drew A".

    Args:
        names: what the event is called.
        told: the words that tell of somebody's trip to it.
    """
    verb = governing_verb(event)
    if verb is None or verb.lemma_ not in word_set("holds_event"):
        return False
    to_be = any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children)
    joined = any(token.dep_ == "conj" and token.head == verb for token in told)
    of_event = verb.dep_ in ADNOMINAL and noun_of(noun_of_clause(verb)) in names
    return to_be or joined or of_event


__all__ = ["event_of_clause", "is_clause_at", "is_held_beside", "noun_of_clause"]
