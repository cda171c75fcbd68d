"""Two who own one trip, where the parse gives it to the second alone: "after A and B's visit"."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.discourse.scene import Actor
from pipeline.stages.visits.arguments import ArgumentReader


def owning_too(reader: ArgumentReader, noun: Token, owners: list[Actor]) -> list[Actor]:
    """Return A and B of "comes after Premier A and Minister B's visit", which the parse joins to A.

    Not of "after talks with A and B's visit", where they are of two lands.
    """
    fellow = noun.head
    if noun.dep_ != "conj" or len(owners) != 1 or owners[0].reference.form == "pronoun":
        return owners
    told = [a for a in reader.scene.actors(fellow) if a.reference.kind == "person"]
    one = told[0] if len(told) == 1 else None
    if one is None or one.key == owners[0].key or one.country != owners[0].country:
        return owners
    return [one, *owners]


__all__ = ["owning_too"]
