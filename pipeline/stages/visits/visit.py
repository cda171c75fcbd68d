"""Verbs whose object is the place visited or left."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from pipeline.discourse.factuality import fact_of_verb
from pipeline.discourse.scene import Spot
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.counts import is_first, times
from pipeline.stages.visits.tables import VerbRule, word_set


def visit(reader: ArgumentReader, verb: Token, rule: VerbRule) -> Iterator[Candidate]:
    """Read "visited Peru", "toured a factory in Hanoi", "left Kyiv"."""
    spots, site = _visited(reader, verb, rule)
    if not spots or (rule.id == "leave_place" and _is_no_leaving(reader, spots[-1].end)):
        return
    fact = fact_of_verb(verb)
    if rule.phase == "arrive" and fact.status == "completed" and fact.reason != "pluperfect":
        fact = replace(fact, reason="arrived")
    for actor in reader.travellers(verb, spots):
        for spot in spots:
            yield reader.make(
                rule,
                verb,
                actor=actor,
                spot=spot,
                fact=fact,
                phase=rule.phase,
                score=rule.score * (0.8 if site else 1.0),
                first=is_first(reader.scene, verb),
                count=times(reader.scene, verb),
                notes=("site",) if site else (),
                previous=verb.i > 0 and verb.nbor(-1).lower_ in {"last", "previously"},
            )


def _visited(reader: ArgumentReader, verb: Token, rule: VerbRule) -> tuple[list[Spot], bool]:
    """Return the places behind the verb, and whether they are only where a visited site lies."""
    objects = [c for c in verb.children if c.dep_ in {"dobj", "obj"} and c.i > verb.i]
    spots = reader.scene.spots(verb.i + 1)
    site = bool(not spots and objects and rule.phase == "whole")
    if site:
        spots = _spots_inside(reader, objects[0])
    leaves_here = verb.doc[verb.i + 1 : verb.i + 2].text.lower() == "here"
    if not spots and (rule.id != "leave_place" or leaves_here):
        spots = _meant(reader, verb)
    if spots and not site:
        spots = [*spots, *reader.dated_list(spots[-1].end)]
    return spots, site


def _is_no_leaving(reader: ArgumentReader, end: int) -> bool:
    """Tell "left Peru off the list", "left Europe behind"."""
    return reader.scene.doc[end : end + 1].text in word_set("left_other")


def _meant(reader: ArgumentReader, verb: Token) -> list[Spot]:
    """Return the country of "visited the kingdom", "visited here"."""
    own = {actor.country for actor in reader.travellers(verb)}
    for i in range(verb.i + 1, min(verb.i + 3, len(reader.scene.doc))):
        same = reader.understood.same(i, but=own) if i == verb.i + 1 else None
        spot = same or reader.here(i, own) or reader.scene.meant(i, own)
        if spot is not None:
            return [spot]
    return []


def _spots_inside(reader: ArgumentReader, head: Token) -> list[Spot]:
    """Return the place in which a visited site lies ("a factory in Hanoi")."""
    for token in head.subtree:
        if token.lower_ in {"in", "of", "at"} and token.i > head.i:
            spots = reader.scene.spots(token.i + 1)
            if spots:
                return spots[:1]
    for reference in reader.scene.places_in(head.left_edge.i, head.right_edge.i + 1):
        start, end = reader.scene.bounds(reference)
        claimed = reader.scene.doc[start - 1].lower_ == "by"  # "an island claimed by Peru"
        if reference.country and not claimed:
            return [Spot(reference.country, reference.place, reference, start, end)]
    return []


__all__ = ["visit"]
