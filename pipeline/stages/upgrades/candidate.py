"""One telling of a change in relations."""

from __future__ import annotations

from dataclasses import dataclass

from models.upgrade import Change, UpgradeStatus
from pipeline.stages.upgrades.parties.named import Parties

#: The level of members of a body, by which it takes them in and they leave it.
MEMBER = "full_member"
#: The level of states that take part in a body and are no members.
PARTNER = "partner"


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """One telling of a change; `at` is the token index of its trigger."""

    rule: str
    at: int
    parties: Parties
    level: str | None = None
    level_text: str | None = None
    previous: str | None = None
    change: Change
    status: UpgradeStatus
    date: str | None
    score: float
    #: The parties that make the change, where the sentence tells them from the others.
    owners: tuple[str, ...] = ()
    #: Whether it only names a change ("the recognition of Peru was a step"), which tells no time.
    named: bool = False
    #: The day that the report gives shortly before, for a change that has no date of its own.
    report: str | None = None
    #: The "today" of words that are quoted, which may have been said on an earlier day.
    spoken: str | None = None


__all__ = ["MEMBER", "PARTNER", "Candidate"]
