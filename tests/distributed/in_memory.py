"""The rounds of merging by blocks, over rows in memory: what the ray engine does with files."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Sequence

from models import Record
from pipeline.distributed import facts, people
from pipeline.distributed.keyed import TABLE, Keyed, Known
from pipeline.distributed.known import known_of
from pipeline.distributed.rounds import FACTS, LINK, PEOPLE, Round
from pipeline.stages.normalize import ArticleRows
from pipeline.stages.normalize.sources import source_of


def merged(
    articles: Sequence[ArticleRows], *, size: int = 3, seed: int = 0
) -> dict[str, list[str]]:
    """Return the rows of the tables that articles give, merged by blocks, each table by key."""
    blocks = {f"b{n:04}": articles[n : n + size] for n in range(0, len(articles), size)}
    rows: dict[str, list[Keyed]] = defaultdict(list)
    for block, held in blocks.items():
        for told in held:
            found = facts.entity_rows(told.article, source_of(told.article), told.entities)
            _keep(rows, people.told_people(block, found))
            _keep(rows, [Keyed("published", "", told.article.published or "")])
    chance = random.Random(seed)
    _go(rows, LINK, Known(), chance)
    _keep(rows, people.components(row.body for row in rows["link"]))
    for each in PEOPLE:
        _go(rows, each, Known(), chance)
    known = known_of(
        (),
        published=(row.body for row in rows["published"]),
        leaders=((row.key, row.body) for row in rows["leader"]),
        longer=(row.body for row in rows["longer"]),
    )
    for block, held in blocks.items():
        met = [row.body for row in rows["met"] if row.key == block]
        _keep(rows, facts.told_facts(held, met, known))
    for each in FACTS:
        _go(rows, each, known, chance)
    return {
        kind.removeprefix(TABLE): [row.body for row in sorted(found)]
        for kind, found in rows.items()
        if kind.startswith(TABLE)
    }


def _keep(rows: dict[str, list[Keyed]], made: Iterable[Keyed]) -> None:
    for row in made:
        rows[row.kind].append(row)


def _go(rows: dict[str, list[Keyed]], step: Round, known: Known, chance: random.Random) -> None:
    by_key: dict[str, list[Keyed]] = defaultdict(list)
    for kind in step.reads:
        for row in rows[kind]:
            by_key[row.key].append(row)
    keys = list(by_key)
    chance.shuffle(keys)  # blocks are done in any order
    for key in keys:
        _keep(rows, step.merge(key, sorted(by_key[key]), known))


def at_once(records: Iterable[Record]) -> dict[str, list[str]]:
    """Return records as rows of tables, each table by id."""
    tables = {"Entity": "entities", "Visit": "visits", "Upgrade": "upgrades"}
    tables |= {"Conflict": "conflicts", "LedgerEntry": "ledger", "RelationStep": "relations"}
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for record in records:
        table = tables[type(record).__name__]
        found[table].append((getattr(record, "id"), record.model_dump_json()))  # noqa: B009
    return {table: [body for _, body in sorted(rows)] for table, rows in found.items()}


__all__ = ["at_once", "merged"]
