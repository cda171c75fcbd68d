"""Members that come back: they are let in by the same step, however it is told."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.stages.upgrades.candidate import MEMBER
from pipeline.stages.upgrades.merging.steps import Step


def is_of_return(step: Step, steps: Sequence[Step]) -> bool:
    """Tell "became its 54th member on Saturday" beside "rejoined it": one is let in but once.

    Not "joined it in 1982", told beside that.
    """
    if step.level != MEMBER or step.kind != "upgrade":
        return False
    return any(
        (o.parties, o.level, o.kind, o.status) == (step.parties, MEMBER, "restoration", step.status)
        and (step.date is None or o.date in {step.date, None})
        for o in steps
    )


__all__ = ["is_of_return"]
