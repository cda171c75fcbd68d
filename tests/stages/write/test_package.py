"""The data package and the Parquet files."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.lexicon import load_table
from pipeline.stages.write import FolderWriter
from pipeline.stages.write.flat import column_names, flatten
from pipeline.stages.write.package import PACKAGE_FILE, TableNote
from pipeline.stages.write.types import columns_of
from pipeline.stages.write.writer import OUTPUTS
from tests.stages.write.test_writer import SAMPLES


def written(folder: Path, *, parquet: bool = False) -> dict[str, str]:
    """Write one record into each table, and the package."""
    writer = FolderWriter(parquet=parquet)
    sums: dict[str, str] = {}
    for name in OUTPUTS:
        sums |= writer.write_table(folder, name, [SAMPLES[name]])
    return sums | writer.write_package(folder, sums)


def frictionless(folder: Path) -> tuple[int, str]:
    """Hold a folder's package against the standard."""
    call = [sys.executable, "-m", "frictionless", "validate", PACKAGE_FILE, "--json"]
    done = subprocess.run(
        call, cwd=folder, capture_output=True, text=True, check=False, timeout=120
    )
    return done.returncode, done.stdout + done.stderr


def test_every_table_is_described() -> None:
    notes = load_table("pipeline.stages.write", "package.toml", TableNote)
    assert [note.table for note in notes] == list(OUTPUTS)
    for note in notes:
        assert {column for column, _ in note.keys} <= set(column_names(note.table))
        assert {target for _, target in note.keys} <= set(OUTPUTS)


@pytest.mark.parametrize("name", OUTPUTS)
def test_columns_are_typed_as_their_cells_are(name: str) -> None:
    python = {"string": str, "integer": int, "number": float, "boolean": bool}
    cells = flatten(name, SAMPLES[name])
    for column in columns_of(name, OUTPUTS[name]):
        cell = cells[column.name]
        assert cell is None or type(cell) is python[column.type], column
        assert not (column.required and cell is None), column


def test_types_of_a_visit() -> None:
    columns = {column.name: column for column in columns_of("visits", OUTPUTS["visits"])}
    assert columns["start"].pattern
    assert "postponed" in columns["status"].choices
    assert columns["leg"].type == columns["evidence_count"].type == "integer"
    assert columns["transit"].type == "boolean"
    assert not columns["visitor_name"].required
    assert columns["id"].required


def test_the_package_is_valid(tmp_path: Path) -> None:
    sums = written(tmp_path)
    package = json.loads((tmp_path / PACKAGE_FILE).read_text())
    assert [resource["path"] for resource in package["resources"]] == [f"{n}.csv" for n in OUTPUTS]
    for resource in package["resources"]:
        assert resource["hash"] == f"sha256:{sums[resource['path']]}"
    assert sums[PACKAGE_FILE]


@pytest.mark.slow
def test_the_standard_s_own_validator_agrees(tmp_path: Path) -> None:
    """Keys lead nowhere in the samples: these are left out, the rest must hold."""
    written(tmp_path)
    path = tmp_path / PACKAGE_FILE
    package = json.loads(path.read_text())
    for resource in package["resources"]:
        resource["schema"].pop("foreignKeys", None)
    path.write_text(json.dumps(package))
    code, told = frictionless(tmp_path)
    assert code == 0, told
    broken = (tmp_path / "visits.csv").read_text().replace("completed", "perhaps")
    (tmp_path / "visits.csv").write_text(broken)
    assert frictionless(tmp_path)[0] != 0


def test_parquet_has_the_columns_of_the_csv_file(tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    sums = written(tmp_path, parquet=True)
    for name in OUTPUTS:
        assert f"{name}.parquet" in sums
        table = pq.read_table(tmp_path / f"{name}.parquet")
        assert table.column_names == column_names(name)
        (row,) = table.to_pylist()
        expected = flatten(name, SAMPLES[name])
        assert row == {key: str(v) if key == "value" and v is not None else v
                       for key, v in expected.items()}  # fmt: skip


def test_parquet_of_nothing_and_twice_the_same(tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    writer = FolderWriter(parquet=True)
    writer.write_table(tmp_path, "visits", [])
    assert pq.read_table(tmp_path / "visits.parquet").num_rows == 0
    first = written(tmp_path, parquet=True)
    assert written(tmp_path, parquet=True) == first
    assert not list(tmp_path.glob(".*"))


def test_no_parquet_where_none_is_wanted(tmp_path: Path) -> None:
    written(tmp_path)
    assert not list(tmp_path.glob("*.parquet"))
