"""`communique evaluate`."""

from __future__ import annotations

from pathlib import Path

import typer

from pipeline.evaluation import evaluate
from pipeline.evaluation.timeml import evaluate_timeml


def score_gold(gold: Path, output: Path, *, part: str | None, misses: bool, as_json: bool) -> None:
    """Print how a run's records score on gold labels."""
    if not gold.is_dir():
        raise typer.BadParameter(f"{gold} is no folder", param_hint="GOLD")
    report = evaluate(gold, output, part=part)
    print(report.to_json() if as_json else report.render(misses=misses))


def score_timeml(folder: Path, *, as_json: bool) -> None:
    """Print how the dates stage scores on annotated documents."""
    if not folder.is_dir():
        raise typer.BadParameter(f"{folder} is no folder", param_hint="--timeml")
    report = evaluate_timeml(folder)
    print(report.to_json() if as_json else report.render())
