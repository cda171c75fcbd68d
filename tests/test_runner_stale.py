"""What a change of code, of tables or of input makes stale, and stages that run again."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

from models import Reject
from pipeline.config import RunSettings, Settings
from pipeline.errors import ConfigError, LexiconError, StoreError
from pipeline.plan import Plan
from pipeline.runner import rerun, run
from tests import fakes
from tests.running import SETTINGS, go, stage_counts


def make_package(folder: Path, name: str) -> Path:
    package = folder / name
    package.mkdir()
    (package / "__init__.py").write_text("")
    table = package / "table.csv"
    table.write_text("word,code\nformer,1\n")
    return table


def test_a_changed_table_makes_its_stage_stale_and_what_reads_other_rows_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = make_package(tmp_path, "stage_with_a_table")
    monkeypatch.syspath_prepend(tmp_path)
    importlib.invalidate_caches()

    def build(settings: Settings) -> Plan:
        return fakes.build_with(packages=("stage_with_a_table",))

    folder = tmp_path / "out"
    run(build, SETTINGS, folder, fakes.articles(5))
    table.write_text("word,code\nformer,2\n")
    counts = stage_counts(run(build, SETTINGS, folder, fakes.articles(5)))
    assert counts["parse"] == (0, 5)
    assert counts["numbers"] == (5, 0)
    assert counts["names"] == (0, 5)  # it reads the same rows as before
    assert counts["merge"] == (0, 1)
    assert counts["write"] == (0, 1)
    counts = stage_counts(run(build, SETTINGS, folder, fakes.articles(5)))
    assert counts["numbers"] == (0, 5)
    table.write_text("word,code\nformer,3\n")
    find = fakes.find_numbers
    monkeypatch.setattr(
        fakes, "find_numbers", lambda case: find(case) if "1992" in case.article.text else ()
    )
    counts = stage_counts(run(build, SETTINGS, folder, fakes.articles(5)))
    assert counts["numbers"] == (5, 0)
    assert counts["names"] == (4, 1)
    assert counts["merge"] == (1, 0)
    monkeypatch.setattr(fakes, "find_numbers", find)
    report = run(fakes.build, SETTINGS, tmp_path / "other", fakes.articles(5))
    assert report.records["dates"] == 5


def test_how_the_machine_is_used_makes_nothing_stale(tmp_path: Path) -> None:
    go(tmp_path, fakes.articles(3))
    other = SETTINGS.model_copy(update={"run": RunSettings(workers=1, batch_characters=7)})
    assert go(tmp_path, fakes.articles(3), other).manifest.input.unchanged == 3


# A stage again


def test_a_stage_runs_again_without_parsing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go(tmp_path, fakes.articles(6))
    before = fakes.sums(tmp_path)
    monkeypatch.setattr(fakes.FakeParser, "parse", None)
    report = rerun(fakes.build, SETTINGS, tmp_path, "names")
    assert stage_counts(report)["names"] == (6, 0)
    assert stage_counts(report)["numbers"] == (0, 6)
    assert len(report.changes) == 0
    assert fakes.sums(tmp_path) == before
    assert report.manifest.input.read == 6


def test_a_stage_again_tells_what_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    go(tmp_path, fakes.articles(2))
    monkeypatch.setattr(fakes, "find_numbers", lambda case: ())
    report = rerun(fakes.build, SETTINGS, tmp_path, "numbers")
    told = {
        kind.__name__: sorted((change.kind, change.fields) for change in found)
        for kind, found in report.changes.by_type.items()
    }
    assert told == {
        "DateExpression": [("vanished", ()), ("vanished", ())],
        "Entity": [("changed", ("aliases",))] * 3,
    }


def test_a_stage_again_for_one_article(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    go(tmp_path, fakes.articles(3))
    monkeypatch.setattr(fakes, "find_numbers", lambda case: ())
    report = rerun(fakes.build, SETTINGS, tmp_path, "numbers", article_id="article-001")
    assert stage_counts(report)["numbers"] == (1, 0)
    assert report.records["dates"] == 2
    with pytest.raises(StoreError, match="no article 'article-xyz'"):
        rerun(fakes.build, SETTINGS, tmp_path, "numbers", article_id="article-xyz")
    with pytest.raises(ConfigError, match="takes no article"):
        rerun(fakes.build, SETTINGS, tmp_path, "merge", article_id="article-001")


def test_a_stage_again_leaves_what_it_would_make_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = make_package(tmp_path, "stage_that_stands")
    monkeypatch.syspath_prepend(tmp_path)
    importlib.invalidate_caches()

    def build(settings: Settings) -> Plan:
        return fakes.build_with(packages=("stage_that_stands",))

    def again(name: str, article_id: str | None = None) -> dict[str, tuple[int, int]]:
        return stage_counts(
            rerun(build, SETTINGS, folder, name, article_id=article_id, again=False)
        )

    folder, fresh = tmp_path / "out", tmp_path / "fresh"
    run(build, SETTINGS, folder, fakes.articles(6))
    assert (
        again("numbers")
        == again("names")
        == {
            "ingest": (0, 0),
            **dict.fromkeys(("parse", "numbers", "names"), (0, 6)),
            **dict.fromkeys(("merge", "write"), (0, 1)),
        }
    )
    assert again("names", "article-003")["names"] == (0, 1)

    # The table changed: all of `numbers` is made again, and `names` only where that differs.
    table.write_text("word,code\nformer,2\n")
    find = fakes.find_numbers
    monkeypatch.setattr(
        fakes, "find_numbers", lambda case: [] if "003" in case.article.id else find(case)
    )
    assert again("names")["names"] == (0, 6)
    counts = again("numbers", "article-003")
    assert (counts["numbers"], counts["names"]) == ((1, 0), (1, 0))
    counts = again("numbers")
    assert (counts["numbers"], counts["names"]) == ((5, 1), (0, 6))
    run(build, SETTINGS, fresh, fakes.articles(6))
    assert fakes.sums(folder) == fakes.sums(fresh)
    assert again("numbers")["numbers"] == (0, 6)


def test_what_a_stage_made_of_stale_rows_is_stale(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = make_package(tmp_path, "stage_with_stale_rows")
    monkeypatch.syspath_prepend(tmp_path)
    importlib.invalidate_caches()

    def build(settings: Settings) -> Plan:
        return fakes.build_with(packages=("stage_with_stale_rows",))

    folder = tmp_path / "out"
    run(build, SETTINGS, folder, fakes.articles(3))
    table.write_text("word,code\nformer,2\n")
    rerun(build, SETTINGS, folder, "names")
    counts = stage_counts(run(build, SETTINGS, folder, fakes.articles(3)))
    assert counts["numbers"] == (3, 0)
    assert counts["names"] == (0, 3)  # the rows that it was made from are made anew as they were

    find = fakes.find_numbers
    table.write_text("word,code\nformer,3\n")
    monkeypatch.setattr(fakes, "find_numbers", lambda case: list(find(case))[:0])
    rerun(build, SETTINGS, folder, "names")
    counts = stage_counts(run(build, SETTINGS, folder, fakes.articles(3)))
    assert counts["numbers"] == (3, 0)
    assert counts["names"] == (3, 0)


def test_corpus_stage_and_writer_again(tmp_path: Path) -> None:
    go(tmp_path, fakes.articles(3))
    before = fakes.sums(tmp_path)
    (tmp_path / "dates.csv").unlink()
    assert stage_counts(rerun(fakes.build, SETTINGS, tmp_path, "write"))["merge"] == (0, 1)
    assert fakes.sums(tmp_path) == before
    assert stage_counts(rerun(fakes.build, SETTINGS, tmp_path, "merge"))["merge"] == (1, 0)


def test_another_model_that_finds_the_same_is_told_in_the_records(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go(tmp_path, fakes.articles(3))
    other = fakes.FakeParser().identity().model_copy(update={"version": "2"})
    monkeypatch.setattr(fakes.FakeParser, "identity", lambda _: other)
    assert stage_counts(go(tmp_path, fakes.articles(3)))["merge"] == (1, 0)
    assert stage_counts(go(tmp_path, fakes.articles(3)))["merge"] == (0, 1)


def test_input_with_rejects_that_may_pass_is_read_again(tmp_path: Path) -> None:
    slow = Reject(source_path="in/slow.html", reason="too-slow", detail="20 s")
    run(fakes.build, SETTINGS, tmp_path, [slow], stamp="one")
    report = run(fakes.build, SETTINGS, tmp_path, fakes.articles(2), stamp="one")
    assert (report.rejects, report.manifest.input.done) == ([], 2)


def test_a_folder_without_a_run_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"no communique\.db"):
        rerun(fakes.build, SETTINGS, tmp_path, "numbers")
    with pytest.raises(StoreError, match="no folder"):
        rerun(fakes.build, SETTINGS, tmp_path / "nowhere", "numbers")


def test_broken_table_is_its_own_error() -> None:
    assert str(LexiconError("a.toml", 3, "x")) == "a.toml, row 3: x"
