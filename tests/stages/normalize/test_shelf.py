"""Rows come back by block and in order, however many stay in memory."""

from __future__ import annotations

from pathlib import Path

import pytest

from models import Party
from pipeline.errors import StoreError
from pipeline.stages.normalize.shelf import Shelf


@pytest.mark.parametrize("held_rows", [1, 2, 3, 100])
def test_blocks_in_order(held_rows: int) -> None:
    with Shelf(Party.model_validate_json, held_rows=held_rows) as shelf:
        for block, place in [("b", "2"), ("a", "1"), ("b", "1"), ("a\t\n", "1"), ("c", "1")]:
            shelf.put(block, place, Party(code="AGO", name=f"{block}{place}"))
        expected = [
            ("a", ["a1"]),
            ("a\t\n", ["a\t\n1"]),
            ("b", ["b1", "b2"]),
            ("c", ["c1"]),
        ]
        for _ in range(2):
            found = [(block, [row.name for row in rows]) for block, rows in shelf.blocks()]
            assert found == expected
        assert [row.name for row in shelf] == ["a1", "a\t\n1", "b1", "b2", "c1"]


def test_few_files_however_many_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("pipeline.stages.normalize.shelf.FAN", 3)
    names = [f"{number * 37 % 100:03}" for number in range(100)]
    with Shelf(Party.model_validate_json, held_rows=1) as shelf:
        for name in names:
            shelf.put("a", name, Party(code="AGO", name=name))
        assert len(list(tmp_path.rglob("0*"))) < 3 * 5
        assert [row.name for row in shelf] == sorted(names)


def test_files_are_gone_when_it_is_closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with Shelf(Party.model_validate_json, held_rows=1) as shelf:
        shelf.put("a", "1", Party(code="AGO", name="Angola"))
        assert list(tmp_path.rglob("0*"))
    assert list(tmp_path.iterdir()) == []


def test_no_place_for_temporary_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "none"))
    with (
        Shelf(Party.model_validate_json, held_rows=1) as shelf,
        pytest.raises(StoreError, match="No such file"),
    ):
        shelf.put("a", "1", Party(code="AGO", name="Angola"))
