"""The stop that one leaves behind: "From Lima, X will go on", "After talks in Lima, X flew on"."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import product

from spacy.tokens import Token

from models.entity import PERSONAL_KINDS
from models.visit import MADE_OR_PLANNED
from pipeline.discourse.factuality import Fact
from pipeline.discourse.scene import Actor, Spot
from pipeline.discourse.tables import words
from pipeline.discourse.timing.of_trips import When
from pipeline.labels import VERBS
from pipeline.neighbours import text_at
from pipeline.signs import GENITIVES
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.events.gatherings import is_event
from pipeline.stages.visits.hosts.at_home import is_seated
from pipeline.stages.visits.tables import VerbRule, word_set

#: How far behind "after" the "in" of "after two days of talks with the king in Lima" may stand.
_REACH = 20
_LEADS = frozenset({"prep", "mark", "advmod"})


def stop_before(
    reader: ArgumentReader,
    verb: Token,
    rule: VerbRule,
    *,
    actors: Sequence[Actor],
    ends: Sequence[Spot],
    fact: Fact,
) -> Iterator[Candidate]:
    """Read the stop from which one goes on, where it is not home.

    "After talks in Lima, Premier X flew to Quito" fires; "After the quake in Peru, Premier X flew
    to Quito" does not.

    Args:
        ends: where the travellers go.
        fact: what is told of their going there.
    """
    if not ends or fact.status not in MADE_OR_PLANNED:
        return
    led = ((left_behind(reader, prep), prep) for prep in _leads(verb))
    first, prep = next(((s, prep) for s, prep in led if s is not None), (None, verb))
    if first is None or first.country in {end.country for end in ends}:
        return
    stops = _stops(reader, prep, first, but={end.country for end in ends})
    behind = Fact("planned", weak=True) if fact.status == "planned" else Fact("completed")
    for actor, spot in product(actors, stops):
        own = {None, spot.country}
        if actor.country in own or actor.reference.guessed or is_seated(actor, spot.country):
            continue
        made = reader.make(
            rule,
            verb,
            actor=actor,
            spot=spot,
            fact=behind,
            phase="none",
            score=0.55,
        )
        yield replace(made, rule="stop_before", when=When(), day=None)


def stops_named_before(
    reader: ArgumentReader, verb: Token, rule: VerbRule, found: Sequence[Candidate]
) -> Iterator[Candidate]:
    """Read Peru and Chile of "After Peru and Chile, Premier X was in Quito", told by any verb.

    "After the vote in Peru, X was in Quito", "After Peru's vote, X visited Quito" do not fire.
    """
    ends = [c.spot for c in found if c.spot is not None and c.destination != c.origin]
    told = verb.lemma_ in words("speech") or any(c.rule == "stop_before" for c in found)
    if not ends or told:
        return
    leads = (p for p in _leads(verb) if p.i < verb.i and p.lower_ in words("after_trip"))
    for prep in leads:
        spots = reader.scene.spots(prep.i + 1)
        if spots and text_at(prep.doc, spots[-1].end) == ",":
            actors = {c.actor.key: c.actor for c in found if c.actor is not None}
            yield from stop_before(
                reader, verb, rule, actors=[*actors.values()], ends=ends, fact=found[0].fact
            )
            return


def _stops(
    reader: ArgumentReader, prep: Token, first: Spot, *, but: Collection[str]
) -> Sequence[Spot]:
    """Return all of "after Peru, Chile and Cuba, X flew on", "after talks in Peru and Chile"."""
    spots = reader.scene.spots(first.start)
    closed = bool(spots) and _ends_phrase(text_at(prep.doc, spots[-1].end))
    return [spot for spot in spots if spot.country not in but] if closed else [first]


def _leads(verb: Token) -> Iterator[Token]:
    """Yield the prepositions beside a verb that lead to what its subject leaves behind.

    Who "flew to Lima from Quito" may live there, who "flew on to Lima from Quito" does not.
    """
    adverbs = {c.lower_ for c in verb.children if c.dep_ in {"prt", "advmod"}}
    goes_on = bool(adverbs & word_set("goes_on"))
    for child in verb.children:
        leads = child.lower_ in word_set("leaves_behind") and child.dep_ in _LEADS
        if leads and (child.i < verb.i or child.lower_ != "from" or goes_on):
            yield child


def is_on_way_to(event: Token) -> bool:
    """Tell the talks of "spoke on her way to talks in Lima", at which she is yet to be."""
    prep = event.head
    before = prep.doc[prep.i - 1].lower_ if prep.i else ""
    return event.dep_ == "pobj" and prep.lower_ == "to" and before in word_set("way_to_event")


def left_behind(reader: ArgumentReader, prep: Token) -> Spot | None:
    """Return the place of "from Lima", "after a day in Lima", "from talks in Lima".

    So that of "on her way to talks in Lima".
    """
    doc = prep.doc
    spots = reader.scene.spots(prep.i + 1)
    if spots:
        named = range(spots[0].start, spots[0].end)
        if any(r.kind in PERSONAL_KINDS for i in named for r in reader.scene.at(i)):
            return None  # "days after Peru's premier, X flew to Quito"
        return spots[0] if _ends_phrase(text_at(doc, spots[0].end)) else None
    end = min(reader.scene.sentence(prep.i).end, prep.i + _REACH)
    stayed = False
    for token in doc[prep.i + 1 : end]:
        if not stayed and is_event(token) and (held := reader.gatherings.own(token)) is not None:
            return held
        acts = token.pos_ in VERBS and token.dep_ != "amod"  # "the just ended summit in"
        if token.text in {",", ";", ":"} or acts or token.lower_ == "between":
            return None
        if token.lower_ in {"in", "at"} and stayed:
            spot = next(iter(reader.scene.spots(token.i + 1)), None)
            return None if spot is not None and _are_of_others(reader, prep, spot.end) else spot
        if not stayed and token.lemma_ in word_set("come_to_nothing"):
            return None  # "after the collapse of talks in Lima"
        stayed = stayed or token.lemma_.lower() in words("behind_after") or is_event(token)
    return None


def _are_of_others(reader: ArgumentReader, prep: Token, at: int) -> bool:
    """Tell talks "between the two rebel groups" from those "between Kenya and Peru", of a Kenyan.

    Nor are those "between the two sides" of others: one of them is told to travel.
    """
    doc = prep.doc
    if text_at(doc, at) != "between":
        return False
    sides = next((c for c in doc[at].children if c.dep_ == "pobj"), None)
    if sides is None or sides.lemma_ in word_set("either_side"):
        return False
    subject = reader.scene.subject(prep.head)
    lands = {a.country for a in reader.scene.actors(subject)} if subject is not None else set()
    told = (r.country for t in sides.subtree for r in reader.scene.at(t.i))
    return not lands & {land for land in told if land}


def _ends_phrase(following: str) -> bool:
    """Tell "After Peru, X …" from "After Peru's vote"."""
    return following not in GENITIVES


__all__ = ["left_behind", "stop_before", "stops_named_before"]
