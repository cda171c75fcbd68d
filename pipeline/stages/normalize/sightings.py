"""A person as articles tell of them, one by one and brought together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from models import Entity
from pipeline.reference.countries import is_country
from pipeline.reference.fold import fold
from pipeline.reference.leaders import Leader, leaders_by_name, leaders_by_surname
from pipeline.stages.normalize.names import EXACT_COUNTRIES, surname_of
from pipeline.stages.normalize.sources import Source


@dataclass(frozen=True, slots=True)
class Sighting:
    """A person as one article tells of them."""

    entity: Entity
    source: Source
    kinds: frozenset[str]
    leader: str | None

    @property
    def year(self) -> int | None:
        """Return the year in which the article appeared."""
        days = self.source.published
        return date.fromordinal(days.first).year if days else None


@dataclass
class Person:
    """Sightings of one person."""

    names: set[str] = field(default_factory=set)
    countries: set[str] = field(default_factory=set)
    bodies: set[str] = field(default_factory=set)
    leaders: set[str] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)
    articles: set[str] = field(default_factory=set)
    years: set[int] = field(default_factory=set)
    sightings: list[Sighting] = field(default_factory=list)

    def add(self, sighting: Sighting) -> None:
        """Take a sighting in."""
        entity = sighting.entity
        if surname_of(entity.name, entity.country) is None:
            self.names.add(fold(entity.name))
        if entity.country:
            (self.countries if is_country(entity.country) else self.bodies).add(entity.country)
        if sighting.leader:
            self.leaders.add(sighting.leader)
        if sighting.year:
            self.years.add(sighting.year)
        self.kinds |= sighting.kinds
        self.articles.add(entity_article(entity))
        self.sightings.append(sighting)

    def absorb(self, other: Person) -> None:
        """Take another's sightings over."""
        for name in ("names", "countries", "bodies", "leaders", "kinds", "articles", "years"):
            getattr(self, name).update(getattr(other, name))
        self.sightings += other.sightings

    @property
    def exact(self) -> bool:
        """Whether the name's language spells it one way only."""
        return bool(self.countries & EXACT_COUNTRIES)


def entity_article(entity: Entity) -> str:
    """Return the article that an article-level entity is of."""
    return entity.mentions[0].article_id if entity.mentions else ""


def sighting_of(entity: Entity, source: Source) -> Sighting:
    """Return an article's person with the office classes and the known leader it may be."""
    kinds = frozenset(role.kind for role in entity.roles if role.kind)
    year = date.fromordinal(source.published.first).year if source.published else None
    return Sighting(entity, source, kinds, _leader_of(entity, kinds, year))


def _leader_of(entity: Entity, kinds: frozenset[str], year: int | None) -> str | None:
    """Return the key of the one known leader whom a name, country, office and year leave."""
    country = entity.country
    rows: Sequence[Leader] = leaders_by_name().get(fold(entity.name), ())
    surname = surname_of(entity.name, country)
    if surname is not None:
        rows = [*rows, *leaders_by_surname().get(surname, ())]
        rows = [row for row in rows if row.code == country]
        rows = [row for row in rows if not kinds or row.office in kinds]
        rows = [row for row in rows if year is not None and row.held_in(year)] or rows
    elif country is not None:
        # An article may take a leader for another country's; his office then still is his.
        own = [row for row in rows if country in {row.code, None} or not is_country(country)]
        same_office = [row for row in rows if not kinds or row.office in kinds]
        rows = own or (same_office if len({row.code for row in rows}) == 1 else [])
    names = {fold(row.name) for row in rows}
    if len(names) != 1:
        return None
    name = names.pop()
    # Of an organization's head the country is known by the offices held at home.
    homes = {row.code for row in (*rows, *leaders_by_name()[name]) if is_country(row.code)}
    homes = homes if len(homes) <= 1 else homes & {row.code for row in rows}
    return f"{name}|{min(homes, default='')}" if len(homes) <= 1 else None


__all__ = ["Person", "Sighting", "entity_article", "sighting_of"]
