"""Meetings told in a clause of another time, whose place is not that of the sentence's trip."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.discourse.scene import Spot
from pipeline.discourse.tables import words
from pipeline.labels import OPENERS
from pipeline.stages.visits.tables import word_set

#: What leads from a verb to that of the clause in which it stands.
_WITHIN = frozenset({"conj", "xcomp", "ccomp", "aux"})


def is_elsewhen(verb: Token, spot: Spot | None = None) -> bool:
    """Tell "visited Lima before he met B", "was in Lima after meeting B", met before one came.

    "Met B in Lima before he flew home" does not fire, nor "after he met B in Lima" of Lima.

    Args:
        spot: a place, which may stand in the clause of that time.
    """
    if verb.dep_ == "pcomp":
        before = spot is None or spot.start < verb.i
        return before and verb.head.lower_ in words("after_trip", "before_trip")
    clause = verb
    while clause.dep_ in _WITHIN and clause.head != clause:
        clause = clause.head
    if clause.dep_ != "advcl":
        return False
    marks = {c.lower_ for c in clause.children if c.dep_ in OPENERS and c.i < clause.i}
    if not marks & word_set("other_time"):
        return False
    return spot is None or not clause.left_edge.i <= spot.start <= clause.right_edge.i


__all__ = ["is_elsewhen"]
