"""Which guest a pronoun means beside who is at home: "A of Peru received B on his trip to Lima"."""

from __future__ import annotations

from collections.abc import Collection

from pipeline.discourse.scene import Actor, Scene


def guest_named(scene: Scene, him: Actor, ends: Collection[str]) -> Actor | None:
    """Return B, where the pronoun is read as somebody of a sentence before.

    Args:
        ends: the countries to which the trip leads.
    """
    if him.reference.form != "pronoun" or not ends:
        return None
    told = {
        r.actor: Actor(r, i, 0.8)
        for i in range(scene.sentence(him.token).start, him.token)
        for r in scene.at(i)
        if r.kind == "person" and r.form == "name" and r.country
    }
    guests = [a for a in told.values() if a.country not in ends]
    return guests[0] if len(guests) == 1 < len(told) and him.key not in told else None


__all__ = ["guest_named"]
