"""Entities of many articles as one record each."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from models import Article, Entity, Role, Span
from pipeline.reference.countries import country_name
from pipeline.reference.fold import fold
from pipeline.stages.normalize.ids import content_id
from pipeline.stages.normalize.people import People, merged_entity, people_of
from pipeline.stages.normalize.rows import EntityRow
from pipeline.stages.normalize.shelf import Shelf, Spool
from pipeline.stages.normalize.sightings import Sighting, sighting_of
from pipeline.stages.normalize.sources import Source

#: Kind, folded name or code, country.
OtherKey = tuple[str, str, str]
_SEPARATOR = "\0"


@dataclass(frozen=True)
class _Told:
    """An entity other than a person as one article tells of it."""

    name: str
    aliases: Sequence[str]
    country: str | None
    roles: Sequence[Role]
    source: Source


@dataclass
class EntityDesk:
    """Takes the articles' entities in, and gives the merged ones out."""

    spool: Spool
    sightings: list[Sighting] = field(default_factory=list)
    #: Organization → its aliases, folded.
    _aliases: dict[OtherKey, set[str]] = field(default_factory=lambda: defaultdict(set))

    def take(self, article: Article, source: Source, entities: Sequence[Entity]) -> LocalNames:
        """Take an article's entities in; return whom it means by which id and name."""
        names = LocalNames()
        for entity in sorted(entities, key=lambda entity: entity.id):
            number = None
            if entity.kind == "person":
                number = len(self.sightings)
                self.sightings.append(sighting_of(entity, source, number=number))
                names.add(entity, number)
            elif entity.kind == "organization":
                self._aliases[other_key(entity)] |= {fold(alias) for alias in entity.aliases}
            row = EntityRow(
                article_id=article.id,
                published=article.published,
                opening=source.opening,
                entity=entity,
                number=number,
            )
            place = _SEPARATOR.join((article.id, entity.id))
            head = json.dumps((number, other_key(entity), place))
            self.spool.put(f"{head}\t{row.model_dump_json()}")
        return names

    def people(self) -> People:
        """Return the merged persons; the sightings are not needed any more."""
        people = people_of(self.sightings)
        self.sightings = []
        return people

    def merged(self, people: People, blocks: Shelf[EntityRow]) -> Iterator[Entity]:
        """Yield the merged entities, in no order; `blocks` is an empty shelf to sort them in."""
        longer = longer_forms(self._aliases)
        for line in self.spool:
            head, _, row = line.partition("\t")
            number, (kind, key, country), place = json.loads(head)
            block = (kind, key, country)
            if number is not None:
                block = ("person", f"{people.home[number]:012}", "")
            blocks.put_packed(_SEPARATOR.join(longer.get(block, block)), place, row)
        for name, rows in blocks.blocks():
            kind, key, country = name.split(_SEPARATOR)
            if kind == "person":
                entity = people.persons[int(key)]
            else:
                entity = other_entity((kind, key, country), rows)
            yield entity.model_copy(update={"mentions": mentions_of(rows)})


@dataclass
class LocalNames:
    """An article's persons by their ids and names, as numbers of sightings."""

    _by_id: dict[str, int] = field(default_factory=dict)
    _by_name: dict[str, int] = field(default_factory=dict)

    def add(self, entity: Entity, number: int) -> None:
        """Let a person be found."""
        self._by_id[entity.id] = number
        for name in (entity.name, *entity.aliases):
            self._by_name.setdefault(fold(name), number)

    def find(self, *, entity_id: str | None = None, name: str | None) -> int | None:
        """Return whom the article means by an id, else by a name."""
        found = self._by_id.get(entity_id) if entity_id else None
        if found is None and name:
            found = self._by_name.get(fold(name))
        return found


def other_key(entity: Entity) -> OtherKey:
    """Return what makes a country, organization or place one: its code, else its name."""
    if entity.kind == "country":
        return "country", entity.country or fold(entity.name), ""
    return entity.kind, fold(entity.name), entity.country or ""


def longer_forms(
    aliases: Mapping[OtherKey, AbstractSet[str]],
) -> dict[OtherKey, OtherKey]:
    """Return, for an organization known by its abbreviation, the one that has it as an alias."""
    owners: dict[tuple[str, str], set[OtherKey]] = defaultdict(set)
    for key, forms in aliases.items():
        for form in forms:
            owners[form, key[2]].add(key)
    wholes: dict[OtherKey, OtherKey] = {}
    for key in aliases:
        _, name, country = key
        whole = owners[name, country] - {key}
        if len(whole) == 1 and " " not in name:
            wholes[key] = min(whole)
    return settled_forms(wholes)


def settled_forms(wholes: Mapping[OtherKey, OtherKey]) -> dict[OtherKey, OtherKey]:
    """Return the last of each chain of longer forms; of two that name each other one is longer."""
    found: dict[OtherKey, OtherKey] = {}
    for key in sorted(wholes):
        if wholes[key] not in found:
            found[key] = wholes[key]
    for key in sorted(found):
        while found[key] in found:
            found[key] = found[found[key]]
    return found


def other_entity(key: OtherKey, rows: Sequence[EntityRow]) -> Entity:
    """Return an entity other than a person, without its mentions."""
    told = [
        _Told(r.entity.name, r.entity.aliases, r.entity.country, r.entity.roles, r.source)
        for r in sorted(rows, key=lambda row: (row.article_id, row.entity.id))
    ]
    coded = told[0].country if key[0] == "country" else None
    name = country_name(coded) if coded else None
    return merged_entity(content_id(key[0], *key), key[0], told, name=name)


def mentions_of(rows: Sequence[EntityRow]) -> tuple[Span, ...]:
    """Return all mentions of one entity, each once."""
    mentions = {mention for row in rows for mention in row.entity.mentions}
    return tuple(sorted(mentions, key=lambda m: (m.article_id, m.start, m.end, m.text)))


__all__ = [
    "EntityDesk",
    "LocalNames",
    "OtherKey",
    "longer_forms",
    "mentions_of",
    "other_entity",
    "other_key",
    "settled_forms",
]
