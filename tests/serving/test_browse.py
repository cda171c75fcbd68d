from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import StoreError
from pipeline.serving import BROWSE_FILE, browse_database
from pipeline.stages.write.flat import column_names
from tests.records import EVIL, FORMULA, SUVA, visits, write_folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_folder(tmp_path_factory.mktemp("results"))


def query(path: Path, statement: str, *values: Any) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as database:
        return database.execute(statement, values).fetchall()


def test_the_columns_are_those_of_the_csv_files(folder: Path) -> None:
    path = browse_database(folder)
    assert path == folder / BROWSE_FILE
    for table in ("articles", "entities", "dates", "visits", "upgrades"):
        found = [row[1] for row in query(path, f"PRAGMA table_info ({table})")]
        names = column_names(table)
        assert found[: len(names)] == names
    assert query(path, "SELECT id, year, confidence FROM visits ORDER BY id") == [
        ("visit-fiji", 2024, 0.9),
        ("visit-japan", 2025, 0.6),
    ]


def test_texts_are_kept_as_they_are(folder: Path) -> None:
    path = browse_database(folder)
    ((title, text),) = query(path, "SELECT title, text FROM articles WHERE id = 'article-suva'")
    assert title == f"{FORMULA} {EVIL}"
    assert text == SUVA
    assert query(path, "SELECT * FROM rejects") == [(EVIL, 3, "bad-json", FORMULA)]


def test_nested_values_have_tables(folder: Path) -> None:
    path = browse_database(folder)
    assert query(path, "SELECT code FROM parties ORDER BY code") == [("FJI",), ("ZAF",)]
    ((start, end, sentence),) = query(
        path, 'SELECT start, "end", sentence FROM evidence WHERE visit_id = ?', "visit-fiji"
    )
    assert SUVA[start:end] == sentence
    assert query(path, "SELECT count(*) FROM mentions WHERE entity_id = 'person-nia'") == [(1,)]
    assert query(path, "SELECT * FROM who_visited_whom ORDER BY 1") == [
        ("MLI", "JPN", 0, 1, 0),
        ("ZAF", "FJI", 1, 0, 0),
    ]


@pytest.mark.parametrize(
    ("words", "found"),
    [("dlamini", ["article-suva"]), ("日本は彼を待つ", ["article-tokyo"]), ("peru", [])],
)
def test_articles_are_searched(folder: Path, words: str, found: list[str]) -> None:
    path = browse_database(folder)
    statement = (
        "SELECT id FROM articles WHERE rowid IN "
        "(SELECT rowid FROM articles_fts WHERE articles_fts MATCH ?)"
    )
    assert [row[0] for row in query(path, statement, f'"{words}"')] == found


def test_it_is_made_anew_only_when_the_files_changed(tmp_path: Path) -> None:
    write_folder(tmp_path)
    made = browse_database(tmp_path).stat().st_mtime_ns
    assert browse_database(tmp_path).stat().st_mtime_ns == made
    write_folder(tmp_path, visits=visits()[:1])
    assert query(browse_database(tmp_path), "SELECT count(*) FROM visits") == [(1,)]


def test_a_broken_one_is_made_anew(tmp_path: Path) -> None:
    write_folder(tmp_path)
    (tmp_path / BROWSE_FILE).write_bytes(b"no database at all")
    assert query(browse_database(tmp_path), "SELECT count(*) FROM visits") == [(2,)]
    assert not list(tmp_path.glob(".*draft"))


def test_no_results(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="`communique run` makes it"):
        browse_database(tmp_path)
