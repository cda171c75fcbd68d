"""The merged persons, by the sightings that are theirs."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from models import Entity, Role
from pipeline.reference.fold import fold
from pipeline.stages.normalize.days import days_of
from pipeline.stages.normalize.ids import distinct_ids
from pipeline.stages.normalize.names import surname_of
from pipeline.stages.normalize.persons import gather_persons
from pipeline.stages.normalize.roles import fullness
from pipeline.stages.normalize.sightings import Person, Sighting
from pipeline.stages.normalize.sources import Source
from pipeline.stages.normalize.values import most_supported


class Seen(Protocol):
    """An entity as one article tells of it."""

    @property
    def name(self) -> str:
        """Return its fullest form there."""

    @property
    def aliases(self) -> Sequence[str]:
        """Return its other forms."""

    @property
    def country(self) -> str | None:
        """Return its party."""

    @property
    def roles(self) -> Sequence[Role]:
        """Return its offices."""

    @property
    def source(self) -> Source:
        """Return the article."""


@dataclass(frozen=True)
class People:
    """The merged persons, without their mentions."""

    persons: Sequence[Entity]
    #: Sighting → place among the persons.
    home: Sequence[int]
    #: Key of a known leader → person.
    by_leader: Mapping[str, Entity]

    def find(self, number: int | None) -> Entity | None:
        """Return the person whom a sighting is of."""
        return None if number is None else self.persons[self.home[number]]


def people_of(sightings: Sequence[Sighting]) -> People:
    """Return the merged persons, whatever the order of the articles."""
    found = gather_persons(sightings)
    home = array("l", [-1]) * len(sightings)
    by_leader: dict[str, Entity] = {}
    groups = [sorted(person.sightings, key=lambda seen: seen.key) for person in found]
    rows = [
        (content_of(person, seen), "\0".join(seen[0].key))
        for person, seen in zip(found, groups, strict=True)
    ]
    persons: list[Entity] = []
    for made, person, seen in zip(distinct_ids("person", rows), found, groups, strict=True):
        for sighting in seen:
            home[sighting.number] = len(persons)
        entity = merged_entity(made, "person", seen)
        by_leader.update(dict.fromkeys(person.leaders, entity))
        persons.append(entity)
    return People(persons, home, by_leader)


def content_of(person: Person, seen: Sequence[Sighting]) -> tuple[str, ...]:
    """Return what makes a person this one: name, country, and more where that is a surname."""
    name, country = _name(seen), _country(seen)
    key = ["person", fold(name), country or ""]
    if surname_of(name, country) is not None and not person.leaders:
        # Others of that surname are other persons: one without office has its article in its id.
        key.append(min(person.kinds) if country and person.kinds else seen[0].mentioned_in)
    return tuple(key)


def merged_entity(made: str, kind: str, seen: Sequence[Seen], *, name: str | None = None) -> Entity:
    """Return one entity, without its mentions.

    Args:
        made: its id.
        name: stands above all forms told.
    """
    chosen = name or _name(seen)
    forms = {form for told in seen for form in (told.name, *told.aliases)}
    return Entity.model_validate(
        {
            "id": made,
            "kind": kind,
            "name": chosen,
            "aliases": tuple(sorted(forms - {chosen})),
            "country": _country(seen) if kind == "person" else seen[0].country,
            "roles": _roles(seen),
        }
    )


def _name(seen: Sequence[Seen]) -> str:
    """Return the fullest form; of equals the most told, accented before plain."""
    # A hyphen makes no fuller name: "Chou En-lai", "Zhou Enlai".
    fullest = max(len(told.name.split()) for told in seen)
    votes = [(s.name, s.source.opening) for s in seen if len(s.name.split()) == fullest]
    name = most_supported(votes, prefer=_plainness)
    assert name is not None  # the fullest is one of them
    return name


def _plainness(name: str) -> tuple[bool, int, int, str]:
    accents = sum(letter > "\x7f" for letter in name)
    return name.isupper(), -accents, -len(name), name


def _country(seen: Sequence[Seen]) -> str | None:
    """Return the party that most articles give."""
    votes = [(told.country, told.source.opening) for told in seen if told.country]
    return most_supported(votes, prefer=str)


def _roles(seen: Sequence[Seen]) -> tuple[Role, ...]:
    """Return each office once, the most told first, of equals the fullest."""
    forms: dict[tuple[str, str], set[Role]] = defaultdict(set)
    voices: dict[tuple[str, str], set[str]] = defaultdict(set)
    attested: dict[tuple[str, str], set[str]] = defaultdict(set)
    for told in seen:
        for role in told.roles:
            key = fold(role.title), role.country or ""
            forms[key].add(role)
            voices[key].add(told.source.opening)
            attested[key] |= {told.source.told} if told.source.told else set()
    ranked = sorted(forms, key=lambda key: (-len(voices[key]), fullness(key[0]), key))
    return tuple(_attested(min(forms[key], key=_fullness), attested[key]) for key in ranked)


def _attested(role: Role, dates: Iterable[str]) -> Role:
    """Return an office with the first and last publication dates of who gives it."""
    known = [date for date in dates if days_of(date)]
    update = {
        "first_attested": min(known, key=_day(0), default=None),
        "last_attested": max(known, key=_day(1), default=None),
    }
    return role.model_copy(update=update)


def _day(end: int) -> Callable[[str], tuple[int, str]]:
    """Return a sorting key: a partial date's first (0) or last (1) day."""

    def key(date: str) -> tuple[int, str]:
        days = days_of(date)
        return (days[end] if days else 0), date

    return key


def _fullness(role: Role) -> tuple[bool, bool, str, str]:
    missing = role.organization is None
    return role.kind is None, missing, role.title, role.organization or ""


__all__ = ["People", "Seen", "content_of", "merged_entity", "people_of"]
