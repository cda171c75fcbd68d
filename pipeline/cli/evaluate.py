"""`communique evaluate`."""

from __future__ import annotations

import json
from pathlib import Path

import typer

from pipeline.cli.screen import clean, clean_json


def score_gold(gold: Path, output: Path, *, part: str | None, misses: bool, as_json: bool) -> None:
    """Print how a run's records score on gold labels."""
    from pipeline.evaluation import evaluate

    if not gold.is_dir():
        raise typer.BadParameter(f"{gold} is no folder", param_hint="GOLD")
    report = evaluate(gold, output, part=part)
    if as_json:
        _print_json(report.to_dict(misses=misses))
    else:
        print(clean(report.to_text(misses=misses)))


def score_timeml(folder: Path, *, misses: bool, as_json: bool) -> None:
    """Print how the dates stage scores on annotated documents."""
    from pipeline.evaluation.timeml import evaluate_timeml

    if not folder.is_dir():
        raise typer.BadParameter(f"{folder} is no folder", param_hint="--timeml")
    report = evaluate_timeml(folder)
    if as_json:
        _print_json(report.as_dict())
    else:
        print(clean(report.text(misses=misses)))


def _print_json(values: dict[str, object]) -> None:
    print(clean_json(json.dumps(values, indent=1, ensure_ascii=False)))
