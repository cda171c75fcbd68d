"""Trips that were gathered as two and turn out one, once their days and statuses are settled."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from models.visit import MADE, VisitStatus
from pipeline.discourse.scene import Scene
from pipeline.discourse.timing.of_trips import When
from pipeline.reference.countries import code_today
from pipeline.stages.visits.days.former_days import are_years_apart, is_long_before_news
from pipeline.stages.visits.days.same_stay import overlap
from pipeline.stages.visits.merging.trip import Trip
from pipeline.stages.visits.travellers.same_office import is_named


def told_twice(
    scene: Scene, trips: Sequence[Trip], whens: Sequence[When], statuses: Sequence[VisitStatus]
) -> Iterator[tuple[int, int]]:
    """Yield the number of each trip that is another one, and that of the other.

    Two trips of one named visitor to one country are told by different days. Those of the same are
    one, whatever becomes of either: "X accepted the invitation to attend the oath on Sunday" and
    "X was among the guests". So are two of one status of which one has no days. Whoever is unnamed
    above the text is named in it: "Ministers of Peru and Chile talk in Lima" of "Chile's X".
    """
    gone: set[int] = set()
    by_ends, by_key = _numbers_of(trips)
    for number, trip in enumerate(trips):
        if _is_unnamed_above(scene, trip):
            alike = by_ends[trip.origin, trip.destination]
            named = (n for n in alike if n not in gone and n != number and _is_told(trips[n]))
            if (one := next(named, None)) is not None:
                gone.add(number)
                yield number, one
            continue
        for other in (n for n in by_key[trip.key] if n < number and n not in gone):
            if not _are_alike(trips[other], trip):
                continue
            if 0 in {trips[other].count, trip.count} and statuses[number] in MADE:
                continue  # "has shuttled between Lima and Quito since May. She was in Lima in June"
            if are_years_apart(scene, trips[other], trips[number]):
                continue
            pair = (other, number)
            if not _are_of_one_time(
                scene,
                [trips[n] for n in pair],
                [whens[n] for n in pair],
                [statuses[n] for n in pair],
            ):
                continue
            first = _tells_more(trips, whens, statuses, other, number)
            one, twice = (other, number) if first else (number, other)
            gone.add(twice)
            yield twice, one
            if twice == number:
                break


def _numbers_of(
    trips: Sequence[Trip],
) -> tuple[Mapping[tuple[str | None, str | None], list[int]], Mapping[str, list[int]]]:
    """Return the numbers of trips by where they begin and lead to, and by who makes them."""
    by_ends: dict[tuple[str | None, str | None], list[int]] = defaultdict(list)
    by_key: dict[str, list[int]] = defaultdict(list)
    for number, trip in enumerate(trips):
        by_ends[trip.origin, trip.destination].append(number)
        by_key[trip.key].append(number)
    return by_ends, by_key


def _is_unnamed_above(scene: Scene, trip: Trip) -> bool:
    """Tell the trip of whoever is unnamed, of which nothing but what is above the text tells."""
    if is_named(trip) or trip.origin is None:
        return False
    headlines = scene.headlines_above
    return all(c.at < scene.headline_end or c.at in headlines for c in trip.candidates)


def _is_told(trip: Trip) -> bool:
    """Tell a trip of one who is named."""
    return trip.count == 1 and is_named(trip)


def _are_alike(one: Trip, other: Trip) -> bool:
    """Tell two trips of one person, by name, to one country that is told."""
    if one.key != other.key or one.destination is None or other.destination is None:
        return False
    same = code_today(one.destination) == code_today(other.destination)
    return same and one.origin == other.origin and is_named(one) and is_named(other)


def _are_of_one_time(
    scene: Scene,
    trips: Sequence[Trip],
    whens: Sequence[When],
    statuses: Sequence[VisitStatus],
) -> bool:
    """Tell whether nothing keeps the days of two trips apart."""
    days = [when.start or when.end for when in whens]
    first, second = days
    alike = statuses[0] == statuses[1]
    if first is None and second is None:
        deed = any(all("inside" in c.notes for c in trip.candidates) for trip in trips)
        often = trips[0].count != trips[1].count  # "is in Lima, where he has been five times"
        return alike or (deed and not often and MADE.issuperset(statuses))
    if first is None or second is None:
        before = any(all(c.previous for c in trip.candidates) for trip in trips)
        undated, dated = trips if first is None else reversed(trips)
        before |= any(is_long_before_news(scene, undated, told) for told in dated.candidates)
        return alike and not before  # "visited Lima. He was last there in 2021"
    if first != second and not (alike or MADE.issuperset(statuses)):
        return False  # "met A there on Sunday, and will be back on Friday", both of one month
    ends = [when.end for when in whens if when.end is not None]
    return overlap(first, second) and (len(ends) < 2 or overlap(*ends))


def _tells_more(
    trips: Sequence[Trip],
    whens: Sequence[When],
    statuses: Sequence[VisitStatus],
    one: int,
    other: int,
) -> bool:
    """Tell whether the first of two trips is of more visits, or has the better days and status."""

    def rank(number: int) -> tuple[bool, bool, int, int]:
        days = len(whens[number].start or "") + len(whens[number].end or "")
        several = trips[number].count > 1
        return several, statuses[number] in MADE, days, len(trips[number].candidates)

    return rank(one) >= rank(other)


__all__ = ["told_twice"]
