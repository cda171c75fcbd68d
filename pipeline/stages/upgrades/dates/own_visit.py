"""The visit that a change's own words name: "established during Badu's visit to Peru"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from models import Visit
from pipeline.discourse.scene import Scene
from pipeline.discourse.tables import words as common_words
from pipeline.stages.upgrades.merging.steps import Step


def visits_named(scene: Scene, step: Step, visits: Sequence[Visit]) -> Sequence[Visit]:
    """Return the visits whose traveller a change's "during …'s visit" names; all where it does not.

    "The first caller since the establishment of a partnership during Badu's visit" tells of the
    caller's visit too, at which nothing was established.
    """
    told = " ".join(_during(scene, step))
    named = [v for v in visits if v.visitor.name and v.visitor.name.split()[-1] in told.split()]
    return named or visits


def _during(scene: Scene, step: Step) -> Iterator[str]:
    """Yield the words of each "during …'s visit" that hangs on a trigger of a change."""
    for candidate in step.candidates:
        for prep in scene.doc[candidate.at].subtree:
            trips = (c for c in prep.children if c.lemma_.lower() in common_words("trip_noun"))
            if prep.lower_ == "during":
                yield from (token.text for trip in trips for token in trip.subtree)


__all__ = ["visits_named"]
