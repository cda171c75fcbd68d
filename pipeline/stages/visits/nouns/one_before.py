"""Where a former trip led whose maker a clause names: "the last one to Peru, when X came"."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from pipeline.discourse.scene import Scene, Spot
from pipeline.discourse.tables import words
from pipeline.labels import SUBJECTS


def goal_of_one(scene: Scene, i: int, but: Collection[str | None]) -> Spot | None:
    """Return Peru of "The last one to Peru was years ago, when X visited", whatever the report.

    So of "The last visit by a Malian leader to Peru was in 2005, when X came". "The last visit to
    the region was in 2005, when X came" tells of no land.

    Args:
        i: the token of the clause's verb.
        but: countries that it cannot be: the traveller's own.
    """
    doc, start = scene.doc, scene.sentence(i).start
    over = set(doc[i].ancestors)
    for token in doc[start:i]:
        trip = token.lower_ == "one" or token.lemma_ in words("trip_noun")
        if not trip or token.dep_ not in SUBJECTS or token.head not in over:
            continue
        preps = (t for t in token.subtree if t.lower_ == "to" and token.i < t.i < i)
        spots = (spot for prep in preps for spot in scene.spots(prep.i + 1)[:1])
        spot = next((s for s in spots if s.country not in but), None)
        if spot is not None:
            return replace(spot, start=i, end=i + 1)
    return None


__all__ = ["goal_of_one"]
