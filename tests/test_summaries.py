"""Articles in short, and what the files hold, stay true whatever is written to the store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from models import Entity
from pipeline.store import Artefact, Store, Summary, Unwritten
from tests import fakes

CODE = "code"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store of three articles of which two are kept in short, one of them as fresh."""
    with Store(tmp_path, create=True) as made:
        run = made.begin_ingest()
        for name in "abc":
            made.put_article(fakes.article(name, "Anna"), content="c", digest="d")
            made.add_input(f"article-{name}", run=run)
        made.finish_ingest(run)
        for name, fresh in (("a", True), ("b", False)):
            made.put_artefact(artefact(name))
            short = Summary(f"article-{name}", merging=f"m{name}", whole=f"w{name}")
            made.put_summary(short, code=CODE, fresh=fresh, counts='{"numbers": 2}')
        yield made


def artefact(name: str, print_: str = "p") -> Artefact:
    return Artefact(f"article-{name}", "numbers", print_, "content", 2, b"x")


def ids(store: Store, *, code: str = CODE, stale: bool = False) -> list[str]:
    pages = store.unsummarized(code, stale=stale)
    return [state.article_id[-1] for page in pages for state in page]


def test_what_is_kept_in_short(store: Store) -> None:
    assert [(told.article_id, told.merging) for told in store.summaries(CODE)] == [
        ("article-a", "ma"),
        ("article-b", "mb"),
    ]
    assert store.count_fresh(CODE) == 1
    assert store.count_rows(CODE) == (2, {"numbers": 4})
    assert ids(store) == ["c"]
    assert ids(store, stale=True) == ["b", "c"]


def test_of_other_code_nothing_is_known(store: Store) -> None:
    assert list(store.summaries("other")) == []
    assert store.count_fresh("other") == 0
    assert ids(store, code="other") == ["a", "b", "c"]


def test_states_come_in_pages(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.store.articles.PAGE", 2)
    monkeypatch.setattr("pipeline.store.summaries.PAGE", 1)
    assert ids(store, code="other") == ["a", "b", "c"]
    assert len(list(store.summaries(CODE))) == 2
    (page,) = store.unsummarized(CODE, stale=True)
    assert [dict(state.fingerprints) for state in page] == [{"numbers": "p"}, {}]


@pytest.mark.parametrize(
    "change",
    [
        lambda store: store.put_article(fakes.article("a", "Boris"), content="c", digest="d"),
        lambda store: store.put_artefact(artefact("a", "q")),
        lambda store: store.reprint("article-a", "numbers", "q"),
        lambda store: store.drop_artefacts("article-a", ["numbers"]),
    ],
)
def test_what_changes_is_kept_in_short_no_more(
    store: Store, change: Callable[[Store], None]
) -> None:
    change(store)
    assert [told.article_id for told in store.summaries(CODE)] == ["article-b"]
    assert ids(store) == ["a", "c"]


def test_articles_of_another_run_are_not_told_of(store: Store) -> None:
    run = store.begin_ingest()
    store.add_input("article-b", run=run)
    store.finish_ingest(run)
    assert [told.article_id for told in store.summaries(CODE)] == ["article-b"]
    assert store.count_rows(CODE) == (1, {"numbers": 2})


def test_articles_that_are_not_as_the_files_have_them(store: Store) -> None:
    written = [("article-a", "wa", 3), ("article-b", "before", 2), ("article-z", "wz", 1)]
    for made, whole, rows in written:
        store.put_written("dates", made, whole=whole, rows=rows)
    assert store.unwritten_articles("dates", CODE) == [
        Unwritten("article-b", 2, stored=True, whole="wb"),
        Unwritten("article-z", 1, stored=False),
    ]
    assert store.unwritten_articles("articles", CODE) == [
        Unwritten("article-a", 0, stored=True, whole="wa"),
        Unwritten("article-b", 0, stored=True, whole="wb"),
    ]
    assert store.count_written("dates", "", "article-b") == 3
    assert store.count_written("dates", "article-a", None) == 3
    store.drop_written("dates", "article-z")
    store.put_written("dates", "article-b", whole="wb", rows=0)
    assert store.unwritten_articles("dates", CODE) == []


def entity(made: str, name: str = "Anna") -> Entity:
    return Entity(id=made, kind="person", name=name)


def test_records_that_changed_since_the_files_were_written(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.store.written.PAGE", 1)

    def replace(*records: Entity) -> list[Unwritten]:
        list(store.replace_records([Entity], records))
        return list(store.unwritten_records(Entity))

    assert replace(entity("a"), entity("b"), entity("c")) == []  # nothing was written yet
    assert not store.knows_written
    store.note_written()
    assert replace(entity("a"), entity("b", "Boris"), entity("d")) == [
        Unwritten("b", 1, stored=True),
        Unwritten("c", 1, stored=False),
        Unwritten("d", 0, stored=True),
    ]
    assert replace(entity("a"), entity("b", "Boris"), entity("c", "Cem")) == [
        Unwritten("b", 1, stored=True),
        Unwritten("c", 1, stored=True),
        Unwritten("d", 0, stored=False),
    ]
    assert store.count_records(Entity, "", "b") == 1
    assert store.count_records(Entity, "b", None) == 1
    store.note_written()
    assert replace(entity("a"), entity("b", "Boris"), entity("c", "Cem")) == []
    store.forget_written()
    assert not store.knows_written
