"""What the telling of a trip is like, by which its record is more or less sure."""

from __future__ import annotations

import math

from models.visit import TO_COME
from pipeline.discourse.confidence import Features, strength
from pipeline.discourse.timing.of_trips import When
from pipeline.stages.visits.merging.trip import Trip

#: Notes of candidates that only a meeting or an act abroad tells of the trip.
_INDIRECT = frozenset({"meeting", "presence", "event", "site"})


def features_of(trip: Trip, origin: str | None, when: When) -> Features:
    """Return what a trip's record is judged by.

    Args:
        origin: where the visitor comes from, as the record will say.
        when: its days, as the record will say.
    """
    told = trip.candidates
    references = [c.actor.reference for c in told if c.actor is not None]
    return {
        "strength": strength(c.score for c in told),
        "tellings": math.log(len(told)),
        "rules": float(len({c.rule for c in told}) > 1),
        "named": float(any(r.name for r in references)),
        "pronoun_only": float(bool(references) and all(r.form == "pronoun" for r in references)),
        "guessed": float(any(r.guessed for r in references)),
        "group": float(any(r.plural for r in references)),
        "no_origin": float(origin is None),
        "no_destination": float(trip.destination is None),
        "place": float(any(c.spot is not None and c.spot.place for c in told)),
        "no_spot": float(all(c.spot is None for c in told)),
        "hosts": float(any(c.hosts for c in told)),
        "indirect": float(all(_INDIRECT & set(c.notes) for c in told)),
        "dated": float(bool(when)),
        "planned": float(all(c.status in TO_COME for c in told)),
        "several": float(trip.count != 1),
    }


__all__ = ["features_of"]
