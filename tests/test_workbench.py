"""Tries of changed code on articles at hand run where the change can make a difference."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from pipeline.article_doc import ArticleDoc
from pipeline.config import load_settings
from pipeline.errors import LexiconError
from pipeline.lexicon import TRIED, table_text
from pipeline.remerging import Records
from pipeline.runner import run
from pipeline.stages import build_stages
from pipeline.stages.normalize.cues import _match
from pipeline.stages.upgrades.levels.level_names import fixed_names
from pipeline.workbench import Workbench
from tests.reading import article_of

pytestmark = pytest.mark.slow
PACKAGE = "pipeline.stages.visits"
TEXTS = (
    "Peruvian Foreign Minister Ana Gomez visited Oslo on Monday.",
    "Kenyan President William Ruto arrived in Accra on Friday.",
    "Prime Minister Jonas Gahr Store will travel to Lima next week.",
    "Fiji and Samoa raised their ties to a strategic partnership on Tuesday.",
)


def file_of(table: str) -> Path:
    return Path(str(files(PACKAGE) / table))


def changed(table: str, old: str, new: str) -> str:
    text = table_text(PACKAGE, table)
    assert old in text
    return text.replace(old, new)


def test_tries_find_what_a_new_bench_finds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    articles = [article_of(text).model_copy(update={"id": f"a{n}"}) for n, text in enumerate(TEXTS)]
    run(build_stages, load_settings(), tmp_path, articles)
    names = ("visits", "upgrades")
    bench = Workbench(build_stages, load_settings(), tmp_path)
    first = records = bench.run(names, bench.stored)
    assert {kind: first[kind] for kind in bench.stored if bench.stored[kind]} == {
        kind: stored for kind, stored in bench.stored.items() if stored
    }

    steps = [
        ("verbs.toml", '["visit", ', "["),
        ("verbs.toml", '["arrive", ', "["),
        ("words.toml", '"arrive", ', ""),
    ]
    made: list[Records] = []
    for table, old, new in steps:
        monkeypatch.setitem(TRIED, (PACKAGE, table), changed(table, old, new))
        records = bench.run(names, records, changed={file_of(table)}, everything=False)
        other = Workbench(build_stages, load_settings(), tmp_path)
        assert records == other.run(names, other.stored, changed={file_of(t) for t, *_ in steps})
        made.append(records)
    assert made[0] != first
    assert made[1] != made[0]

    for table in ("verbs.toml", "words.toml"):
        monkeypatch.delitem(TRIED, (PACKAGE, table))
    paths = {file_of("verbs.toml"), file_of("words.toml")}
    assert bench.run(names, records, changed=paths, everything=False) == first


#: Of each keyed table a change that matters to one of these texts: it goes, and comes back.
KEYED = (
    ("verbs.toml", '["visit", ', "["),
    ("deeds.toml", '["dine", ', "["),
    ("nouns.toml", '["trip", ', "["),
    ("idioms.toml", '"en route to", ', ""),
    ("kinds.toml", 'words = ["official"', 'words = ["formal"'),
)
TOLD = (
    *TEXTS[1:],
    TEXTS[0],
    "Slovenian President Natasa Pirc Musar dined with ministers in Taipei.",
    "Irish Taoiseach Micheál Martin's trip to Washington begins on Tuesday.",
    "Kenyan President William Ruto is en route to Accra.",
    "Bolivian President Luis Arce paid an official visit to Vienna on Monday.",
)


def test_a_change_of_any_keyed_table_is_taken_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles = [article_of(text).model_copy(update={"id": f"a{n}"}) for n, text in enumerate(TOLD)]
    run(build_stages, load_settings(), tmp_path, articles)
    names = ("visits", "upgrades")
    bench = Workbench(build_stages, load_settings(), tmp_path)
    bench.warm()
    first = records = bench.run(names, bench.stored)
    bench.warm_readings(names)
    (visits,) = (stage for stage in bench.plan.stages if stage.name == "visits")
    assert {table for table, *_ in KEYED} == {table.file for table in visits.keyed}
    for table, old, new in KEYED:
        monkeypatch.setitem(TRIED, (PACKAGE, table), changed(table, old, new))
        records = bench.run(names, records, changed={file_of(table)}, everything=False)
        assert records != first, table
        # All others stay as they are: those that ask for the row, or hold its word, ran alone.
        whole = bench.run(names, records, changed={file_of(table)}, everything=True)
        assert whole == records, table
        monkeypatch.delitem(TRIED, (PACKAGE, table))
        records = bench.run(names, records, changed={file_of(table)}, everything=False)
        assert records == first, table


def test_only_those_that_ask_for_a_changed_row_run_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles = [article_of(text).model_copy(update={"id": f"a{n}"}) for n, text in enumerate(TOLD)]
    run(build_stages, load_settings(), tmp_path, articles)
    names = ("visits", "upgrades")
    bench = Workbench(build_stages, load_settings(), tmp_path)
    first = bench.run(names, bench.stored)
    asking = [held.article.id for held in bench._held if ("verbs", "visit") in held.asked["visits"]]
    assert asking == ["a3"]  # not "an official visit", which asks for the noun
    for held in bench._held:
        # Who ran would have what it asked noted anew.
        held.asked["visits"] |= {("verbs", "noted before")}
    monkeypatch.setitem(TRIED, (PACKAGE, "verbs.toml"), changed("verbs.toml", '["visit", ', "["))
    bench.run(names, first, changed={file_of("verbs.toml")}, everything=False)
    stayed = [h.article.id for h in bench._held if ("verbs", "noted before") in h.asked["visits"]]
    assert {f"a{n}" for n in range(len(TOLD))} - {*stayed} == {
        "a0",
        "a3",
    }  # the first runs in any case


def test_what_tokens_tell_is_at_hand_for_all_tries(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settled: list[int] = []
    monkeypatch.setattr(ArticleDoc, "settle", lambda doc: settled.append(len(doc)))
    articles = [article_of(text).model_copy(update={"id": f"a{n}"}) for n, text in enumerate(TEXTS)]
    run(build_stages, load_settings(), tmp_path, articles)
    Workbench(build_stages, load_settings(), tmp_path).warm()
    assert len(settled) == len(TEXTS)
    monkeypatch.setattr("pipeline.workbench.SETTLED", sum(settled[:2]))
    Workbench(build_stages, load_settings(), tmp_path).warm()
    assert len(settled) == len(TEXTS) + 2


def test_what_stages_make_when_first_asked_is_at_hand_for_all_tries(tmp_path: Path) -> None:
    articles = [article_of(text).model_copy(update={"id": f"a{n}"}) for n, text in enumerate(TEXTS)]
    run(build_stages, load_settings(), tmp_path, articles)
    bench = Workbench(build_stages, load_settings(), tmp_path)
    made = (fixed_names, _match)
    for each in made:
        each.cache_clear()
    bench.warm()
    assert all(each.cache_info().currsize for each in made)


def test_what_stages_read_of_articles_is_at_hand_for_all_tries(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles = [article_of(text).model_copy(update={"id": f"a{n}"}) for n, text in enumerate(TEXTS)]
    run(build_stages, load_settings(), tmp_path, articles)
    bench = Workbench(build_stages, load_settings(), tmp_path)
    bench.warm_readings(["visits"])
    docs = [held.doc for held in bench._held]
    assert all(isinstance(doc, ArticleDoc) and doc.kept for doc in docs)

    def broken(self: Workbench, *given: object) -> None:
        raise LexiconError("verbs.toml", 1, "no such frame")

    monkeypatch.setattr(Workbench, "_read_through", broken)
    bench.warm_readings(["visits"])
