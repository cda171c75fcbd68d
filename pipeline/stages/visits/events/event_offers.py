"""Who is at an event by what it is to them: "the summit in Lima gives A a chance to meet B"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from pipeline.discourse.factuality import fact_of_verb
from pipeline.discourse.scene import Actor
from pipeline.labels import COMPLEMENTS, FINITE
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.events.at_events import event_at
from pipeline.stages.visits.events.gatherings import is_event
from pipeline.stages.visits.hosts.at_home import is_seated
from pipeline.stages.visits.tables import verb_rules, word_set

_OBJECTS = frozenset({"dobj", "obj", "dative"})


def event_offers(reader: ArgumentReader, verb: Token) -> Iterator[Candidate]:
    """Read "the summit in Lima gave A a chance to meet B", "was A's first", "saw A walk out".

    "The summit in Lima angered A" does not fire.
    """
    if verb.lemma_.lower() not in _verbs() or not _offers(reader, verb):
        return
    if reader.is_remote(verb):
        return
    event = reader.scene.subject(verb)
    if event is None or event.i > verb.i or not is_event(event):
        return
    fact = fact_of_verb(verb)
    guests = _guests(reader, verb) if fact.status is not None else []
    spot = event_at(reader, event) if guests else None
    rule = next(r for r in verb_rules()["<any>"] if r.id == "at_event")
    for guest in guests if spot is not None else ():
        if spot is None or guest.country in {None, spot.country} or is_seated(guest, spot.country):
            continue
        yield reader.make(
            rule,
            verb,
            actor=guest,
            spot=spot,
            fact=fact,
            anchors=[event],
            notes=("event",),
        )


def _verbs() -> frozenset[str]:
    return word_set("gives_chance", "lets_one", "puts_one")


def _offers(reader: ArgumentReader, verb: Token) -> bool:
    """Tell "lets A", "brings A and B into one room", "is a chance for A" from "is in Lima"."""
    lemma = verb.lemma_.lower()
    if lemma in word_set("lets_one") or any(_is_chance(c) for c in verb.children):
        return True
    behind = verb.doc[verb.i + 1 : reader.scene.sentence(verb.i).end]
    return lemma in word_set("puts_one") and any(t.lower_ in word_set("same_room") for t in behind)


def _guests(reader: ArgumentReader, verb: Token) -> list[Actor]:
    """Return to whom an event is a chance, and whom they are to meet there."""
    scene, found = reader.scene, list[Actor]()
    behind = verb.doc[verb.i + 1 : scene.sentence(verb.i).end]
    chance = any(_is_chance(c) for c in verb.children)
    for child in (c for c in verb.children if c.i > verb.i):
        if child.dep_ in _OBJECTS and child.lower_ not in {"to", "for"}:
            found += scene.actors(child)
        if child.dep_ in COMPLEMENTS:
            found += [a for c in child.children if c.dep_ == "nsubj" for a in scene.actors(c)]
        if child.dep_ == "attr":
            found += [a for c in child.children if c.dep_ == "poss" for a in scene.actors(c)]
    for token in behind:
        if token.tag_ in FINITE or token.text in {";", ":"}:
            break
        given = token.lower_ == "to" and token.dep_ in {"dative", "prep"}
        for_whom = chance and (token.lower_ == "for" or given)
        met = found and token.lemma_ == "meet" and token.tag_ == "VB"
        if for_whom or met or (found and token.lower_ == "with"):
            found += scene.listed_at(token.i + 1)
    return [a for a in found if _is_guest(a)]


def _is_chance(noun: Token) -> bool:
    """Tell "a chance for", "the first for", "her debut" from "a blow to"."""
    objects = noun.dep_ in {"attr", "dobj", "obj"}
    return objects and noun.lemma_.lower() in word_set("chance_noun")


def _is_guest(actor: Actor) -> bool:
    reference = actor.reference
    single = not (actor.is_party or reference.plural or reference.guessed)
    return single and bool(reference.name or reference.role_kind)


__all__ = ["event_offers"]
