"""Visits, changes of level and entities of all articles, merged by blocks.

Each function takes all rows of one key and yields rows for the blocks after it: a visit's block
those of its visitor, of its pair of parties and of the upgrades that happened at it, and so on
down to the rows of the tables.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from itertools import combinations
from typing import Any

from models import Article, Entity, Record, Upgrade, Visit
from pipeline.distributed.keyed import TABLE, Keyed, Known, dumped, joined, of_kind
from pipeline.distributed.people import entity_key
from pipeline.stages.normalize import ArticleRows
from pipeline.stages.normalize.blocks import merge_upgrade_block, merge_visit_block
from pipeline.stages.normalize.cues import events_of
from pipeline.stages.normalize.entities import (
    LocalNames,
    mentions_of,
    other_entity,
    other_key,
    told_entity,
)
from pipeline.stages.normalize.journeys import journeys, returns
from pipeline.stages.normalize.ledger import ledger
from pipeline.stages.normalize.occasions import Occasions
from pipeline.stages.normalize.people import ListedPeople
from pipeline.stages.normalize.relations import Step, history, pairs_of, step_of
from pipeline.stages.normalize.rows import EntityRow, UpgradeRow, VisitRow, row_digest
from pipeline.stages.normalize.sources import Source, source_of
from pipeline.stages.normalize.stubs import Stub
from pipeline.stages.normalize.upgrades import block_of as upgrade_block
from pipeline.stages.normalize.upgrades import party_codes
from pipeline.stages.normalize.variants import conflicts
from pipeline.stages.normalize.visits import block_of as visit_block

#: What a key is of: a block of visits, of upgrades, a visitor, a pair of parties, a visit.
_VISITS, _UPGRADES, _VISITOR, _PAIR, _VISIT = "v", "u", "w", "p", "m"


class VisitTold(Record):
    """A visit of one article, with the persons that it names and the upgrades that name it."""

    row: VisitRow
    persons: tuple[Entity, ...]
    asked_by: tuple[str, ...]


def entity_rows(article: Article, source: Source, entities: Sequence[Entity]) -> list[EntityRow]:
    """Return an article's entities, sorted by id."""
    return [
        EntityRow(
            article_id=article.id,
            published=article.published,
            opening=source.opening,
            entity=entity,
        )
        for entity in sorted(entities, key=lambda entity: entity.id)
    ]


def told_facts(
    articles: Iterable[ArticleRows], met: Iterable[str], known: Known
) -> Iterator[Keyed]:
    """Yield what a block of articles tells, with its persons as they were merged.

    Args:
        met: of each person the merged entity, and article and id of what it was made of.
    """
    persons: dict[tuple[str, str], Entity] = {}
    for body in met:
        entity, refs = json.loads(body)
        person = Entity.model_validate(entity)
        persons.update(dict.fromkeys(map(tuple, refs), person))
    wanted: set[tuple[str, str]] = set()
    for rows in articles:
        source = source_of(rows.article)
        yield from _told_entities(rows, source, persons, known)
        yield from _told_visits(rows, source, persons)
        for order, upgrade in enumerate(rows.upgrades):
            block = joined(_UPGRADES, upgrade_block(upgrade))
            row = UpgradeRow(
                article_id=rows.article.id,
                published=rows.article.published,
                opening=source.opening,
                digest=row_digest(upgrade, rows.article, source),
                upgrade=upgrade,
            )
            yield Keyed("upgrade", block, dumped([rows.article.id, order, row]))
            wanted |= {(_pair(*pair), block) for pair in combinations(party_codes(upgrade), 2)}
    for pair, block in wanted:
        yield Keyed("wanted", pair, block)


def _told_entities(
    rows: ArticleRows,
    source: Source,
    persons: dict[tuple[str, str], Entity],
    known: Known,
) -> Iterator[Keyed]:
    for row in entity_rows(rows.article, source, rows.entities):
        if row.entity.kind == "person":
            key = entity_key("person", persons[row.article_id, row.entity.id].id)
        else:
            other = other_key(row.entity)
            key = entity_key(*known.longer.get(other, other))
        yield Keyed("entity", key, row.model_dump_json())


