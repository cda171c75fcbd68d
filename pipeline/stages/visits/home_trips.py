"""Trips within one's own country, of which "his visit" tells on: they lead to no land near by."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.discourse import trace
from pipeline.discourse.scene import Scene
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.tables import noun_rules, word_set
from pipeline.stages.visits.trip import Trip

#: How many sentences behind a trip at home it may be spoken of.
_REACH = 4


def without_home_trips(
    scene: Scene, partial: Iterable[Candidate], home: Sequence[Candidate], trips: Sequence[Trip]
) -> list[Candidate]:
    """Leave out who is told on of a trip at home: "She toured Lima. Her visit follows a quake".

    Not where a trip abroad of the same person is told before, of which "the visit" may speak.

    Args:
        partial: tellings that name no visitor or no place.
        home: those of trips within the traveller's own country.
        trips: the trips abroad of the article.
    """
    kept = []
    for candidate in partial:
        if home and _is_of_home(scene, candidate, home, trips):
            trace.dropped("a trip within the visitor's own country", candidate)
        else:
            kept.append(candidate)
    return kept


def _is_of_home(
    scene: Scene, candidate: Candidate, home: Sequence[Candidate], trips: Sequence[Trip]
) -> bool:
    if candidate.actor is None or candidate.destination is not None:
        return False
    if candidate.rule not in noun_rules() or "region" in candidate.notes:
        return False
    to = scene.doc[candidate.at + 1 : candidate.at + 2].text == "to"
    if to or candidate.status not in {"completed", "ongoing"}:
        return False  # "his trip to copper mines was put off" may lead abroad
    key, number = candidate.actor.key, scene.sentence_of[candidate.at]
    if any(trip.key == key and trip.first_at < candidate.at for trip in trips):
        return False
    return any(
        told.actor is not None
        and told.actor.key == key
        and told.rule in word_set("goes_about")
        and 0 < number - scene.sentence_of[told.at] <= _REACH
        for told in home
    )


__all__ = ["without_home_trips"]
