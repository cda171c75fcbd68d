"""What a host does together with his guest: "opened a hospital with A in Lima"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from models.entity import PERSONAL_KINDS
from models.visit import MADE_OR_PLANNED
from pipeline.discourse.factuality import fact_of_verb
from pipeline.discourse.scene import Actor, Spot
from pipeline.labels import OBJECTS
from pipeline.neighbours import agents_of
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.meetings.companions import (
    officials_beside,
    owns_next,
    place_of_sides,
    side_by_side,
)
from pipeline.stages.visits.tables import verb_rules, word_set
from pipeline.stages.visits.trigger_senses import is_sense

#: Behind which words the thing of a deed goes on: "the signing of a pact with B".
_OF_THING = frozenset({"of"})
#: Behind which words stands at what it is done: "posed for photographs with B".
_AT_THING = frozenset({"at", "for", "on"})


def joint_deeds(reader: ArgumentReader, verb: Token, lemma: str) -> Iterator[Candidate]:
    """Read "A opened a hospital with B in Rome", "A and B cut the ribbon in Rome".

    One of the two is at home there. "A opened an account with B's bank in Rome", "opened a feud
    with B" do not fire.
    """
    rules = [r for r in verb_rules().get(lemma, ()) if r.frame == "joint"]
    rule = next((r for r in rules if is_sense(verb, r)), None)
    subject = reader.scene.subject(verb) if rule is not None else None
    if rule is None or subject is None or reader.is_remote(verb) or _is_apart(verb):
        return
    if fact_of_verb(verb).status not in MADE_OR_PLANNED:
        return  # "was to have played golf with B"
    agents = agents_of(verb)
    suffered = any(c.dep_ == "nsubjpass" for c in verb.children)
    if suffered and not agents and verb.lemma_ in word_set("suffered_deed"):
        return  # "A and B were watched in Rome"
    doers = [a for head in agents or [subject] for a in reader.scene.actors(head)]
    if not doers:
        return  # "the film opens with A and B in Rome"
    mark = next(_withs_of(verb, agents), None)
    beside = _met_with(reader, mark) if mark is not None else []
    sides = [*doers, *beside]
    if len({side.country for side in sides}) < 2:
        return
    spot = place_of_sides(reader, verb, sides) or _place_of_thing(reader, verb, sides)
    if spot is not None and not _is_of_matter(verb.doc[spot.start - 1], verb):
        yield from side_by_side(reader, mark or verb, verb, rule, sides=sides, spot=spot)


def _met_with(reader: ArgumentReader, mark: Token) -> list[Actor]:
    """Return those behind "with"; not the owner of "with B's bank"."""
    beside = officials_beside(reader, mark.i + 1)
    heads = [r for c in mark.children for r in reader.scene.at(c.i) if c.dep_ == "pobj"]
    if not beside or owns_next(reader, beside[-1]):
        return []
    return beside if any(r.kind in PERSONAL_KINDS for r in heads) else []


def _is_of_matter(prep: Token, verb: Token) -> bool:
    """Tell the "in" of "issued a statement on the quake in Rome", behind its verb."""
    return prep.i > verb.i and any(
        node.lower_ in word_set("of_a_matter_of_talks") and node.head.pos_ == "NOUN"
        for node in prep.ancestors
        if node.i > verb.i
    )


def _is_apart(verb: Token) -> bool:
    """Tell "opened a feud with B", "marked years of rivalry with B": no deed of one place."""
    apart = word_set("not_done_together")
    return any(thing.lemma_.lower() in apart for thing in _things_of(verb))


def _things_of(verb: Token) -> list[Token]:
    """Return what a deed is done to, and where: both nouns of "the signing of a pact".

    "walked out of talks" and "signed off on a deal" tell of none.
    """
    objects = [c for c in verb.children if c.dep_ in OBJECTS]
    if any(c.dep_ == "prt" for c in verb.children):
        return objects
    below = [c for o in objects for c in o.children if c.lower_ in _OF_THING | _AT_THING]
    below += [c for c in verb.children if c.lower_ in _AT_THING]
    return [*objects, *(h for prep in below for h in prep.children if h.dep_ == "pobj")]


def _withs_of(verb: Token, agents: Sequence[Token]) -> Iterator[Token]:
    """Yield the "with" of "opened it with B", "witnessed the signing of a pact with B"."""
    for head in (verb, *_things_of(verb), *agents):
        yield from (c for c in head.children if c.lower_ == "with" and c.i > verb.i)


def _place_of_thing(reader: ArgumentReader, verb: Token, sides: Sequence[Actor]) -> Spot | None:
    """Return Rome of "A and B opened a school in Rome", a town of one of the two."""
    for thing in _things_of(verb):
        for prep in (c for c in thing.children if c.lower_ == "in"):
            for spot in reader.scene.spots(prep.i + 1)[:1]:
                if spot.is_town and any(side.country == spot.country for side in sides):
                    return spot
    return None


__all__ = ["joint_deeds"]
