"""The visit at which relations were raised, where no one article links the two."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from models import Upgrade, Visit
from pipeline.reference.offices import offices
from pipeline.stages.normalize.days import Days, Grain, days_of, trip_days
from pipeline.stages.normalize.roles import role_kinds

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

    def __init__(self, visits: Iterable[Visit]) -> None:
        self._by_pair: dict[frozenset[str], list[Visit]] = defaultdict(list)
        for visit in visits:
            if visit.origin and visit.destination.code and visit.count == 1:
                self._by_pair[frozenset((visit.origin.code, visit.destination.code))].append(visit)

    def find(self, upgrade: Upgrade) -> str | None:
        """Return the id of the visit between two of the parties whose days cover the upgrade's.

        An upgrade dated to the day takes the highest visitor's of that day, one dated to the
        month the only one of the month, one dated to the year none.
        """
        day = days_of(upgrade.date)
        if day is None or len(upgrade.date or "") < 7:
            return None
        fitting = [v for v in self._between(upgrade) if _covers(v, day)]
        if not fitting:
            return None
        ranked = sorted(fitting, key=lambda v: (*_standing(v), v.id))
        if len(ranked) > 1 and _standing(ranked[0])[:1] == _standing(ranked[1])[:1]:
            # Two visitors of one standing: only the article that tells both could say which.
            return None if not _is_day(upgrade) else _told_together(upgrade, ranked)
        return ranked[0].id

    def _between(self, upgrade: Upgrade) -> Iterable[Visit]:
        codes = sorted(party.code for party in upgrade.parties)
        for i, one in enumerate(codes):
            for other in codes[i + 1 :]:
                for visit in self._by_pair.get(frozenset((one, other)), ()):
                    if visit.status in _FITTING[upgrade.status]:
                        yield visit


def _covers(visit: Visit, day: Days) -> bool:
    span, grain = trip_days(visit.start, visit.end)
    if span is None or grain > Grain.MONTH:
        return False
    if day.first == day.last:
        return grain <= Grain.WEEK and span.gap(day) <= SLACK_DAYS
    return span.gap(day) == 0


def _standing(visit: Visit) -> tuple[int, float]:
    """Rank a visitor: offices stand in their table from the highest down."""
    order = list(offices())
    kinds = [kind for kind in role_kinds(visit.visitor.role) if kind in order]
    return min(map(order.index, kinds), default=len(order)), -visit.confidence


def _is_day(upgrade: Upgrade) -> bool:
    return len(upgrade.date or "") == len("2024-08-18")


def _told_together(upgrade: Upgrade, visits: Sequence[Visit]) -> str | None:
    articles = {proof.article_id for proof in upgrade.evidence}
    together = [v for v in visits if articles & {proof.article_id for proof in v.evidence}]
    return together[0].id if len(together) == 1 else None


__all__ = ["Occasions"]
