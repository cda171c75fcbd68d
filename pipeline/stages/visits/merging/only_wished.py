"""What one would do on a trip of which only a wish is told: "is considering visiting Lima"."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.discourse import trace
from pipeline.discourse.facts import WISHED
from pipeline.stages.visits.candidate import Candidate


def without_wished(usable: Sequence[Candidate], told: Sequence[Candidate]) -> list[Candidate]:
    """Leave out what is told to be done on a trip that is only thought of.

    "X is considering visiting Lima in June. During his stay in Lima he is to meet the king" fires;
    not where another sentence tells the trip: "X will fly to Lima on Friday".

    Args:
        usable: the tellings that make trips.
        told: all tellings, those of a wish among them.
    """
    wished = [c for c in told if c.fact.reason == WISHED and c.destination is not None]
    if not wished:
        return list(usable)
    firm = {_ends(c) for c in usable if "inside" not in c.notes}
    kept = []
    for c in usable:
        inside = "inside" in c.notes and c.status in {"planned", "ongoing"}
        thought = any(w.at < c.at and _ends(w) == _ends(c) for w in wished)
        if inside and thought and _ends(c) not in firm:
            trace.dropped("on a trip that is only thought of", c)
        else:
            kept.append(c)
    return kept


def _ends(told: Candidate) -> tuple[str | None, str | None]:
    """Return who goes where."""
    return told.actor.key if told.actor is not None else None, told.destination


__all__ = ["without_wished"]
