"""Without Ray and fsspec the program says what brings them."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.cli import app


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ray", "fsspec"):
        monkeypatch.setitem(sys.modules, name, None)


def call(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, [*words])
    return result.exit_code, " ".join(result.output.split())


def test_the_engine(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Anna met Boris.\n")
    words = ["run", str(tmp_path / "a.txt"), "-o", str(tmp_path / "out"), "--engine", "ray"]
    code, told = call(*words)
    assert code == 2
    assert "the ray engine needs an extra: pip install 'ray[data]'" in told


def test_other_file_systems(tmp_path: Path) -> None:
    code, told = call("run", "s3://news/a.parquet", "-o", str(tmp_path / "out"))
    assert code == 2
    assert "s3://news/a.parquet: such paths need an extra: pip install 'ray[data]'" in told
