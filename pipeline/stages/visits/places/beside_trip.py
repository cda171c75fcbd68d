"""Where one went of whom a clause beside a trip tells: "will fly to Lima, days after B visited"."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from spacy.tokens import Token

from pipeline.discourse.scene import Scene, Spot
from pipeline.discourse.tables import words
from pipeline.stages.visits.candidate import Candidate


def goal_beside(
    scene: Scene, told: Sequence[Candidate], i: int, but: Collection[str | None]
) -> Spot | None:
    """Return Lima of "will fly to Lima, days after B visited", wherever the report is from.

    "A met the press on Lima, days after B visited", and B of Peru, do not fire.

    Args:
        told: what the article tells of trips so far.
        i: the token of the clause's verb.
        but: countries that it cannot be: the traveller's own.
    """
    clause = _clause_in_order(scene.doc[i])
    if clause is None:
        return None
    start, over = scene.sentence(i).start, {clause.head, *clause.head.ancestors}
    for trip in reversed(told):
        if trip.at < start:
            return None
        trigger = scene.doc[trip.at]
        beside = trigger in over or clause.head in trigger.ancestors
        if beside and trip.spot is not None and trip.status and trip.destination not in but:
            return replace(trip.spot, start=i, end=i + 1)
    return None


def _clause_in_order(verb: Token) -> Token | None:
    """Return the "visited" of "days after B visited", the "is" of "before B is due to visit"."""
    ordered = words("after_trip", "before_trip")
    for node in (verb, *verb.ancestors):
        mark = any(c.lower_ in ordered and c.dep_ == "mark" for c in node.children)
        if mark or (node.dep_ == "pcomp" and node.head.lower_ in ordered):
            return node if mark else node.head
        if node.dep_ not in {"xcomp", "acomp", "conj"}:
            return None
    return None


__all__ = ["goal_beside"]
