"""The headline of a text, whose present tells news of any day: "Ruto visits Peru"."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.discourse.facts import BARE
from pipeline.stages.visits.candidate import Candidate


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


__all__ = ["by_the_body"]
