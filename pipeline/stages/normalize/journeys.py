"""Which visits are legs of one journey, and which one returns another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from models.visit import MADE_OR_PLANNED
from pipeline.stages.normalize.days import Grain
from pipeline.stages.normalize.ids import content_id
from pipeline.stages.normalize.roots import root_of
from pipeline.stages.normalize.stubs import Stub

#: Days between the end of one leg and the start of the next, at most.
BETWEEN_DAYS = 2
#: Legs told in one sentence lie within so many days, if it tells of a tour or their days roughly.
TOGETHER_DAYS = 10
#: Days that lie behind all others.
_LAST_DAY = 10**7


@dataclass(frozen=True, slots=True)
class Leg:
    """A visit's place in its journey, from 1."""

    journey_id: str
    number: int


def journeys(stubs: Iterable[Stub]) -> Mapping[str, Leg]:
    """Return the legs of all journeys of two visits and more, by visit."""
    by_visitor: dict[str, list[Stub]] = defaultdict(list)
    for stub in stubs:
        if stub.status in MADE_OR_PLANNED and stub.destination is not None:
            by_visitor[stub.visitor].append(stub)
    found: dict[str, Leg] = {}
    for visitor in sorted(by_visitor):
        for legs in _joined(by_visitor[visitor]):
            ordered = _in_order(legs)
            made = content_id("journey", visitor, ordered[0].id)
            found.update(
                (stub.id, Leg(made, number)) for number, stub in enumerate(ordered, start=1)
            )
    return found


def _joined(stubs: Sequence[Stub]) -> Iterator[list[Stub]]:
    """Yield the groups of two and more of one visitor's visits that are one journey."""
    ordered = sorted(stubs, key=_by_day)
    home = {stub.id: stub.id for stub in ordered}
    for one, other in _linked(ordered):
        first, second = sorted((root_of(home, one.id), root_of(home, other.id)))
        home[second] = first
    groups: dict[str, list[Stub]] = defaultdict(list)
    for stub in ordered:
        groups[root_of(home, stub.id)].append(stub)
    for key in sorted(groups):
        if len({stub.destination for stub in groups[key]}) > 1:
            yield groups[key]


def _linked(ordered: Sequence[Stub]) -> Iterator[tuple[Stub, Stub]]:
    """Yield pairs of visits of which one leads on to the other."""
    dated = [stub for stub in ordered if stub.grain is Grain.DAY]
    for one, other in pairwise(dated):
        if one.destination != other.destination and _follows(one, other):
            yield one, other
    by_sentence: dict[tuple[str, int], list[Stub]] = defaultdict(list)
    for stub in ordered:
        for article, start, _ in stub.places:
            by_sentence[article, start].append(stub)
    for sentence in sorted(by_sentence):
        for one, other in pairwise(by_sentence[sentence]):
            if one.destination != other.destination and _told_as_one(one, other):
                yield one, other


def _follows(one: Stub, other: Stub) -> bool:
    assert one.days is not None  # both are dated to the day
    assert other.days is not None
    return one.days.gap(other.days) <= BETWEEN_DAYS


def _told_as_one(one: Stub, other: Stub) -> bool:
    """Tell whether two visits of one sentence are of one journey: dates and words allow it.

    "She will visit Oslo and Helsinki next week", "on a tour that took him to A and B"; but not
    "he was in Paris in 2011 and in Rome in 2018".
    """
    toured = one.tour and other.tour
    if one.status != other.status and not toured:
        return False
    if one.days is None or other.days is None:
        return toured or one.days is other.days
    if max(one.grain, other.grain) >= Grain.YEAR and not toured:
        return False
    if one.grain is other.grain is Grain.MONTH and one.start != other.start:
        return toured and one.days.gap(other.days) <= BETWEEN_DAYS
    exact = one.grain is other.grain is Grain.DAY and not toured
    return one.days.gap(other.days) <= (BETWEEN_DAYS if exact else TOGETHER_DAYS)


def _by_day(stub: Stub) -> tuple[int, int, tuple[object, ...], str]:
    days = stub.days
    return (days.first if days else _LAST_DAY), (days.last if days else 0), stub.places, stub.id


def _in_order(legs: Sequence[Stub]) -> list[Stub]:
    """Return legs in the order travelled: by their days, else as one article tells them."""
    starts = {stub.days.first for stub in legs if stub.days and stub.grain is Grain.DAY}
    if len(starts) == len(legs):
        return sorted(legs, key=_by_day)
    shared = set.intersection(*(stub.articles for stub in legs))
    if not shared:
        return sorted(legs, key=_by_day)
    article = min(shared)

    def as_told(stub: Stub) -> tuple[int, int, str]:
        _, start, order = min(place for place in stub.places if place[0] == article)
        return start, order, stub.id

    return sorted(legs, key=as_told)


def returns(stubs: Iterable[Stub]) -> Mapping[str, str]:
    """Return, for each visit that is told to return another, that other one.

    It is the latest visit in the opposite direction that does not lie behind it. Where there is
    none, the words may stand in the sentence of the visit that is returned: "It is a return visit:
    the president was in Belgrade last year".
    """
    by_ends: dict[tuple[str | None, str | None], list[Stub]] = defaultdict(list)
    asking: list[Stub] = []
    for stub in stubs:
        if stub.origin and stub.destination and stub.status != "cancelled":
            by_ends[stub.origin, stub.destination].append(stub)
            if stub.returns:
                asking.append(stub)
    found: dict[str, str] = {}
    for stub in asking:
        before = [s for s in by_ends.get((stub.destination, stub.origin), ()) if _before(s, stub)]
        dated = [other for other in before if other.days is not None]
        if dated:
            found[stub.id] = max(dated, key=_by_day).id
        elif len(before) == 1:
            found[stub.id] = before[0].id
        elif stub.returned:
            told = by_ends.get((stub.destination, stub.origin), ())
            later = [s for s in told if s.articles & stub.articles and _lies_after(s, stub)]
            if len(later) == 1:
                found.setdefault(later[0].id, stub.id)
    return found


def _lies_after(one: Stub, other: Stub) -> bool:
    return one.days is not None and other.days is not None and one.days.first > other.days.last


def _before(one: Stub, other: Stub) -> bool:
    """Tell whether a visit may lie before another, and is not itself told to return one."""
    if one.returns:
        return False
    return one.days is None or other.days is None or one.days.first < other.days.last


__all__ = ["Leg", "journeys", "returns"]
