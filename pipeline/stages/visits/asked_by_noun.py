"""Invitations told by their noun: "accepted an invitation to the summit in Rome"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from pipeline.discourse.factuality import Fact, fact_of_verb, governing_verb
from pipeline.discourse.scene import Actor, Spot
from pipeline.reference.countries import is_country
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.event_places import event_place, is_event
from pipeline.stages.visits.tables import noun_rules, verb_rules, word_set

INVITATION = "invitation"
#: How far behind the noun what one is asked to may stand, in tokens.
_REACH = 14


def asked_by_noun(reader: ArgumentReader, noun: Token) -> Iterator[Candidate]:
    """Read "turned down an invitation to the summit in Rome", "A's invitation to Rome".

    "an invitation to visit Rome" and "to a visit" are told by the visit; "at the invitation of A",
    "an invitation to investors in Rome" do not fire.
    """
    if noun.lemma_.lower() != INVITATION or (noun.dep_ == "pobj" and noun.head.lower_ == "at"):
        return
    verb = governing_verb(noun)
    told = _asked_to(reader, noun, verb) if verb is not None else None
    if verb is None or told is None:
        return
    event, spot = told
    fact = _fact(noun, verb)
    if fact.status is None:
        return
    rule = next(r for r in verb_rules()["invite"] if r.id == "invite")
    for guest in _guests(reader, noun, verb, spot):
        made = reader.make(
            rule,
            noun,
            actor=guest,
            spot=spot,
            fact=fact,
            phase="whole",
            score=rule.score,
            anchors=[event] if event is not None else [],
            notes=("event",) if event is not None else (),
        )
        yield reader.undated(made)


def _fact(noun: Token, verb: Token) -> Fact:
    """Return what becomes of an invitation: one that is accepted is planned, others are open."""
    direct = noun.dep_ in {"dobj", "obj", "nsubjpass"} and noun.head == verb
    if direct and verb.lemma_ in word_set("takes_invitation"):
        return Fact("planned" if fact_of_verb(verb).status in {"completed", "planned"} else None)
    told = fact_of_verb(verb)
    return Fact(None) if told.reason in {"hypothetical", "modal"} else Fact("invited")


def _asked_to(reader: ArgumentReader, noun: Token, verb: Token) -> tuple[Token | None, Spot] | None:
    """Return the event and the place to which one is asked, or the town alone."""
    doc = noun.doc
    end = min(reader.scene.sentence(noun.i).end, noun.i + _REACH)
    for prep in doc[noun.i + 1 : end]:
        if prep.pos_ in {"VERB", "AUX"} and prep.lemma_ not in word_set("hands_invitation"):
            return None
        if prep.lower_ not in {"to", "for"} or prep.dep_ == "aux":
            continue
        heads = [h for h in prep.children if h.dep_ == "pobj"]
        if any(h.lemma_.lower() in noun_rules() for h in heads):
            return None  # told by the visit
        event = next((h for h in heads if is_event(h)), None)
        if event is not None:
            spot = event_place(reader, verb, event)
            return (event, spot) if spot is not None else None
        spots = reader.scene.spots(prep.i + 1)
        accepts = noun.head == verb and verb.lemma_ in word_set("takes_invitation")
        if prep.lower_ == "to" and spots and (spots[0].is_town or accepts):
            return None, spots[0]  # "accepted an invitation to Peru"; not "gave one to Peru"
    return None


def _guests(reader: ArgumentReader, noun: Token, verb: Token, spot: Spot) -> list[Actor]:
    """Return who is asked: "to A", "of A", "A's", or who takes or turns the invitation down."""
    direct = noun.dep_ in {"dobj", "obj"} and noun.head == verb
    subject = reader.scene.subject(verb) if direct else None
    takes = verb.lemma_ in word_set("takes_invitation", "declines_invitation")
    asked = reader.scene.invited(noun)
    heads = [asked] if asked is not None else []
    given = {"dative", "iobj", "dobj", "obj"}
    heads += [c for c in verb.children if direct and c.dep_ in given and c.i < noun.i]
    for to in (c for c in verb.children if c.lower_ == "to" and c.i > verb.i):
        heads += list(to.children)
    heads += [h for c in noun.children if c.lower_ == "of" for h in c.children]
    heads += [c for c in noun.children if c.dep_ == "poss" and not takes]
    heads += [subject] if takes and subject is not None else []
    for head in heads:
        guests = [a for a in reader.scene.actors(head) if _is_guest(a, spot)]
        if guests:
            return guests
    return []


def _is_guest(actor: Actor, spot: Spot) -> bool:
    reference = actor.reference
    official = bool(reference.role_kind) and not (actor.is_party or reference.guessed)
    return official and is_country(actor.country or "") and actor.country != spot.country


__all__ = ["INVITATION", "asked_by_noun"]
