"""The runner over a plan without a model."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from models import Article, Reject
from pipeline.config import load_settings
from pipeline.errors import PipelineError
from pipeline.runner import run
from tests import fakes
from tests.running import SETTINGS, go, stage_counts


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
