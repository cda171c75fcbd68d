"""Codes of visits and upgrades in the event ontologies, CAMEO and PLOVER."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import Literal

from pydantic import Field

from models import Upgrade, Visit
from models.upgrade import Change
from pipeline.lexicon import Row, Values, load_table

PACKAGE = "pipeline.stages.normalize"
#: How the words for the recognition of a state or government begin, of whatever level it is.
RECOGNITION = "recogni"


class EventCode(Row):
    """Codes of one kind of record; of the rows that fit a record the first counts.

    CAMEO codes are those of the 2012 codebook. A visit made is a pair, 042 for who makes it and
    043 for who hosts it; 044 where they meet in a third place. What is only intended is 036 or
    03x, a visit called off 125, relations lowered or cut 160 and 161, threatened to be 1313.
    """

    record: Literal["visit", "upgrade"]
    status: str
    change: Change | None = None
    #: `event`, `signed` or `recognition`, where the row is for such records alone.
    cue: str | None = None
    cameo: Values = Field(min_length=1)
    plover: str


Codes = dict[str, object]


def visit_codes(visit: Visit) -> Codes:
    """Return the values of a visit's fields `cameo` and `plover`."""
    return _codes("visit", visit.status, None, {"event"} if visit.event else frozenset())


def upgrade_codes(upgrade: Upgrade, *, signed: bool) -> Codes:
    """Return the values of an upgrade's fields `cameo` and `plover`.

    Args:
        signed: whether a sentence tells that an agreement was signed.
    """
    cues = {"signed"} if signed else set()
    if RECOGNITION in f"{upgrade.level} {upgrade.level_text}".lower():
        cues.add("recognition")
    return _codes("upgrade", upgrade.status, upgrade.change, cues)


def _codes(record: str, status: str, change: str | None, cues: AbstractSet[str]) -> Codes:
    for row in load_table(PACKAGE, "event_codes.csv", EventCode):
        fits = (row.record, row.status, row.change) == (record, status, change)
        if fits and (row.cue is None or row.cue in cues):
            return {"cameo": row.cameo, "plover": row.plover}
    return {"cameo": (), "plover": None}


__all__ = ["EventCode", "upgrade_codes", "visit_codes"]
