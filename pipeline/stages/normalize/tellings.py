"""A visit as one article tells of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from models import Entity, Visit
from models.visit import VisitStatus
from pipeline.reference.fold import fold
from pipeline.stages.normalize.cluster import Cluster, Details, Phase
from pipeline.stages.normalize.days import Days, Grain, trip_days
from pipeline.stages.normalize.people import People
from pipeline.stages.normalize.roles import role_kinds
from pipeline.stages.normalize.rows import VisitRow
from pipeline.stages.normalize.sightings import leader_in_office
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
    #: Its place among the article's visits.
    order: int
    #: The visitor among the merged entities.
    person: Entity | None
    #: Whom an office without a name must mean at that time, where another article names them.
    implied: Entity | None
    #: The hosts by the names of the merged entities.
    hosts: tuple[str, ...]
    #: What the visit is made for.
    event: str | None
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


def telling_of(row: VisitRow, people: People) -> VisitTelling:
    """Return a visit with its visitor among the merged entities and its days."""
    visit, source = row.visit, row.source
    person = people.find(row.visitor) if visit.visitor.name else None
    days, grain = trip_days(visit.start, visit.end)
    return VisitTelling(
        visit=visit,
        source=source,
        order=row.order,
        person=person,
        implied=office_holder(row, people),
        hosts=tuple(_host_names(row, people)),
        event=row.event,
        days=days,
        grain=grain,
        details=_details(visit),
    )


def office_holder(row: VisitRow, people: People) -> Entity | None:
    """Return who held an office without a name when the trip was made, if known and named.

    "The Kazakh president" of a year is whom other articles name.
    """
    return people.leader(office_leader(row))


def office_leader(row: VisitRow) -> str | None:
    """Return the key of the known leader who held an office without a name at that time."""
    visit = row.visit
    if visit.visitor.name or visit.origin is None or visit.count != 1:
        return None
    when = trip_days(visit.start, visit.end)[0] or row.source.published
    if when is None:
        return None
    years = {date.fromordinal(day).year for day in when}
    if len(years) > 1:
        return None
    (year,) = years
    for kind in role_kinds(visit.visitor.role)[:1]:
        leader = leader_in_office(visit.origin.code, kind, year)
        if leader is not None:
            return leader
    return None


def _host_names(row: VisitRow, people: People) -> Iterator[str]:
    for host, number in zip(row.visit.hosts, row.hosts, strict=True):
        entity = people.find(number)
        yield entity.name if entity else host


def _details(visit: Visit) -> Details:
    """Return what another trip of the same visitor would differ in: cities, hosts, office."""
    place = visit.destination.place
    return {
        "place": frozenset({fold(place)} if place else ()),
        "host": frozenset(fold(host).split()[-1] for host in visit.hosts if fold(host)),
        "office": frozenset(role_kinds(visit.visitor.role)),
    }


__all__ = ["Trip", "Trips", "VisitTelling", "office_holder", "office_leader", "telling_of"]
