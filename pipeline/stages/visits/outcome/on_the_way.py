"""Whether the traveller has set out: "left home on Monday"; "will arrive next week" has not."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.discourse.facts import WILL
from pipeline.stages.visits.candidate import LEFT_HOME, Candidate
from pipeline.stages.visits.days.days_apart import compare, gap_days
from pipeline.stages.visits.travel.homeward import HOMEWARD

#: How many days after one left home one is still taken to be on the way there, or there.
_AWAY_DAYS = 2


def arrives_later(told: Sequence[Candidate], published: str | None) -> bool:
    """Tell "Minister heading to Lima", of whom the story says that she "will arrive next week"."""
    return any(
        c.status == "planned"
        and c.phase == "arrive"
        and c.fact.reason == WILL
        and compare(c.when.start, published) > 0
        for c in told
    )


def has_set_out(told: Sequence[Candidate], published: str | None) -> bool:
    """Tell "Premier heads to Lima", who "left Nairobi on Monday", from one who is yet to leave.

    Not one of whom it is told that something there was done since.
    """
    left = any(
        LEFT_HOME in c.notes
        and c.status == "completed"
        and c.fact.reason == HOMEWARD
        and (gap := gap_days(c.when.start, published)) is not None
        and 0 <= gap <= _AWAY_DAYS
        for c in told
    )
    others = [c for c in told if LEFT_HOME not in c.notes]
    return left and all(c.status in {"ongoing", "planned"} for c in others)


__all__ = ["arrives_later", "has_set_out"]
