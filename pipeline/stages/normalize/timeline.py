"""Which tellings of one visitor and place are of one trip, by their dates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Generic, Protocol, TypeVar

from pipeline.stages.normalize.days import Days, Grain

#: One day's disagreement does not make two trips.
SLACK_DAYS = 1
#: An undated telling may mean a trip that lies as far from its publication.
NEAR_DAYS = 45
#: Undated tellings of one trip do not spread over more.
SPREAD_DAYS = 90
#: So long before may the only known trip be announced, so long after told of an unnamed visitor.
FAR_DAYS = 366
#: Without limit.
EVER = 10**7


@dataclass(frozen=True)
class Recurrence:
    """How often a fact of one kind happens again, which tells how far apart one is told.

    Args:
        near_days: undated tellings published within so many days of another are one.
        spread_days: and they do not spread over more.
        after_days: so long after the only dated fact may it be told without a date.
        before_days: so long before may it be announced without a date.
    """

    near_days: int = NEAR_DAYS
    spread_days: int = SPREAD_DAYS
    after_days: int = FAR_DAYS
    before_days: int = FAR_DAYS


#: A person's journeys to one country: the only one known is told of for ever.
JOURNEYS = Recurrence(after_days=EVER)
#: What unnamed holders of an office do, and ties that are cut and mended.
REPEATED = Recurrence()
#: What two countries conclude but once.
ONCE = Recurrence(EVER, EVER, EVER, EVER)


class Phase(Enum):
    """Where a telling stands to its trip."""

    BEFORE = "before"  # planned, invited
    DURING = "during"  # ongoing
    AFTER = "after"  # completed
    ANY = "any"  # postponed, cancelled


class Telling(Protocol):
    """What the clustering reads of an article's record."""

    @property
    def key(self) -> tuple[str, str]:
        """Return article id and record id."""

    @property
    def days(self) -> Days | None:
        """Return the days told."""

    @property
    def grain(self) -> Grain:
        """Return how precisely they are told."""

    @property
    def published(self) -> Days | None:
        """Return when the article appeared."""

    @property
    def phase(self) -> Phase:
        """Return where the telling stands to the trip."""


AnyTelling = TypeVar("AnyTelling", bound=Telling)


@dataclass
class Cluster(Generic[AnyTelling]):
    """Tellings of one trip; never two of one article, which its own stage told apart."""

    tellings: list[AnyTelling] = field(default_factory=list)
    days: Days | None = None
    grain: Grain = Grain.NONE
    articles: set[str] = field(default_factory=set)

    def add(self, telling: AnyTelling) -> None:
        """Take a telling in; a less precise one does not widen the days."""
        self.tellings.append(telling)
        self.articles.add(telling.key[0])
        if telling.days is not None and telling.grain <= self.grain:
            widen = self.days is not None and telling.grain == self.grain
            self.days = telling.days.hull(self.days) if widen and self.days else telling.days
            self.grain = telling.grain

    @property
    def key(self) -> tuple[str, str]:
        """Return the least key of its tellings."""
        return min(telling.key for telling in self.tellings)


def cluster(tellings: Iterable[AnyTelling], *, recurrence: Recurrence) -> list[Cluster[AnyTelling]]:
    """Return the trips told, whatever the order of the tellings."""
    by_grain: dict[Grain, list[AnyTelling]] = {}
    for telling in sorted(tellings, key=_order):
        by_grain.setdefault(telling.grain, []).append(telling)
    clusters = _by_day(by_grain.get(Grain.DAY, []))
    for grain in (Grain.WEEK, Grain.MONTH, Grain.YEAR):
        _place_coarse(clusters, by_grain.get(grain, []))
    _place_undated(clusters, by_grain.get(Grain.NONE, []), recurrence)
    return clusters


def _order(telling: Telling) -> tuple[Grain, Days, Days, tuple[str, str]]:
    nowhere = Days(0, 0)
    return telling.grain, telling.days or nowhere, telling.published or nowhere, telling.key


def _by_day(tellings: Sequence[AnyTelling]) -> list[Cluster[AnyTelling]]:
    clusters: list[Cluster[AnyTelling]] = []
    active: list[Cluster[AnyTelling]] = []
    for telling in tellings:
        days = _days(telling)
        active = [c for c in active if c.days and days.first - c.days.last <= SLACK_DAYS]
        fitting = [c for c in active if telling.key[0] not in c.articles]
        if not fitting:
            fitting = [Cluster()]
            active += fitting
            clusters += fitting
        fitting[-1].add(telling)
    return clusters


def _place_coarse(clusters: list[Cluster[AnyTelling]], tellings: Sequence[AnyTelling]) -> None:
    """Join a month or year to the one trip that lies in it, else to its equals."""
    finer = list(clusters)
    for telling in tellings:
        days = _days(telling)
        inside = [c for c in _open_to(finer, telling) if c.days and c.days.gap(days) == 0]
        target = inside[0] if len(inside) == 1 else nearest(inside, telling)
        if target is None:
            same = (c for c in clusters[len(finer) :] if c.days and c.days.gap(days) == 0)
            target = next(_open_to(same, telling), None)
        if target is None:
            target = Cluster()
            clusters.append(target)
        target.add(telling)


