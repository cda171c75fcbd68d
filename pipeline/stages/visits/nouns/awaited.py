"""Whether a trip is yet to come for which something is done: "roads will be closed during it"."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.discourse.tables import words
from pipeline.discourse.trip_clauses import preposition_of
from pipeline.discourse.verb_forms import auxiliaries_of, tense_of
from pipeline.stages.visits.tables import word_set


def is_awaited(noun: Token, verb: Token | None) -> bool:
    """Tell a trip by what is done before it, as the verb over it tells.

    "A holiday was declared for X's visit", "streets were cleaned ahead of X's visit", "roads will
    be closed during it", "has banned drones for the duration of it" fire; "roads were closed during
    X's visit" does not.
    """
    if verb is None:
        return False
    around = preposition_of(noun)
    if around == "during":
        return tense_of(verb) == "future" or _is_arranged_for_all(noun, verb)
    if around == "for" and _is_somebodys(noun) and _is_done_beforehand(verb):
        return verb.lemma_ not in word_set("thanks_guest")
    readies = verb.lemma_ in word_set("readies_place", "unrest", "incident_in_town")
    return readies and around in word_set("set_around_trip")


def _is_arranged_for_all(noun: Token, verb: Token) -> bool:
    """Tell "has banned drones for the duration of X's visit", not "has said so during it"."""
    return _is_perfect(verb) and noun.head.head.lower_ in words("all_of_trip")


def _is_somebodys(noun: Token) -> bool:
    """Tell "X's visit", "the visit of X", "a visit by the king of Peru"."""
    near = (t for c in noun.children for t in (c, *c.children))
    return any(t.lower_ in {"of", "by"} or t.tag_ == "POS" for t in near)


def _is_done_beforehand(verb: Token) -> bool:
    """Tell what has been done, or is put "in place" for what will be, from "roads closed for it".

    "Has banned drones", "a holiday was declared", "roads will be closed due to measures put in
    place" are such.
    """
    over = next((t for t in verb.ancestors if t.pos_ == "VERB"), verb)
    ahead = verb.dep_ == "acl" and tense_of(over) == "future"
    return ahead or _is_perfect(verb) or verb.lemma_ in word_set("done_beforehand")


def _is_perfect(verb: Token) -> bool:
    return not auxiliaries_of(verb).isdisjoint(words("perfect_now"))


__all__ = ["is_awaited"]
