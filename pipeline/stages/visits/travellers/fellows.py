"""The first day of those who came together with others, of whom the text tells when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from models.visit import OFF
from pipeline.discourse.facts import JUST_COME
from pipeline.discourse.scene import Scene
from pipeline.discourse.timing.of_trips import When
from pipeline.iso_lengths import DAY
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.merging.trip import Trip
from pipeline.stages.visits.tables import word_set


def share_first_days(scene: Scene, trips: Sequence[Trip]) -> None:
    """Give who came in company the day on which those came with whom he did.

    "A and B arrived in Lima. A landed on Friday" and "together with A, B also arrived" give B the
    Friday too, if nothing else tells B's days.
    """
    for trip in trips:
        if trip.when or trip.count != 1:
            continue
        for number, candidate in enumerate(trip.candidates):
            if candidate.phase == "arrive" and candidate.fact.reason in JUST_COME:
                start = _of_fellows(scene, trip, candidate, trips)
                if start is not None:
                    trip.retell(number, replace(candidate, when=When(start, None)))
                    break


def share_tellings(trips: Sequence[Trip]) -> None:
    """Give all who are told to make a trip together what is told of it later.

    "The king and the queen will pay a visit to Oman. The visit will take place from 4 to 6 June",
    "was called off" are of both.
    """
    thither: dict[str | None, list[Trip]] = defaultdict(list)
    for trip in trips:
        thither[trip.destination].append(trip)
    for trip in trips:
        if trip.count != 1 or not any(c.actor for c in trip.candidates):
            continue
        told = {c.at for c in trip.candidates}
        dated = bool(trip.when)
        for other in thither[trip.destination]:
            alike = other is not trip and other.count == 1
            if alike and any(c.at in told for c in other.candidates):
                for candidate in other.candidates:
                    off = candidate.status in OFF
                    bare = candidate.actor is None and candidate.at not in told
                    if bare and (off or (candidate.when and not dated)):
                        trip.add(candidate)


def _of_fellows(
    scene: Scene, trip: Trip, candidate: Candidate, trips: Sequence[Trip]
) -> str | None:
    """Return the one day on which all came with whom a candidate's visitor is told to come."""
    days = set()
    company = _in_company(scene, candidate)
    for other in trips:
        if other is trip or other.destination != trip.destination or other.count != 1:
            continue
        together = any(c.at == candidate.at for c in other.candidates)
        if together or other.key in company:
            days.add(other.when.start)
    known = {day for day in days if day is not None and len(day) == DAY}
    return known.pop() if len(known) == 1 else None


def _in_company(scene: Scene, candidate: Candidate) -> AbstractSet[str | None]:
    """Return who is named beside "together with X, he arrived", X among them."""
    sentence = scene.sentence(candidate.at)
    company = any(
        token.lower_ in word_set("in_company") and token.nbor().lower_ == "with"
        for token in sentence
        if token.i + 1 < sentence.end
    )
    if not company:
        return set()
    tokens = range(sentence.start, sentence.end)
    return {reference.actor for i in tokens for reference in scene.at(i)}


__all__ = ["share_first_days", "share_tellings"]
