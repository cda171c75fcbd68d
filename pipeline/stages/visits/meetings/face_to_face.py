"""Who deals with whom in whose town: "X assured Y in Lima", "Y gave X a poncho in Lima"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from models.visit import MADE
from pipeline.discourse.factuality import fact_of_verb
from pipeline.discourse.scene import Actor, Spot
from pipeline.labels import PREP_COMPLEMENTS, VERBS
from pipeline.neighbours import text_at
from pipeline.reference.countries import is_country
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.tables import verb_rules, word_set
from pipeline.stages.visits.travel.deeds import done

_OBJECTS = frozenset({"dobj", "obj", "iobj", "dative"})
#: How far behind the one dealt with the town may begin, and behind "after" the talks, in tokens.
_REACH, _TALKS_REACH = 9, 5
#: What tells that talks were with others.
_OTHERS = frozenset({"with", "of", "between", "among"})


def face_to_face(reader: ArgumentReader, verb: Token) -> Iterator[Candidate]:
    """Read "X assured Y in Lima that", "Y showed X around the palace in Lima": both are there.

    The town is of one of the two, so that the other has come. "X accused Y in Lima of fraud" does
    not fire, nor does what is written or said on the phone.
    """
    deals = verb.lemma_ in word_set("deals_with")
    if verb.pos_ != "VERB" or not (deals or verb.lemma_ in word_set("praises_guest")):
        return
    if reader.is_remote(verb) or fact_of_verb(verb).status not in MADE:
        return
    subject = reader.scene.subject(verb)
    passive = any(c.dep_ == "nsubjpass" for c in verb.children)
    if subject is None or passive:
        return
    doers, met = _officials(reader, subject), _met(reader, verb)
    if not doers or not met:
        return
    last = max(actor.token for actor in met)
    spot = (_town(reader, verb, last) if deals else None) or _after_talks(reader, verb, last)
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
        if doc[i].pos_ in VERBS or doc[i].lower_ in word_set("of_a_topic"):
            return None
        if doc[i].lower_ in {"in", "at"} and (spots := reader.scene.spots(i + 1)):
            owned = reader.scene.is_owner(spots[0].reference)
            return None if owned or not spots[0].is_town else spots[0]
    return None


def _after_talks(reader: ArgumentReader, verb: Token, met: int) -> Spot | None:
    """Return the town of "thanked her for her aid after talks in Rome", which were theirs.

    Not of "after a cabinet meeting in Rome", "after talks with unions in Rome".
    """
    doc = verb.doc
    for when in doc[met + 1 : reader.scene.sentence(verb.i).end]:
        if when.lower_ not in word_set("at_talks"):
            if when.pos_ in VERBS:
                return None  # "praised B, saying after a meeting in Rome that"
            continue
        for noun in doc[when.i + 1 : when.i + _TALKS_REACH]:
            if noun.lemma_.lower() not in word_set("met_at") or noun.dep_ not in PREP_COMPLEMENTS:
                continue
            if noun.head != when or any(c.lower_ in _OTHERS for c in noun.rights):
                return None
            if any(c.dep_ in {"compound", "nmod"} for c in noun.lefts):
                return None
            return _set_in(reader, noun)
    return None


def _set_in(reader: ArgumentReader, noun: Token) -> Spot | None:
    """Return the town or house of "talks in Rome on Friday", "a meeting Friday at the palace"."""
    doc = noun.doc
    at = noun.i + 1
    while at < len(doc) and (at in reader.clock.covered or doc[at].lower_ == "on"):
        at += 1
    if text_at(doc, at) not in {"in", "at"}:
        return None
    spot = next(iter(reader.scene.spots(at + 1)), None)
    return spot if spot is not None and spot.is_town else None


__all__ = ["face_to_face"]
