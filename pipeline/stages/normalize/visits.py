"""Visits of many articles as one record a trip."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from models import Entity, Visit
from models.visit import VisitStatus
from pipeline.reference.fold import fold
from pipeline.stages.normalize.days import Days, Grain, trip_days
from pipeline.stages.normalize.entities import Roster
from pipeline.stages.normalize.roles import is_broad, role_key, role_kinds, role_words
from pipeline.stages.normalize.sources import Source
from pipeline.stages.normalize.timeline import (
    JOURNEYS,
    REPEATED,
    Cluster,
    Phase,
    cluster,
    may_be_one,
)

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


#: Destination and count: what tellings of one trip always share.
Block = tuple[str, int]
Trips = list[Cluster[VisitTelling]]


def telling_of(visit: Visit, source: Source, roster: Roster) -> VisitTelling:
    """Return a visit with its visitor among the merged entities and its days."""
    who = visit.visitor
    person = None
    if who.name:
        person = roster.find(source.article_id, entity_id=who.entity_id, name=who.name)
    return VisitTelling(visit, source, person, *trip_days(visit.start, visit.end))


def cluster_visits(tellings: Iterable[VisitTelling]) -> Trips:
    """Return the trips told, whatever the order of the tellings."""
    blocks: dict[Block, list[VisitTelling]] = defaultdict(list)
    for telling in tellings:
        destination = telling.visit.destination
        # Where a trip leads nowhere that is named, only its own article knows which it is.
        where = destination.code or f"{destination.place or ''}@{telling.key[0]}"
        blocks[where, telling.visit.count].append(telling)
    return [trip for block in sorted(blocks) for trip in _cluster_block(blocks[block])]


def _cluster_block(tellings: Sequence[VisitTelling]) -> Trips:
    named: dict[str, list[VisitTelling]] = defaultdict(list)
    unnamed: dict[tuple[str, str], list[VisitTelling]] = defaultdict(list)
    for telling in tellings:
        visitor = _visitor_key(telling)
        if visitor is not None:
            named[visitor].append(telling)
        else:
            unnamed[telling.origin or "", role_key(telling.visit.visitor.role)].append(telling)
    trips = [trip for key in sorted(named) for trip in cluster(named[key], recurrence=JOURNEYS)]
    for key in sorted(unnamed, key=lambda key: _vagueness(key, unnamed[key])):
        guests = cluster(unnamed[key], recurrence=REPEATED)
        hosts = _fitting_hosts(trips, guests)
        for guest, host in zip(guests, hosts, strict=True):
            if host is None:
                trips.append(guest)
            else:
                for telling in guest.tellings:
                    host.add(telling)
    return trips


def _vagueness(
    key: tuple[str, str], tellings: Sequence[VisitTelling]
) -> tuple[bool, int, tuple[str, str]]:
    """Sort offices of no country last, "minister" after "health minister": they may be another."""
    words = max(len(role_words(telling.visit.visitor.role)) for telling in tellings)
    return not key[0], -words, key


def _visitor_key(telling: VisitTelling) -> str | None:
    if telling.person is not None:
        return telling.person.id
    name = telling.visit.visitor.name
    return f"{fold(name)}|{telling.origin or ''}" if name else None


def _fitting_hosts(trips: Trips, guests: Trips) -> list[Cluster[VisitTelling] | None]:
    """Return for each trip of an unnamed office the one trip that it may be, or None.

    A trip takes in one of them at most: their own articles told them apart.
    """
    found = []
    for guest in guests:
        fitting = [t for t in trips if _same_visitor(t, guest) and may_be_one(t, guest)]
        found.append(fitting[0] if len(fitting) == 1 else None)
    wanted = [id(host) for host in found if host is not None]
    return [host if wanted.count(id(host)) == 1 else None for host in found]


def _same_visitor(trip: Cluster[VisitTelling], guest: Cluster[VisitTelling]) -> bool:
    """Tell whether an unnamed office may be a trip's visitor: its office, its country."""
    role, origin = guest.tellings[0].visit.visitor.role, guest.tellings[0].origin
    kinds = role_kinds(role)
    if not kinds:
        return False
    origins = {telling.origin for telling in trip.tellings if telling.origin}
    if origin and origins and origin not in origins:
        return False
    if not origin and trip.grain is not Grain.DAY:
        return False
    return any(_holds(telling, kinds, role_words(role), origin) for telling in trip.tellings)


def _holds(
    telling: VisitTelling, kinds: Sequence[str], words: frozenset[str], origin: str | None
) -> bool:
    titles = [telling.visit.visitor.role] if telling.visit.visitor.role else []
    if telling.person is not None and not titles:
        titles = [r.title for r in telling.person.roles if origin in {None, r.country}]
    for title in titles:
        shared = set(role_kinds(title)) & set(kinds)
        if any(not is_broad(kind) for kind in shared):
            return True
        if shared and (words <= role_words(title) or role_words(title) <= words):
            return True
    return False


__all__ = ["Trips", "VisitTelling", "cluster_visits", "telling_of"]
