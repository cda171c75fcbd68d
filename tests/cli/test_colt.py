"""`communique export` and `communique compare`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import call
from tests.records import write_folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_folder(tmp_path_factory.mktemp("results"))


def test_what_is_exported_compares_as_the_same(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "trips.csv"
    result = call("export", "colt", "--run", folder, "-o", file)
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("1 trips")
    again = call("compare", file, "-o", folder, "--json")
    assert again.exit_code == 0, again.output
    counts = json.loads(again.stdout)["counts"]
    assert counts.pop("same") == 1
    assert set(counts.values()) == {0}
    assert "1 the same in both" in call("compare", file, "-o", folder).stdout


def test_differences_are_listed(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "trips.csv"
    file.write_text(
        "LeaderFullName,LeaderCountryISO,CountryVisitedISO,TripStartDate\n"
        "Nia Dlamini,ZAF,FJI,2024-05-18\nOmar Keita,MLI,JPN,2024-05-18\n"
    )
    told = call("compare", file, "-o", folder).stdout
    assert "1 dates differ" in told
    assert "+2" in told
    assert "1 only there" in told


def test_wrong_calls(folder: Path, tmp_path: Path) -> None:
    assert call("export", "colt", "-o", tmp_path, "--run", folder).exit_code == 2
    assert call("export", "colt", "-o", tmp_path / "x.csv", "--run", tmp_path).exit_code == 2
    assert call("export", "dbf", "-o", tmp_path / "x.csv", "--run", folder).exit_code == 2
    assert call("compare", tmp_path / "none.csv", "-o", folder).exit_code == 2
