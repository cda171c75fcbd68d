"""Who leads a delegation told of before: "A Greek team is in Oslo. It is headed by X"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from pipeline.discourse.scene import Actor
from pipeline.discourse.tables import words
from pipeline.labels import OBJECTS, PLURALS, SUBJECTS
from pipeline.neighbours import agents_of, prep_objects
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.tables import word_set
from pipeline.stages.visits.travel.led_side import land_of_side

#: How many sentences behind the delegation its leader may be told of.
_REACH = 3
_DEFINITE = frozenset({"the", "this", "these", "its"})


def team_heads(reader: ArgumentReader, word: Token) -> Iterator[Candidate]:
    """Read who leads those who were told to travel, at "led" or at "head".

    "Finland and Estonia sent delegations to Oslo. The Finnish one is led by X, the Estonian one by
    Y", "A Lao team is in Oslo. At its head is X" fire; "A Lao team is in Oslo. The Lao party is
    led by X", of whom the text names another land, does not.
    """
    teams = list(_teams(reader, word))
    pairs = list(_leaders(reader, word)) if teams else []
    for leader, land in pairs:
        own = [t for t in teams if t.origin == land] if land is not None else teams
        if len({t.origin for t in own}) != 1:
            continue
        if not _may_lead(leader, own[-1].origin, told=land is not None):
            continue
        team = own[-1]
        known = {"country": team.origin, "guessed": False}
        actor = replace(leader, reference=leader.reference.model_copy(update=known))
        yield replace(team, rule="lead_delegation", at=word.i, actor=actor, count=1)


def team_head_words() -> frozenset[str]:
    """Return the words at which `team_heads` reads."""
    return words("leads") | word_set("heads_team")


def _teams(reader: ArgumentReader, word: Token) -> Iterator[Candidate]:
    """Yield what sentences shortly before a word tell of delegations that nobody leads yet."""
    number = reader.scene.sentence_of
    for told in reader.told:
        who = told.actor.reference if told.actor is not None else None
        near = 0 < number[word.i] - number[told.at] <= _REACH
        if not near or who is None or who.name or told.status is None:
            continue
        many = who.plural and who.role_kind in word_set("team_of_many")
        if told.origin and told.destination and (who.kind == "delegation" or many):
            yield told


def _may_lead(leader: Actor, origin: str | None, *, told: bool) -> bool:
    """Tell one who is named and of the land of a team; of whom nothing is told, of that told."""
    who = leader.reference
    of_it = leader.country in {None, origin} or who.guessed or (told and not who.role_kind)
    return of_it and bool(who.name) and not who.plural


def _leaders(reader: ArgumentReader, word: Token) -> Iterator[tuple[Actor, str | None]]:
    """Yield who leads a side, with the land of that side if it is told."""
    if word.lemma_ in words("leads") and word.pos_ == "VERB":
        heads, side = _of_verb(word)
    elif word.lower_ in word_set("heads_team"):
        heads, side = _of_noun(word)
    else:
        return
    if not heads or (side is not None and not _means_team(side)):
        return
    land = _land_of(reader, side) if side is not None else None
    first = [a for head in heads for a in reader.scene.actors(head)][:1]
    if not first:
        return
    yield first[0], land
    if land is not None:
        yield from _further(reader, max(word.i, first[0].token, side.i if side else 0))


def _of_verb(verb: Token) -> tuple[Sequence[Token], Token | None]:
    """Return who leads, and whom: "it is led by X", "X heads the team", "Heading it was X"."""
    agents = agents_of(verb)
    if agents:
        side = verb.head if verb.dep_ == "acl" else None
        passive = (c for c in verb.children if c.dep_ == "nsubjpass")
        side = next(passive, side)
        if side is None and verb.dep_ in {"advcl", "ccomp"}:  # "Headed by X, it will stay"
            side = next((c for c in verb.head.children if c.dep_ in SUBJECTS), None)
        return (agents, side) if side is not None else ((), None)
    side = next((c for c in verb.children if c.dep_ in OBJECTS), None)
    if side is None and verb.tag_ == "VBG" and verb.head.lemma_ == "be":  # "Leading it was X"
        side = next((c for c in verb.head.children if c.i == verb.i + 1), None)
    if side is None:
        return (), None
    subject = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
    if subject is None and verb.head.lemma_ == "be":
        below = (c for c in verb.head.children if c.i > verb.i and c != side)
        subject = next((c for c in below if c.dep_ in SUBJECTS | {"attr"}), None)
    if subject is not None and subject.lower_ == "who":
        subject = verb.head.head if verb.head.dep_ == "appos" else verb.head
    return ([subject] if subject is not None else []), side


def _of_noun(head: Token) -> tuple[Sequence[Token], Token | None]:
    """Return who is the head, and of what: "At its head is X", "X was leader of the team"."""
    owner = next((c for c in head.children if c.dep_ == "poss"), None)
    side = owner or next(iter(prep_objects(head, "of")), None)
    if side is None or (owner is not None and owner.lower_ not in {"its", "their"}):
        return (), None
    beside = [c for c in head.children if c.dep_ == "appos"]
    if head.dep_ == "appos":
        beside.append(head.head)
    verb = head.head.head if head.dep_ == "pobj" and head.head.lower_ == "at" else head.head
    if verb.lemma_ == "be":
        ends = (c for c in verb.children if c != head and c.dep_ in SUBJECTS | {"attr"})
        beside += ends
    return beside, None if owner is not None else side


def _means_team(side: Token) -> bool:
    """Tell "it", "the delegation", "the Finnish side", "the deputies", of whom was told before."""
    if side.lower_ in word_set("means_team"):
        return True
    definite = any(c.lower_ in _DEFINITE for c in side.children)
    team = side.lemma_.lower() in word_set("sent_side", "side_of_land", "called_team")
    team |= side.ent_type_ == "NORP"
    members = side.tag_ in PLURALS and side.lemma_.lower() in word_set("team_member")
    return definite and (team or members)


def _land_of(reader: ArgumentReader, side: Token) -> str | None:
    """Return Finland of "the Finnish team", "the Finns"."""
    own = (r.country for r in reader.scene.at(side.i) if r.kind == "country")
    return next(own, None) or land_of_side(reader.scene, side)


def _further(reader: ArgumentReader, at: int) -> Iterator[tuple[Actor, str | None]]:
    """Yield Y with his land of ", the Estonian one by Y", "Y the Estonian one", behind the first.

    None where there are more lands than names.
    """
    lands, people = list[str](), list[Actor]()
    for i in range(at + 1, reader.scene.sentence(at).end):
        for reference in reader.scene.at(i):
            if reader.scene.bounds_of(reference)[0] != i:
                continue
            if reference.kind == "person" and reference.form == "name":
                people.append(Actor(reference, i, 0.9))
            elif reference.kind == "country" and reference.country:
                lands.append(reference.country)
    if len(lands) == len(people):
        yield from zip(people, lands, strict=True)


__all__ = ["team_head_words", "team_heads"]
