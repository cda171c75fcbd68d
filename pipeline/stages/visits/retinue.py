"""Who sits in on the talks of the leader with whom he came."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from pipeline.discourse import trace
from pipeline.discourse.scene import Scene
from pipeline.discourse.tables import words
from pipeline.discourse.timing import When
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.tables import word_set
from pipeline.stages.visits.trip import Trip


def without_retinue(scene: Scene, trips: Sequence[Trip]) -> list[Trip]:
    """Leave out who is told only to be at his own leader's talks abroad.

    "A met B in Lima. Also present at the meeting was A's foreign minister", "the meeting was also
    attended by" him fire. Of a summit each who attends counts, and so does who will come, who comes
    with his leader as the subject of one verb, and who attends another's meeting, or one of another
    time.
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
    sentence = scene.sentence(candidate.at)
    crowd = word_set("gathering") - word_set("talks_of_two")
    talks = [t for t in sentence if t.lemma_.lower() in word_set("talks_of_two")]
    if any(token.lemma_.lower() in crowd for token in sentence):
        return False
    return bool(talks) and all(map(_is_told_of, talks))


def _is_told_of(talks: Token) -> bool:
    """Tell "the meeting", "their talks" from "a meeting", "the IMF meeting", "talks of farmers"."""
    own = [c for c in talks.children if c.i < talks.i]
    others = any(c.dep_ in {"compound", "poss"} and c.pos_ != "PRON" for c in own)
    others = others or any(c.lower_ == "of" for c in talks.children)
    return not others and any(c.lower_ in word_set("the_same") for c in own)


def _has_leader(scene: Scene, trip: Trip, trips: Sequence[Trip]) -> bool:
    """Tell whether an earlier sentence has a leader of the same land there, for no event then."""
    number = scene.sentence_of[trip.first_at]
    return any(
        other.key != trip.key
        and (other.origin, other.destination) == (trip.origin, trip.destination)
        and scene.sentence_of[other.first_at] < number
        and not any("event" in c.notes or c.rule in word_set("sits_in") for c in other.candidates)
        and any(c.status in {"completed", "ongoing"} for c in other.candidates)
        and not _is_apart(trip.when, other.when)
        and any(
            c.actor is not None and c.actor.reference.role_kind in words("leads_land")
            for c in other.candidates
        )
        for other in trips
    )


def _is_apart(one: When, other: When) -> bool:
    """Tell two stays of which one is over before the other begins."""
    return any(
        first is not None
        and last is not None
        and first[: min(len(first), len(last))] > last[: min(len(first), len(last))]
        for first, last in ((one.start, other.end), (other.start, one.end))
    )


__all__ = ["without_retinue"]
