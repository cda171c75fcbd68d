"""`stage --watch` on a copy of the program, whose tables and code are changed under it."""

from __future__ import annotations

import os
import queue
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import call
from tests.fakes import sums

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
GOLD = """{"article": "visit.txt", "part": "dev", "visits": [{"visitor": "Nia Dlamini",
"origin": "ZAF", "destination": "FJI", "start": "2024-05-16", "end": "2024-05-16",
"status": "completed", "count": 1}]}"""


def without_verbs(text: str) -> str:
    """Return the table of verbs without those by which the article tells its visit."""
    return text.replace('["visit"', '["visitt"').replace('["meet"', '["meett"')


class Watch:
    """A watching process, and what it printed since it was last asked."""

    def __init__(self, tree: Path, results: Path) -> None:
        command = [sys.executable, "-m", "pipeline", "stage", "visits", "--watch"]
        self.process = subprocess.Popen(
            [*command, "-o", str(results)],
            cwd=tree,
            env={**os.environ, "PYTHONPATH": str(tree)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.put(line.rstrip())

    def until(self, words: str, seconds: float = 60) -> list[str]:
        """Return the lines up to one that holds some words."""
        heard: list[str] = []
        deadline = time.monotonic() + seconds
        while not (heard and words in heard[-1]):
            heard.append(self.lines.get(timeout=max(0.1, deadline - time.monotonic())))
        return heard


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in ("pipeline", "models"):
        skip = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, tmp_path / name, ignore=skip)
    return tmp_path


@pytest.fixture
def watch(tree: Path, results: Path) -> Iterator[Watch]:
    watch = Watch(tree, results)
    yield watch
    if watch.process.poll() is None:
        watch.process.kill()
    watch.process.communicate()


def test_each_change_is_told_and_nothing_is_written(
    tree: Path, results: Path, watch: Watch
) -> None:
    before = sums(results)
    assert "over 2 articles" in watch.until("Watching")[-1]

    table = tree / "pipeline" / "stages" / "visits" / "verbs.toml"
    text = table.read_text(encoding="utf-8")
    table.write_text(without_verbs(text), encoding="utf-8")
    told = watch.until(" s)")
    assert told[1] == "== visits/verbs.toml"
    assert any(line.startswith("- vanished Visit: Nia Dlamini ZAF → FJI") for line in told)
    assert any("South African Foreign Minister Nia Dlamini visited Fiji" in line for line in told)

    table.write_text("[[row]]\nid = 3\n", encoding="utf-8")
    assert "verbs.toml, row 1" in watch.until("broken: ")[-1]

    table.write_text(text, encoding="utf-8")
    told = watch.until(" s)")
    assert any(line.startswith("+ appeared Visit: Nia Dlamini ZAF → FJI") for line in told)

    code = tree / "pipeline" / "stages" / "visits" / "find.py"
    source = code.read_text(encoding="utf-8")
    code.write_text(f"{source}\n1 / 0\n", encoding="utf-8")
    assert "ZeroDivisionError: division by zero (visits/find.py, line" in watch.until("broken")[-1]
    code.write_text(f"{source}\nTHRESHOLD = 0.99\n", encoding="utf-8")
    assert any("vanished Visit: Nia Dlamini" in line for line in watch.until(" s)"))

    watch.process.send_signal(signal.SIGINT)
    _, errors = watch.process.communicate(timeout=30)
    assert watch.process.returncode == 0, errors
    assert "nothing was written: `communique stage visits" in errors
    assert sums(results) == before


def test_f1_is_told_where_gold_is_at_hand(tree: Path, results: Path) -> None:
    gold = tree / "corpus" / "gold"
    gold.mkdir(parents=True)
    (gold / "visit.json").write_text(GOLD, encoding="utf-8")
    watch = Watch(tree, results)
    try:
        assert watch.until("F1 visits")[-1].endswith("(dev): 1.000")
        table = tree / "pipeline" / "stages" / "visits" / "verbs.toml"
        text = table.read_text(encoding="utf-8")
        table.write_text(without_verbs(text), encoding="utf-8")
        told = watch.until(" s)")
        assert any(line.endswith("(dev): 0.000 (-1.000; -1.000 in all)") for line in told)
    finally:
        watch.process.kill()
        watch.process.communicate()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["write"], "nothing to watch"),
        (["visits", "--article", "article-none"], "no article 'article-none'"),
        (["visits", "--gold", "no/such/folder"], "is no folder of gold labels"),
    ],
)
def test_what_cannot_be_watched(results: Path, arguments: list[str], told: str) -> None:
    result = call("stage", *arguments, "--watch", "-o", results)
    assert result.exit_code == 2
    assert told in result.stderr
