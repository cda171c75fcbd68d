from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from models import Entity, Reject
from pipeline.codec import pack, pack_rows, unpack, unpack_record, unpack_rows
from pipeline.corpus_work import StoredResults
from pipeline.errors import StoreError
from pipeline.lock import folder_lock
from pipeline.memo import Group
from pipeline.store import STORE_FILE, Artefact, Store
from tests import fakes


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with Store(tmp_path, create=True) as store:
        run = store.begin_ingest()
        for name in ("b", "a"):
            article = fakes.article(name, "Anna came in 1990")
            store.put_article(article, content="c", digest="d")
            store.add_input(article.id, run=run)
        store.finish_ingest(run)
    return tmp_path


def artefact(article_id: str, stage: str = "numbers", payload: bytes = b"x") -> Artefact:
    return Artefact(article_id, stage, "print", "content", 1, payload)


def test_articles_come_in_order_of_id(folder: Path) -> None:
    with Store(folder) as store:
        assert [state.article_id for state in store.states()] == ["article-a", "article-b"]
        assert store.count_articles() == 2
        assert store.article("article-a").text == "Anna came in 1990"


def test_an_article_stands_once_and_as_it_is_stored(folder: Path) -> None:
    with Store(folder) as store:
        run = store.begin_ingest()
        assert not store.add_standing("article-a", "other", run=run)
        assert not store.add_standing("article-z", "d", run=run)
        assert store.add_standing("article-a", "d", run=run)
        assert not store.add_standing("article-a", "d", run=run)
        store.finish_ingest(run)
        assert [state.article_id for state in store.states()] == ["article-a"]


