"""Envoys who leave a land: "staff of the embassy in Peru will return to Quito"."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.labels import SUBJECTS
from pipeline.neighbours import prep_objects
from pipeline.stages.upgrades.reading import Reading


def goes_home(reading: Reading, token: Token) -> bool:
    """Tell "staff of the embassy in Peru will return to Quito", who leave the land they were in."""
    if token.lemma_.lower() != "return" or token.pos_ != "VERB":
        return False
    goals = {c for n in prep_objects(token, "to") for c in reading.parties.codes(n.i, n.i + 1)}
    staff = [c for c in token.children if c.dep_ in SUBJECTS]
    sites = [n for c in staff for t in c.subtree for n in prep_objects(t, "in", "from")]
    left = {code for n in sites for code in reading.parties.codes(n.i, n.i + 1)}
    return bool(goals and left) and goals.isdisjoint(left)


__all__ = ["goes_home"]
