"""The README tells the truth."""

from __future__ import annotations

import json
import re
import tomllib
from enum import StrEnum
from pathlib import Path

import pytest
import typer
from typer.main import get_command

from models import Article
from pipeline import Pipeline
from pipeline.cli import app
from pipeline.cli.doing import EngineName, StageName
from pipeline.cli.looking import TableName
from pipeline.cli.measuring import ExportName, PartName, RecordName
from pipeline.config import ENV_PREFIX, Section, Settings
from pipeline.readers import read_inputs
from pipeline.stages import STAGE_NAMES
from pipeline.stages.write.writer import OUTPUTS

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PROGRAM = get_command(app)
COMMANDS = PROGRAM.commands  # type: ignore[attr-defined]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def section(command: str) -> str:
    found = re.search(rf"^### communique {command}$(.*?)(?=^##)", README, re.MULTILINE | re.DOTALL)
    assert found, f"the README has no section on {command}"
    return found[1]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_and_option_stands_in_the_readme(command: str) -> None:
    text = section(command)
    for parameter in COMMANDS[command].params:
        if parameter.param_type_name == "option":
            for spelled in parameter.opts:
                if spelled not in ("-h", "--help"):
                    assert f"`{spelled}`" in text or f"`{spelled} " in text, spelled


@pytest.mark.parametrize(
    ("command", "choices"),
    [
        ("run", EngineName),
        ("stage", StageName),
        ("inspect", TableName),
        ("evaluate", PartName),
        ("schema", RecordName),
        ("export", ExportName),
    ],
)
def test_every_choice_stands_in_the_readme(command: str, choices: type[StrEnum]) -> None:
    for choice in choices:
        assert f"`{choice.value}`" in section(command)


def test_no_command_stands_in_the_readme_that_there_is_not() -> None:
    assert set(re.findall(r"^### communique (\w+)$", README, re.MULTILINE)) == set(COMMANDS)
    called = set(re.findall(r"(?:^\$ |bin/|`|&& )communique (\w+)", README, re.MULTILINE))
    assert called <= set(COMMANDS)


def shell_lines() -> list[str]:
    blocks = re.findall(r"```console\n(.*?)```", README, re.DOTALL)
    return [line[2:] for block in blocks for line in block.splitlines() if line.startswith("$ ")]


@pytest.mark.parametrize("line", [line for line in shell_lines() if "communique " in line])
def test_calls_in_the_readme_parse(line: str) -> None:
    for call in re.findall(rf"communique ((?:{'|'.join(COMMANDS)}) .*)", line):
        words = re.split(r"#|>|&&|\|", call)[0].split()
        command = COMMANDS[words[0]]
        command.make_context(words[0], words[1:], parent=None)


def test_ids_in_the_readme_are_those_of_the_sample() -> None:
    read = read_inputs([ROOT / "corpus" / "articles"])
    found = {article.id for article in read if isinstance(article, Article)}
    named = set(re.findall(r"\barticle-[0-9a-f]{8,}", README))
    assert named
    assert named <= found
    # Those of other records change with the rules.
    assert not re.search(r"\b(?:visit|upgrade|person|place|date)-[0-9a-f]{8}", README)


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_stands_in_the_readme(name: str) -> None:
    kind = Settings.model_fields[name].annotation
    assert isinstance(kind, type)
    assert issubclass(kind, Section)
    for field, info in kind.model_fields.items():
        variable = f"{ENV_PREFIX}{name}__{field}".upper()
        default = "none" if info.default is None else f"`?{info.default}`?"
        row = rf"\| `{name}\.{field}` \| `{variable}` \| {default} \|"
        assert re.search(row, README), row


def test_the_files_stand_in_the_readme() -> None:
    for name in (*OUTPUTS, *STAGE_NAMES, "rejects.json", "manifest.json", "communique.db"):
        assert f"`{name}`" in README


def test_every_library_stands_under_licences() -> None:
    licences = README.split("## Licences")[1].lower().replace("pydantic-settings", "pydantic")
    for requirement in PROJECT["project"]["dependencies"]:
        name = re.split(r"[><=\[]", requirement)[0]
        assert name.replace("pydantic-settings", "pydantic") in licences, name


def test_links_lead_to_files() -> None:
    notes = {*(ROOT / "corpus").rglob("*.md")} - {*(ROOT / "corpus/articles").rglob("*.md")}
    for document in notes | {
        ROOT / f"{name}.md" for name in ("README", "CONTRIBUTING", "CHANGELOG")
    }:
        text = document.read_text(encoding="utf-8")
        for target in re.findall(r"\]\((?!http)([^)#]+)", text):
            assert (document.parent / target).exists(), f"{document}: {target}"


def test_python_in_the_readme_compiles() -> None:
    for block in re.findall(r"```python\n(.*?)```", README, re.DOTALL):
        compile(block, "README.md", "exec")


def example() -> tuple[str, dict[str, object]]:
    """Return the article of the README and the visit that it says is found in it."""
    quoted = re.search(r"## What it finds\n\n((?:> .*\n)+)", README)
    shown = re.search(r"A record of `visits.json`:\n\n```json\n(.*?)```", README, re.DOTALL)
    assert quoted
    assert shown
    text = " ".join(line.removeprefix("> ") for line in quoted[1].splitlines())
    return text, json.loads(shown[1])


def _same(shown: object, found: object) -> bool:
    """Compare values in which "…" stands for anything."""
    if isinstance(shown, dict) and isinstance(found, dict):
        return shown.keys() == found.keys() and all(_same(shown[k], found[k]) for k in shown)
    if isinstance(shown, list) and isinstance(found, list):
        return len(shown) == len(found) and all(map(_same, shown, found))
    if isinstance(shown, str) and isinstance(found, str):
        return bool(re.fullmatch(".*".join(map(re.escape, shown.split("…"))), found))
    return shown == found


@pytest.mark.slow
def test_the_example_is_what_is_found() -> None:
    text, shown = example()
    found = Pipeline().extract(text, published="2024-05-17")
    (visit,) = found.visits
    (upgrade,) = found.upgrades
    assert _same(shown, visit.model_dump(mode="json")), visit
    assert upgrade.level == "strategic_partnership"
    assert upgrade.occasion == visit.id


def test_the_version_is_in_the_changelog() -> None:
    assert f"## {PROJECT['project']['version']}" in (ROOT / "CHANGELOG.md").read_text()


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_locks_pin_every_file_and_name_no_index(lock: str) -> None:
    text = (ROOT / lock).read_text()
    assert not re.search(r"https?:|--index-url|--find-links|file:", text)
    for line in text.splitlines():
        assert re.match(
            r"[a-z0-9._-]+(\[[a-z_,-]+\])?==\S+( ;.*)? \\$|    --hash=sha256:[0-9a-f]{64}( \\)?$",
            line,
        ), line


def test_the_program_is_a_typer_one() -> None:
    assert isinstance(app, typer.Typer)
