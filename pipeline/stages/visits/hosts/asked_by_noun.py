"""Invitations told by their noun: "accepted an invitation to the summit in Rome"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from models.visit import MADE, MADE_OR_PLANNED
from pipeline.discourse.factuality import Fact, fact_of_verb, governing_verb
from pipeline.discourse.scene import Actor, Spot
from pipeline.discourse.tables import words
from pipeline.labels import OBJECTS, UNDERGONE, VERBS
from pipeline.neighbours import prep_objects
from pipeline.reference.countries import is_country
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.events.event_places import event_place, is_event
from pipeline.stages.visits.hosts.inviters import giver_of
from pipeline.stages.visits.tables import noun_rules, verb_rules, word_set

#: How far behind the noun what one is asked to may stand, in tokens.
_REACH = 14


def asked_by_noun(reader: ArgumentReader, noun: Token) -> Iterator[Candidate]:
    """Read "turned down an invitation to the summit in Rome", "A's invitation to Rome".

    "an invitation to visit Rome" and "to a visit" are told by the visit; "at the invitation of A",
    "an invitation to investors in Rome" do not fire.
    """
    if noun.lemma_.lower() not in words("invitation") or (
        noun.dep_ == "pobj" and noun.head.lower_ == "at"
    ):
        return
    verb = governing_verb(noun)
    if verb is None:
        return
    told = _asked_to(reader, noun, verb)
    if told is None:
        yield from _asked_home(reader, noun, verb)
        yield from _accepted_from(reader, noun, verb)
        return
    event, spot = told
    fact = _fact(noun, verb)
    if fact.status is None:
        return
    rule = next(r for r in verb_rules()["invite"] if r.id == "invite")
    for guest in _guests(reader, noun, verb, spot.country):
        made = reader.make(
            rule,
            noun,
            actor=guest,
            spot=spot,
            fact=fact,
            anchors=[event] if event is not None else [],
            notes=("event",) if event is not None else (),
        )
        yield reader.undated(made)


def _fact(noun: Token, verb: Token) -> Fact:
    """Return what becomes of an invitation: one that is accepted is planned, others are open."""
    direct = noun.dep_ in UNDERGONE and noun.head == verb
    if direct and verb.lemma_ in word_set("takes_invitation"):
        taken = fact_of_verb(verb).status in MADE_OR_PLANNED
        return Fact("planned" if taken else None)
    told = fact_of_verb(verb)
    return Fact(None) if told.is_unreal else Fact("invited")


def _asked_to(reader: ArgumentReader, noun: Token, verb: Token) -> tuple[Token | None, Spot] | None:
    """Return the event and the place to which one is asked, or the town alone."""
    doc = noun.doc
    end = min(reader.scene.sentence(noun.i).end, noun.i + _REACH)
    for prep in doc[noun.i + 1 : end]:
        if prep.pos_ in VERBS and prep.lemma_ not in word_set("hands_invitation"):
            return None
        if prep.lower_ not in {"to", "for"} or prep.dep_ == "aux":
            continue
        heads = [h for h in prep.children if h.dep_ == "pobj"]
        if any(h.lemma_.lower() in noun_rules() for h in heads):
            return None  # told by the visit
        event = next((h for h in heads if is_event(h)), None)
        if event is not None:
            spot = event_place(reader, verb, event)
            if spot is None or _is_at_home(reader, event, spot):
                return None
            return event, spot
        spots = reader.scene.spots(prep.i + 1)
        accepts = noun.head == verb and verb.lemma_ in word_set("takes_invitation")
        sure = accepts or bool(_handed(noun, verb))
        if prep.lower_ == "to" and spots and (spots[0].is_town or sure):
            return None, spots[0]  # "accepted an invitation to Peru"; not "gave one to Peru"
    return None


def _handed(noun: Token, verb: Token) -> list[Token]:
    """Return who is told as given it: "handed X an invitation", "X received an invitation"."""
    if noun.dep_ == "pobj" and noun.head.lower_ == "with":  # "presented X with an invitation"
        if verb.lemma_ not in word_set("presents_with") or noun.head.head != verb:
            return []
        return [c for c in verb.children if c.dep_ in {*OBJECTS, "nsubjpass"} and c.i < noun.i]
    if noun.head != verb or noun.dep_ not in OBJECTS or noun.i < verb.i:
        return []
    if verb.lemma_ in word_set("gets_invitation"):
        return [c for c in verb.children if c.dep_ == "nsubj"]
    if verb.lemma_ not in word_set("hands_invitation") - {"be", "have"}:
        return []
    given = {"dative", "iobj", "dobj", "obj"}
    between = [c for c in verb.children if verb.i < c.i < noun.i]
    told = [c for c in between if c.dep_ in given]
    told += [h for c in between if c.lower_ == "to" for h in c.children]
    return told + [c for c in verb.children if c.dep_ == "nsubjpass"]


def _asked_home(reader: ArgumentReader, noun: Token, verb: Token) -> Iterator[Candidate]:
    """Read "A extended an invitation to B", "for talks": to A's own land.

    "extended an invitation to B to speak", "to a gala", "for the next summit" do not fire.
    """
    extends = noun.dep_ in OBJECTS and noun.head == verb
    if not extends or verb.lemma_ not in word_set("hands_invitation") - {"be", "have"}:
        return
    if any(c.dep_ == "compound" for c in noun.children):
        return  # "sent a wedding invitation to X"
    behind = reader.scene.doc[noun.i + 1 : noun.right_edge.i + 1]
    asks = any(
        t.tag_ == "TO" or (t.pos_ == "VERB" and t.lemma_ not in word_set("takes_invitation"))
        for t in behind
    )
    if asks or not _is_for_talks(noun, verb):
        return
    subject = reader.scene.subject(verb)
    hosts = [a for a in reader.scene.actors(subject) if _leads(a)] if subject is not None else []
    fact = fact_of_verb(verb)
    if len(hosts) != 1 or hosts[0].country is None or fact.status not in MADE:
        return
    rule = next(r for r in verb_rules()["invite"] if r.id == "invite")
    for guest in _guests(reader, noun, verb, hosts[0].country):
        made = reader.make(
            rule,
            noun,
            actor=guest,
            spot=None,
            destination=hosts[0].country,
            fact=Fact("invited"),
            phase="none",
            hosts=tuple(hosts),
        )
        yield reader.undated(made)


def _accepted_from(reader: ArgumentReader, noun: Token, verb: Token) -> Iterator[Candidate]:
    """Read "B accepted an invitation from A": to A's land.

    "accepted an invitation from A to join the bloc", "for a gala" do not fire.
    """
    if (
        noun.dep_ not in OBJECTS
        or noun.head != verb
        or verb.lemma_ not in word_set("agrees_to_come")
    ):
        return
    behind = reader.scene.doc[noun.i + 1 : noun.right_edge.i + 1]
    fact = _fact(noun, verb)
    if fact.status is None or any(t.lower_ in {"to", "for"} for t in behind):
        return
    subject = reader.scene.subject(verb)
    guests = reader.scene.actors(subject) if subject is not None else []
    land = giver_of(reader, noun, {guest.country for guest in guests})
    rule = next(r for r in verb_rules()["invite"] if r.id == "invite")
    for guest in (g for g in guests if land and _is_guest(g, land)):
        made = reader.make(
            rule, noun, actor=guest, spot=None, destination=land, fact=fact, phase="none"
        )
        yield reader.undated(made)


def _leads(actor: Actor) -> bool:
    return actor.reference.role_kind in words("leading_class") and not actor.reference.guessed


def _is_for_talks(noun: Token, verb: Token) -> bool:
    """Tell "an invitation to X for talks", and one for nothing that is told."""
    aims = (c for over in (noun, verb, *noun.children) for c in over.children if c.lower_ == "for")
    heads = [h for c in aims for h in c.children if h.dep_ == "pobj"]
    return all(h.lemma_ in word_set("held_at_home") for h in heads)


def _is_at_home(reader: ArgumentReader, event: Token, spot: Spot) -> bool:
    """Tell "an invitation to X for a dialogue", held by who asks, from one told elsewhere."""
    named = any(c.lower_ in {"the", "this", "that"} or c.pos_ == "PROPN" for c in event.children)
    here = reader.scene.sentence(event.i)
    told = here.start <= reader.scene.bounds(spot.reference)[0] < here.end
    return event.lemma_ in word_set("held_at_home") and not named and not told


def _guests(reader: ArgumentReader, noun: Token, verb: Token, land: str) -> list[Actor]:
    """Return who is asked: "to A", "of A", "A's", or who takes or turns the invitation down."""
    direct = noun.dep_ in OBJECTS and noun.head == verb
    subject = reader.scene.subject(verb) if direct else None
    takes = verb.lemma_ in word_set("takes_invitation", "declines_invitation")
    asked = reader.scene.invited(noun)
    heads = [asked] if asked is not None else []
    heads += _handed(noun, verb)
    for to in (c for c in verb.children if c.lower_ == "to" and c.i > verb.i):
        heads += list(to.children)
    heads += prep_objects(noun, "of")
    heads += [c for c in noun.children if c.dep_ == "poss" and not takes]
    heads += [subject] if takes and subject is not None else []
    for head in heads:
        guests = [a for a in reader.scene.actors(head) if _is_guest(a, land)]
        if guests:
            return guests
    return []


def _is_guest(actor: Actor, land: str) -> bool:
    reference = actor.reference
    official = bool(reference.role_kind) and not (actor.is_party or reference.guessed)
    return official and is_country(actor.country or "") and actor.country != land


__all__ = ["asked_by_noun"]
