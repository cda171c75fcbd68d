"""Which stops of a tour are behind its traveller, by the one at which he is told to be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Token

from pipeline.discourse.factuality import Fact
from pipeline.discourse.numbers import ordinal_of
from pipeline.discourse.scene import Scene
from pipeline.discourse.tables import words
from pipeline.discourse.timing import When
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.trip import Trip

_MADE = frozenset({"completed", "ongoing"})
#: How far behind its place a stop may be named ("in Rome, the final stop").
_REACH = 10


def order_stops(scene: Scene, trips: Sequence[Trip]) -> None:
    """Put the stops of a tour behind one who is at its last, and ahead of one at its first.

    "Is on a tour of Peru, Chile and Cuba. He arrived in Havana, the final leg, on Wednesday": he
    has been to the others. "He arrived in Lima, the first stop": he is yet to go there. Of "will
    arrive in Havana, the final leg" nothing follows.
    """
    listed = _listed(trips)
    if not listed:
        return
    for trip in trips:
        marks = {m for c in trip.candidates if (m := _mark(scene, c)) is not None}
        if len(marks) != 1:
            continue
        last = marks.pop() == 0
        for legs in listed.values():
            if not any(leg is trip for leg, _ in legs):
                continue
            for leg, number in legs:
                if leg is not trip and leg.key == trip.key and _is_told_by_list(leg, listed):
                    leg.retell(number, _moved(leg.candidates[number], last=last))


def _listed(trips: Sequence[Trip]) -> dict[int, list[tuple[Trip, int]]]:
    """Return the trips that one token tells together, by the token."""
    told: dict[int, list[tuple[Trip, int]]] = defaultdict(list)
    for trip in trips:
        for number, candidate in enumerate(trip.candidates):
            told[candidate.at].append((trip, number))
    return {at: legs for at, legs in told.items() if len({t.destination for t, _ in legs}) > 2}


def _is_told_by_list(trip: Trip, listed: dict[int, list[tuple[Trip, int]]]) -> bool:
    return all(c.at in listed for c in trip.candidates)


def _mark(scene: Scene, candidate: Candidate) -> int | None:
    """Return 0 for who is told to be at the last stop of a tour, 1 for the first."""
    if candidate.status not in _MADE or candidate.spot is None:
        return None
    sentence = scene.sentence(candidate.at)
    for token in sentence:
        if token.lemma_.lower() in words("leg_of_tour") and token.pos_ == "NOUN":
            order = _order(token)
            if order is not None and _is_at(scene, token, candidate):
                return order
    return None


def _order(stop: Token) -> int | None:
    for child in stop.children:
        if child.lower_ in {"last", "final"}:
            return 0
        if ordinal_of(child) == 1:
            return 1
    return None


def _is_at(scene: Scene, stop: Token, candidate: Candidate) -> bool:
    """Tell "in Rome, the final stop", "arrived in Rome on the last leg of his tour"."""
    spot = candidate.spot
    if spot is None or stop.i < spot.end or not -_REACH <= stop.i - candidate.at != 0:
        return False  # "Cuba is the last stop" does not tell that he is there
    between = scene.doc[spot.end : stop.i]
    if any(scene.spots(t.i) for t in between):
        return False
    return len(between) < _REACH or stop.head.lower_ == "on"


def _moved(told: Candidate, *, last: bool) -> Candidate:
    """Return what a list tells of a stop, known to be behind or ahead.

    Of "toured Peru, Chile and Cuba in March" all is over, and stays so.
    """
    under_way = told.status in {"ongoing", "planned"} or told.further
    arrival = told.when.start is not None and told.when.end is None
    if last and (under_way or arrival):
        return replace(told, fact=Fact("completed"), when=When(), phase="leave", further=False)
    if not last and told.status == "ongoing":
        return replace(told, fact=Fact("planned", weak=True), when=When(), further=False)
    return told


__all__ = ["order_stops"]
