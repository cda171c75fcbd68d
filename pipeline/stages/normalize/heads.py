"""An article's rows, and what merging has to know of them in short, to see which ones changed.

Of what is kept of a row in short only the rows that belong with a changed one are read in full.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from models import Article, DateExpression, Entity, Role, Upgrade, Visit
from pipeline.reference.fold import fold
from pipeline.stages.normalize.cues import events_of
from pipeline.stages.normalize.entities import (
    EntityTold,
    LocalNames,
    Mention,
    other_key,
)
from pipeline.stages.normalize.plain import Plain, digest_of, dumped, hash_of
from pipeline.stages.normalize.rows import UpgradeRow, VisitRow
from pipeline.stages.normalize.sightings import Sighting, leader_told, sighting_from
from pipeline.stages.normalize.sources import Source, source_from, source_of
from pipeline.stages.normalize.tellings import office_leader
from pipeline.stages.normalize.upgrades import block_of as upgrade_block
from pipeline.stages.normalize.upgrades import party_codes
from pipeline.stages.normalize.visits import block_of as visit_block


@dataclass(frozen=True)
class ArticleRows:
    """What the article stages found in one article."""

    article: Article
    entities: Sequence[Entity]
    dates: Sequence[DateExpression]
    visits: Sequence[Visit]
    upgrades: Sequence[Upgrade]


@dataclass(frozen=True, slots=True)
class VisitHead:
    """A visit of one article in short."""

    digest: str
    #: Number of the visitor's sighting, and of each host's, None for who is not among the persons.
    visitor: int | None
    hosts: Sequence[int | None]
    #: Key of the leader who held the visitor's office, where no name is told.
    leader: str | None
    #: Number of the chunk of articles that the row lies in.
    chunk: int


@dataclass(frozen=True, slots=True)
class UpgradeHead:
    """An upgrade of one article in short."""

    article_id: str
    digest: str
    parties: Sequence[str]
    #: The article's visit at which it happened, or "".
    occasion: str
    chunk: int


@dataclass(frozen=True)
class Taken:
    """An article's rows as they are kept, in short and in full."""

    #: Its id, publication date and opening, its persons, visits and upgrades.
    head: Plain
    #: Other entities than persons: key, hash of the row, aliases of an organization.
    others: Plain
    entities: Plain
    visits: Plain
    upgrades: Plain


def take(rows: ArticleRows) -> Taken:
    """Return what is kept of an article; persons have numbers of their own in each article."""
    article = rows.article
    source = source_of(article)
    names = LocalNames()
    persons: list[tuple[Plain, Plain]] = []
    others: list[tuple[Plain, Plain]] = []
    for entity in sorted(rows.entities, key=lambda entity: entity.id):
        body = _entity_body(entity, source)
        told = digest_of(body)
        if entity.kind == "person":
            names.add(entity, len(persons))
            persons.append((_person_head(entity, source, told), body))
        else:
            key = other_key(entity)
            aliases = sorted({fold(alias) for alias in entity.aliases})
            head = [key, told, aliases if entity.kind == "organization" else None]
            others.append((head, [*key, body]))
    events = events_of(rows.visits)
    visits = [
        _visit_row(visit, order, article, source, names, events.get(visit.id))
        for order, visit in enumerate(rows.visits)
    ]
    upgrades = [
        UpgradeRow(
            article_id=article.id,
            published=article.published,
            opening=source.opening,
            upgrade=upgrade,
        )
        for upgrade in rows.upgrades
    ]
    visit_bodies = [[visit_block(row.visit), row.model_dump_json()] for row in visits]
    upgrade_bodies = [[upgrade_block(row.upgrade), row.model_dump_json()] for row in upgrades]
    head = [
        *(article.id, article.published, source.opening),
        [head for head, _ in persons],
        [_visit_head(row, body) for row, (_, body) in zip(visits, visit_bodies, strict=True)],
        [_upgrade_head(row, body) for row, (_, body) in zip(upgrades, upgrade_bodies, strict=True)],
    ]
    return Taken(
        head=head,
        others=[head for head, _ in others],
        entities=[article.id, [body for _, body in persons], [body for _, body in others]],
        visits=[article.id, len(persons), visit_bodies],
        upgrades=[article.id, upgrade_bodies],
    )


def _person_head(entity: Entity, source: Source, told: str) -> Plain:
    mentioned_in = entity.mentions[0].article_id if entity.mentions else ""
    return [
        *(entity.id, entity.name, entity.aliases, entity.country),
        *(mentioned_in, leader_told(entity, source), told),
        _roles(entity),
    ]


def _entity_body(entity: Entity, source: Source) -> str:
    mentions = [
        [m.start, m.end, m.text, *(() if m.article_id == source.article_id else (m.article_id,))]
        for m in entity.mentions
    ]
    head = (source.article_id, source.told, source.opening)
    names = (entity.id, entity.name, entity.aliases, entity.country)
    return dumped([*head, *names, _roles(entity), mentions])


def _roles(entity: Entity) -> Plain:
    return [_dumped_role(role) for role in entity.roles]


@lru_cache(maxsize=1 << 12)
def _dumped_role(role: Role) -> str:
    return role.model_dump_json()


def _visit_row(
    visit: Visit,
    order: int,
    article: Article,
    source: Source,
    names: LocalNames,
    event: str | None,
) -> VisitRow:
    who = visit.visitor
    return VisitRow(
        article_id=article.id,
        published=article.published,
        opening=source.opening,
        visit=visit,
        order=order,
        visitor=names.find(entity_id=who.entity_id, name=who.name),
        hosts=tuple(names.find(name=host) for host in visit.hosts),
        event=event,
    )


