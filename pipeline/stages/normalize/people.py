"""The merged persons, by the sightings that are theirs."""

from __future__ import annotations

import json
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple, Protocol

from models import Entity, Role
from pipeline.memo import Memo
from pipeline.reference.fold import fold
from pipeline.stages.normalize.days import days_of
from pipeline.stages.normalize.ids import distinct_ids
from pipeline.stages.normalize.names import surname_of
from pipeline.stages.normalize.persons import gather_persons
from pipeline.stages.normalize.plain import digest_of, dumped
from pipeline.stages.normalize.roles import fullness
from pipeline.stages.normalize.sightings import Person, Sighting
from pipeline.stages.normalize.sources import Source
from pipeline.stages.normalize.values import most_supported

#: Parts in which descriptions of persons are kept, so that one more changes little.
DRAWERS = 64


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


class People(Protocol):
    """The merged persons, without their mentions."""

    def find(self, number: int | None) -> Entity | None:
        """Return the person whom a sighting is of."""

    def leader(self, key: str | None) -> Entity | None:
        """Return the person who is a known leader."""


@dataclass(frozen=True)
class ListedPeople:
    """Merged persons that are at hand, by their places or numbers."""

    persons: Sequence[Entity] | Mapping[int, Entity]
    #: Key of a known leader → person.
    leaders: Mapping[str, Entity]

    def find(self, number: int | None) -> Entity | None:
        """Return a person."""
        return None if number is None else self.persons[number]

    def leader(self, key: str | None) -> Entity | None:
        """Return the person who is a known leader."""
        return None if key is None else self.leaders.get(key)


@dataclass
class MergedPeople:
    """The merged persons of all sightings; an entity is made when it is asked for.

    Args:
        ids: of the persons, in no order.
        totals: sum of the hashes of a person's rows: tells it from one of other rows.
        home: sighting → place among the persons.
    """

    ids: Sequence[str]
    totals: Sequence[int]
    home: Sequence[int]
    _described: Sequence[Description]
    _sightings: Sequence[Sequence[Sighting]]
    #: Key of a known leader → place.
    _leaders: Mapping[str, int]
    _made: dict[int, Entity] = field(default_factory=dict)

    def entity(self, place: int) -> Entity:
        """Return a person."""
        if place not in self._made:
            seen = sorted(self._sightings[place], key=_by_key)
            self._made[place] = merged_entity(self.ids[place], "person", seen)
        return self._made[place]

    def find(self, number: int | None) -> Entity | None:
        """Return the person whom a sighting is of."""
        return None if number is None else self.entity(self.home[number])

    def leader(self, key: str | None) -> Entity | None:
        """Return the person who is a known leader."""
        place = None if key is None else self._leaders.get(key)
        return None if place is None else self.entity(place)

    def name(self, number: int | None) -> str:
        """Return the name of whom a sighting is of, "" for nobody."""
        return "" if number is None else self._described[self.home[number]].name

    def told(self, number: int | None) -> str:
        """Return what tells a person from one with another id, name or offices, "" for nobody."""
        return self._told(None if number is None else self.home[number])

    def told_of_leader(self, key: str | None) -> str:
        """Return the same of a known leader."""
        return self._told(None if key is None else self._leaders.get(key))

    def _told(self, place: int | None) -> str:
        return "" if place is None else f"{self.ids[place]} {self._described[place].offices}"


def people_of(sightings: Sequence[Sighting], prints: Sequence[int], *, memo: Memo) -> MergedPeople:
    """Return the merged persons, whatever the order of the articles.

    Args:
        prints: hash of each sighting's row.
        memo: what was worked out of persons before.
    """
    found = gather_persons(sightings, memo=memo)
    home = array("l", [-1]) * len(sightings)
    totals: list[int] = []
    leaders: dict[str, int] = {}
    for place, person in enumerate(found):
        total = 0
        for sighting in person.sightings:
            home[sighting.number] = place
            total += prints[sighting.number]
        totals.append(total)
        leaders.update(dict.fromkeys(person.leaders, place))
    described = describe(found, totals, memo=memo)
    rows = [
        (told.content, "\0".join(min(seen.key for seen in person.sightings)))
        for person, told in zip(found, described, strict=True)
    ]
    ids = list(distinct_ids("person", rows))
    return MergedPeople(
        ids, totals, home, described, [person.sightings for person in found], leaders
    )


