"""browse.db: the records of an output folder as plain tables, to be looked at and queried.

The store, `communique.db`, keeps packed artefacts that only the program reads. This database is
made of the record files beside it, is never changed afterwards, and is made anew when they are.
The columns are those of the CSV files; what nests has tables of its own.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from models import Article, Entity, Record, Upgrade, Visit
from pipeline.errors import StoreError
from pipeline.fingerprint import code_digest, digest
from pipeline.results import Results
from pipeline.stages.write.flat import column_names, flatten
from pipeline.stages.write.writer import OUTPUTS

BROWSE_FILE = "browse.db"
PACKAGES = ("pipeline.serving", "pipeline.stages.write")

#: Columns that the tables have beside those of the CSV files.
MORE_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "articles": ("year", "text"),
    "visits": ("year",),
    "upgrades": ("year",),
}
#: Columns that lead to a row of another table.
LINKS: Mapping[tuple[str, str], str] = {
    ("dates", "article_id"): "articles",
    ("visits", "visitor_entity_id"): "entities",
    ("visits", "evidence_article_id"): "articles",
    ("upgrades", "evidence_article_id"): "articles",
    ("upgrades", "occasion"): "visits",
    ("entities", "mention_article_id"): "articles",
    ("ledger", "article_id"): "articles",
    ("relations", "upgrade_id"): "upgrades",
}
#: Tables that every run has written; those that came later are empty until the next run.
ALWAYS = ("articles", "entities", "dates", "visits", "upgrades")

_NESTED = """
CREATE TABLE evidence (
    id INTEGER PRIMARY KEY,
    visit_id TEXT REFERENCES visits (id),
    upgrade_id TEXT REFERENCES upgrades (id),
    article_id TEXT REFERENCES articles (id),
    start INTEGER, "end" INTEGER, rule TEXT, sentence TEXT
);
CREATE TABLE parties (
    upgrade_id TEXT REFERENCES upgrades (id), code TEXT, name TEXT,
    PRIMARY KEY (upgrade_id, code)
);
CREATE TABLE mentions (
    id INTEGER PRIMARY KEY,
    entity_id TEXT REFERENCES entities (id),
    article_id TEXT REFERENCES articles (id),
    start INTEGER, "end" INTEGER, text TEXT
);
CREATE TABLE rejects (source_path TEXT, "row" INTEGER, reason TEXT, detail TEXT);
"""
_FINISH = """
CREATE INDEX visits_by_destination ON visits (destination_code, year);
CREATE INDEX visits_by_origin ON visits (origin_code, year);
CREATE INDEX visits_by_visitor ON visits (visitor_name);
CREATE INDEX upgrades_by_year ON upgrades (year);
CREATE INDEX evidence_by_visit ON evidence (visit_id);
CREATE INDEX evidence_by_upgrade ON evidence (upgrade_id);
CREATE INDEX evidence_by_article ON evidence (article_id);
CREATE INDEX mentions_by_entity ON mentions (entity_id);
CREATE INDEX mentions_by_article ON mentions (article_id);
CREATE VIRTUAL TABLE articles_fts USING fts5 (
    title, text, content="articles", tokenize='unicode61 remove_diacritics 2'
);
INSERT INTO articles_fts (articles_fts) VALUES ('rebuild');
CREATE VIRTUAL TABLE evidence_fts USING fts5 (
    sentence, content="evidence", tokenize='unicode61 remove_diacritics 2'
);
INSERT INTO evidence_fts (evidence_fts) VALUES ('rebuild');
CREATE VIEW who_visited_whom AS
SELECT origin_code, destination_code,
    sum(status IN ('completed', 'ongoing')) AS made,
    sum(status IN ('planned', 'invited')) AS planned,
    sum(status IN ('cancelled', 'postponed')) AS called_off
