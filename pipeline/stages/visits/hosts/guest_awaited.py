"""Who comes where a host is told of first: "A will host B in Lima. He is due to land on Friday"."""

from __future__ import annotations

from dataclasses import replace
from itertools import takewhile

from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate

#: How many sentences back the reception may be told.
_REACH = 5


def guest_for_host(reader: ArgumentReader, told: Candidate) -> Candidate:
    """Return an arrival told of "he" as that of the guest, where "he" would be the host.

    Not "A hosted B in Lima. A arrived in Quito on Friday", nor one that names another place.
    """
    actor = told.actor
    if actor is None or actor.reference.form != "pronoun" or not told.arrives:
        return told
    number = reader.scene.sentence_of
    near = takewhile(lambda c: number[told.at] - number[c.at] <= _REACH, reversed(reader.told))
    last = next((c for c in near if c.actor is not None and c.status is not None), None)
    if last is None or last.actor is None or "received" not in last.notes or last.is_of(actor):
        return told
    hosted = actor.country == last.destination and not last.actor.reference.plural
    guest = replace(last.actor, token=actor.token)
    return replace(told, actor=guest, origin=last.origin) if hosted else told


__all__ = ["guest_for_host"]
