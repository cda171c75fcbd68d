"""A person as articles tell of them, one by one and brought together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from sys import intern

from models import Entity, Role
from pipeline.reference.countries import is_country
from pipeline.reference.fold import fold
from pipeline.reference.leaders import Leader, leaders, leaders_by_name, leaders_by_surname
from pipeline.stages.normalize.names import surname_of
from pipeline.stages.normalize.sources import Source

#: Until when an office is held that is still held.
LAST_YEAR = 9999


@dataclass(slots=True, eq=False)
class Sighting:
    """What is kept of a person as one article tells of them."""

    #: Place among all that were seen; says nothing of a person.
    number: int
    entity_id: str
    name: str
    aliases: tuple[str, ...]
    country: str | None
    roles: tuple[Role, ...]
    #: The article that mentions them, or "".
    mentioned_in: str
    source: Source
    kinds: frozenset[str]
    leader: str | None
    #: In which the article appeared.
    year: int | None

    @property
    def key(self) -> tuple[str, str]:
        """Return article id and entity id."""
        return self.source.article_id, self.entity_id


@dataclass(slots=True)
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
        if surname_of(sighting.name, sighting.country) is None:
            self.names.add(fold(sighting.name))
        if sighting.country:
            known = self.countries if is_country(sighting.country) else self.bodies
            known.add(sighting.country)
        if sighting.leader:
            self.leaders.add(sighting.leader)
        if sighting.year:
            self.years.add(sighting.year)
        self.kinds |= sighting.kinds
        self.articles.add(sighting.mentioned_in)
        self.sightings.append(sighting)

    def absorb(self, other: Person) -> None:
        """Take another's sightings over."""
        for name in ("names", "countries", "bodies", "leaders", "kinds", "articles", "years"):
            getattr(self, name).update(getattr(other, name))
        self.sightings += other.sightings


def sighting_of(entity: Entity, source: Source, *, number: int) -> Sighting:
    """Return an article's person with the office classes and the known leader it may be."""
    return sighting_from(
        source,
        number=number,
        entity_id=entity.id,
        name=entity.name,
        aliases=entity.aliases,
        country=entity.country,
        roles=tuple(map(_shared, entity.roles)),
        mentioned_in=entity.mentions[0].article_id if entity.mentions else "",
        leader=leader_told(entity, source),
    )


def leader_told(entity: Entity, source: Source) -> str | None:
    """Return the key of the known leader that an article's person may be."""
    return leader_of(entity.name, entity.country, _kinds(entity.roles), _year(source))


def _year(source: Source) -> int | None:
    """Return the year in which an article appeared."""
    return _year_of(source.published.first) if source.published else None


@lru_cache(maxsize=1 << 14)
def _year_of(day: int) -> int:
    return date.fromordinal(day).year


def sighting_from(
    source: Source,
    *,
    number: int,
    entity_id: str,
    name: str,
    aliases: Sequence[str],
    country: str | None,
    roles: tuple[Role, ...],
    mentioned_in: str,
    leader: str | None,
) -> Sighting:
    """Return a sighting of which the known leader has been found before."""
    return Sighting(
        number=number,
        entity_id=entity_id,
        name=intern(name),
        aliases=tuple(map(intern, aliases)),
        country=intern(country) if country else None,
        roles=roles,
        mentioned_in=mentioned_in,
        source=source,
        kinds=_kinds(roles),
        leader=leader,
        year=_year(source),
    )


@lru_cache(maxsize=1 << 14)
def _shared(role: Role) -> Role:
    """Return one object for all equal roles: a million sightings hold a few thousand."""
    return role


@lru_cache(maxsize=1 << 14)
def _kinds(roles: tuple[Role, ...]) -> frozenset[str]:
    return frozenset(role.kind for role in roles if role.kind)


@lru_cache(maxsize=1 << 14)
def leader_of(
    name: str, country: str | None, kinds: frozenset[str], year: int | None
) -> str | None:
    """Return the key of the one known leader whom a name, country, office and year leave."""
    rows: Sequence[Leader] = leaders_by_name().get(fold(name), ())
    surname = surname_of(name, country)
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
    return _leader_key(rows)


@lru_cache(maxsize=1 << 14)
def leader_in_office(country: str, kind: str, year: int) -> str | None:
    """Return the key of the one leader who held an office in a year, None where two did.

    "The Kazakh president" of 2023 is one person; of the year in which the office changed hands
    nobody can say.
    """
    rows = _holders().get((country, kind), ())
    held = [row for row in rows if row.start <= year <= (row.end or LAST_YEAR)]
    return _leader_key(held) if len({fold(row.name) for row in held}) == 1 else None


@cache
def _holders() -> Mapping[tuple[str, str], Sequence[Leader]]:
    found: dict[tuple[str, str], list[Leader]] = defaultdict(list)
    for row in leaders():
        found[row.code, row.office].append(row)
    return found


def _leader_key(rows: Sequence[Leader]) -> str | None:
    names = {fold(row.name) for row in rows}
    if len(names) != 1:
        return None
    name = names.pop()
    # Of an organization's head the country is known by the offices held at home.
    homes = {row.code for row in (*rows, *leaders_by_name()[name]) if is_country(row.code)}
    homes = homes if len(homes) <= 1 else homes & {row.code for row in rows}
    return f"{name}|{min(homes, default='')}" if len(homes) <= 1 else None


__all__ = [
    "Person",
    "Sighting",
    "leader_in_office",
    "leader_of",
    "leader_told",
    "sighting_from",
    "sighting_of",
]