def _visit_head(row: VisitRow, body: str) -> Plain:
    head = [digest_of(body), row.visitor, row.hosts, office_leader(row)]
    return [visit_block(row.visit), dumped(head)]


def _upgrade_head(row: UpgradeRow, body: str) -> Plain:
    upgrade = row.upgrade
    occasion = upgrade.occasion or ""
    head = [row.article_id, digest_of(body), party_codes(upgrade), occasion]
    return [upgrade_block(upgrade), dumped(head), occasion]


def with_roles_numbered(head: Plain, numbers: dict[str, int]) -> Plain:
    """Return an article's head with numbers in place of its persons' roles.

    Args:
        numbers: of each role; those that are not there get the next ones.
    """
    source, persons, rest = head[:3], head[3], head[4:]
    told = [
        [*person, *(numbers.setdefault(role, len(numbers)) for role in roles)]
        for *person, roles in persons
    ]
    return [*source, told, *rest]


def place_of(article_id: str, order: int) -> str:
    """Return the place of a visit or upgrade in its block."""
    return f"{article_id}\0{order:06}"


@dataclass(frozen=True)
class Head:
    """An article in short, its persons numbered among all that were seen."""

    source: Source
    _plain: Plain
    #: Of its chunk, by number.
    _roles: Sequence[str]
    #: Number of its first person, and of its chunk.
    _first: int
    _chunk: int

    @classmethod
    def read(cls, plain: Plain, *, roles: Sequence[str], first: int, chunk: int) -> Head:
        """Read what `take` made, with numbers in place of roles."""
        article_id, published, opening = plain[:3]
        return cls(source_from(article_id, published, opening), plain, roles, first, chunk)

    def persons(self) -> Iterator[tuple[Sighting, int]]:
        """Yield the persons, each with a hash of its row."""
        for number, head in enumerate(self._plain[3], start=self._first):
            entity_id, name, aliases, country, mentioned_in, leader, told, *roles = head
            yield (
                sighting_from(
                    self.source,
                    number=number,
                    entity_id=entity_id,
                    name=name,
                    aliases=aliases,
                    country=country,
                    roles=_roles_told(tuple([self._roles[role] for role in roles])),
                    mentioned_in=mentioned_in,
                    leader=leader,
                ),
                hash_of(told),
            )

    def visits(self) -> Iterator[tuple[str, str, str]]:
        """Yield the visits: block, place, and what `read_visit_head` reads."""
        for order, (block, body) in enumerate(self._plain[4]):
            yield block, place_of(self.source.article_id, order), self._packed(body)

    def upgrades(self) -> Iterator[tuple[str, str, str, str]]:
        """Yield the upgrades: block, place, what `read_upgrade_head` reads, and the occasion."""
        for order, (block, body, occasion) in enumerate(self._plain[5]):
            yield block, place_of(self.source.article_id, order), self._packed(body), occasion

    def _packed(self, body: str) -> str:
        return f"{self._first}\t{self._chunk}\t{body}"


def read_visit_head(text: str) -> VisitHead:
    """Return a visit in short, its persons numbered among all."""
    first, chunk, body = text.split("\t", 2)
    told, visitor, hosts, leader = json.loads(body)
    shift = int(first)
    return VisitHead(
        digest=told,
        visitor=_shifted(visitor, shift),
        hosts=[_shifted(host, shift) for host in hosts],
        leader=leader,
        chunk=int(chunk),
    )


def read_upgrade_head(text: str) -> UpgradeHead:
    """Return an upgrade in short."""
    _, chunk, body = text.split("\t", 2)
    article_id, told, parties, occasion = json.loads(body)
    return UpgradeHead(
        article_id=article_id, digest=told, parties=parties, occasion=occasion, chunk=int(chunk)
    )


def _shifted(number: int | None, first: int) -> int | None:
    return None if number is None else number + first


@lru_cache(maxsize=1 << 14)
def _roles_told(told: tuple[str, ...]) -> tuple[Role, ...]:
    return tuple(map(_role, told))


@lru_cache(maxsize=1 << 14)
def _role(dumped: str) -> Role:
    """Return one object for all equal roles: a million sightings hold a few thousand."""
    return Role.model_validate_json(dumped)


def read_entity(body: str) -> EntityTold:
    """Return an entity in full."""
    article_id, published, opening, made, name, aliases, country, roles, told = json.loads(body)
    mentions: list[Mention] = [
        (more[0] if more else article_id, start, end, text) for start, end, text, *more in told
    ]
    return EntityTold(
        id=made,
        name=name,
        aliases=aliases,
        country=country,
        roles=tuple(map(_role, roles)),
        mentions=mentions,
        source=source_from(article_id, published, opening),
    )


def numbered(body: str, *, first: int) -> str:
    """Return a visit in full, its persons to be numbered from one on."""
    return f"{first}\t{body}"


def read_visit(text: str) -> VisitRow:
    """Return a visit of `numbered`, its persons numbered among all."""
    first, _, body = text.partition("\t")
    row = VisitRow.model_validate_json(body)
    hosts = tuple(_shifted(host, int(first)) for host in row.hosts)
    return row.model_copy(update={"visitor": _shifted(row.visitor, int(first)), "hosts": hosts})


__all__ = [
    "ArticleRows",
    "Head",
    "Taken",
    "UpgradeHead",
    "VisitHead",
    "numbered",
    "place_of",
    "read_entity",
    "read_upgrade_head",
    "read_visit",
    "read_visit_head",
    "take",
    "with_roles_numbered",
]
