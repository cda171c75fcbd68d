"""Inputs that are named outright and cannot be read: rejects, and the others are read."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests import fakes
from tests.cli.conftest import call

STORY = "The premier of Peru came to the port on Monday, and the minister met her there."


@pytest.fixture(autouse=True)
def without_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.cli.run.build_stages", fakes.build)


def test_what_cannot_be_read_is_rejected_and_the_others_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "good.txt").write_text(STORY)
    (tmp_path / "round.txt").symlink_to("round.txt")
    (tmp_path / "gone.txt").symlink_to("nowhere.txt")
    closed = tmp_path / "closed"
    closed.mkdir()
    (closed / "a.txt").write_text(STORY)
    look, opened = os.lstat, Path.open

    def refused(path: Any) -> PermissionError:
        return PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))

    def lstat(path: Any, **given: Any) -> os.stat_result:
        if str(path).startswith(f"{closed}{os.sep}"):
            raise refused(path)
        return look(path, **given)

    def open_path(path: Path, *given: Any, **named: Any) -> Any:
        if path.is_relative_to(closed):
            raise refused(path)
        return opened(path, *given, **named)

    monkeypatch.setattr(os, "lstat", lstat)
    monkeypatch.setattr(Path, "open", open_path)
    named = [tmp_path / "good.txt", closed / "a.txt", tmp_path / "round.txt", tmp_path / "gone.txt"]
    result = call("run", *named, "-o", tmp_path / "out", "--no-progress")
    assert result.exit_code == 1, result.output
    assert "1 done" in result.stdout
    assert f"rejected: {closed / 'a.txt'}: unreadable: " in result.stderr
    rejects = json.loads((tmp_path / "out" / "rejects.json").read_text())
    told = {Path(reject["source_path"]).name: reject["reason"] for reject in rejects}
    assert told == dict.fromkeys(["a.txt", "gone.txt", "round.txt"], "unreadable")


def test_what_is_not_there_is_a_wrong_call(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(STORY)
    for name in ("none.txt", "good.txt/a.txt"):
        result = call("run", tmp_path / "good.txt", tmp_path / name, "-o", tmp_path / "out")
        assert result.exit_code == 2
        assert "does not exist" in " ".join(result.stderr.replace("│", " ").split())


def test_links_that_lead_round_in_a_folder_are_rejects(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/good.txt").write_text(STORY)
    (tmp_path / "in/one.txt").symlink_to("two.txt")
    (tmp_path / "in/two.txt").symlink_to("one.txt")
    (tmp_path / "in/folder").symlink_to(".")
    result = call("run", tmp_path / "in", "-o", tmp_path / "out", "--no-progress")
    assert result.exit_code == 1, result.output
    assert "Read 3 articles: 1 done, 0 unchanged, 2 rejected." in result.stdout
