"""Who receives somebody at home, and is not on the trip that one loose telling gives him."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from models.visit import MADE, VisitStatus
from pipeline.discourse.scene import Scene
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.merging.trip import Trip


def hosts_at_home(
    scene: Scene, trips: Sequence[Trip], statuses: Sequence[VisitStatus]
) -> Iterator[int]:
    """Yield the numbers of trips that cannot be: at that time the visitor is a host at home.

    Of "Peru's president X received Y of Chile. 'Your visit is a sign,' X told him" the visit is
    Y's, whoever owns it by the parse. A trip of which the sentence names the place ("X visited
    Chile"), which has days of its own or is told again is X's own.
    Nor is either trip none of two who "met in Lima, a week after they met in Oslo".
    """
    guests: dict[int, set[int]] = {}
    going_to: dict[str | None, list[int]] = defaultdict(list)
    for number, trip in enumerate(trips):
        if statuses[number] in MADE:
            going_to[trip.destination].append(number)
    for number, trip in enumerate(trips):
        once = trip.count == 1 and len(set(trip.told_at)) == 1
        if statuses[number] not in MADE or not once:
            continue
        placed = _is_placed(scene, trip)
        for other in going_to[trip.origin]:
            guest = trips[other]
            if guest.key == trip.key or trip.first_at in guest.told_at:
                continue  # "exchanged visits"
            if (not placed or _meets(trip, guest)) and _receives(scene, guest, trip):
                guests.setdefault(number, set()).add(other)
    for number, others in guests.items():
        if any(number not in guests.get(other, ()) for other in others):
            yield number


def _meets(trip: Trip, guest: Trip) -> bool:
    """Tell "the two premiers talked of the summit that is due in Chile", where neither is yet."""
    told = trip.candidates[0]
    recalled = told.previous or told.fact.reason == "pluperfect"
    met = "meeting" in told.notes and not recalled
    return met and guest.key in {host.key for host in told.hosts}


def _is_placed(scene: Scene, trip: Trip) -> bool:
    """Tell "visited Chile" from "saw Chile's premier" and from a place of another sentence.

    An event of which one is a guest is held where the text has told, but for its dateline.
    """
    told = trip.candidates[0]
    here = scene.here.reference if scene.here is not None else None
    if "event" in told.notes:
        return told.spot is None or told.spot.reference != here
    if told.spot is None or told.spot.reference.kind not in {"country", "place"}:
        return False
    sentence, start = scene.sentence(told.at), told.spot.reference.start
    return sentence.start_char <= start < sentence.end_char


def _receives(scene: Scene, guest: Trip, host: Trip) -> bool:
    """Tell whether a visitor is told beside a guest's trip, on no other day than his own."""
    if not host.days.keys() <= guest.days.keys():
        return False
    return any(c.status in MADE and host.key in _beside(scene, c) for c in guest.candidates)


def _beside(scene: Scene, told: Candidate) -> set[str | None]:
    """Return who receives a guest, by the telling or as others whom its sentence names."""
    sentence = scene.sentence(told.at)
    named = {r.actor for i in range(sentence.start, sentence.end) for r in scene.at(i)}
    return named | {host.key for host in told.hosts}


__all__ = ["hosts_at_home"]
