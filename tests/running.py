"""Runs over a plan without a model, for the tests of the runner."""

from __future__ import annotations

from pathlib import Path

from models import Article, Reject
from pipeline.config import Settings, load_settings
from pipeline.runner import RunReport, run
from tests import fakes

SETTINGS = load_settings(run={"batch_characters": 60})


def stage_counts(report: RunReport) -> dict[str, tuple[int, int]]:
    return {stage.name: (stage.run, stage.fresh) for stage in report.manifest.stages}


def go(folder: Path, inputs: list[Article | Reject], settings: Settings = SETTINGS) -> RunReport:
    return run(fakes.build, settings, folder, inputs)


__all__ = ["SETTINGS", "go", "stage_counts"]
