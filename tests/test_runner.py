"""The runner over a plan without a model."""

from __future__ import annotations

import importlib
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from models import Article, Reject
from pipeline.config import RunSettings, Settings, load_settings
from pipeline.errors import ConfigError, LexiconError, PipelineError, StoreError
from pipeline.plan import Plan
from pipeline.runner import RunReport, rerun, run
from tests import fakes

SETTINGS = load_settings(run={"batch_characters": 60})


def stage_counts(report: RunReport) -> dict[str, tuple[int, int]]:
    return {stage.name: (stage.run, stage.fresh) for stage in report.manifest.stages}


def go(folder: Path, inputs: list[Article | Reject], settings: Settings = SETTINGS) -> RunReport:
    return run(fakes.build, settings, folder, inputs)


def test_first_run_does_everything(tmp_path: Path) -> None:
    report = go(tmp_path, fakes.articles(12))
    assert report.manifest.input.model_dump() == {
        "read": 12,
        "done": 12,
        "rejected": 0,
        "unchanged": 0,
    }
    assert report.records == {"articles": 12, "entities": 4, "dates": 12}
    assert stage_counts(report)["parse"] == (12, 0)
    assert set(report.manifest.files) == set(fakes.sums(tmp_path))
    assert report.manifest.files == fakes.sums(tmp_path)


def test_second_run_does_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    go(tmp_path, fakes.articles(12))
    before = fakes.sums(tmp_path)
    monkeypatch.setattr(fakes.FakeParser, "parse", None)
    monkeypatch.setattr(fakes.FakeParser, "read", None)
    report = go(tmp_path, fakes.articles(12))
    assert report.manifest.input.unchanged == 12
    assert report.manifest.input.done == 0
    assert stage_counts(report) == {
        "ingest": (12, 0),
        "parse": (0, 12),
        "numbers": (0, 12),
        "names": (0, 12),
        "merge": (0, 1),
        "write": (0, 1),
    }
    assert fakes.sums(tmp_path) == before


def no_input() -> Iterator[Article | Reject]:
    raise AssertionError("read again")
    yield


def test_input_of_the_same_stamp_is_not_read_again(tmp_path: Path) -> None:
    run(fakes.build, SETTINGS, tmp_path, fakes.articles(5), stamp="one")
    before = fakes.sums(tmp_path)
    report = run(fakes.build, SETTINGS, tmp_path, no_input(), stamp="one")
    assert report.manifest.input.unchanged == 5
    assert stage_counts(report)["ingest"] == (0, 5)
    assert fakes.sums(tmp_path) == before
    for stamp in ("two", None):
        with pytest.raises(AssertionError, match="read again"):
            run(fakes.build, SETTINGS, tmp_path, no_input(), stamp=stamp)
    with pytest.raises(AssertionError, match="read again"):  # the last run broke off
        run(fakes.build, SETTINGS, tmp_path, no_input(), stamp="one")
    report = run(fakes.build, SETTINGS, tmp_path, fakes.articles(3), stamp="two")
    assert report.manifest.input.read == 3


def test_a_file_that_was_lost_or_edited_is_written_again(tmp_path: Path) -> None:
    go(tmp_path, fakes.articles(4))
    before = fakes.sums(tmp_path)
    (tmp_path / "dates.csv").unlink()
    (tmp_path / "entities.json").write_text("[]")
    assert stage_counts(go(tmp_path, fakes.articles(4)))["write"] == (1, 0)
    assert fakes.sums(tmp_path) == before


def test_only_new_and_changed_articles_are_done(tmp_path: Path) -> None:
    go(tmp_path, fakes.articles(12))
    inputs = fakes.articles(13)
    inputs[0] = fakes.article("000", "Clara met Boris in 2001")
    report = go(tmp_path, inputs)
    assert report.manifest.input.done == 2
    assert report.manifest.input.unchanged == 11
    fresh = go(tmp_path / "fresh", inputs)
    assert fresh.manifest.files == report.manifest.files


def test_records_are_those_of_this_runs_input(tmp_path: Path) -> None:
    go(tmp_path, fakes.articles(12))
    report = go(tmp_path, fakes.articles(3))
    assert report.records["articles"] == 3
    assert report.manifest.input.read == 3
    assert report.manifest.files == go(tmp_path / "fresh", fakes.articles(3)).manifest.files
    again = go(tmp_path, fakes.articles(12))
    assert again.manifest.input.unchanged == 12


def test_order_does_not_matter(tmp_path: Path) -> None:
    shuffled = fakes.articles(20)
    random.Random(7).shuffle(shuffled)
    go(tmp_path / "a", fakes.articles(20))
    go(tmp_path / "b", shuffled)
    assert fakes.sums(tmp_path / "a") == fakes.sums(tmp_path / "b")


