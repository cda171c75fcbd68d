"""What is written hangs on the articles alone, not on the order of sets, which differs by run."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ARTICLES = Path(__file__).parents[1] / "corpus" / "merging" / "articles"
WRITTEN = ("entities", "visits", "upgrades", "ledger", "conflicts", "relations")


def test_two_processes_write_the_same_bytes(tmp_path: Path) -> None:
    # Python orders a set of strings by a seed that it draws for each process.
    runs = []
    for seed in ("1", "2"):
        folder = tmp_path / seed
        call = [sys.executable, "-m", "pipeline", "run", str(ARTICLES), "-o", str(folder)]
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        runs.append(subprocess.Popen(call, env=environment, stdout=subprocess.DEVNULL))
    assert [run.wait(timeout=300) for run in runs] == [0, 0]
    for name in WRITTEN:
        first, second = ((tmp_path / seed / f"{name}.json").read_bytes() for seed in ("1", "2"))
        assert len(first) > len("[]"), name
        assert first == second, name