FROM visits
WHERE origin_code IS NOT NULL AND destination_code IS NOT NULL
GROUP BY origin_code, destination_code;
ANALYZE;
"""


def browse_database(folder: Path) -> Path:
    """Return the database of an output folder, made now unless it is there and up to date.

    Raises:
        StoreError: the folder holds no results, or cannot be written to.
    """
    results = Results(folder)
    path = folder / BROWSE_FILE
    stamp = digest(code_digest(PACKAGES, settings={}), *_sums(results))
    if _stamp_of(path) == stamp:
        return path
    draft = folder / f".{BROWSE_FILE}.draft"
    try:
        draft.unlink(missing_ok=True)
        with closing(sqlite3.connect(draft, isolation_level=None)) as database:
            _fill(database, results, stamp)
        draft.replace(path)
    except (sqlite3.Error, OSError) as error:
        raise StoreError(f"{path} cannot be written: {error}") from error
    finally:
        draft.unlink(missing_ok=True)
    return path


def _sums(results: Results) -> Iterator[str]:
    for name, total in sorted(results.manifest.files.items()):
        yield f"{name}:{total}"


def _stamp_of(path: Path) -> str | None:
    if not path.is_file():
        return None
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as database:
            (found,) = database.execute("SELECT stamp FROM browse_stamp").fetchone()
            return str(found)
    except (sqlite3.Error, TypeError):
        return None  # not ours, or broken off: it is made anew


def _fill(database: sqlite3.Connection, results: Results, stamp: str) -> None:
    database.execute("PRAGMA journal_mode = OFF")
    database.execute("BEGIN")
    for table in OUTPUTS:
        database.execute(_create(table, _columns(table)))
    for statement in _NESTED.split(";"):
        database.execute(statement)
    for table, kind in OUTPUTS.items():
        _insert(database, table, (_row(table, record) for record in _read(results, table, kind)))
    _insert(database, "evidence", _proofs([*results.visits, *results.upgrades]))
    _insert(
        database,
        "parties",
        ((each.id, party.code, party.name) for each in results.upgrades for party in each.parties),
    )
    _insert(database, "mentions", _mentions(results.entities))
    rejects = ((r.source_path, r.row, r.reason, r.detail) for r in results.rejects)
    _insert(database, "rejects", rejects)
    for statement in _FINISH.split(";\n"):
        database.execute(statement)
    database.execute("CREATE TABLE browse_stamp (stamp TEXT)")
    database.execute("INSERT INTO browse_stamp VALUES (?)", (stamp,))
    database.execute("COMMIT")


def _read(results: Results, table: str, kind: type[Record]) -> Iterator[Record]:
    if (results.folder / f"{table}.json").is_file() or table in ALWAYS:
        yield from results.read(table, kind)


def _columns(table: str) -> tuple[str, ...]:
    return (*column_names(table), *MORE_COLUMNS.get(table, ()))


def _create(table: str, columns: Sequence[str]) -> str:
    """Return the statement that makes a table; the names are of this program's own tables."""
    defined = []
    for column in columns:
        link = LINKS.get((table, column))
        key = " PRIMARY KEY" if column == "id" else ""
        defined.append(f'"{column}"{key}' + (f" REFERENCES {link} (id)" if link else ""))
    return f"CREATE TABLE {table} ({', '.join(defined)})"


def _insert(database: sqlite3.Connection, table: str, rows: Iterable[Sequence[Any]]) -> None:
    for row in rows:
        marks = ", ".join("?" * len(row))
        database.execute(f"INSERT INTO {table} VALUES ({marks})", row)


def _row(table: str, record: Record) -> list[Any]:
    cells: list[Any] = list(flatten(table, record).values())
    if isinstance(record, Article):
        return [*cells, _year(record.published), record.text]
    if isinstance(record, Visit):
        return [*cells, _year(record.start or record.end)]
    return [*cells, _year(record.date)] if isinstance(record, Upgrade) else cells


def _year(day: str | None) -> int | None:
    return int(day[:4]) if day else None


def _proofs(records: Iterable[Visit | Upgrade]) -> Iterator[Sequence[Any]]:
    for record in records:
        visit = record.id if isinstance(record, Visit) else None
        upgrade = None if visit else record.id
        for span in record.evidence:
            place = (span.article_id, span.start, span.end)
            yield None, visit, upgrade, *place, span.rule, span.text


def _mentions(entities: Iterable[Entity]) -> Iterator[Sequence[Any]]:
    for entity in entities:
        for span in entity.mentions:
            yield None, entity.id, span.article_id, span.start, span.end, span.text


__all__ = ["BROWSE_FILE", "browse_database"]
