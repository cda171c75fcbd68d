"""Ties "normalised", which names no level, beside what is told of them otherwise."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.stages.upgrades.merging.steps import Step, is_one_time


def is_normalised(step: Step, steps: Sequence[Step]) -> bool:
    """Tell ties "normalised" where they are told to be established.

    Not by an accord that a state joins long after: "joined the Abraham Accords", "has had relations
    with Israel since 1992".
    """
    if (step.candidates[0].change, step.level) != ("restoration", None):
        return False
    by_accord = all(c.rule == "accord" for c in step.candidates)
    return any(
        other.parties == step.parties
        and (other.candidates[0].change, other.level) == ("establishment", "diplomatic_relations")
        and _may_be_one(step.date, other.date, dated=by_accord)
        for other in steps
    )


def _may_be_one(first: str | None, second: str | None, *, dated: bool) -> bool:
    """Tell two dates that may be one; one that is not told may be any, unless it must be dated."""
    if first and second:
        return is_one_time(first, second)
    return not (dated and second)


__all__ = ["is_normalised"]
