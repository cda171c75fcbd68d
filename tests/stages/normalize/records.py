"""Small hand-made records: what the article stages would have found."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from models import (
    Article,
    Destination,
    Entity,
    Evidence,
    Party,
    Role,
    Span,
    Upgrade,
    Visit,
    Visitor,
)
from models.upgrade import Change, UpgradeStatus
from models.visit import VisitStatus
from pipeline.reference.countries import country_name
from pipeline.reference.offices import match_offices
from pipeline.stages.normalize import ArticleRows, Normalized, normalize


def code(*parts: object) -> str:
    return hashlib.sha256("|".join(map(str, parts)).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Who:
    """A person of an article."""

    name: str
    country: str | None = None
    role: str | None = None
    aliases: tuple[str, ...] = ()
    #: The class of the office, where the role alone does not tell it.
    kind: str | None = None

    def entity(self, article: str, at: int) -> Entity:
        kind = next((m.form.office for m in match_offices(self.role or "")), None)
        role = Role(title=self.role or "", country=self.country, kind=self.kind or kind)
        return Entity(
            id=f"person-{code(article, self.name)}",
            kind="person",
            name=self.name,
            aliases=self.aliases,
            country=self.country,
            roles=(role,) if self.role else (),
            mentions=(Span(article_id=article, start=at, end=at + 5, text=self.name),),
        )


@dataclass(frozen=True)
class Trip:
    """A visit of an article; `who` a name, or None for an unnamed office or delegation."""

    who: str | None
    ends: tuple[str | None, str]
    start: str | None = None
    end: str | None = None
    status: VisitStatus = "completed"
    role: str | None = None
    count: int = 1
    kind: str | None = None
    first: bool = False
    hosts: tuple[str, ...] = ()
    place: str | None = None
    confidence: float = 0.5
    text: str | None = None
    #: Place of its sentence in the article; trips of one sentence share it.
    sentence: int | None = None

    def visit(self, article: str, at: int) -> Visit:
        origin, destination = self.ends
        name = self.who
        text = self.text or f"Sentence {at} of article {article} on a journey to {destination}."
        return Visit(
            id=f"visit-{code(article, at, name, destination)}",
            visitor=Visitor(
                name=name,
                role=self.role,
                entity_id=f"person-{code(article, name)}" if name else None,
            ),
            origin=Party(code=origin, name=country_name(origin)) if origin else None,
            destination=Destination(
                code=destination, name=country_name(destination), place=self.place
            ),
            hosts=self.hosts,
            start=self.start,
            end=self.end,
            kind=self.kind,
            status=self.status,
            first=self.first,
            count=self.count,
            confidence=self.confidence,
            evidence=(
                Evidence(
                    article_id=article,
                    start=at if self.sentence is None else self.sentence,
                    end=(at if self.sentence is None else self.sentence) + 9,
                    text=text,
                    rule="r",
                ),
            ),
        )


@dataclass(frozen=True)
class Step:
    """An upgrade of an article; `at_trip` is the place of its occasion among the trips."""

    parties: tuple[str, ...]
    level: str | None = "strategic_partnership"
    date: str | None = None
    status: UpgradeStatus = "completed"
    change: Change = "upgrade"
    at_trip: int | None = None
    previous: str | None = None
    text: str | None = None
    level_text: str | None = None

    def upgrade(self, article: str, at: int, visits: Sequence[Visit]) -> Upgrade:
        text = self.text or f"Sentence {at} of article {article} on relations that were raised."
        return Upgrade(
            id=f"upgrade-{code(article, at, self.parties, self.level)}",
            parties=tuple(Party(code=c, name=country_name(c)) for c in sorted(self.parties)),
            level=self.level,
            level_text=self.level_text or (self.level and self.level.replace("_", " ")),
            previous_level=self.previous,
            change=self.change,
            date=self.date,
            status=self.status,
            occasion=None if self.at_trip is None else visits[self.at_trip].id,
            confidence=0.5,
            evidence=(Evidence(article_id=article, start=at, end=at + 9, text=text),),
        )


def told(
    article: str,
    published: str | None,
    *found: Who | Trip | Step,
    text: str | None = None,
    others: Sequence[Entity] = (),
) -> ArticleRows:
    """Return an article's rows; the visitors named are among its persons."""
    text = text or f"Article {article} opens with words of its own that no other article has."
    people = {who.name: who for who in found if isinstance(who, Who)}
    trips = [trip for trip in found if isinstance(trip, Trip)]
    for trip in trips:
        if trip.who:
            people.setdefault(trip.who, Who(trip.who, trip.ends[0], trip.role))
    visits = [trip.visit(article, 100 * i) for i, trip in enumerate(trips)]
    steps = [step for step in found if isinstance(step, Step)]
    return ArticleRows(
        article=Article(
            id=article,
            source_path=f"{article}.txt",
            text=text,
            published=published,
            characters=len(text),
        ),
        entities=(*(who.entity(article, 50 * i) for i, who in enumerate(people.values())), *others),
        dates=(),
        visits=visits,
        upgrades=[step.upgrade(article, 70 * i, visits) for i, step in enumerate(steps)],
    )


def thing(article: str, kind: str, name: str, country: str | None, *aliases: str) -> Entity:
    """Return a country, organization or place of an article."""
    return Entity.model_validate(
        {
            "id": f"{kind}-{code(article, name, country)}",
            "kind": kind,
            "name": name,
            "aliases": aliases,
            "country": country,
            "mentions": (Span(article_id=article, start=0, end=1, text=name),),
        }
    )


def persons(made: Normalized) -> list[str]:
    """Return the merged persons' names, sorted."""
    return sorted(entity.name for entity in made.entities if entity.kind == "person")


def only_visit(*rows: ArticleRows) -> Visit:
    """Return the one visit that articles tell of."""
    (visit,) = normalize(rows).visits
    return visit


def only_upgrade(*rows: ArticleRows) -> Upgrade:
    """Return the one upgrade that articles tell of."""
    (upgrade,) = normalize(rows).upgrades
    return upgrade


__all__ = ["Step", "Trip", "Who", "only_upgrade", "only_visit", "persons", "thing",
           "told"]  # fmt: skip
