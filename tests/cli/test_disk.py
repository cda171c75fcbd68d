"""Disks and folders that fail a run: one line says what to do, and nothing is lost."""

from __future__ import annotations

import errno
import os
import resource
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from pipeline.lock import folder_lock
from pipeline.store import STORE_FILE
from tests import fakes
from tests.cli.conftest import call


@pytest.fixture
def inputs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder of articles, which the program reads without a model."""
    monkeypatch.setattr("pipeline.cli.run.build_stages", fakes.build)
    monkeypatch.setenv("COMMUNIQUE_RUN__BATCH_CHARACTERS", "500")
    folder = tmp_path / "articles"
    folder.mkdir()
    for number in range(120):
        told = f"The premier Anna met Boris{number} at the port in {1900 + number % 100}. "
        text = told + "She said that it was the first of the talks and that they will go on. " * 6
        (folder / f"{number:03}.txt").write_text(text)
    return folder


def run(inputs: Path, output: Path) -> Result:
    return call("run", inputs, "-o", output, "--no-progress")


def told(result: Result) -> str:
    """Return the one line of a call that failed."""
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1, result.stderr
    line = result.stderr.strip()
    assert line.startswith("error: ")
    return line


@contextmanager
def files_of(most: int) -> Iterator[None]:
    """Let no file of this process grow beyond so many bytes, as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("room", [5_000, 20_000, 60_000, 120_000])
def test_a_full_disk_is_told_and_the_run_goes_on_later(
    inputs: Path, tmp_path: Path, room: int
) -> None:
    with files_of(room):
        line = told(run(inputs, tmp_path / "out"))
    assert "run again" in line or "cannot be written: File too large" in line, line
    assert run(inputs, tmp_path / "out").exit_code == 0
    assert run(inputs, tmp_path / "whole").exit_code == 0
    assert fakes.sums(tmp_path / "out") == fakes.sums(tmp_path / "whole")


def test_a_full_disk_leaves_the_files_of_the_run_before(inputs: Path, tmp_path: Path) -> None:
    assert run(inputs, tmp_path / "out").exit_code == 0
    before = fakes.sums(tmp_path / "out")
    (inputs / "new.txt").write_text("Carla came in 1999")
    with files_of(5_000):
        told(run(inputs, tmp_path / "out"))
    assert fakes.sums(tmp_path / "out") == before


def test_no_room_for_temporary_files(
    inputs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("pipeline.cli.run.run_inputs", full)
    assert "temporary files is full: make room and run again" in told(run(inputs, tmp_path / "out"))


def test_a_folder_that_is_read_only(
    inputs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "out").mkdir()
    opened = Path.open

    def refuse(path: Path, *given: Any, **named: Any) -> Any:
        if path.parent == tmp_path / "out":
            raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(path))
        return opened(path, *given, **named)

    monkeypatch.setattr(Path, "open", refuse)
    line = told(run(inputs, tmp_path / "out"))
    assert line == f"error: {tmp_path / 'out'} cannot be written to: Read-only file system"


def test_two_runs_at_once(inputs: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    with folder_lock(tmp_path / "out"):
        line = told(run(inputs, tmp_path / "out"))
    assert "another run is working on" in line
    assert run(inputs, tmp_path / "out").exit_code == 0


def test_a_store_of_another_version_is_left_as_it_is(inputs: Path, tmp_path: Path) -> None:
    store = tmp_path / "out" / STORE_FILE
    assert run(inputs, store.parent).exit_code == 0
    db = sqlite3.connect(store)
    db.execute("PRAGMA user_version = 99")
    db.close()
    before = store.read_bytes()
    assert "by another version of communique" in told(run(inputs, store.parent))
    assert store.read_bytes() == before


@pytest.mark.parametrize("damage", ["head", "middle", "cut", "other"])
def test_a_damaged_store_is_told(inputs: Path, tmp_path: Path, damage: str) -> None:
    store = tmp_path / "out" / STORE_FILE
    assert run(inputs, store.parent).exit_code == 0
    before = fakes.sums(store.parent)
    data = bytearray(store.read_bytes())
    if damage == "head":
        data[:16] = b"\x00" * 16
    elif damage == "middle":
        data[8192:] = b"\xff" * (len(data) - 8192)
    elif damage == "cut":
        del data[len(data) // 3 :]
    else:
        data[:] = b"no database at all " * 500
    store.write_bytes(data)
    (inputs / "new.txt").write_text("Carla came in 1999")
    line = told(run(inputs, store.parent))
    assert "damaged" in line
    assert "delete it and run again" in line
    assert fakes.sums(store.parent) == before
