"""Whose trip it is on which another only goes along: "the minister flew to Lima with the king"."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from pipeline.discourse.scene import Actor, Scene
from pipeline.discourse.tables import words


def gone_with(scene: Scene, verb: Token, actors: Sequence[Actor]) -> list[Actor]:
    """Return the leader of his own land with whom one of his people goes.

    "X went with a letter from the president", "the president flew with Minister X" do not fire.
    """
    prep = next((c for c in verb.children if c.lower_ == "with" and c.i > verb.i), None)
    if prep is None or len(actors) != 1 or _leads(actors[0]):
        return []
    beside = [a for c in prep.children if c.dep_ == "pobj" for a in scene.actors(c)]
    led = [a for a in beside if _leads(a) and a.reference.name]
    return led if led and led[0].country in {actors[0].country, None} else []


def _leads(actor: Actor) -> bool:
    reference = actor.reference
    return reference.kind == "person" and reference.role_kind in words("leads_land")


__all__ = ["gone_with"]
