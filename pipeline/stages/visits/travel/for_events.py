"""Where one lands of whom only the event is told that he comes for: "arrived for a Lima summit"."""

from __future__ import annotations

from collections.abc import Collection

from spacy.tokens import Token

from pipeline.discourse.scene import Spot
from pipeline.neighbours import prep_objects
from pipeline.reference.countries import is_country
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.events.gatherings import is_event


def town_of_aim(reader: ArgumentReader, verb: Token, own: Collection[str | None]) -> list[Spot]:
    """Return Lima of "arrived for a Lima summit on Mali", "flew in for the Lima talks".

    Not of "arrived for a Lima-based firm's party", "arrived in Quito for the Lima talks", "arrived
    for the Mali talks", which may be held anywhere.

    Args:
        own: the countries of those who travel.
    """
    if any(c.lower_ in {"in", "at", "to", "into"} and c.dep_ == "prep" for c in verb.children):
        return []
    for event in prep_objects(verb, "for"):
        at = event.i - 1
        while at > verb.i and event.doc[at].head == event and event.doc[at].is_lower:
            at -= 1  # "a Lima peace summit"
        town = event.doc[at]
        if not is_event(event) or town.head != event or town.dep_ not in {"compound", "nmod"}:
            continue
        for reference in reader.scene.at(town.i):
            seat = reference.text if reference.form == "metonym" else reference.place
            if seat and is_country(reference.country or "") and reference.country not in own:
                start, end = reader.scene.bounds(reference)
                return [Spot(reference.country or "", seat, reference, start, end)]
    return []


__all__ = ["town_of_aim"]
