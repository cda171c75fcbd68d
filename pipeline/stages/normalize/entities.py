"""Entities of many articles as one record each, and where each article's own have gone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from models import Entity, Role
from pipeline.reference.countries import country_name
from pipeline.reference.fold import fold
from pipeline.stages.normalize.ids import distinct_ids
from pipeline.stages.normalize.names import surname_of
from pipeline.stages.normalize.persons import gather_persons
from pipeline.stages.normalize.roles import fullness
from pipeline.stages.normalize.sightings import Person, Sighting, entity_article, sighting_of
from pipeline.stages.normalize.sources import Source
from pipeline.stages.normalize.values import most_supported


@dataclass(frozen=True)
class Roster:
    """The merged entities, by the ids that their articles gave them."""

    entities: tuple[Entity, ...]
    #: Article and article-level id → merged entity.
    by_article: Mapping[tuple[str, str], Entity]
    #: Article and folded name or alias of a person → merged entity.
    by_name: Mapping[tuple[str, str], Entity]

    def find(self, article_id: str, *, entity_id: str | None, name: str | None) -> Entity | None:
        """Return the merged entity that an article means by an id, else by a person's name."""
        found = self.by_article.get((article_id, entity_id)) if entity_id else None
        if found is None and name:
            found = self.by_name.get((article_id, fold(name)))
        return found


@dataclass(frozen=True)
class _Group:
    """Article-level entities that are one, and what names it in its id."""

    seen: Sequence[tuple[Entity, Source]]
    key: tuple[str, ...]


def merge_entities(found: Iterable[tuple[Entity, Source]]) -> Roster:
    """Return the merged entities, whatever the order of the articles'."""
    persons: list[Sighting] = []
    others: dict[tuple[str, str, str], list[tuple[Entity, Source]]] = defaultdict(list)
    for entity, source in found:
        if entity.kind == "person":
            persons.append(sighting_of(entity, source))
        else:
            others[_other_key(entity)].append((entity, source))
    groups = [_person_group(person) for person in gather_persons(persons)]
    groups += [_Group(_sorted(others[key]), key) for key in _join_short_forms(others)]
    return _roster(groups)


def _other_key(entity: Entity) -> tuple[str, str, str]:
    """Return what makes a country, organization or place one: its code, else its name."""
    if entity.kind == "country":
        return "country", entity.country or fold(entity.name), ""
    return entity.kind, fold(entity.name), entity.country or ""


def _join_short_forms(
    others: dict[tuple[str, str, str], list[tuple[Entity, Source]]],
) -> list[tuple[str, str, str]]:
    """Join an organization known by its abbreviation to the one that has it as an alias."""
    owners: dict[tuple[str, str], set[tuple[str, str, str]]] = defaultdict(set)
    for key, seen in others.items():
        if key[0] == "organization":
            for alias in {fold(alias) for entity, _ in seen for alias in entity.aliases}:
                owners[alias, key[2]].add(key)
    for key in sorted(key for key in others if key[0] == "organization"):
        _, name, country = key
        whole = owners[name, country] - {key}
        if len(whole) == 1 and " " not in name and (target := min(whole)) in others:
            others[target] = others[target] + others.pop(key)
    return sorted(others)


def _person_group(person: Person) -> _Group:
    seen = _sorted((sighting.entity, sighting.source) for sighting in person.sightings)
    entities = [entity for entity, _ in seen]
    name, country = _name(seen), _country(seen)
    key = [fold(name), country or ""]
    if surname_of(name, country) is not None and not person.leaders:
        # Others of that surname are other persons: one without office has its article in its id.
        key.append(min(person.kinds) if country and person.kinds else entity_article(entities[0]))
    return _Group(seen, ("person", *key))


def _sorted(seen: Iterable[tuple[Entity, Source]]) -> list[tuple[Entity, Source]]:
    return sorted(seen, key=lambda pair: (pair[1].article_id, pair[0].id))


def _roster(groups: Sequence[_Group]) -> Roster:
    places = [f"{g.seen[0][1].article_id}\0{g.seen[0][0].id}" for g in groups]
    by_kind: dict[str, list[int]] = defaultdict(list)
    for index, group in enumerate(groups):
        by_kind[group.seen[0][0].kind].append(index)
    entities: list[Entity] = []
    by_article: dict[tuple[str, str], Entity] = {}
    by_name: dict[tuple[str, str], Entity] = {}
    for kind, indexes in sorted(by_kind.items()):
        rows = [(groups[i].key, places[i]) for i in indexes]
        for index, made in zip(indexes, distinct_ids(kind, rows), strict=True):
            seen = groups[index].seen
            entity = _merged(made, seen)
            entities.append(entity)
            for told, source in seen:
                by_article[source.article_id, told.id] = entity
                if kind == "person":
                    for name in (told.name, *told.aliases):
                        by_name.setdefault((source.article_id, fold(name)), entity)
    entities.sort(key=lambda entity: entity.id)
    return Roster(tuple(entities), by_article, by_name)


def _merged(made: str, seen: Sequence[tuple[Entity, Source]]) -> Entity:
    first = seen[0][0]
    coded = first.country if first.kind == "country" else None
    name = country_name(coded) if coded else _name(seen)
    forms = {form for entity, _ in seen for form in (entity.name, *entity.aliases)}
    mentions = {mention for entity, _ in seen for mention in entity.mentions}
    return Entity(
        id=made,
        kind=first.kind,
        name=name,
        aliases=tuple(sorted(forms - {name})),
        country=_country(seen) if first.kind == "person" else first.country,
        roles=_roles(seen),
        mentions=tuple(sorted(mentions, key=lambda m: (m.article_id, m.start, m.end, m.text))),
    )


def _name(seen: Sequence[tuple[Entity, Source]]) -> str:
    """Return the fullest form; of equals the most told, accented before plain."""
    # A hyphen makes no fuller name: "Chou En-lai", "Zhou Enlai".
    fullest = max(len(entity.name.split()) for entity, _ in seen)
    votes = [(e.name, s.opening) for e, s in seen if len(e.name.split()) == fullest]
    name = most_supported(votes, prefer=_plainness)
    assert name is not None  # the fullest is one of them
    return name


def _plainness(name: str) -> tuple[bool, int, int, str]:
    accents = sum(letter > "\x7f" for letter in name)
    return name.isupper(), -accents, -len(name), name


def _country(seen: Sequence[tuple[Entity, Source]]) -> str | None:
    """Return the party that most articles give."""
    votes = [(entity.country, source.opening) for entity, source in seen if entity.country]
    return most_supported(votes, prefer=str)


def _roles(seen: Sequence[tuple[Entity, Source]]) -> tuple[Role, ...]:
    """Return each office once, the most told first, of equals the fullest."""
    forms: dict[tuple[str, str], list[Role]] = defaultdict(list)
    voices: dict[tuple[str, str], set[str]] = defaultdict(set)
    for entity, source in seen:
        for role in entity.roles:
            key = fold(role.title), role.country or ""
            forms[key].append(role)
            voices[key].add(source.opening)
    ranked = sorted(forms, key=lambda key: (-len(voices[key]), fullness(key[0]), key))
    return tuple(min(forms[key], key=_fullness) for key in ranked)


def _fullness(role: Role) -> tuple[bool, bool, str, str]:
    missing = role.organization is None
    return role.kind is None, missing, role.title, role.organization or ""


__all__ = ["Roster", "merge_entities"]