class Description(NamedTuple):
    """What is asked of every person each time, worked out once for the rows that it is of."""

    content: tuple[str, ...]
    name: str
    #: Hash of name and offices.
    offices: str


def describe(
    persons: Sequence[Person], totals: Sequence[int], *, memo: Memo
) -> Sequence[Description]:
    """Return what is asked of each person, of those that were seen before as it was kept."""
    drawers: dict[int, list[int]] = defaultdict(list)
    for place, total in enumerate(totals):
        drawers[total % DRAWERS].append(place)
    found: dict[int, Description] = {}
    for drawer, places in drawers.items():
        name = f"persons\0{drawer:03}"
        kept: dict[str, list[Any]] = json.loads(memo.get(name, name) or "{}")
        now: dict[str, Description] = {}
        for place in places:
            key = f"{totals[place]:x}"
            told = kept.get(key)
            if told is None:
                made = _description(persons[place])
            else:
                made = Description(tuple(told[0]), told[1], told[2])
            now[key] = found[place] = made
        if now.keys() != kept.keys():
            memo.put(name, name, dumped(now))
    return [found[place] for place in range(len(persons))]


def _description(person: Person) -> Description:
    seen = sorted(person.sightings, key=_by_key)
    name = _name(seen)
    roles = [[role.title, role.country] for role in _roles(seen)]
    return Description(content_of(person, seen), name, digest_of(name, dumped(roles)))


def _by_key(sighting: Sighting) -> tuple[str, str]:
    return sighting.key


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
    """Return each office once, the most told first, of equals the fullest.

    Of two classes or bodies told of one title ("President" of a state, and of a union of states)
    the one that more voices give is kept, of equals the first in the alphabet.
    """
    forms: dict[tuple[str, str], list[tuple[Role, str]]] = defaultdict(list)
    voices: dict[tuple[str, str], set[str]] = defaultdict(set)
    attested: dict[tuple[str, str], set[str]] = defaultdict(set)
    for told in seen:
        for role in told.roles:
            key = fold(role.title), role.country or ""
            forms[key].append((role, told.source.opening))
            voices[key].add(told.source.opening)
            attested[key] |= {told.source.told} if told.source.told else set()
    ranked = sorted(forms, key=lambda key: (-len(voices[key]), fullness(key[0]), key))
    return tuple(_attested(_fullest(forms[key]), attested[key]) for key in ranked)


def _attested(role: Role, dates: Iterable[str]) -> Role:
    """Return an office with the first and last publication dates of who gives it."""
    known = [date for date in dates if days_of(date)]
    first = min(known, key=_day(0), default=None)
    return _dated(role, first, max(known, key=_day(1), default=None))


@lru_cache(maxsize=1 << 12)
def _dated(role: Role, first: str | None, last: str | None) -> Role:
    return role.model_copy(update={"first_attested": first, "last_attested": last})


def _day(end: int) -> Callable[[str], tuple[int, str]]:
    """Return a sorting key: a partial date's first (0) or last (1) day."""

    def key(date: str) -> tuple[int, str]:
        days = days_of(date)
        return (days[end] if days else 0), date

    return key


def _fullest(told: Sequence[tuple[Role, str]]) -> Role:
    """Return the form of an office that says most, with its class and body before without."""
    most = min(map(_lacks, (role for role, _ in told)))
    role = most_supported([(r, v) for r, v in told if _lacks(r) == most], prefer=_spelt)
    assert role is not None  # one of them lacks least
    return role


def _lacks(role: Role) -> tuple[bool, bool]:
    return role.kind is None, role.organization is None


def _spelt(role: Role) -> tuple[str, str, str]:
    return role.title, role.organization or "", role.kind or ""


__all__ = [
    "ListedPeople",
    "MergedPeople",
    "People",
    "Seen",
    "content_of",
    "merged_entity",
    "people_of",
]
