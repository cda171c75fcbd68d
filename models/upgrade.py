"""Changes in the formal level of relations."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from models.base import Evidence, PartialDate, Record
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
