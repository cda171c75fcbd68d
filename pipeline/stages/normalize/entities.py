"""Entities of many articles as one record each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import lru_cache

from pydantic import TypeAdapter

from models import Entity, Role, Span
from pipeline.reference.countries import country_name
from pipeline.reference.fold import fold
from pipeline.stages.normalize.ids import content_id
from pipeline.stages.normalize.people import merged_entity
from pipeline.stages.normalize.rows import EntityRow
from pipeline.stages.normalize.sources import Source

#: Kind, folded name or code, country.
OtherKey = tuple[str, str, str]
#: Article, start, end and text.
Mention = tuple[str, int, int, str]
_SPANS = TypeAdapter(tuple[Span, ...])


@dataclass(frozen=True)
class EntityTold:
    """An entity as one article tells of it."""

    id: str
    name: str
    aliases: Sequence[str]
    country: str | None
    roles: Sequence[Role]
    mentions: Sequence[Mention]
    source: Source


def told_entity(row: EntityRow) -> EntityTold:
    """Return an entity as its article tells of it."""
    entity = row.entity
    return EntityTold(
        id=entity.id,
        name=entity.name,
        aliases=entity.aliases,
        country=entity.country,
        roles=entity.roles,
        mentions=[(m.article_id, m.start, m.end, m.text) for m in entity.mentions],
        source=row.source,
    )


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


def other_entity(key: OtherKey, told: Sequence[EntityTold]) -> Entity:
    """Return an entity other than a person, without its mentions."""
    ordered = sorted(told, key=lambda one: (one.source.article_id, one.id))
    coded = ordered[0].country if key[0] == "country" else None
    name = country_name(coded) if coded else None
    return merged_entity(other_id(key), key[0], ordered, name=name)


@lru_cache(maxsize=1 << 14)
def other_id(key: OtherKey) -> str:
    """Return the id of an entity other than a person."""
    return content_id(key[0], *key)


def mentions_of(told: Sequence[EntityTold]) -> tuple[Span, ...]:
    """Return all mentions of one entity, each once."""
    mentions = sorted({mention for one in told for mention in one.mentions})
    names = ("article_id", "start", "end", "text")
    return _SPANS.validate_python([dict(zip(names, m, strict=True)) for m in mentions])


__all__ = [
    "EntityTold",
    "LocalNames",
    "OtherKey",
    "longer_forms",
    "mentions_of",
    "other_entity",
    "other_id",
    "other_key",
    "settled_forms",
    "told_entity",
]
