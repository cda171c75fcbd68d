"""Who sits in on the talks of the leader with whom he came."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.discourse import trace
from pipeline.discourse.scene import Scene
from pipeline.discourse.tables import words
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.tables import word_set
from pipeline.stages.visits.trip import Trip


def without_retinue(scene: Scene, trips: Sequence[Trip]) -> list[Trip]:
    """Leave out who is told only to be at his own leader's talks abroad.

    "A met B in Lima. Also present at the meeting was A's foreign minister", "the meeting was also
    attended by" him fire. Of a summit each who attends counts, and so does who will come, and who
    comes with his leader as the subject of one verb.
    """
    kept: list[Trip] = []
    for trip in trips:
        if all(_sits_in(scene, c) for c in trip.candidates) and _has_leader(scene, trip, trips):
            trace.dropped("one who sits in on his own leader's talks", *trip.candidates)
        else:
            kept.append(trip)
    return kept


def _sits_in(scene: Scene, candidate: Candidate) -> bool:
    """Tell presence at talks of two sides from that at a summit, and from all that one does."""
    if candidate.rule not in word_set("sits_in") or candidate.actor is None:
        return False
    if candidate.actor.reference.role_kind in words("leads_land") or candidate.status == "planned":
        return False
    lemmas = {token.lemma_.lower() for token in scene.sentence(candidate.at)}
    talks, crowd = word_set("talks_of_two"), word_set("gathering") - word_set("talks_of_two")
    return not lemmas.isdisjoint(talks) and lemmas.isdisjoint(crowd)


def _has_leader(scene: Scene, trip: Trip, trips: Sequence[Trip]) -> bool:
    """Tell whether an earlier sentence has a leader of the same land there, at no event."""
    number = scene.sentence_of[trip.first_at]
    return any(
        other.key != trip.key
        and (other.origin, other.destination) == (trip.origin, trip.destination)
        and scene.sentence_of[other.first_at] < number
        and not any("event" in c.notes or c.rule in word_set("sits_in") for c in other.candidates)
        and any(
            c.actor is not None and c.actor.reference.role_kind in words("leads_land")
            for c in other.candidates
        )
        for other in trips
    )


__all__ = ["without_retinue"]