def test_many_articles_come_in_pages(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.store.articles.PAGE", 3)
    with Store(folder) as store:
        run = store.begin_ingest()
        for article in fakes.articles(10):
            store.put_article(article, content="c", digest="d")  # type: ignore[arg-type]
            store.add_input(article.id, run=run)  # type: ignore[union-attr]
        store.finish_ingest(run)
        ids = [state.article_id for state in store.states()]
        assert ids == sorted(ids)
        assert len(set(ids)) == 10


def test_an_artefact_takes_the_place_of_the_older(folder: Path) -> None:
    with Store(folder) as store:
        store.put_artefact(artefact("article-a"))
        store.put_artefact(artefact("article-a", payload=b"y"))
        (state, other) = store.states()
        assert state.fingerprints == {"numbers": "print"}
        assert other.fingerprints == {}
        assert store.payload("article-a", "numbers") == b"y"
        store.drop_artefacts("article-a", ["numbers"])
        assert store.payload("article-a", "numbers") is None


def test_a_failed_transaction_leaves_nothing(folder: Path) -> None:
    with Store(folder) as store:
        with pytest.raises(KeyboardInterrupt), store.transaction():
            store.put_artefact(artefact("article-a"))
            raise KeyboardInterrupt
        assert store.payload("article-a", "numbers") is None


def test_rejects_are_those_of_the_last_run(folder: Path) -> None:
    with Store(folder) as store:
        run = store.begin_ingest()
        store.put_reject(Reject(source_path="b", reason="empty"), run=run)
        store.put_reject(Reject(source_path="a", reason="x"), run=run, article_id="article-a")
        assert store.rejects() == []
        assert store.interrupted
        store.finish_ingest(run)
        assert not store.interrupted
        assert [reject.source_path for reject in store.rejects()] == ["a", "b"]
        assert store.rejected_articles() == {"article-a"}
        store.drop_reject("article-a")
        assert [reject.source_path for reject in store.rejects()] == ["b"]


def test_values_are_never_read_as_sql(folder: Path) -> None:
    name = "x'); DROP TABLE articles; --"
    with Store(folder) as store:
        run = store.begin_ingest()
        article = fakes.article(name, "Text")
        store.put_article(article, content="c", digest="d")
        store.add_input(article.id, run=run)
        store.finish_ingest(run)
        assert store.article(article.id) == article


def test_no_store(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="`communique run` makes it"):
        Store(tmp_path)


def test_another_programs_database(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / STORE_FILE) as db:
        db.execute("CREATE TABLE mine (x)")
    db.close()
    with pytest.raises(StoreError, match="of another program"):
        Store(tmp_path, create=True)


def test_another_version(folder: Path) -> None:
    with sqlite3.connect(folder / STORE_FILE) as db:
        db.execute("PRAGMA user_version = 99")
    db.close()
    with pytest.raises(StoreError, match=r"version 99.*delete it and run again"):
        Store(folder)


def test_not_a_database(tmp_path: Path) -> None:
    (tmp_path / STORE_FILE).write_bytes(b"these are no pages of a database" * 200)
    with pytest.raises(StoreError, match="is damaged"):
        Store(tmp_path)


def test_damaged_pages(folder: Path) -> None:
    with Store(folder) as store:
        for number in range(200):
            store.put_artefact(artefact("article-a", f"stage{number}", bytes(3000)))
    path = folder / STORE_FILE
    data = bytearray(path.read_bytes())
    data[8192:] = b"\xff" * (len(data) - 8192)
    path.write_bytes(data)
    with pytest.raises(StoreError, match=r"damaged|: "), Store(folder) as store:
        list(store.states())
        [store.payload("article-a", f"stage{number}") for number in range(200)]


def test_a_locked_store(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = sqlite3.connect(folder / STORE_FILE, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    connect = sqlite3.connect
    monkeypatch.setattr(
        sqlite3, "connect", lambda path, **given: connect(path, **{**given, "timeout": 0.01})
    )
    with Store(folder) as store, pytest.raises(StoreError, match="in use by another program"):
        store.begin_ingest()
    other.close()


def test_a_full_disk(folder: Path) -> None:
    with Store(folder) as store:
        store._db.execute("PRAGMA max_page_count = 12")
        with pytest.raises(StoreError, match=r"is full: make room.*nothing is lost"):
            for number in range(100):
                with store.transaction():
                    store.put_artefact(artefact("article-a", f"s{number}", bytes(4000)))
        store._db.execute("PRAGMA max_page_count = 100000")
        assert store.payload("article-a", "s0") == bytes(4000)


def test_two_runs_at_once(tmp_path: Path) -> None:
    with (
        folder_lock(tmp_path),
        pytest.raises(StoreError, match="another run is working on"),
        folder_lock(tmp_path),
    ):
        pass
    with folder_lock(tmp_path):
        pass


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be written to"), folder_lock(tmp_path / "none"):
        pass


@pytest.mark.parametrize("length", [0, 1, 4_000, 4_097, 100_000])
def test_texts_of_any_length_come_back(length: int) -> None:
    text = "".join(chr(0x20 + n * n % 0x3000) for n in range(length))
    assert unpack(pack(text)) == text


def test_packed_rows_come_back() -> None:
    rows = [Entity(id=f"e{n}", kind="person", name="Älisher Nåvoiy") for n in range(3)]
    assert unpack_rows([Entity], pack_rows(rows)) == {Entity: rows}
    assert unpack_rows([Entity], pack_rows([])) == {}


@pytest.mark.parametrize("data", [b"not packed", pack("[1]")[:-3]])
def test_damaged_bytes(data: bytes) -> None:
    with pytest.raises(StoreError, match="damaged"):
        unpack(data)


def test_bytes_that_are_no_record() -> None:
    with pytest.raises(StoreError, match="damaged Entity"):
        unpack_record(Entity, pack("{}"))
    with pytest.raises(StoreError, match="do not fit"):
        unpack_rows([Entity], pack('{"Visit": []}'))


def entity(made: str, name: str = "Anna") -> Entity:
    return Entity(id=made, kind="person", name=name)


def replaced(folder: Path, *records: Entity) -> set[tuple[str | None, str | None]]:
    """Replace a folder's entities; return the names before and after of those that differ."""
    with Store(folder) as store, store.transaction():
        pairs = list(store.replace_records([Entity], iter(records)))
    return {(getattr(old, "name", None), getattr(new, "name", None)) for old, new in pairs}


def test_records_take_the_place_of_earlier_ones(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.store.results.PAGE", 2)
    assert replaced(folder, entity("b", "Boris"), entity("a")) == {(None, "Boris"), (None, "Anna")}
    assert replaced(folder, entity("b", "Boris"), entity("a")) == set()
    assert replaced(folder, entity("a", "Anja"), entity("c", "Cem")) == {
        ("Anna", "Anja"),
        ("Boris", None),
        (None, "Cem"),
    }
    with Store(folder) as store:
        assert [found.name for found in store.records(Entity)] == ["Anja", "Cem"]
    assert replaced(folder) == {("Anja", None), ("Cem", None)}


def test_a_replacement_that_breaks_off_changes_nothing(folder: Path) -> None:
    replaced(folder, entity("a"))

    def broken() -> Iterator[Entity]:
        yield entity("a", "Anja")
        raise KeyboardInterrupt

    with Store(folder) as store:
        with pytest.raises(KeyboardInterrupt), store.transaction():
            list(store.replace_records([Entity], broken()))
        assert [found.name for found in store.records(Entity)] == ["Anna"]


def test_results_are_kept_while_what_they_are_made_of_and_the_code_are_the_same(
    folder: Path,
) -> None:
    with Store(folder) as store:
        memo = StoredResults(store, "code")
        assert memo.get("visits", "rows") is None
        memo.put("visits", "rows", "ü")
        assert memo.get("visits", "rows") == "ü"
        assert memo.get("visits", "other rows") is None
        assert StoredResults(store, "other code").get("visits", "rows") is None


def grouped(
    folder: Path, groups: dict[str, list[Entity]], *, code: str = "code"
) -> set[tuple[str | None, str | None]]:
    """Update a folder's entities by groups, each made of its number and names.

    Returns the names before and after of those that differ.
    """
    with Store(folder) as store, store.transaction():
        memo = StoredResults(store, code)

        def made() -> Iterator[Group]:
            prints = [(name, " ".join(one.name for one in groups[name])) for name in groups]
            for name, print_ in memo.changed(prints):
                yield Group(name, print_, groups[name])

        pairs = list(memo.replaced([Entity], made()))
    return {(getattr(old, "name", None), getattr(new, "name", None)) for old, new in pairs}


def names(folder: Path) -> list[str]:
    with Store(folder) as store:
        return [found.name for found in store.records(Entity)]


def test_groups_take_the_place_of_earlier_ones(folder: Path) -> None:
    replaced(folder, entity("a", "Alma"), entity("z", "Zoe"))
    both = {"one": [entity("a"), entity("b", "Boris")], "two": [entity("c", "Cem")]}
    assert grouped(folder, both) == {
        ("Alma", "Anna"),
        (None, "Boris"),
        (None, "Cem"),
        ("Zoe", None),
    }
    assert grouped(folder, both) == set()
    assert grouped(folder, both, code="other code") == set()
    assert grouped(folder, {"one": [entity("a", "Anja")], "two": [entity("c", "Cem")]}) == {
        ("Anna", "Anja"),
        ("Boris", None),
    }
    assert names(folder) == ["Anja", "Cem"]
    assert grouped(folder, {"two": [entity("c", "Cem")]}) == {("Anja", None)}
    replaced(folder, entity("c", "Cora"))
    assert grouped(folder, {"two": [entity("c", "Cem")]}) == {("Cora", "Cem")}


def test_groups_of_an_empty_store_are_stored_by_pages(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.store.results.PAGE", 2)
    with Store(folder) as store:
        store.note_written()
    rows = {name: [entity(name, name.title())] for name in ("anna", "boris", "cem")}
    assert grouped(folder, rows) == {(None, "Anna"), (None, "Boris"), (None, "Cem")}
    assert names(folder) == ["Anna", "Boris", "Cem"]
    with Store(folder) as store:
        unwritten = [(row.id, row.rows, row.stored) for row in store.unwritten_records(Entity)]
    assert unwritten == [(name, 0, True) for name in rows]
    assert grouped(folder, rows) == set()


@pytest.mark.parametrize(
    ("first", "told"), [("one", {("Anna", None), (None, "Anna")}), ("two", set())]
)
def test_a_record_may_move_to_another_group(
    folder: Path, first: str, told: set[tuple[str | None, str | None]]
) -> None:
    grouped(folder, {"one": [entity("a"), entity("b", "Boris")], "two": []})
    moved = {"one": [entity("b", "Boris")], "two": [entity("a")]}
    assert grouped(folder, {first: moved[first], **moved}) == told
    assert names(folder) == ["Anna", "Boris"]
    assert grouped(folder, {"two": [entity("a")]}) == {("Boris", None)}
    assert names(folder) == ["Anna"]


def test_results_that_are_not_asked_for_are_forgotten(folder: Path) -> None:
    with Store(folder) as store:
        first = StoredResults(store, "code")
        for name in ("visits", "upgrades", "heads"):
            first.put(name, "rows", name)
        second = StoredResults(store, "code")
        second.get("visits", "rows")
        second.keep("heads")
        list(second.replaced([], ()))
        assert second.get("upgrades", "rows") is None
        assert second.get("visits", "rows") == "visits"
        assert second.get("heads", "rows") == "heads"


def test_a_store_that_takes_no_writing_is_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = sorted(folder.iterdir())
    folder.chmod(0o555)
    monkeypatch.setattr("os.access", lambda path, mode: False)  # a superuser may write anyway
    try:
        with Store(folder, read_only=True) as store:
            assert store.article("article-a").text == "Anna came in 1990"
            with pytest.raises(StoreError, match="cannot be written to"):
                store.set_meta("a", "b")
            assert sorted(folder.iterdir()) == before
    finally:
        folder.chmod(0o755)
