"""Places told to be a leg: "Peru is the last leg of his tour", "chose Peru for her first trip"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from spacy.tokens import Token

from models.visit import MADE_OR_PLANNED
from pipeline.discourse.denials import is_negated
from pipeline.discourse.factuality import Fact, fact_of_verb, governing_verb
from pipeline.discourse.governing import off_by
from pipeline.discourse.scene import Actor, Spot
from pipeline.labels import NOUNS, OBJECTS
from pipeline.neighbours import prep_objects, text_at
from pipeline.signs import OPENS_APPOSITION
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.nouns.journeys import trip_gone_on_with
from pipeline.stages.visits.nouns.noun_owners import noun_actors
from pipeline.stages.visits.tables import noun_rules, word_set

#: How many sentences back the traveller may be told.
_REACH = 3
#: How far behind "chose Peru" its "for her first trip" may stand, in tokens.
_CHOICE_REACH = 12
#: How many tokens before "as its first stop" the "with" of its place may stand.
_LONGEST = 5
#: How surely such a telling means a trip.
_SCORE = 0.72
_OWN = frozenset({"his", "her", "their", "its"})


@lru_cache(maxsize=1)
def leg_words() -> frozenset[str]:
    """Return the words at which `legs` reads."""
    return word_set("leg_noun", "chooses", "plan_of_journey")


def legs(reader: ArgumentReader, token: Token) -> Iterator[Candidate]:
    """Read "Peru will be the last leg of X's tour", "X chose Peru for his first trip abroad".

    "Peru is the last leg of the relay" does not fire, nor does "chose Peru for its copper".
    """
    lemma = token.lemma_.lower()
    if lemma in word_set("chooses") and token.pos_ == "VERB":
        spots, fact = _chosen(reader, token), fact_of_verb(token)
        subject = reader.scene.subject(token) if spots else None
        actors = reader.scene.actors(subject) if subject is not None else []
    elif _is_leg(token, lemma):
        spots, fact = _equated(reader, token)
        spots, fact = (spots, fact) if spots else _apposed(reader, token)
        actors = list(_travellers(reader, token)) if spots else []
    elif lemma in word_set("plan_of_journey"):
        spots, fact = _on_plan(reader, token)
        actors = list(_travellers(reader, token)) if spots else []
    else:
        return
    rule = noun_rules()["visit"]  # a row that is at hand whatever words an article holds
    for actor in actors:
        if actor.is_party or actor.reference.plural or not actor.country or fact.status is None:
            continue
        if fact.status == "ongoing" and _is_ahead(reader, actor):
            fact = Fact("planned")  # "will tour two countries. The first stop is Lima"
        for spot in spots:
            if spot.country != actor.country:
                yield reader.make(
                    rule, token, actor=actor, spot=spot, fact=fact, phase="whole", score=_SCORE
                )


def _is_ahead(reader: ArgumentReader, actor: Actor) -> bool:
    """Tell whether the trip told last of somebody is yet to come."""
    told = next((c for c in reversed(reader.told_of(actor)) if c.status), None)
    return told is not None and told.status == "planned"


def _is_leg(token: Token, lemma: str) -> bool:
    """Tell a leg, which "the other stops on his tour are Peru and Chile" is taken for a verb."""
    subject = token.dep_ in {"nsubj", "attr"} and any(token.lefts)
    return lemma in word_set("leg_noun") and (token.pos_ in NOUNS or subject)


def _chosen(reader: ArgumentReader, verb: Token) -> Sequence[Spot]:
    """Return the land of "chose Peru for his first trip", "opted for Peru as her first stop"."""
    end = min(reader.scene.sentence(verb.i).end, verb.i + _CHOICE_REACH)
    behind = verb.doc[verb.i + 1 : end]
    opening = verb.doc[reader.scene.sentence(verb.i).start : verb.i]
    trips = [t for t in (*opening, *behind) if _is_trip(t)]
    if not any({c.lower_ for c in t.lefts} & (_OWN | word_set("first")) for t in trips):
        return ()
    for child in verb.children:
        named = child.dep_ == "ccomp" and _is_trip(child)  # "made Peru his first port of call"
        if child.dep_ in OBJECTS or (named and child.left_edge.i == verb.i + 1):
            return reader.scene.spots(child.left_edge.i)
        if child.dep_ == "prep" and child.i > verb.i and (spots := reader.scene.spots(child.i + 1)):
            return spots
    return ()


def _is_trip(token: Token) -> bool:
    named = token.lemma_.lower() in word_set("leg_noun") or token.lemma_ in noun_rules()
    return named and token.pos_ == "NOUN"


def _equated(reader: ArgumentReader, noun: Token) -> tuple[Sequence[Spot], Fact]:
    """Return the place that is said to be a leg, and whether it has been made."""
    if noun.dep_ == "pobj" and noun.head.lower_ == "as":
        return _before_as(reader, noun.head)
    verb = noun.head
    if verb.lemma_ != "be" or noun.dep_ not in {"attr", "nsubj"}:
        return (), Fact(None)
    if any(c.lower_ in {"a", "an"} for c in noun.children):
        return (), Fact(None)  # "Peru is a popular destination"
    other = {"attr": "nsubj", "nsubj": "attr"}[noun.dep_]
    named = next((c for c in verb.children if c.dep_ == other), None)
    spots = reader.scene.spots(named.left_edge.i) if named is not None else []
    if named is None or not spots or reader.scene.is_owner(spots[0].reference):
        return (), Fact(None)
    if not spots[0].start <= named.i < spots[-1].end + 1:
        return (), Fact(None)
    fact = fact_of_verb(verb)
    ahead = {c.lower_ for c in noun.children} & word_set("still_ahead")
    planned = fact.status == "ongoing" and ahead
    several = noun.tag_ in {"NNS", "VBZ"} and noun.lower_ != noun.lemma_
    return spots if several else spots[:1], Fact("planned") if planned else fact


def _apposed(reader: ArgumentReader, noun: Token) -> tuple[Sequence[Spot], Fact]:
    """Return the places of "in Lima and La Paz, the tour's other stops", "Peru - her next stop -".

    Not of "in Lima, a popular stop", "at the bank in Lima, his stop for cash".
    """
    doc, start = noun.doc, noun.left_edge.i
    sign = text_at(doc, start - 1)
    known = any(t.lower_ in _OWN | {"the"} for t in doc[start : noun.i])
    if sign not in OPENS_APPOSITION or not known or noun.head.lemma_ == "be":
        return (), Fact(None)
    words = {t.lower_ for t in doc[start : noun.i]}
    ahead = bool(words & word_set("still_ahead"))
    tour = any(t.lemma_.lower() in noun_rules() for t in doc[start : noun.i])
    if not (ahead or tour or noun.lemma_.lower() == "destination"):
        return (), Fact(None)
    for at in range(reader.scene.sentence(noun.i).start, start - 1):
        if doc[at].pos_ != "ADP":
            continue
        spots = reader.scene.spots(at + 1)
        if spots and spots[-1].end == start - 1:
            behind = words & word_set("previous")
            return spots, Fact("completed" if behind else "planned", weak=True)
    return (), Fact(None)


def _on_plan(reader: ArgumentReader, noun: Token) -> tuple[Sequence[Spot], Fact]:
    """Return the places of "Peru is also on the itinerary", "also on his itinerary is Peru".

    Also of "Peru was dropped from his itinerary".
    """
    verb = noun.head.head
    off = off_by(verb) if noun.head.lower_ == "from" and not is_negated(verb) else None
    on = noun.head.lower_ == "on" and verb.lemma_ == "be"
    if noun.dep_ != "pobj" or not (on or off):
        return (), Fact(None)
    parts = {"nsubjpass", "dobj"} if off else {"nsubj", "attr"}
    named = next((c for c in verb.children if c.dep_ in parts), None)
    spots = reader.scene.spots(named.left_edge.i) if named is not None else []
    if named is None or not spots or not spots[0].start <= named.i < spots[-1].end:
        return (), Fact(None)
    fact = Fact(off) if off else fact_of_verb(verb)
    return spots, Fact("planned") if fact.status == "ongoing" else fact


def _before_as(reader: ArgumentReader, prep: Token) -> tuple[Sequence[Spot], Fact]:
    """Return the land of "on a tour, with Peru as its first stop"."""
    before = reversed(prep.doc[max(0, prep.i - _LONGEST) : prep.i])
    led = next((t for t in before if t.lower_ == "with"), None)
    verb = governing_verb(prep)
    spots = reader.scene.spots(led.i + 1) if led is not None else []
    if verb is None or not spots or spots[-1].end != prep.i:
        return (), Fact(None)
    return spots[:1], fact_of_verb(verb)


def is_of_thing(child: Token) -> bool:
    """Tell "of the relay", "cocoa's", not "the tour's", "its" of "with Peru as its first stop"."""
    owned = child.dep_ == "poss" and child.pos_ != "PRON" and child.lemma_ not in noun_rules()
    if any(h.lower_ == "call" for h in child.children):
        return False  # "the first port of call"
    return owned or child.lower_ in {"of", "for"}


def _travellers(reader: ArgumentReader, noun: Token) -> Iterator[Actor]:
    """Yield whose leg it is: its owner, the owner of its tour, else who travelled last."""
    whole = prep_objects(noun, "of", "on")
    tours = [h for h in whole if h.dep_ == "pobj" and h.lemma_ in noun_rules()]
    for head in (noun, *tours):
        owners = [a for a in noun_actors(reader, head) if not a.is_party]
        if owners and any(c.dep_ == "poss" or c.lower_ in {"of", "by"} for c in head.children):
            yield from owners
            return
    if not tours and any(is_of_thing(c) for c in noun.children):
        return  # "the last leg of the relay", "cocoa's main destination"
    number, sentence_of = reader.scene.sentence_of[noun.i], reader.scene.sentence_of
    near = [c for c in reader.told if c.actor and number - sentence_of[c.at] <= _REACH]
    last = trip_gone_on_with([c for c in near if c.status in MADE_OR_PLANNED], noun.head)
    if last is not None and last.actor is not None:
        yield last.actor


__all__ = ["is_of_thing", "leg_words", "legs"]
