"""Trips that may be the one of an unnamed office: "the foreign minister" and Wang Yi."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from pipeline.stages.normalize.calendar import Calendar
from pipeline.stages.normalize.cluster import NEAR_DAYS, SLACK_DAYS, may_be_one
from pipeline.stages.normalize.days import Days, Grain
from pipeline.stages.normalize.roles import is_broad, role_kinds, role_words
from pipeline.stages.normalize.tellings import Trip, VisitTelling


class Hosts:
    """Trips to one country, by their visitors' offices and their days."""

    def __init__(self, trips: Iterable[Trip]) -> None:
        self._by_kind: dict[str, Calendar[Trip]] = defaultdict(Calendar)
        for trip in trips:
            self.add(trip)

    def add(self, trip: Trip) -> None:
        """Let a trip be found."""
        kinds = {
            kind
            for told in trip.tellings
            for title in _titles(told, None)
            for kind in role_kinds(title)
        }
        for kind in kinds:
            for days in _spans(trip):
                self._by_kind[kind].add(days, trip)

    def fitting(self, guest: Trip) -> Trip | None:
        """Return the one trip that a trip of an unnamed office may be, or None."""
        near: dict[int, Trip] = {}
        for kind in role_kinds(guest.tellings[0].visit.visitor.role):
            for days in _spans(guest) if kind in self._by_kind else ():
                near.update((id(trip), trip) for trip in self._by_kind[kind].near(days))
        fitting = [
            trip for trip in near.values() if _same_visitor(trip, guest) and may_be_one(trip, guest)
        ]
        # Nearly all of a year's trips fit a trip of which only the year is known.
        dated = [trip for trip in fitting if trip.grain < Grain.YEAR] or fitting
        return dated[0] if len(dated) == 1 else None


def _spans(trip: Trip) -> Iterator[Days]:
    """Yield the days near which a trip that may be the same lies."""
    if trip.days is not None:
        yield Days(trip.days.first - SLACK_DAYS, trip.days.last + SLACK_DAYS)
        return
    for published in {told.published for told in trip.tellings if told.published}:
        yield Days(published.first - NEAR_DAYS, published.last + NEAR_DAYS)


def _same_visitor(trip: Trip, guest: Trip) -> bool:
    """Tell whether an unnamed office may be a trip's visitor: its office, its country."""
    if trip.grain is guest.grain is Grain.YEAR:
        return False
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
    for title in _titles(telling, origin):
        shared = set(role_kinds(title)) & set(kinds)
        if any(not is_broad(kind) for kind in shared):
            return True
        if shared and (words <= role_words(title) or role_words(title) <= words):
            return True
    return False


def _titles(telling: VisitTelling, origin: str | None) -> list[str]:
    """Return the visitor's office as told, else all that the person is known by."""
    if telling.visit.visitor.role:
        return [telling.visit.visitor.role]
    roles = telling.person.roles if telling.person else ()
    return [role.title for role in roles if origin in {None, role.country}]


__all__ = ["Hosts"]
