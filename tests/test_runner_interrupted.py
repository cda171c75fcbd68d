"""Runs that are broken off, and go on."""

from __future__ import annotations

import os
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
from pipeline.config import load_settings
from pipeline.errors import StoreError
from pipeline.runner import rerun, run
from tests import fakes
from tests.running import SETTINGS, go, stage_counts


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
    monkeypatch.setattr("pipeline.crew.READY", 1)  # it reads on but little while workers load
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


def test_sigint_is_not_for_the_workers(tmp_path: Path) -> None:
    process = start(tmp_path / "out", 2)
    wait_until_under_way(tmp_path / "out")
    began = time.monotonic()
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=20)
    assert time.monotonic() - began < 2
    assert b"KeyboardInterrupt" in errors
    finish(tmp_path / "out", 1)
