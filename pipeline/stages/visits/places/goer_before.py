"""Which of several lands "the country" means: the one to which its traveller has gone before."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from pipeline.discourse.scene import Scene, Spot
from pipeline.stages.visits.candidate import Candidate

#: Of so many lands that a sentence names the last is no more meant than another.
_SEVERAL = 2


def goal_of_goer(
    scene: Scene, told: Sequence[Candidate], meant: Spot, but: Collection[str | None]
) -> Spot | None:
    """Return Kenya of "Kenya received X. X met envoys of Mali and Chad. X came to the country".

    None where the last sentence that names a land names but one, which is the one meant.

    Args:
        meant: the land named last, at the token of "the country".
        but: the lands that cannot be meant.
    """
    at = scene.bounds(meant.reference)[0]
    sentence = scene.sentence(at)
    lands = {r.country for r in scene.places_in(sentence.start, sentence.end)} - {*but}
    if len(lands) < _SEVERAL or sentence.start <= meant.start < sentence.end:
        return None
    subject = scene.subject(scene.doc[meant.start - 1].head)
    keys = {a.key for a in scene.actors(subject)} if subject is not None else set()
    own = [c for c in told if c.actor is not None and c.actor.key in keys and c.status]
    goal = next((c for c in reversed(own) if c.destination not in {None, *but}), None)
    if goal is None or goal.destination is None:
        return None
    named = goal.spot.reference if goal.spot is not None else meant.reference
    return replace(meant, country=goal.destination, place=None, reference=named)


__all__ = ["goal_of_goer"]
