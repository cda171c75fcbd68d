from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from pipeline.config import Settings, load_settings
from pipeline.errors import ConfigError


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def write(text: str) -> None:
    Path("pyproject.toml").write_text(text)


def test_call_stands_above_environment_above_file(monkeypatch: pytest.MonkeyPatch) -> None:
    write("[tool.communique.run]\nworkers = 2\nbatch_characters = 9\n[tool.other]\nx = 1\n")
    assert load_settings().run.workers == 2
    monkeypatch.setenv("COMMUNIQUE_RUN__WORKERS", "3")
    assert load_settings().run.workers == 3
    settings = load_settings(run={"workers": 4, "engine": None})
    assert settings.run.workers == 4
    assert settings.run.engine == "local"
    assert settings.run.batch_characters == 9


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[tool.communique.parse]\nmodle = 'x'\n", r"parse\.modle: no such setting"),
        ("[tool.communique.pasre]\nmodel = 'x'\n", "pasre: no such setting"),
        ("[tool.communique.run]\nworkers = 0\n", r"run\.workers: .*greater than or equal to 1"),
        ("[tool.communique\n", r"pyproject\.toml"),
        ("[tool.communique.ingest]\npublished = 'May 2024'\n", "'May 2024' is no date like"),
        ("[tool.communique.ingest]\npublished = '2024-02-30'\n", "day is out of range"),
    ],
)
def test_a_broken_file_is_a_config_error(text: str, told: str) -> None:
    write(text)
    with pytest.raises(ConfigError, match=told):
        load_settings()


@pytest.mark.parametrize("name", ["COMMUNIQUE_MODEL", "COMMUNIQUE_PARSE_MODEL", "COMMUNIQUE_X__Y"])
def test_a_misspelt_variable_is_a_config_error(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "x")
    with pytest.raises(ConfigError, match=name):
        load_settings()


def test_a_misspelt_field_in_a_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMMUNIQUE_PARSE__MODLE", "x")
    with pytest.raises(ConfigError, match="no such setting"):
        load_settings()


@pytest.mark.parametrize("published", ["2024", "2024-02", "2024-02-29"])
def test_dates_of_every_precision(published: str) -> None:
    assert load_settings(ingest={"published": published}).ingest.published == published


def test_settings_are_frozen() -> None:
    settings = load_settings()
    with pytest.raises(ValidationError):
        settings.run.workers = 2
    with pytest.raises(ValidationError):
        settings.run = settings.run


def test_a_section_as_plain_values() -> None:
    settings = Settings()
    assert settings.section("ingest") == {"published": None, "max_characters": 2_000_000}
    assert settings.section("visits") == {}
