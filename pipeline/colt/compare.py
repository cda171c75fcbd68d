"""A table of trips held against ours: what only one has, and where they differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from pipeline.colt.table import ListedTrip
from pipeline.reference.fold import fold
from pipeline.stages.normalize.names import likeness, surname_in

FindingKind = Literal[
    "same", "dates_differ", "month_apart", "direction_swapped", "only_there", "only_here"
]

#: What a pair is by the days between its starts; None for no pair.
KindOf = Callable[[int | None], FindingKind | None]

#: Starts so many days apart may be of one trip.
NEAR_DAYS = 20
#: Trips so many days apart are the same one, listed a month apart.
MONTH_DAYS = range(NEAR_DAYS + 1, 46)


@dataclass(frozen=True)
class Finding:
    """One trip, in one of the tables or in both."""

    kind: FindingKind
    there: ListedTrip | None
    here: ListedTrip | None
    #: Days from our start to theirs, and from our end to theirs; None where one is not known.
    start_days: int | None = None
    end_days: int | None = None


@dataclass(frozen=True)
class Comparison:
    """All findings, by what they are."""

    findings: tuple[Finding, ...]

    def of(self, kind: FindingKind) -> list[Finding]:
        """Return the findings of one kind."""
        return [finding for finding in self.findings if finding.kind == kind]


def compare(there: Sequence[ListedTrip], here: Sequence[ListedTrip]) -> Comparison:
    """Hold a table of trips against ours.

    Trips of one traveller between the same two countries are paired by their starts, the nearest
    first; then what stands a month apart; then what one table has in the other direction.
    """
    left, ours = _pool(there), _pool(here)
    found = [
        *_pairs(left, ours, _dates_kind),
        *_pairs(left, ours, _month_kind),
        *_swapped(left, ours),
        *_doubled(left, here),
    ]
    found += [Finding("only_there", trip, None) for trip in left.values()]
    found += [Finding("only_here", None, trip) for trip in ours.values()]
    return Comparison(tuple(sorted(found, key=_order)))


#: Trips not yet found in the other table, by place.
Pool = dict[int, ListedTrip]


def _pool(trips: Sequence[ListedTrip]) -> Pool:
    return dict(enumerate(trips))


def _pairs(left: Pool, ours: Pool, kind_of: KindOf) -> Iterator[Finding]:
    """Yield pairs of one traveller and direction, the nearest first, and take them out."""
    by_ends: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, trip in ours.items():
        by_ends[trip.origin, trip.destination].append(place)
    ranked = []
    for place, trip in left.items():
        for other in by_ends.get((trip.origin, trip.destination), ()):
            gap = _gap(trip, ours[other])
            if kind_of(gap) is not None and same_person(trip, ours[other]):
                ranked.append((gap is None, abs(gap or 0), place, other))
    for _, _, place, other in sorted(ranked):
        if place in left and other in ours:
            trip, mine = left.pop(place), ours.pop(other)
            yield _finding(trip, mine, kind_of)


def _finding(there: ListedTrip, here: ListedTrip, kind_of: KindOf) -> Finding:
    start = _gap(there, here)
    end = (there.end - here.end).days if there.end and here.end else None
    kind = kind_of(start)
    assert kind is not None  # it was paired by it
    if kind == "same" and end:
        kind = "dates_differ"
    return Finding(kind, there, here, start, end)


def _gap(there: ListedTrip, here: ListedTrip) -> int | None:
    return (there.start - here.start).days if there.start and here.start else None


def _dates_kind(gap: int | None) -> FindingKind | None:
    if gap is None or gap == 0:
        return "same"
    return "dates_differ" if abs(gap) <= NEAR_DAYS else None


def _month_kind(gap: int | None) -> FindingKind | None:
    return "month_apart" if gap is not None and abs(gap) in MONTH_DAYS else None


def _swapped(left: Pool, ours: Pool) -> Iterator[Finding]:
    """Yield trips that the tables have in opposite directions on the same days."""
    by_ends: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, trip in ours.items():
        by_ends[trip.origin, trip.destination].append(place)
    for place, trip in list(left.items()):
        for other in by_ends.get((trip.destination, trip.origin), ()):
            gap = _gap(trip, ours[other]) if other in ours else None
            if gap is not None and abs(gap) <= 1:
                yield Finding("direction_swapped", left.pop(place), ours.pop(other), gap)
                break


def _doubled(left: Pool, here: Sequence[ListedTrip]) -> Iterator[Finding]:
    """Yield what stands a second time, a month from a trip of ours that they also have."""
    by_ends: dict[tuple[str, str], list[ListedTrip]] = defaultdict(list)
    for trip in here:
        by_ends[trip.origin, trip.destination].append(trip)
    for place, trip in list(left.items()):
        for mine in by_ends.get((trip.origin, trip.destination), ()):
            gap = _gap(trip, mine)
            if _month_kind(gap) is not None and same_person(trip, mine):
                yield Finding("month_apart", left.pop(place), mine, gap)
                break


def same_person(one: ListedTrip, other: ListedTrip) -> bool:
    """Tell whether two tables may mean one traveller: names alike, or one of them a surname."""
    if not one.name or not other.name:
        return True
    if fold(one.name) == fold(other.name):
        return True
    if len(fold(one.name).split()) > 1 and len(fold(other.name).split()) > 1:
        return likeness(one.name, other.name) is not None
    return fold(surname_in(one.name, one.origin)) == fold(surname_in(other.name, other.origin))


def _order(finding: Finding) -> tuple[int, str, str, str, str]:
    trip = finding.there or finding.here
    assert trip is not None  # a finding has one of the two
    start = trip.start.isoformat() if trip.start else ""
    return (
        get_args(FindingKind).index(finding.kind),
        fold(trip.name),
        start,
        trip.destination,
        trip.trip_id,
    )


__all__ = ["Comparison", "Finding", "FindingKind", "compare", "same_person"]
