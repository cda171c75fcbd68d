"""Visits told from the place: "Peru was visited by X in 2011 and by Y in 2013"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from pipeline.discourse.factuality import fact_of_verb
from pipeline.discourse.scene import Actor, Spot
from pipeline.labels import ADNOMINAL
from pipeline.neighbours import text_at
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.nouns.counts import is_first
from pipeline.stages.visits.tables import VerbRule


def visited_by(reader: ArgumentReader, verb: Token, rule: VerbRule) -> Iterator[Candidate]:
    """Read whoever a place is told to be visited by, each with the date told behind him.

    "Peru was visited by Premier X" fires; "The site was visited by Premier X" does not.
    """
    agents = [c for c in verb.children if c.dep_ == "agent" or c.lower_ == "by"]
    agents += [t for t in verb.subtree if agents and _goes_on_with(t, verb)]
    spot = _visited(reader, verb) if agents else None
    if spot is None:
        return
    told = {
        a.key: a
        for by in agents
        for h in by.children
        if h.dep_ == "pobj"
        for a in reader.scene.actors(h)
    }
    for actor in told.values():
        if actor.is_party or actor.country in {None, spot.country}:
            continue
        dates = own_dates(reader, actor) if len(told) > 1 else []
        made = reader.make_by_row(
            rule,
            verb,
            actor=actor,
            spot=spot,
            fact=fact_of_verb(verb),
            anchors=dates,
            first=is_first(reader.scene, verb),
        )
        yield dated(reader, made, dates)


def _goes_on_with(by: Token, verb: Token) -> bool:
    """Tell the second of "by X in May and by Y in June", wherever the parse hangs it."""
    joined = by.lower_ == "by" and by.i > verb.i and by.nbor(-1).lower_ in {"and", ",", ";"}
    return joined and not any(t.pos_ == "VERB" for t in by.doc[verb.i + 1 : by.i])


def _visited(reader: ArgumentReader, verb: Token) -> Spot | None:
    """Return the land or town of "Lima was visited by", "Lima, visited by"."""
    heads = [c for c in verb.children if c.dep_ == "nsubjpass"]
    if not heads and verb.tag_ == "VBN" and verb.dep_ in ADNOMINAL:
        heads = [verb.head]
    for head in heads:
        for spot in reader.scene.spots(head.left_edge.i)[:1]:
            if spot.start <= head.i < spot.end:
                return spot
        if head.pos_ == "NOUN" and (spots := reader.towns_of_site(head)):
            return spots[0]  # "the school in Lima was visited by"
    return None


def own_dates(reader: ArgumentReader, actor: Actor) -> list[Token]:
    """Return the date told right behind one of a list: "X in 2011", "X (2011)"."""
    end = reader.scene.phrase_end(actor.reference)
    if found := reader.clock.behind(end):
        return found
    if text_at(reader.scene.doc, end) != "(":
        return []
    return [reader.scene.doc[start] for start, _, _ in reader.clock.between(end + 1, end + 3)[:1]]


def dated(reader: ArgumentReader, made: Candidate, dates: Sequence[Token]) -> Candidate:
    """Date a trip by its own date, where it has one."""
    if not dates:
        return made
    when = reader.clock.when(dates, phase="whole", fact=made.fact)
    return replace(made, when=when, day=None)


__all__ = ["dated", "own_dates", "visited_by"]
