"""The headline of a text, whose present tells news of any day: "Ruto visits Peru"."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.discourse.facts import BARE
from pipeline.discourse.scene import Scene
from pipeline.stages.visits.candidate import Candidate

#: How many lines stand above a report at most: a kicker, a headline, one below it.
_MOST_LINES = 3
_ENDS = (".", "!", "?", "”", '"', ":", ",", ";")


def headline_end(scene: Scene) -> int:
    """Return the token behind the lines at a text's top that end like no sentence, or 0."""
    text, end = scene.article.text, 0
    for sentence in scene.sentences[:_MOST_LINES]:
        told = sentence.text.rstrip()
        behind = text[sentence.start_char + len(told) :]
        if not told or told.endswith(_ENDS) or not behind.lstrip(" \t").startswith("\n"):
            break
        end = sentence.end
    return end


def by_the_body(told: Sequence[Candidate], headline: int) -> list[Candidate]:
    """Leave out the present of a headline where the report itself tells what was done.

    "Ruto Visits Peru <new paragraph> Ruto visited Lima on Tuesday" is over; "Ruto Visits Peru
    <new paragraph> Ruto said" is not told to be.
    """
    done = headline and any(
        c.at >= headline
        and c.status == "completed"
        and c.fact.reason != BARE
        and c.spot is not None
        and c.phase == "whole"
        for c in told
    )
    kept = [c for c in told if c.at >= headline or c.status != "ongoing"]
    return kept if done and kept else list(told)


__all__ = ["by_the_body", "headline_end"]
