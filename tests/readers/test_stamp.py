from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipeline.readers import stamp
from pipeline.readers.stamp import input_stamp


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setattr(stamp, "SETTLED", 0.0)
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("One came.")
    return [str(tmp_path / "a.txt"), str(tmp_path / "b.txt")]


def test_the_same_files_have_the_same_stamp(files: list[str]) -> None:
    assert input_stamp(files, ("x",)) == input_stamp(files, ("x",)) is not None
    assert input_stamp(files, ("y",)) != input_stamp(files, ("x",))
    assert input_stamp(files[:1], ("x",)) != input_stamp(files, ("x",))


def test_a_change_that_sets_the_time_back_is_seen(files: list[str]) -> None:
    before, told = input_stamp(files, ()), Path(files[0]).stat()
    Path(files[0]).write_text("Two came.")
    os.utime(files[0], ns=(told.st_atime_ns, told.st_mtime_ns))
    assert Path(files[0]).stat().st_size == told.st_size
    assert input_stamp(files, ()) != before


def test_what_cannot_be_told(files: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert input_stamp([*files, "-"], ()) is None
    assert input_stamp([*files, files[0] + ".gone"], ()) is None
    monkeypatch.setattr(stamp, "SETTLED", 60.0)
    assert input_stamp(files, ()) is None
