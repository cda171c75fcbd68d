"""Tellings of one fact, and which tellings may join them by their dates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Generic, Protocol, TypeVar

from pipeline.stages.normalize.days import Days, Grain

#: One day's disagreement does not make two trips.
SLACK_DAYS = 1
#: An undated telling may mean a trip that lies as far from its publication.
NEAR_DAYS = 45
#: What is told as under way began or ended within so many days.
ONGOING_DAYS = 7
#: How many tellings of a trip are asked for a contradiction.
COMPARED = 50


class Phase(Enum):
    """Where a telling stands to its trip."""

    BEFORE = "before"  # planned, invited
    DURING = "during"  # ongoing
    AFTER = "after"  # completed
    ANY = "any"  # postponed, cancelled


#: Values of an aspect, such as the places told; of aspects both told, one value must be shared.
Details = Mapping[str, frozenset[str]]


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

    @property
    def details(self) -> Details:
        """Return what else it says that another telling may contradict."""


AnyTelling = TypeVar("AnyTelling", bound=Telling)


@dataclass
class Cluster(Generic[AnyTelling]):
    """Tellings of one trip; never two of one article, which its own stage told apart."""

    tellings: list[AnyTelling] = field(default_factory=list)
    days: Days | None = None
    grain: Grain = Grain.NONE
    articles: set[str] = field(default_factory=set)
    #: From the first to the last publication.
    published: Days | None = None
    #: Last day on which an article may have appeared that first tells that it took place.
    happened: int | None = None

    def add(self, telling: AnyTelling) -> None:
        """Take a telling in; a less precise one does not widen the days."""
        self.tellings.append(telling)
        self.articles.add(telling.key[0])
        if telling.days is not None and telling.grain <= self.grain:
            widen = self.days is not None and telling.grain == self.grain
            self.days = telling.days.hull(self.days) if widen and self.days else telling.days
            self.grain = telling.grain
        published = telling.published
        if published is not None:
            self.published = published.hull(self.published or published)
            if telling.phase in {Phase.DURING, Phase.AFTER}:
                self.happened = min(published.last, self.happened or published.last)


def open_to(
    clusters: Iterable[Cluster[AnyTelling]], telling: AnyTelling
) -> Iterator[Cluster[AnyTelling]]:
    """Yield the facts that a telling may be of: not told in its article, and in time."""
    return (
        found
        for found in clusters
        if telling.key[0] not in found.articles and in_time(telling, found)
    )


def in_time(telling: Telling, found: Cluster[AnyTelling]) -> bool:
    """Tell whether a telling may mean a trip's days: plans lie ahead of it, what is done behind."""
    published, days = telling.published, found.days
    if published is None or days is None or telling.phase is Phase.ANY:
        return True
    if telling.phase is Phase.AFTER:
        return days.first <= published.last + SLACK_DAYS
    if telling.phase is Phase.BEFORE:
        # What has begun is no longer planned; of a month only its end is sure to lie ahead.
        begins = days.first if found.grain is Grain.DAY else days.last
        return begins >= published.first - SLACK_DAYS
    return days.gap(published) <= ONGOING_DAYS


def clashes(telling: Telling, found: Cluster[AnyTelling]) -> bool:
    """Tell whether a telling that no date ties to a trip tells of another place, host or office."""
    for aspect, values in telling.details.items():
        told = [other.details.get(aspect, frozenset()) for other in found.tellings[:COMPARED]]
        known = frozenset().union(*told)
        if values and known and not values & known:
            return True
    return False


def nearest(
    clusters: Sequence[Cluster[AnyTelling]], telling: Telling
) -> Cluster[AnyTelling] | None:
    """Return the trip nearest to a telling's publication, if near enough and not one of two."""
    published = telling.published
    if published is None:
        return None
    near = (
        # A year is near to all that is published in it: what is dated better comes first.
        (found.grain >= Grain.YEAR, found.days.gap(published), index)
        for index, found in enumerate(clusters)
        if found.days
    )
    ranked = sorted(entry for entry in near if entry[1] <= NEAR_DAYS)
    if not ranked or (len(ranked) > 1 and ranked[0][:2] == ranked[1][:2]):
        return None
    return clusters[ranked[0][2]]


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
            and in_time(telling, dated)
            for telling in undated.tellings
        )
    dates = [telling.published for found in (one, other) for telling in found.tellings]
    known = [date for date in dates if date is not None]
    if len(known) < len(dates):
        return False
    return max(date.first for date in known) - min(date.last for date in known) <= NEAR_DAYS


__all__ = [
    "NEAR_DAYS",
    "SLACK_DAYS",
    "AnyTelling",
    "Cluster",
    "Details",
    "Phase",
    "Telling",
    "clashes",
    "in_time",
    "may_be_one",
    "nearest",
    "open_to",
]
