"""Who deals with whom in whose town: "X assured Y in Lima", "Y gave X a poncho in Lima"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from pipeline.discourse.factuality import fact_of_verb
from pipeline.discourse.scene import Actor, Spot
from pipeline.reference.countries import is_country
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.deeds import done
from pipeline.stages.visits.tables import verb_rules, word_set

_OBJECTS = frozenset({"dobj", "obj", "iobj", "dative"})
#: How far behind the one dealt with the town may begin, in tokens.
_REACH = 9


def face_to_face(reader: ArgumentReader, verb: Token) -> Iterator[Candidate]:
    """Read "X assured Y in Lima that", "Y showed X around the palace in Lima": both are there.

    The town is of one of the two, so that the other has come. "X accused Y in Lima of fraud" does
    not fire, nor does what is written or said on the phone.
    """
    if verb.pos_ != "VERB" or verb.lemma_ not in word_set("deals_with"):
        return
    if reader.is_remote(verb) or fact_of_verb(verb).status not in {"completed", "ongoing"}:
        return
    subject = reader.scene.subject(verb)
    passive = any(c.dep_ == "nsubjpass" for c in verb.children)
    if subject is None or passive:
        return
    doers, met = _officials(reader, subject), _met(reader, verb)
    if not doers or not met:
        return
    spot = _town(reader, verb, max(actor.token for actor in met))
    sides = [*doers, *met]
    if spot is None or spot.country not in {side.country for side in sides}:
        return
    rule = next(r for r in verb_rules()["<any>"] if r.id == "in_town")
    guests = [side for side in sides if side.country != spot.country]
    yield from done(reader, verb, rule, actors=guests, spot=spot, within=True)


def _officials(reader: ArgumentReader, head: Token) -> list[Actor]:
    """Return the named office holders of a country whom a noun phrase names."""
    return [
        actor
        for actor in reader.scene.actors(head)
        if actor.reference.name and actor.reference.role_kind and is_country(actor.country or "")
    ]


def _met(reader: ArgumentReader, verb: Token) -> list[Actor]:
    """Return whom the subject deals with: the object, or who stands behind "with" or "beside"."""
    heads = [c for c in verb.children if c.dep_ in _OBJECTS and c.i > verb.i]
    for prep in (c for c in verb.children if c.dep_ in {"prep", "dative"} and c.i > verb.i):
        if prep.lower_ in word_set("stands_with"):
            heads += [c for c in prep.children if c.dep_ == "pobj"]
    return [actor for head in heads for actor in _officials(reader, head)]


def _town(reader: ArgumentReader, verb: Token, met: int) -> Spot | None:
    """Return the town behind the one dealt with, with no topic and no other verb between."""
    doc = verb.doc
    end = min(reader.scene.sentence(verb.i).end, met + _REACH)
    for i in range(verb.i + 1, end):
        if doc[i].pos_ in {"VERB", "AUX"} or doc[i].lower_ in word_set("of_a_topic"):
            return None
        if doc[i].lower_ in {"in", "at"} and (spots := reader.scene.spots(i + 1)):
            owned = reader.scene.is_owner(spots[0].reference)
            return None if owned or not spots[0].is_town else spots[0]
    return None


__all__ = ["face_to_face"]
