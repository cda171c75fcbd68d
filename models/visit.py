"""Visits."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from models.base import Evidence, PartialDate, PartyCode, Provenance, Record, Variants

VisitStatus = Literal["completed", "ongoing", "planned", "invited", "postponed", "cancelled"]
#: Of trips that were made or are under way; the same, and those that are still to be made.
MADE = frozenset[VisitStatus]({"completed", "ongoing"})
MADE_OR_PLANNED = MADE | {"planned"}
#: Of trips that no end is told of, of those that lie ahead, of those that are not to be.
NOT_OVER = frozenset[VisitStatus]({"ongoing", "planned"})
TO_COME = frozenset[VisitStatus]({"planned", "invited"})
OFF = frozenset[VisitStatus]({"cancelled", "postponed"})


class Visitor(Record):
    """Who travels; `name` or `role` null where the text does not say."""

    name: str | None = None
    role: str | None = None
    entity_id: str | None = None


class Party(Record):
    """A country or an organization that acts like one."""

    code: PartyCode
    name: str


class Destination(Record):
    """Where a trip leads; a tour's unnamed rest has neither code nor name."""

    code: PartyCode | None = None
    name: str | None = None
    place: str | None = None


class Visit(Record):
    """One trip of a person or delegation from one country to another."""

    id: str
    visitor: Visitor
    origin: Party | None = None
    destination: Destination
    hosts: tuple[str, ...] = ()
    start: PartialDate | None = None
    end: PartialDate | None = None
    kind: str | None = None
    status: VisitStatus
    first: bool = False
    count: int = Field(default=1, ge=0)
    confidence: float = Field(ge=0, le=1)
    evidence: tuple[Evidence, ...] = Field(min_length=1)
    #: The journey of which this is a leg, and its place in it from 1; null for a trip by itself.
    journey_id: str | None = None
    leg: int | None = Field(default=None, ge=1)
    #: Whether it is a stop on the way, such as for fuel.
    transit: bool = False
    #: The summit, conference or ceremony for which it is made, as the text names it.
    event: str | None = None
    #: The visit that this one returns, where the text says that it does.
    return_of: str | None = None
    #: Upgrades of which this visit is the occasion.
    upgrades: tuple[str, ...] = ()
    #: Codes in the event ontologies; PLOVER's is the event type and, after a stroke, the mode.
    cameo: tuple[str, ...] = ()
    plover: str | None = None
    variants: Variants = Field(default_factory=dict)
    provenance: Provenance = Field(default_factory=Provenance)
