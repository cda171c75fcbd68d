"""A run over Ray in which articles with some words end or break what works on them."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from models import Record
from pipeline.config import Settings, load_settings
from pipeline.plan import Plan
from pipeline.stage import Case
from pipeline.stages import build_stages


def build(settings: Settings) -> Plan:
    plan = build_stages(settings)
    first, *others = plan.stages

    def find(case: Case) -> Iterable[Record]:
        if "kill the process" in case.article.text:
            os._exit(9)
        if "break the stage" in case.article.text:
            raise ValueError("broken")
        return first.find(case)

    return replace(plan, stages=(replace(first, find=find), *others))


def main(folder: Path, files: list[str]) -> None:
    from pipeline.distributed.run import run_distributed

    report = run_distributed(build, load_settings(run={"workers": 2}), folder, files)
    for reject in report.rejects:
        print(reject.source_path, reject.reason, reject.detail)


if __name__ == "__main__":
    from tests.distributed import poisoned  # so that the other processes find `build` by its name

    poisoned.main(Path(sys.argv[1]), sys.argv[2:])