def test_workers_do_not_matter(tmp_path: Path) -> None:
    two = load_settings(run={"batch_characters": 60, "workers": 2})
    go(tmp_path / "a", fakes.articles(20))
    report = go(tmp_path / "b", fakes.articles(20), two)
    assert report.manifest.input.done == 20
    assert fakes.sums(tmp_path / "a") == fakes.sums(tmp_path / "b")


def test_a_failing_article_becomes_a_reject(tmp_path: Path) -> None:
    inputs = [*fakes.articles(4), fakes.article("bad", "Dora boom 1999")]
    report = go(tmp_path, inputs)
    assert report.manifest.input.model_dump() == {
        "read": 5,
        "done": 4,
        "rejected": 1,
        "unchanged": 0,
    }
    assert [(reject.reason, reject.source_path) for reject in report.rejects] == [
        ("numbers-failed", "in/bad.txt")
    ]
    assert "ValueError: boom" in report.rejects[0].detail
    assert "Dora" not in (tmp_path / "entities.json").read_text()
    again = go(tmp_path, inputs)
    assert again.manifest.input.unchanged == 4
    assert again.manifest.input.rejected == 1


def test_a_mended_article_is_no_longer_rejected(tmp_path: Path) -> None:
    go(tmp_path, [fakes.article("bad", "Dora boom 1999")])
    report = go(tmp_path, [fakes.article("bad", "Dora bloom 1999")])
    assert report.rejects == []
    assert report.manifest.input.done == 1


def test_an_article_that_kills_its_worker_is_rejected_alone(tmp_path: Path) -> None:
    two = load_settings(run={"workers": 2})
    inputs = [*fakes.articles(6), fakes.article("003b", "Dora kill 1999")]
    report = go(tmp_path, inputs, two)
    assert report.manifest.input.done == 6
    assert [reject.source_path for reject in report.rejects] == ["in/003b.txt"]
    assert "its process died" in report.rejects[0].detail


@pytest.mark.parametrize("workers", [1, 2])
def test_an_article_that_takes_too_long_is_rejected_alone(tmp_path: Path, workers: int) -> None:
    settings = load_settings(run={"workers": workers, "article_seconds": 1})
    inputs = [*fakes.articles(3), fakes.article("001b", "Dora hang 1999")]
    report = go(tmp_path, inputs, settings)
    assert report.manifest.input.done == 3
    assert [reject.reason for reject in report.rejects] == ["numbers-failed"]
    assert "took longer than 1 s" in report.rejects[0].detail


@pytest.mark.parametrize("workers", [1, 2])
def test_a_broken_table_stops_the_run(tmp_path: Path, workers: int) -> None:
    settings = load_settings(run={"workers": workers})
    with pytest.raises(PipelineError, match=r"numbers\.toml, row 3: no such unit"):
        go(tmp_path, [fakes.article("x", "Dora table 1999")], settings)


def test_rejects_of_the_readers_are_kept(tmp_path: Path) -> None:
    reject = Reject(source_path="in/a.jsonl", row=3, reason="bad-json", detail="cut off")
    report = go(tmp_path, [*fakes.articles(2), reject])
    assert report.rejects == [reject]
    assert json.loads((tmp_path / "rejects.json").read_text()) == [reject.model_dump()]
    assert go(tmp_path, fakes.articles(2)).rejects == []


def test_one_article_under_two_names_is_one(tmp_path: Path) -> None:
    twin = fakes.article("000", "Anna met Boris0 in 1990", source_path="in/copy.txt")
    report = go(tmp_path, [*fakes.articles(2), twin])
    assert report.manifest.input.read == 2
    (first, _) = json.loads((tmp_path / "articles.json").read_text())
    assert first["source_path"] == "in/000.txt"
    assert first["other_paths"] == ["in/copy.txt"]


def test_one_id_for_two_stories_is_two_articles(tmp_path: Path) -> None:
    other = fakes.article("000", "Emil left in 2004", source_path="in/other.txt")
    report = go(tmp_path, [*fakes.articles(2), other])
    assert report.manifest.input.read == 3
    ids = [row["id"] for row in json.loads((tmp_path / "articles.json").read_text())]
    assert len(set(ids)) == 3


def test_no_input_gives_empty_tables(tmp_path: Path) -> None:
    report = go(tmp_path, [])
    assert report.records == {"articles": 0, "entities": 0, "dates": 0}
    assert json.loads((tmp_path / "dates.json").read_text()) == []
    assert (tmp_path / "dates.csv").read_text().startswith("id,article_id,start,end,text")


# Interruptions


