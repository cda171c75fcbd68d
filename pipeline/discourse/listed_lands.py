"""The lands of those who are listed together."""

from __future__ import annotations

from dataclasses import replace

from pipeline.discourse.groups import Actor


def of_land_before(actor: Actor, before: Actor) -> Actor:
    """Be sure of the land of B in "President A of Peru and Minister B", where it was guessed so."""
    reference, known = actor.reference, before.reference
    sure = not known.guessed and before.country == actor.country
    if not (reference.guessed and reference.role_kind and sure):
        return actor
    return replace(actor, reference=reference.model_copy(update={"guessed": False}))


__all__ = ["of_land_before"]
