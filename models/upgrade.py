"""Changes in the formal level of relations."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from models.base import Evidence, PartialDate, Provenance, Record, Variants
from models.visit import Party

Change = Literal["upgrade", "establishment", "restoration", "downgrade", "severance"]
UpgradeStatus = Literal["completed", "planned", "proposed"]


class Upgrade(Record):
    """One change in the formal status of relations between named parties."""

    id: str
    parties: tuple[Party, ...] = Field(min_length=2)
    level: str | None = None
    level_text: str | None = None
    previous_level: str | None = None
    change: Change
    date: PartialDate | None = None
    status: UpgradeStatus
    occasion: str | None = None
    confidence: float = Field(ge=0, le=1)
    evidence: tuple[Evidence, ...] = Field(min_length=1)
    #: The summit or conference at which it happened, as the text names it.
    event: str | None = None
    #: The party whose ladder of levels counts (`GENERAL` and `DIPLOMATIC` are no one's own), and
    #: the level's rung in it from 1; null for a level outside the ladder.
    issuer: str | None = None
    level_rank: int | None = Field(default=None, ge=1)
    #: Codes in the event ontologies; PLOVER's is the event type and, after a stroke, the mode.
    cameo: tuple[str, ...] = ()
    plover: str | None = None
    variants: Variants = Field(default_factory=dict)
    provenance: Provenance = Field(default_factory=Provenance)
