"""The visit at which relations were raised, where no one article links the two."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from models import Upgrade
from pipeline.iso_lengths import DAY
from pipeline.reference.offices import offices
from pipeline.stages.normalize.days import Days, Grain, days_of
from pipeline.stages.normalize.roles import role_kinds
from pipeline.stages.normalize.stubs import Stub

#: An agreement may be dated a day before or after the trip it was signed on.
SLACK_DAYS = 1
#: Statuses of visits at which an upgrade of a status may happen.
_FITTING = {
    "completed": frozenset({"completed", "ongoing"}),
    "planned": frozenset({"planned", "ongoing", "completed"}),
    "proposed": frozenset({"planned", "invited"}),
}


class Occasions:
    """The visits by the pair of parties between which they lead."""

    def __init__(self, visits: Iterable[Stub]) -> None:
        self._by_pair: dict[frozenset[str], list[Stub]] = defaultdict(list)
        self._events: dict[str, str] = {}
        for visit in visits:
            if visit.origin and visit.destination:
                self._by_pair[frozenset((visit.origin, visit.destination))].append(visit)
            if visit.event:
                self._events[visit.id] = visit.event

    def around(self, codes: Sequence[str], visits: Iterable[str]) -> Occasions:
        """Return the visits between any two of some parties, and what some visits are made for."""
        few = Occasions(self.between(codes))
        few._events |= {one: event for one in visits if (event := self.event(one)) is not None}
        return few

    def event(self, visit_id: str | None) -> str | None:
        """Return what a visit is made for, where it is told."""
        return self._events.get(visit_id) if visit_id else None

    def find(self, upgrade: Upgrade) -> str | None:
        """Return the id of the visit between two of the parties whose days cover the upgrade's.

        An upgrade dated to the day takes the highest visitor's of that day, one dated to the
        month the only one of the month, one dated to the year none.
        """
        day = days_of(upgrade.date)
        if day is None or len(upgrade.date or "") < 7:
            return None
        codes = sorted(party.code for party in upgrade.parties)
        possible = (v for v in self.between(codes) if v.status in _FITTING[upgrade.status])
        fitting = [visit for visit in possible if _covers(visit, day)]
        if not fitting:
            return None
        ranked = sorted(fitting, key=lambda v: (*_standing(v), v.id))
        if len(ranked) > 1 and _standing(ranked[0])[:1] == _standing(ranked[1])[:1]:
            # Two visitors of one standing: only the article that tells both could say which.
            return None if not _is_day(upgrade) else _told_together(upgrade, ranked)
        return ranked[0].id

    def between(self, codes: Sequence[str]) -> Iterator[Stub]:
        """Yield the visits between any two of some parties, whatever became of them."""
        for pair in combinations(codes, 2):
            yield from self._by_pair.get(frozenset(pair), ())


def _covers(visit: Stub, day: Days) -> bool:
    span, grain = visit.days, visit.grain
    if span is None or grain > Grain.MONTH:
        return False
    if day.first == day.last:
        return grain <= Grain.WEEK and span.gap(day) <= SLACK_DAYS
    return span.gap(day) == 0


def _standing(visit: Stub) -> tuple[int, float]:
    """Rank a visitor: offices stand in their table from the highest down."""
    order = list(offices())
    kinds = [kind for kind in role_kinds(visit.role) if kind in order]
    return min(map(order.index, kinds), default=len(order)), -visit.confidence


def _is_day(upgrade: Upgrade) -> bool:
    return len(upgrade.date or "") == DAY


def _told_together(upgrade: Upgrade, visits: Sequence[Stub]) -> str | None:
    articles = {proof.article_id for proof in upgrade.evidence}
    together = [visit for visit in visits if articles & visit.articles]
    return together[0].id if len(together) == 1 else None


__all__ = ["Occasions"]
