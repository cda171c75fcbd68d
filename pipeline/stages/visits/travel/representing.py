"""By whom countries, houses and persons are represented at events."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from pipeline.discourse.scene import Actor, Spot
from pipeline.discourse.tables import words
from pipeline.labels import OBJECTS, UNDERGONE
from pipeline.neighbours import agents_of, prep_objects, word_behind
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.events.event_scene import event_scene
from pipeline.stages.visits.tables import VerbRule, word_set
from pipeline.stages.visits.travel.deeds import Who, done
from pipeline.stages.visits.travel.represented import (
    gapped_pairs,
    is_subject_next,
    lands_behind,
    represented_by_clause,
)
from pipeline.stages.visits.travel.sent_sides import of_parties, parties_told
from pipeline.stages.visits.travellers.deputies import acts_at_home

_STOOD_FOR = frozenset({"country", "person", "office"})
#: How far before "representing" the one who stands for another may be, in tokens.
_BESIDE = 8


def represent(reader: ArgumentReader, verb: Token, rule: VerbRule) -> Iterator[Candidate]:
    """Read "Belize was represented by X", "X represented Belize" at an event abroad.

    Also "X, standing in for the president", "Belize will be represented at ministerial level".
    """
    if acts_at_home(reader.scene, verb):
        return
    agents = agents_of(verb)
    agents += [
        h for c in verb.children for d in c.conjuncts if d.dep_ == "agent" for h in d.children
    ]
    subject = represented_by_clause(reader.scene, verb) or reader.scene.subject(verb)
    theirs = parties_told(reader, subject) if subject is not None else []
    if not theirs and agents and subject is not None:
        theirs = lands_behind(reader.scene, verb, subject)
    passive = any(c.dep_ == "nsubjpass" for c in verb.children)
    agents = agents or (_behind_event(verb) if passive else [])
    gapped = gapped_pairs(reader.scene, verb) if agents else []
    if gapped:  # "Peru was represented by its premier, Chile by X": each by its own
        agents = [head for head in agents if head.i < gapped[0].start]
    if agents:
        actors = [a for head in agents for a in reader.scene.actors(head)]
        actors = [a for a in actors if not gapped or a.token < gapped[0].start]
        ends = [(a, reader.scene.phrase_end(a.reference) - 1) for a in actors]
        actors = [a for a, end in ends if not is_subject_next(reader.scene.doc, end)]
        actors = [_of_rank(verb, actor) for actor in actors]
    elif passive and subject is not None:
        parties = [a for a in reader.scene.actors(subject) if a.is_party]
        actors = [_at_level(verb, party) for party in parties]
    elif any(_stands_for(reader, head) for head in _represented(verb)):
        heads = _sent_to(verb) or ([subject] if subject is not None else [])
        beside = _beside(reader, verb)
        actors = [beside] if beside else [a for head in heads for a in reader.scene.actors(head)]
        actors = [_of_house(reader, verb, actor) for actor in actors]
    else:
        return
    actors = [a for a in actors if not _is_further_title(reader, a, actors)]
    sure = (a.country for a in actors if not (theirs and a.reference.guessed))
    lands = {code for code in sure if code}
    event, spot = event_scene(reader, verb, but=lands if len(lands) == 1 else (), of_report=True)
    if event is None:
        told = _spot_of(reader, verb) if passive and agents else None
        spot = told or reader.gatherings.seat
        by_name = theirs if passive and agents else _lands_represented(reader, verb, actors)
        if spot is None and by_name:  # in a report of a rite, a summit
            spot = reader.understood.at_chief_event(verb.i, but=by_name)
    if spot is None:
        return
    too: tuple[Who, ...] = ("several",) if agents and theirs else ()
    actors = list(of_parties(actors, theirs)) if theirs else actors
    for pair in gapped:
        named = [_own(head, a) for head in pair.heads for a in reader.scene.actors(head)]
        named = [_of_rank(verb, actor) for actor in named]
        actors += of_parties(named, pair.lands)
    yield from done(reader, verb, rule, actors=actors, spot=spot, event=event, too=too)


def _is_further_title(reader: ArgumentReader, actor: Actor, actors: Sequence[Actor]) -> bool:
    """Tell the "Deputy Premier" of "led by X, Vice President, Deputy Premier and Chairman"."""
    told = actor.reference
    start = reader.scene.bounds(told)[0]
    bare = reader.scene.doc[start].pos_ != "DET" and reader.scene.doc[start].tag_ != "PRP$"
    before = any(a.reference.name and a.token < start for a in actors)
    return before and bare and not (told.name or told.plural or told.members)


def _of_house(reader: ArgumentReader, verb: Token, actor: Actor) -> Actor:
    """Give X of "X represented the British royal family" the land of those for whom he stands."""
    if actor.country:
        return actor
    near = [c for head in _represented(verb) for c in head.children if c.dep_ in {"amod", "poss"}]
    lands = [r.country for c in near for r in reader.scene.at(c.i) if r.kind == "country"]
    own = {"country": lands[0], "guessed": False} if lands else {}
    return replace(actor, reference=actor.reference.model_copy(update=own))


def _own(head: Token, actor: Actor) -> Actor:
    """Leave open the land of "its minister", which is the one told right before."""
    owned = any(c.dep_ == "poss" and c.tag_ == "PRP$" for c in head.children)
    if not owned or actor.reference.name:
        return actor
    return replace(actor, reference=actor.reference.model_copy(update={"country": None}))


def _behind_event(verb: Token) -> list[Token]:
    """Return X of "was represented at the summit by X", which the parse gives to the summit."""
    return [h for t in verb.subtree if t.lower_ == "by" and t.i > verb.i for h in t.children]


def _spot_of(reader: ArgumentReader, verb: Token) -> Spot | None:
    """Return the place of "is being represented in Lima by its foreign minister"."""
    places = (c for c in verb.children if c.lower_ == "in" and c.i > verb.i)
    return next((spots[0] for c in places if (spots := reader.scene.spots(c.i + 1))), None)


def _represented(verb: Token) -> list[Token]:
    """Return for whom one stands: the object of "represents", Y of "stands in for Y"."""
    behind = prep_objects(verb, "for")
    return [*(c for c in verb.children if c.dep_ in OBJECTS), *behind]


def _lands_represented(
    reader: ArgumentReader, verb: Token, actors: Sequence[Actor]
) -> Collection[str]:
    """Return the lands of "X represented Peru" if X is of one of these, else none."""
    told = (r for head in _represented(verb) for r in reader.scene.at(head.i))
    lands = {r.country for r in told if r.kind == "country" and r.country}
    return lands if lands and all(actor.country in lands for actor in actors) else ()


def _beside(reader: ArgumentReader, verb: Token) -> Actor | None:
    """Return A of "received A, the vice-president, representing his president"."""
    if verb.tag_ != "VBG" or verb.dep_ == "ROOT":
        return None
    nearest = reader.scene.nearest_before(verb.i, reach=_BESIDE)
    if nearest is None or reader.scene.doc[verb.i - 1].pos_ == "AUX":
        return None
    objects = {"dobj", "obj", "appos", "conj"}
    node = reader.scene.doc[nearest.token]
    while node.dep_ in {"appos", "conj", "compound", "pobj", "prep"} and node.head != node:
        node = node.head
    return nearest if node.dep_ in objects and not nearest.reference.plural else None


def _sent_to(verb: Token) -> list[Token]:
    """Return X of "sent X to represent him", who goes for the one who sends."""
    if verb.dep_ not in {"xcomp", "advcl", "ccomp", "acl"} or verb.tag_ != "VB":
        return []
    if verb.head.lemma_ in word_set("deputes"):
        return [c for c in verb.head.children if c.dep_ in UNDERGONE]
    return [c for c in verb.children if c.dep_ == "nsubj"]


def _at_level(verb: Token, party: Actor) -> Actor:
    """Read who comes of "will be represented at ministerial level", else the country itself."""
    rank = _rank(verb)
    if rank is None or not party.country:
        return party
    kind, role = rank
    own = {"kind": "office", "form": "office", "role": role, "role_kind": kind}
    own["actor"] = f"office-{kind}-{party.country}"
    office = party.reference.model_copy(update={**own, "name": None})
    return replace(party, reference=office, share=1.0)


def _of_rank(verb: Token, actor: Actor) -> Actor:
    """Give X of "was represented at ministerial level by X" the office that the level tells."""
    rank = _rank(verb)
    if rank is None or actor.reference.role_kind or not actor.reference.name:
        return actor
    return replace(actor, reference=actor.reference.model_copy(update={"role_kind": rank[0]}))


def _rank(verb: Token) -> tuple[str, str] | None:
    """Return the office's class and title of "represented at ministerial level"."""
    levels = dict(row.split(" ", 1) for row in word_set("level_of_guest"))
    graded = (t for t in verb.subtree if t.lower_ in levels and word_behind(t) in {"level", "-"})
    told = next(graded, None)
    if told is None:
        return None
    kind, role = levels[told.lower_].split(" ")
    return kind, role


def _stands_for(reader: ArgumentReader, head: Token) -> bool:
    """Tell the country, union of states, government or person for whom one stands."""
    here = reader.scene.at(head.i)
    named = any(r.kind in _STOOD_FOR or (r.kind == "organization" and r.country) for r in here)
    royal = any(c.lower_ == "royal" for c in head.children)
    if royal and head.lemma_.lower() in word_set("royal_house"):
        return True
    return named or head.lemma_.lower() in words("host_noun") | word_set("sends_as_state")


__all__ = ["represent"]
