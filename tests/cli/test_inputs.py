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


def told(result: Any) -> str:
    return " ".join(result.stderr.replace("│", " ").split())


def test_of_a_page_without_a_story_only_its_reject_is_told(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.html").write_text("<html><body><script>x()</script></body></html>")
    result = call("run", tmp_path / "in", "-o", tmp_path / "out", "--no-progress")
    assert result.exit_code == 1
    (line,) = result.stderr.splitlines()
    assert line.startswith(f"rejected: {tmp_path / 'in' / 'a.html'}: no-text")


@pytest.mark.parametrize(
    ("named", "output", "where"),
    [
        ("desk", "desk", "desk is the output folder desk"),
        (".", ".", ". is the output folder ."),
        ("desk/new.txt", "desk", "desk/new.txt lies in the output folder desk"),
        ("desk/sub", "desk", "desk/sub lies in the output folder desk"),
        ("link", "desk", "link is the output folder desk"),
    ],
)
def test_what_is_named_in_the_output_folder_is_a_wrong_call(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: str, output: str, where: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "desk/sub").mkdir(parents=True)
    (tmp_path / "desk/new.txt").write_text(STORY)
    (tmp_path / "link").symlink_to("desk")
    result = call("run", named, "-o", output, "--no-progress")
    assert result.exit_code == 2, result.output
    assert where in told(result)
    assert sorted(path.name for path in (tmp_path / "desk").iterdir()) == ["new.txt", "sub"]


def test_a_folder_that_holds_the_output_folder_is_read_without_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "new.txt").write_text(STORY)
    for _ in range(2):
        result = call("run", ".", "-o", "outputs", "--no-progress")
        assert result.exit_code == 0, result.output
        assert "Read 1 article:" in result.stdout


def test_another_output_folder_named_as_input_is_told(tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    (tmp_path / "old/communique.db").touch()
    (tmp_path / "old/a.txt").write_text(STORY)
    result = call("run", tmp_path / "old", "-o", tmp_path / "out", "--no-progress")
    assert "old: left out, an output folder (communique.db is in it)" in told(result)


def test_tables_that_an_empty_input_empties_are_told_and_brought_back(tmp_path: Path) -> None:
    desk, kept = tmp_path / "desk", tmp_path / "kept"
    desk.mkdir()
    (desk / "new.txt").write_text(STORY)
    run = ("run", desk, "-o", tmp_path / "out", "--no-progress")
    assert "warning" not in call(*run).stderr
    desk.rename(kept)
    desk.mkdir()
    result = call(*run)
    assert result.exit_code == 0
    assert f"{desk}: no article is in it" in told(result)
    assert "held 1 article before and are empty now" in told(result)
    desk.rmdir()
    kept.rename(desk)
    result = call(*run)
    assert "Read 1 article:" in result.stdout
    assert "No article was parsed" in result.stdout
    assert json.loads((tmp_path / "out/articles.json").read_text())
