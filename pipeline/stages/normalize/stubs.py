"""What is kept of every merged visit while those of all countries are held against each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models import Visit
from models.visit import VisitStatus
from pipeline.stages.normalize.cues import says
from pipeline.stages.normalize.days import Days, Grain, trip_days
from pipeline.stages.normalize.roles import role_key
from pipeline.stages.normalize.tellings import VisitTelling

#: Article, start of a sentence, and place of the visit among those of the article.
Place = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Stub:
    """A merged visit in short."""

    id: str
    #: Who travels: the person, else the office and its country.
    visitor: str
    role: str | None
    origin: str | None
    destination: str | None
    start: str | None
    end: str | None
    status: VisitStatus
    confidence: float
    event: str | None
    #: Where it is told, sorted.
    places: tuple[Place, ...]
    #: Whether a sentence tells of a tour, and of a visit that returns another.
    tour: bool
    returns: bool
    #: Whether one tells, of another visit, that it returns this one.
    returned: bool

    @property
    def days(self) -> Days | None:
        """Return the days in which it may lie."""
        return trip_days(self.start, self.end)[0]

    @property
    def grain(self) -> Grain:
        """Return how precisely they are told."""
        return trip_days(self.start, self.end)[1]

    @property
    def articles(self) -> set[str]:
        """Return the ids of the articles that tell of it."""
        return {article for article, _, _ in self.places}


def stub_of(visit: Visit, tellings: Sequence[VisitTelling]) -> Stub | None:
    """Return what is kept of a visit; None for several at once, which are no one trip."""
    if visit.count != 1:
        return None
    origin = visit.origin.code if visit.origin else None
    sentences = {proof.text for proof in visit.evidence}
    return Stub(
        id=visit.id,
        visitor=visit.visitor.entity_id
        or visit.visitor.name
        or f"{origin or '?'}|{role_key(visit.visitor.role)}",
        role=visit.visitor.role,
        origin=origin,
        destination=visit.destination.code,
        start=visit.start,
        end=visit.end,
        status=visit.status,
        confidence=visit.confidence,
        event=visit.event,
        places=tuple(
            sorted(
                (proof.article_id, proof.start, telling.order)
                for telling in tellings
                for proof in telling.visit.evidence
            )
        ),
        tour=says("tour", sentences),
        returns=says("return", sentences),
        returned=says("returned", sentences),
    )


__all__ = ["Stub", "stub_of"]