def _place_undated(
    clusters: list[Cluster[AnyTelling]], tellings: Sequence[AnyTelling], recurrence: Recurrence
) -> None:
    dated = list(clusters)
    rest = []
    for telling in tellings:
        target = _dated_trip_of(dated, telling, recurrence)
        if target is None:
            rest.append(telling)
        else:
            target.add(telling)
    known = [telling for telling in rest if telling.published]
    for telling in known:
        news = (c for c in clusters[len(dated) :] if _same_news(c, telling, recurrence))
        target = next(iter(news), None)
        if target is None:
            target = Cluster()
            clusters.append(target)
        target.add(telling)
    _place_timeless(clusters, [telling for telling in rest if not telling.published])


def _dated_trip_of(
    dated: Sequence[Cluster[AnyTelling]], telling: AnyTelling, recurrence: Recurrence
) -> Cluster[AnyTelling] | None:
    fitting = list(_open_to(dated, telling))
    close = nearest(fitting, telling)
    if close is not None or len(dated) != 1 or not fitting:
        return close
    only = fitting[0]
    if telling.published is None:
        return only
    if telling.phase is Phase.DURING:
        return None
    after = telling.phase is Phase.AFTER
    limit_days = recurrence.after_days if after else recurrence.before_days
    gap_days = only.days.gap(telling.published) if only.days else 0
    return only if gap_days <= limit_days else None


def _same_news(found: Cluster[AnyTelling], telling: AnyTelling, recurrence: Recurrence) -> bool:
    """Tell whether an undated telling continues undated ones published before it."""
    published = telling.published
    if published is None or telling.key[0] in found.articles:
        return False
    dates = [other.published for other in found.tellings if other.published]
    if telling.phase is Phase.BEFORE and any(
        other.phase in {Phase.DURING, Phase.AFTER}
        and other.published
        and other.published.last < published.first
        for other in found.tellings
    ):
        return False
    near = min(published.gap(date) for date in dates) <= recurrence.near_days
    spread_days = published.first - min(date.last for date in dates)
    return near and spread_days <= recurrence.spread_days


def _place_timeless(clusters: list[Cluster[AnyTelling]], tellings: Sequence[AnyTelling]) -> None:
    """Join tellings without any date to the only trip there is, else to each other."""
    only = clusters[0] if len(clusters) == 1 else None
    made: list[Cluster[AnyTelling]] = []
    for telling in tellings:
        pool = made if only is None else [only, *made]
        target = next((c for c in pool if telling.key[0] not in c.articles), None)
        if target is None:
            target = Cluster()
            made.append(target)
        target.add(telling)
    clusters += made


def _open_to(
    clusters: Iterable[Cluster[AnyTelling]], telling: AnyTelling
) -> Iterator[Cluster[AnyTelling]]:
    return (
        found
        for found in clusters
        if telling.key[0] not in found.articles and (not found.days or in_time(telling, found.days))
    )


def in_time(telling: Telling, days: Days) -> bool:
    """Tell whether a telling may mean those days: plans lie ahead of it, what is done behind."""
    published = telling.published
    if published is None or telling.phase is Phase.ANY:
        return True
    if telling.phase is Phase.AFTER:
        return days.first <= published.last + SLACK_DAYS
    if telling.phase is Phase.BEFORE:
        return days.last >= published.first - SLACK_DAYS
    return days.gap(published) <= NEAR_DAYS


def nearest(
    clusters: Sequence[Cluster[AnyTelling]], telling: Telling
) -> Cluster[AnyTelling] | None:
    """Return the trip nearest to a telling's publication, if near enough and not one of two."""
    published = telling.published
    if published is None:
        return None
    ranked = sorted(
        ((found.days.gap(published), index) for index, found in enumerate(clusters) if found.days)
    )
    if not ranked or ranked[0][0] > NEAR_DAYS:
        return None
    if len(ranked) > 1 and ranked[0][0] == ranked[1][0]:
        return None
    return clusters[ranked[0][1]]


def may_be_one(one: Cluster[AnyTelling], other: Cluster[AnyTelling]) -> bool:
    """Tell whether two trips, told of differently named visitors, may be one by their dates."""
    if one.articles & other.articles:
        return False
    if one.days and other.days:
        slack = SLACK_DAYS if one.grain is other.grain is Grain.DAY else 0
        return one.days.gap(other.days) <= slack
    if one.days or other.days:
        dated, undated = (one, other) if one.days else (other, one)
        assert dated.days is not None  # chosen so
        return all(
            telling.published is not None
            and dated.days.gap(telling.published) <= NEAR_DAYS
            and in_time(telling, dated.days)
            for telling in undated.tellings
        )
    dates = [telling.published for found in (one, other) for telling in found.tellings]
    known = [date for date in dates if date is not None]
    if len(known) < len(dates):
        return False
    return max(date.first for date in known) - min(date.last for date in known) <= NEAR_DAYS


def _days(telling: Telling) -> Days:
    assert telling.days is not None  # undated tellings are placed elsewhere
    return telling.days


__all__ = [
    "JOURNEYS",
    "ONCE",
    "REPEATED",
    "Cluster",
    "Phase",
    "Recurrence",
    "Telling",
    "cluster",
    "may_be_one",
]
