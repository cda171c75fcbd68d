"""The quality gate over the project's own corpus; the floors rise on purpose."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.evaluation import evaluate
from pipeline.evaluation.gate import failures, load_floors

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("corpus", "floors"), [("corpus", "floors.json"), ("corpus/merging", "merging_floors.json")]
)
def test_scores_on_the_corpus_stay_above_their_floors(
    corpus: str, floors: str, tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "pipeline", "run", f"{corpus}/articles", "-o", str(tmp_path)]
    run = subprocess.run(
        [*command, "--no-progress"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr[-2_000:]
    report = evaluate(ROOT / corpus / "gold", tmp_path)
    assert not report.absent
    assert not report.problems
    fallen = failures(report, load_floors(Path(__file__).with_name(floors)))
    assert not fallen, "\n".join([*fallen, report.to_text()])
