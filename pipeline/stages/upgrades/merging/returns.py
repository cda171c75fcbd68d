"""Who is let into a body by one step, however it is told: members that come back, and partners."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.discourse.scene import Scene
from pipeline.stages.upgrades.candidate import MEMBER, PARTNER
from pipeline.stages.upgrades.merging.steps import Step, is_one_time
from pipeline.stages.upgrades.tables import words

ASSOCIATE = "associate_member"


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


def is_of_partner(step: Step, steps: Sequence[Step]) -> bool:
    """Tell "have joined BRICS" beside "became its partner states", of the same or of no day.

    Not "became a full member", nor "joined it in 2025", a year after that.
    """
    if step.level != MEMBER or step.kind != "upgrade":
        return False
    told = [word for c in step.candidates for word in (c.level_text or "").lower().split()]
    if any(word.rstrip("s") in words("member_of_body", "seat_in_body") for word in told):
        return False
    return any(
        (o.parties, o.level, o.kind) == (step.parties, PARTNER, "upgrade")
        and (step.date is None or o.date is None or is_one_time(step.date, o.date))
        for o in steps
    )


def is_of_associate(scene: Scene, step: Step, steps: Sequence[Step]) -> bool:
    """Tell "will be its members" beside "will join as associate members", of one day or none.

    Not "became its full member", nor "joined it in 2015" beside "had been an associate member".
    """
    if step.level != MEMBER or step.kind != "upgrade":
        return False
    near = (t.lower_ for c in step.candidates for t in scene.sentence(c.at))
    if not words("whole_member").isdisjoint(near):
        return False
    own = (step.parties, step.kind, step.status, step.date)
    return any(o.level == ASSOCIATE and (o.parties, o.kind, o.status, o.date) == own for o in steps)


def is_bid_taken(step: Step, steps: Sequence[Step]) -> bool:
    """Tell "had asked to rejoin the bloc" beside "the bloc admitted it", its answer."""
    if step.level != MEMBER or step.status != "proposed":
        return False
    return any(
        (o.parties, o.level, o.status) == (step.parties, MEMBER, "completed")
        and o.kind in {"upgrade", "restoration"}
        and o.kind != step.kind
        and (step.date is None or (o.date or "") > step.date)
        for o in steps
    )


__all__ = ["is_bid_taken", "is_of_associate", "is_of_partner", "is_of_return"]
