"""Visits on which guests are seen at home: "received X on the occasion of his visit"."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from models.entity import LAND_KINDS
from pipeline.discourse.factuality import governing_verb
from pipeline.discourse.scene import Actor
from pipeline.discourse.tables import words
from pipeline.labels import OBJECTS
from pipeline.neighbours import word_at, word_behind
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.tables import word_set

#: How far behind the noun the land may stand to which the visit leads, in tokens.
_TO_LAND = 5


def is_occasion(noun: Token) -> bool:
    """Tell the visit of "on the occasion of his visit", "on a visit", "as part of his visit"."""
    if noun.dep_ != "pobj" or noun.head.i > noun.i:
        return False
    prep = noun.head
    if prep.lower_ == "of" and prep.head.lemma_ in word_set("occasion_of_visit"):
        return True
    return prep.lower_ in word_set("trip_of_guest")


def seen_on(noun: Token) -> Token | None:
    """Return the "received" of "received X on the occasion of his visit", the "had" of "had talks".

    What is done on such a day is done on one of the visit's days, the others of which are not told.
    """
    verb = governing_verb(noun) if is_occasion(noun) else None
    if verb is None or verb.i > noun.i:
        return None
    while verb.dep_ in {"acl", "relcl"} and verb.lemma_ in words("leads"):  # "with those led by X"
        over = governing_verb(verb.head)
        if over is None or over == verb:
            break
        verb = over
    talks = (c.lemma_.lower() for c in verb.children if c.dep_ in OBJECTS)
    sees = verb.lemma_ in word_set("sees_guest", "sees_guest_at_home")
    return verb if sees or any(t in word_set("met_at") for t in talks) else None


def guest_on_visit(reader: ArgumentReader, noun: Token, owners: Sequence[Actor]) -> list[Actor]:
    """Return X of "A received X on the occasion of his visit to the country", not A.

    Of "A met X on the occasion of his visit to Peru" the visit is A's if Peru is X's.
    """
    verb = seen_on(noun) if len(owners) == 1 else None
    if verb is None or owners[0].reference.form != "pronoun" or _leads_to_named_land(reader, noun):
        return []
    home = owners[0].country
    subject = reader.scene.subject(verb)
    doers = reader.scene.actors(subject) if subject is not None else []
    if home is None or owners[0].key not in {a.key for a in doers}:
        return []
    sentence = reader.scene.sentence_of
    guests = [
        told.actor
        for told in reader.told
        if told.actor is not None and told.destination == home and told.origin != home
        if sentence[told.at] == sentence[noun.i] and told.at < noun.i
    ]
    return [a for a in guests if not a.reference.plural][-1:]


def _leads_to_named_land(reader: ArgumentReader, noun: Token) -> bool:
    """Tell "his visit to Peru" from "his visit", "his visit to the country"."""
    if word_behind(noun) != "to":
        return False
    at = noun.i + 2 + (word_at(noun.doc, noun.i + 2) == "the")
    if word_at(noun.doc, at) in word_set("land_noun"):
        return False
    behind = noun.doc[noun.i + 1 : noun.i + _TO_LAND]
    return any(r.kind in LAND_KINDS for t in behind for r in reader.scene.at(t.i))


__all__ = ["guest_on_visit", "is_occasion", "seen_on"]