def test_an_interrupted_run_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    go(tmp_path / "whole", fakes.articles(12))
    calls = iter(range(100))
    parse = fakes.FakeParser.parse

    def interrupted(self: fakes.FakeParser, article: Article, /) -> bytes:
        if next(calls) == 7:
            raise KeyboardInterrupt
        return parse(self, article)

    monkeypatch.setattr(fakes.FakeParser, "parse", interrupted)
    with pytest.raises(KeyboardInterrupt):
        go(tmp_path / "broken", fakes.articles(12))
    report = go(tmp_path / "broken", fakes.articles(12))
    assert 0 < report.manifest.input.unchanged < 12
    assert fakes.sums(tmp_path / "broken") == fakes.sums(tmp_path / "whole")


def test_interrupted_reading_changes_nothing(tmp_path: Path) -> None:
    go(tmp_path, fakes.articles(3))

    def inputs() -> Iterator[Article | Reject]:
        yield fakes.article("900", "Nobody at all")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(fakes.build, SETTINGS, tmp_path, inputs())
    with pytest.raises(StoreError, match="interrupted"):
        rerun(fakes.build, SETTINGS, tmp_path, "numbers")
    assert go(tmp_path, fakes.articles(3)).manifest.input.unchanged == 3


@pytest.mark.parametrize("workers", [1, 2])
def test_articles_are_done_while_the_input_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, workers: int
) -> None:
    monkeypatch.setattr("pipeline.intake.BATCH", 3)
    settings = load_settings(run={"batch_characters": 60, "workers": workers})
    bad = fakes.article("bad", "Dora boom 1999")
    inputs = [bad, *fakes.articles(30), fakes.article("000", "Anna met Boris0 in 1990")]

    def broken_off() -> Iterator[Article | Reject]:
        yield from inputs[:20]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(fakes.build, settings, tmp_path / "a", broken_off())
    report = run(fakes.build, settings, tmp_path / "a", inputs)
    assert 0 < report.manifest.input.unchanged < 20
    assert stage_counts(report)["names"] == (
        30 - report.manifest.input.unchanged + 1,
        report.manifest.input.unchanged,
    )
    assert report.manifest.input.read == 31
    assert [reject.source_path for reject in report.rejects] == ["in/bad.txt"]
    monkeypatch.undo()
    go(tmp_path / "b", inputs)
    assert fakes.sums(tmp_path / "a") == fakes.sums(tmp_path / "b")


SCRIPT = """
import sys
from pathlib import Path
from tests import fakes
from pipeline.config import load_settings
from pipeline.runner import run

if __name__ == "__main__":
    inputs = [fakes.article(f"{n:03}", f"Anna wait {n}") for n in range(40)]
    settings = load_settings(run={"batch_characters": 1, "workers": int(sys.argv[2])})
    run(fakes.build, settings, Path(sys.argv[1]), inputs)
"""


def start(folder: Path, workers: int) -> subprocess.Popen[bytes]:
    script = folder.parent / "script.py"
    script.write_text(SCRIPT)
    environment = {**os.environ, "PYTHONPATH": str(Path.cwd())}
    call = [sys.executable, str(script), str(folder), str(workers)]
    return subprocess.Popen(call, env=environment, stderr=subprocess.PIPE)


def wait_until_under_way(folder: Path) -> None:
    """Return once some articles are done."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        time.sleep(0.02)
        if (folder / "communique.db").exists():
            with suppress(sqlite3.OperationalError), closing(connect(folder)) as db:
                if db.execute("SELECT count(*) FROM artefacts").fetchone()[0] >= 6:
                    return
    raise AssertionError("nothing was done in a minute")


def connect(folder: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{folder / 'communique.db'}?mode=ro", uri=True)


def finish(folder: Path, workers: int) -> None:
    process = start(folder, workers)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 0, errors


@pytest.mark.parametrize("workers", [1, 2])
def test_a_killed_run_ends_with_the_same_bytes(tmp_path: Path, workers: int) -> None:
    killed, whole = tmp_path / "killed", tmp_path / "whole"
    process = start(killed, workers)
    wait_until_under_way(killed)
    process.kill()
    process.communicate()
    assert not (killed / "manifest.json").exists()
    finish(killed, workers)
    finish(whole, 1)
    assert fakes.sums(killed) == fakes.sums(whole)


# Staleness


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


def test_sigint_is_not_for_the_workers(tmp_path: Path) -> None:
    process = start(tmp_path / "out", 2)
    wait_until_under_way(tmp_path / "out")
    began = time.monotonic()
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=20)
    assert time.monotonic() - began < 2
    assert b"KeyboardInterrupt" in errors
    finish(tmp_path / "out", 1)
