"""What a merged visit is given when those of all countries are there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from models import Visit
from pipeline.stages.normalize.journeys import Leg


@dataclass(frozen=True)
class Finish:
    """What a merged visit is given when those of all countries are there."""

    legs: Mapping[str, Leg]
    returned: Mapping[str, str]
    #: Visit → upgrades that happened at it, sorted.
    raised: Mapping[str, Sequence[str]]

    def told_by(self, visit_id: str, *more: object) -> str:
        """Return all that a visit is given, and what else is told."""
        leg = self.legs.get(visit_id)
        leg_told = (leg.journey_id, leg.number) if leg else ()
        told = leg_told, self.returned.get(visit_id), self.raised.get(visit_id, ()), more
        return repr(told)

    def finished(self, visit: Visit) -> Visit:
        """Return a visit with what it is given."""
        leg = self.legs.get(visit.id)
        update: dict[str, object] = {
            "return_of": self.returned.get(visit.id),
            "upgrades": tuple(self.raised.get(visit.id, ())),
        }
        if leg is not None:
            update |= {"journey_id": leg.journey_id, "leg": leg.number}
        return visit.model_copy(update=update)


__all__ = ["Finish"]