def _told_visits(
    rows: ArticleRows, source: Source, persons: dict[tuple[str, str], Entity]
) -> Iterator[Keyed]:
    article = rows.article
    names, entities = LocalNames(), list[Entity]()
    for entity in sorted(rows.entities, key=lambda entity: entity.id):
        if entity.kind == "person":
            names.add(entity, len(entities))
            entities.append(persons[article.id, entity.id])
    asked: dict[str, set[str]] = defaultdict(set)
    for upgrade in rows.upgrades:
        if upgrade.occasion:
            asked[upgrade.occasion].add(joined(_UPGRADES, upgrade_block(upgrade)))
    events = events_of(rows.visits)
    for order, visit in enumerate(rows.visits):
        who = visit.visitor
        visitor = names.find(entity_id=who.entity_id, name=who.name)
        hosts = [names.find(name=host) for host in visit.hosts]
        # Numbers count among the persons of this row alone.
        used = sorted({number for number in (visitor, *hosts) if number is not None})
        places = {number: place for place, number in enumerate(used)}
        row = VisitRow(
            article_id=article.id,
            published=article.published,
            opening=source.opening,
            digest=row_digest(visit, article, source, str(order), events.get(visit.id) or ""),
            visit=visit,
            order=order,
            visitor=None if visitor is None else places[visitor],
            hosts=tuple(None if host is None else places[host] for host in hosts),
            event=events.get(visit.id),
        )
        told = VisitTold(
            row=row,
            persons=tuple(entities[number] for number in used),
            asked_by=tuple(sorted(asked[visit.id])),
        )
        yield Keyed("visit", joined(_VISITS, visit_block(visit)), told.model_dump_json())


def merge_told(key: str, rows: Sequence[Keyed], known: Known) -> Iterator[Keyed]:
    """Merge a block of visits, or make one entity of its rows."""
    mark, _, block = key.partition("\0")
    if mark == _VISITS:
        yield from _merge_visits(block, of_kind(rows, "visit"), known)
    else:
        yield _merged_entity(block, rows)


def _merged_entity(block: str, rows: Sequence[Keyed]) -> Keyed:
    bodies = of_kind(rows, "entity")
    told = [told_entity(EntityRow.model_validate_json(body)) for body in bodies]
    head = next(iter(of_kind(rows, "head")), None)
    if head is None:
        kind, name, country = block.split("\0")
        entity = other_entity((kind, name, country), told)
    else:
        entity = Entity.model_validate_json(head)
    entity = entity.model_copy(update={"mentions": mentions_of(told)})
    return Keyed(TABLE + "entities", entity.id, entity.model_dump_json())


def _merge_visits(block: str, bodies: Iterable[str], known: Known) -> Iterator[Keyed]:
    told = sorted(map(VisitTold.model_validate_json, bodies), key=_order)
    persons: list[Entity] = []
    rows: list[VisitRow] = []
    asked: dict[tuple[str, str], Sequence[str]] = {}
    for one in told:
        at = len(persons)
        persons += one.persons
        visitor = None if one.row.visitor is None else one.row.visitor + at
        hosts = tuple(None if host is None else host + at for host in one.row.hosts)
        rows.append(one.row.model_copy(update={"visitor": visitor, "hosts": hosts}))
        asked[one.row.article_id, one.row.visit.id] = one.asked_by
    people = ListedPeople(persons, known.leaders)
    block_merged = merge_visit_block(rows, people, made_by=known.made_by)
    for order, merged in enumerate(block_merged):
        visit, stub = merged.visit, merged.stub
        yield Keyed("merged", joined(_VISIT, visit.id), visit.model_dump_json())
        for telling in merged.tellings:
            for asking in asked[telling]:
                yield Keyed(
                    "moved", asking, dumped([*telling, visit.id, _stub_row(block, 0, stub)])
                )
        if stub is None:
            continue
        body = dumped(_stub_row(block, order, stub))
        yield Keyed("stub", joined(_VISITOR, stub.visitor), body)
        if stub.origin and stub.destination:
            yield Keyed("stub", _pair(stub.origin, stub.destination), body)


