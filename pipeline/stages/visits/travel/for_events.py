"""Where one lands of whom only the event is told that he comes for: "arrived for a Lima summit"."""

from __future__ import annotations

from collections.abc import Collection

from spacy.tokens import Token

from pipeline.discourse.scene import Spot
from pipeline.neighbours import prep_objects
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.events.event_seats import named_for
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
    events = (event for event in prep_objects(verb, "for") if is_event(event))
    towns = (named_for(reader.scene, event) for event in events)
    return [town for town in towns if town is not None and town.country not in own][:1]


__all__ = ["town_of_aim"]
