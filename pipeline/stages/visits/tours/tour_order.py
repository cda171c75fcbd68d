"""Which stops of a tour are behind its traveller, by the one at which he is told to be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from spacy.tokens import Token

from models.visit import MADE, NOT_OVER
from pipeline.discourse.factuality import Fact
from pipeline.discourse.numbers import ordinal_of
from pipeline.discourse.scene import Scene
from pipeline.discourse.tables import words
from pipeline.discourse.timing.of_trips import When
from pipeline.labels import VERBS
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.merging.trip import Trip

#: Stops that one token tells together, each with the number of that telling among its trip's.
Legs = Sequence[tuple[Trip, int]]
#: How far behind its place a stop may be named ("in Rome, the final stop").
_REACH = 10
#: How many tokens the list of a tour's stops may be long.
_LIST = 24


def order_stops(scene: Scene, trips: Sequence[Trip]) -> None:
    """Put the stops of a tour behind one who is at its last, and ahead of one at its first.

    "Is on a tour of Peru, Chile and Cuba. He arrived in Havana, the final leg, on Wednesday": he
    has been to the others. "He arrived in Lima, the first stop": he is yet to go there. Of "will
    arrive in Havana, the final leg" nothing follows.
    """
    listed = listed_legs(trips)
    if not listed:
        return
    _order_by_halts(scene, trips, listed)
    for at, legs in listed.items():
        _order_by_noun(scene.doc[at], legs, listed)
    for trip in trips:
        marks = {m for c in trip.candidates if (m := _mark(scene, c)) is not None}
        if len(marks) != 1:
            continue
        mark = marks.pop()
        for legs in listed.values():
            if not any(leg is trip for leg, _ in legs):
                continue
            here = [leg.destination for leg, _ in legs].index(trip.destination)
            if mark > 1 and here != mark - 1:
                continue  # the second stop is not the second that is listed
            _move(trip, legs, listed, here=len(legs) if mark == 0 else 0 if mark == 1 else here)


def _order_by_noun(
    noun: Token,
    legs: Sequence[tuple[Trip, int]],
    listed: Mapping[int, Sequence[tuple[Trip, int]]],
) -> None:
    """Order the stops of "on the second leg of a tour of Peru, Chile and Cuba", from Chile."""
    part = noun.head.head if noun.head.lower_ == "of" else noun
    if part.lemma_.lower() not in words("leg_of_tour") or part.dep_ not in {"pobj", "appos"}:
        return
    mark = _order(part)
    if mark is None or mark == 1 or mark > len(legs):
        return
    if any(leg.candidates[number].status != "ongoing" for leg, number in legs):
        return
    here = mark - 1 if mark else len(legs) - 1
    _move(legs[here][0], legs, listed, here=here)


def _order_by_halts(
    scene: Scene,
    trips: Sequence[Trip],
    listed: Mapping[int, Sequence[tuple[Trip, int]]],
) -> None:
    """Put ahead all but the first of "her tour, which includes stops in Peru, Chile and Cuba".

    Nobody stops in two places at once. Of "visited Togo last week on a tour that includes stops
    in Peru and Chile" the whole may be over, and of "has left Chile" Peru is.
    """
    told: dict[tuple[str, int], list[tuple[Trip, int]]] = defaultdict(list)
    for trip in trips:
        for number, candidate in enumerate(trip.candidates):
            halts = _halts_before(scene, candidate)
            if halts is not None and candidate.status == "ongoing" and candidate.fact.weak:
                told[trip.key, halts.i].append((trip, number))
    for (key, _), legs in told.items():
        others = [t for t in trips if t.key == key and all(leg is not t for leg, _ in legs)]
        legs.sort(key=_place_of)
        if any("completed" in t.statuses for t in (*others, *(leg for leg, _ in legs[1:]))):
            continue
        _move(legs[0][0], legs, listed, here=0)


def _halts_before(scene: Scene, candidate: Candidate) -> Token | None:
    """Return the "stops" of "stops in Peru, Chile and Cuba", of whichever of these is told."""
    if candidate.spot is None:
        return None
    first = scene.sentence(candidate.at).start
    for i in range(candidate.spot.start - 1, max(first, candidate.spot.start - _LIST), -1):
        token = scene.doc[i]
        if token.pos_ in VERBS:
            return None
        before = scene.doc[i - 1]
        if token.lower_ == "in" and before.tag_ == "NNS" and before.lemma_ in words("halt"):
            return before
    return None


def _move(
    trip: Trip,
    legs: Sequence[tuple[Trip, int]],
    listed: Mapping[int, Sequence[tuple[Trip, int]]],
    *,
    here: int,
) -> None:
    """Put what is listed before a place behind the traveller of a trip, and the rest ahead."""
    for place, (leg, number) in enumerate(legs):
        last = place < here
        free = _is_told_by_list(leg, listed) or (last and _is_over_elsewhere(leg, number))
        if leg is not trip and leg.key == trip.key and free:
            leg.retell(number, _moved(leg.candidates[number], last=last))


def listed_legs(trips: Sequence[Trip]) -> dict[int, list[tuple[Trip, int]]]:
    """Return the trips that one token tells together, by the token."""
    told: dict[int, list[tuple[Trip, int]]] = defaultdict(list)
    for trip in trips:
        for number, candidate in enumerate(trip.candidates):
            told[candidate.at].append((trip, number))
    return {
        at: sorted(legs, key=_place_of)
        for at, legs in told.items()
        if len({t.destination for t, _ in legs}) > 1
    }


def _place_of(leg: tuple[Trip, int]) -> int:
    """Return the token at which the place of a telling is named."""
    trip, number = leg
    spot = trip.candidates[number].spot
    return spot.start if spot is not None else trip.candidates[number].at


def _is_told_by_list(trip: Trip, listed: Mapping[int, Sequence[tuple[Trip, int]]]) -> bool:
    """Tell a stop told by the list alone, and by "the last stop of" it, which names no place."""
    return all(c.at in listed or (c.rule == "stop" and c.spot is None) for c in trip.candidates)


def _is_over_elsewhere(trip: Trip, number: int) -> bool:
    """Tell a stop of which all else is told as made: "He arrived in Lima on Sunday".

    Args:
        number: that of the list's telling.
    """
    others = [c for at, c in enumerate(trip.candidates) if at != number]
    return all(c.status in {"completed", None} for c in others)


def _mark(scene: Scene, candidate: Candidate) -> int | None:
    """Return 0 for who is told to be at the last stop of a tour, 2 for the second."""
    if candidate.status not in MADE or candidate.spot is None:
        return None
    legs = words("leg_of_tour")
    if legs.isdisjoint(scene.forms(candidate.at)):
        return None
    for token in scene.sentence(candidate.at):
        if token.lemma_.lower() in legs and token.pos_ == "NOUN":
            order = _order(token)
            if order is not None and _is_at(scene, token, candidate):
                return order
    return None


def _order(stop: Token) -> int | None:
    for child in stop.children:
        if child.lower_ in words("last_of_all"):
            return 0
        if (number := ordinal_of(child)) is not None:
            return number
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
    under_way = told.status in NOT_OVER or told.further
    arrival = told.when.start is not None and told.when.end is None
    if last and (under_way or arrival):
        return replace(told, fact=Fact("completed"), when=When(), phase="leave", further=False)
    if not last and told.status == "ongoing":
        return replace(told, fact=Fact("planned", weak=True), when=When(), further=False)
    return told


__all__ = ["Legs", "listed_legs", "order_stops"]
