"""Tables made of the merged records, beside them."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from models.base import PartialDate, PartyCode, Record
from models.upgrade import Change

RecordType = Literal["visit", "upgrade"]


class Conflict(Record):
    """One of several values that articles tell of a record's field."""

    id: str
    record_id: str
    record_type: RecordType
    field: str
    value: bool | int | str
    #: Whether the record has this value.
    chosen: bool
    #: Whether it says the same as the chosen one with less: a coarser date, a shorter name.
    compatible: bool
    articles: tuple[str, ...] = Field(min_length=1)


class LedgerEntry(Record):
    """What one article told of a visit's or an upgrade's status, in order of publication."""

    id: str
    record_id: str
    record_type: RecordType
    #: Place among the record's announcements, from 1; articles of unknown date come first.
    number: int = Field(ge=1)
    article_id: str
    published: PartialDate | None = None
    status: str
    sentence: str
    rule: str = ""
    #: Whether the record is announced for days past at the newest article read, and was never
    #: reported to have taken place or been called off.
    phantom: bool = False


class RelationStep(Record):
    """One step in the history of relations between two parties."""

    id: str
    party: PartyCode
    other_party: PartyCode
    date: PartialDate | None = None
    from_level: str | None = None
    to_level: str | None = None
    change: Change
    issuer: str | None = None
    level_rank: int | None = None
    reaffirmed_on: tuple[PartialDate, ...] = ()
    #: Rungs of the ladder between the two levels.
    skipped: tuple[str, ...] = ()
    #: What does not fit the steps before, in words; empty where all fits.
    contradictions: tuple[str, ...] = ()
    upgrade_id: str


__all__ = ["Conflict", "LedgerEntry", "RecordType", "RelationStep"]
