from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from pipeline.cli import app

VISIT = """Title: Minister in Suva
Published: 2024-05-17
Source: The Reef Courier
Url: https://reef.example/2024/05/17/minister

SUVA, May 17 – South African Foreign Minister Nia Dlamini visited Fiji on Thursday, where she met
Fijian President Ana Tora. The two countries agreed to upgrade their ties to a strategic
partnership.
"""
MARKUP = """Title: <script>alert(1)</script> =1+1
Published: 2024-05-18

The film \x1b[31m festival drew <b>nobody</b> at all.
"""


def call(*arguments: object, stdin: str | None = None) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments], input=stdin)


@pytest.fixture(scope="session")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("articles")
    (folder / "visit.txt").write_text(VISIT)
    (folder / "markup.txt").write_text(MARKUP)
    return folder


@pytest.fixture(scope="session")
def results(articles: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the output folder of a run with the real model."""
    folder = tmp_path_factory.mktemp("results")
    result = call("run", articles, "-o", folder)
    assert result.exit_code == 0, result.output
    return folder
