"""Steps that a coarser word tells again: "lowered their ties" of who cut them, a headline's sum."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.discourse.scene import Scene
from pipeline.stages.upgrades.merging.steps import Step, is_one_time
from pipeline.stages.upgrades.tables import words

#: Of a break and a mere lowering, the other.
_OTHER = {"downgrade": "severance", "severance": "downgrade"}


def is_break_by_another_word(step: Step, steps: Sequence[Step]) -> bool:
    """Tell "joined Peru in rolling back ties with Chad" beside "cut their ties with Chad".

    Not what was "downgraded" before it was cut.
    """
    if (step.kind, step.level, step.status) != ("downgrade", None, "completed"):
        return False
    vague = all(c.rule in words("vague_cut") for c in step.candidates)
    day = step.date or step.candidates[0].report
    for other in steps:
        cut = (other.parties, other.kind, other.status) == (step.parties, "severance", "completed")
        if not cut or other.level != "diplomatic_relations":
            continue
        last = other.date or other.candidates[0].report
        if day is not None and day == last:
            return True
        if vague and (not (day and last) or is_one_time(day, last)):
            return True
    return False


def is_summed_up(scene: Scene, step: Step, steps: Sequence[Step]) -> bool:
    """Tell "Peru and Chad lowered their ties with Oman" beside "Chad cut ties, Peru lowered them".

    What is said of several at once is but a sum; a headline of what the text tells one by one, too.
    """
    at = step.candidates[0].at
    other_kind = _OTHER.get(step.kind)
    if other_kind is None or len(step.candidates) > 1 or step.status != "completed":
        return False
    shared = any(o is not step and o.kind == step.kind and o.candidates[0].at == at for o in steps)
    vague = step.kind == "downgrade" and step.level is None
    if not shared or not (vague or at < scene.headline_end):
        return False
    return any(
        (o.parties, o.kind, o.status) == (step.parties, other_kind, "completed")
        and any(c.at != at and c.at >= scene.headline_end for c in o.candidates)
        and (not (o.date and step.date) or is_one_time(o.date, step.date))
        for o in steps
    )


__all__ = ["is_break_by_another_word", "is_summed_up"]