def journey(key: str, rows: Sequence[Keyed], known: Known) -> Iterator[Keyed]:  # noqa: ARG001
    """Find a visitor's journeys, or the returns between two parties and the upgrades near them."""
    bodies = sorted(of_kind(rows, "stub"), key=_stub_order)
    stubs = [_stub(body) for body in bodies]
    if key.startswith(_VISITOR):
        for visit, leg in journeys(stubs).items():
            yield Keyed("leg", joined(_VISIT, visit), dumped([leg.journey_id, leg.number]))
        return
    for visit, other in returns(stubs).items():
        yield Keyed("return", joined(_VISIT, visit), other)
    for asking in set(of_kind(rows, "wanted")):
        for body in bodies:
            yield Keyed("near", asking, body)


def change(key: str, rows: Sequence[Keyed], known: Known) -> Iterator[Keyed]:  # noqa: ARG001
    """Merge a block of upgrades, with the visits between their parties."""
    told = sorted((json.loads(body) for body in of_kind(rows, "upgrade")), key=_place)
    tellings = [UpgradeRow.model_validate(row) for _, _, row in told]
    stubs: dict[str, str] = {}
    moved: dict[tuple[str, str], str] = {}
    for body in of_kind(rows, "moved"):
        article, visit, merged, stub = json.loads(body)
        moved[article, visit] = merged
        if stub is not None:
            stubs[merged] = dumped(stub)
    # Those near come last: they stand in the order in which all visits were merged.
    for body in sorted(of_kind(rows, "near"), key=_stub_order):
        stub = _stub(body)
        stubs.pop(stub.id, None)
        stubs[stub.id] = body
    occasions = Occasions(map(_stub, stubs.values()))
    for upgrade in merge_upgrade_block(tellings, occasions, moved, made_by=known.made_by):
        yield from _rows_of(upgrade, known)
        if upgrade.occasion:
            yield Keyed("raised", joined(_VISIT, upgrade.occasion), upgrade.id)
        if upgrade.status == "completed":
            body = dumped(asdict(step_of(upgrade)))
            for pair in pairs_of(upgrade):
                yield Keyed("step", _pair(*pair), body)


def finish(key: str, rows: Sequence[Keyed], known: Known) -> Iterator[Keyed]:
    """Finish a merged visit, or tell the history of a pair of parties."""
    steps = of_kind(rows, "step")
    if steps:
        _, party, other = key.split("\0")
        for row in history((party, other), [_step(body) for body in steps]):
            yield Keyed(TABLE + "relations", row.id, row.model_dump_json())
        return
    (merged,) = of_kind(rows, "merged")
    update: dict[str, object] = {
        "return_of": next(iter(of_kind(rows, "return")), None),
        "upgrades": tuple(sorted(of_kind(rows, "raised"))),
    }
    for leg in of_kind(rows, "leg"):
        update["journey_id"], update["leg"] = json.loads(leg)
    yield from _rows_of(Visit.model_validate_json(merged).model_copy(update=update), known)


def _rows_of(record: Visit | Upgrade, known: Known) -> Iterator[Keyed]:
    """Yield a finished record and the rows of the tables made of it."""
    table = "visits" if isinstance(record, Visit) else "upgrades"
    yield Keyed(TABLE + table, record.id, record.model_dump_json())
    for conflict in conflicts(record):
        yield Keyed(TABLE + "conflicts", conflict.id, conflict.model_dump_json())
    for entry in ledger(record, newest=known.newest):
        yield Keyed(TABLE + "ledger", entry.id, entry.model_dump_json())


def _pair(one: str, other: str) -> str:
    return joined(_PAIR, *sorted((one, other)))


def _order(told: VisitTold) -> tuple[str, int]:
    return told.row.article_id, told.row.order


def _place(told: Sequence[Any]) -> tuple[str, int]:
    return told[0], told[1]


def _stub_row(block: str, order: int, stub: Stub | None) -> list[object] | None:
    return None if stub is None else [block, order, asdict(stub)]


def _stub_order(body: str) -> tuple[str, int]:
    block, order, _ = json.loads(body)
    return block, order


def _stub(body: str) -> Stub:
    _, _, fields = json.loads(body)
    places = tuple((article, start, order) for article, start, order in fields.pop("places"))
    return Stub(places=places, **fields)


def _step(body: str) -> Step:
    fields = json.loads(body)
    return Step(reaffirmed=tuple(fields.pop("reaffirmed")), **fields)


__all__ = ["change", "entity_rows", "finish", "journey", "merge_told", "told_facts"]
