"""A visit as one article tells of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from models import Entity, Visit
from models.visit import VisitStatus
from pipeline.reference.fold import fold
from pipeline.stages.normalize.cluster import Cluster, Details, Phase
from pipeline.stages.normalize.days import Days, Grain, trip_days
from pipeline.stages.normalize.entities import Roster
from pipeline.stages.normalize.roles import role_kinds
from pipeline.stages.normalize.sources import Source

_PHASES: Mapping[VisitStatus, Phase] = {
    "completed": Phase.AFTER,
    "ongoing": Phase.DURING,
    "planned": Phase.BEFORE,
    "invited": Phase.BEFORE,
    "postponed": Phase.ANY,
    "cancelled": Phase.ANY,
}


@dataclass(frozen=True)
class VisitTelling:
    """A visit as one article tells of it."""

    visit: Visit
    source: Source
    #: The visitor among the merged entities.
    person: Entity | None
    days: Days | None
    grain: Grain
    details: Details

    @property
    def key(self) -> tuple[str, str]:
        """Return article id and record id."""
        return self.source.article_id, self.visit.id

    @property
    def published(self) -> Days | None:
        """Return when the article appeared."""
        return self.source.published

    @property
    def phase(self) -> Phase:
        """Return where the telling stands to the trip."""
        return _PHASES[self.visit.status]

    @property
    def origin(self) -> str | None:
        """Return the code of the country that the visitor comes from."""
        return self.visit.origin.code if self.visit.origin else None


#: Tellings of one trip, and all trips.
Trip = Cluster[VisitTelling]
Trips = list[Trip]


def telling_of(visit: Visit, source: Source, roster: Roster) -> VisitTelling:
    """Return a visit with its visitor among the merged entities and its days."""
    who = visit.visitor
    person = None
    if who.name:
        person = roster.find(source.article_id, entity_id=who.entity_id, name=who.name)
    return VisitTelling(
        visit, source, person, *trip_days(visit.start, visit.end), details=_details(visit)
    )


def _details(visit: Visit) -> Details:
    """Return what another trip of the same visitor would differ in: cities, hosts, office."""
    place = visit.destination.place
    return {
        "place": frozenset({fold(place)} if place else ()),
        "host": frozenset(fold(host).split()[-1] for host in visit.hosts if fold(host)),
        "office": frozenset(role_kinds(visit.visitor.role)),
    }


__all__ = ["Trip", "Trips", "VisitTelling", "telling_of"]
