"""Visits of many articles as one record a trip."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from models import Visit
from pipeline.reference.fold import fold
from pipeline.stages.normalize.hosts import Hosts
from pipeline.stages.normalize.roles import role_key, role_words
from pipeline.stages.normalize.tellings import Trips, VisitTelling
from pipeline.stages.normalize.timeline import JOURNEYS, REPEATED, cluster


def block_of(visit: Visit) -> str:
    """Return the name of a visit's block: tellings of one trip share destination and count."""
    return f"{visit.destination.code or ''}\0{visit.count:06}"


def cluster_visits(tellings: Iterable[VisitTelling]) -> Trips:
    """Return the trips that a block's tellings tell of, whatever their order."""
    parts: dict[str, list[VisitTelling]] = defaultdict(list)
    for telling in tellings:
        destination = telling.visit.destination
        # Where a trip leads nowhere that is named, only its own article knows which it is.
        where = destination.code or f"{destination.place or ''}@{telling.key[0]}"
        parts[where].append(telling)
    return [trip for part in sorted(parts) for trip in _cluster_part(parts[part])]


def _cluster_part(tellings: Sequence[VisitTelling]) -> Trips:
    named: dict[str, list[VisitTelling]] = defaultdict(list)
    unnamed: dict[tuple[str, str], list[VisitTelling]] = defaultdict(list)
    for telling in tellings:
        visitor = _visitor_key(telling)
        if visitor is not None:
            named[visitor].append(telling)
        else:
            unnamed[telling.origin or "", role_key(telling.visit.visitor.role)].append(telling)
    trips = [trip for key in sorted(named) for trip in cluster(named[key], recurrence=JOURNEYS)]
    hosts = Hosts(trips)
    for key in sorted(unnamed, key=lambda key: _vagueness(key, unnamed[key])):
        alone = []
        for guest in cluster(unnamed[key], recurrence=REPEATED):
            host = hosts.fitting(guest)
            if host is None:
                alone.append(guest)
            else:
                for telling in guest.tellings:
                    host.add(telling)
        for guest in alone:
            trips.append(guest)
            hosts.add(guest)
    return trips


def _vagueness(
    key: tuple[str, str], tellings: Sequence[VisitTelling]
) -> tuple[bool, int, tuple[str, str]]:
    """Sort offices of no country last, "minister" after "health minister": they may be another."""
    words = max(len(role_words(telling.visit.visitor.role)) for telling in tellings)
    return not key[0], -words, key


def _visitor_key(telling: VisitTelling) -> str | None:
    person = telling.person or telling.implied
    if person is not None:
        return person.id
    name = telling.visit.visitor.name
    return f"{fold(name)}|{telling.origin or ''}" if name else None


__all__ = ["block_of", "cluster_visits"]
