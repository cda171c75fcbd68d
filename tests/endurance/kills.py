"""Kill a run again and again, go on after each kill, and see that nothing is lost.

    python -m tests.endurance.kills --kills 50 --workers 2

runs the program over made-up articles; `make endurance` does so with one worker and with two.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.store import STORE_FILE
from tests import fakes

ROOT = Path(__file__).parents[2]
#: Return the call that runs into a folder.
Call = Callable[[Path], Sequence[str]]
#: When the signal comes: at any time; once articles are stored; while records are combined or
#: files written; in the very moment of a commit.
MOMENTS = ("any", "store", "write", "commit")
PATIENCE_SECONDS = 120
POLL_SECONDS = 0.001


@dataclass
class Tally:
    """What was survived: kills by their moment, and runs that came to their end in between."""

    kills: Counter[str] = field(default_factory=Counter)
    whole_runs: int = 0


@dataclass
class Endurance:
    """A run that is killed; `expected` are the sums of its files when nobody disturbs it."""

    call: Call
    expected: Mapping[str, str]
    #: Seconds of an undisturbed run.
    seconds: float
    rng: random.Random
    environment: Mapping[str, str] = field(default_factory=dict)
    tally: Tally = field(default_factory=Tally)

    def survive(self, folder: Path, *, kills: int) -> Tally:
        """Kill runs into a folder until enough died, each resumed; check every end and pause."""
        while self.tally.kills.total() < kills:
            if self._killed(folder, MOMENTS[self.tally.kills.total() % len(MOMENTS)]):
                check_store(folder)
                continue
            self._check_end(folder)
            shutil.rmtree(folder)
        finish(self.call(folder), self.environment)
        self._check_end(folder)
        return self.tally

    def _killed(self, folder: Path, moment: str) -> bool:
        """Start a run and kill it at a moment; False where it ended before."""
        process = start(self.call(folder), self.environment)
        before = snapshot(folder)
        wait = self.rng.uniform(0, self.seconds if moment == "any" else 0.08 * self.seconds)
        deadline = time.monotonic() + PATIENCE_SECONDS
        if moment != "any":
            while process.poll() is None and not has_come(moment, folder, before):
                assert time.monotonic() < deadline, f"{moment} never came"
                time.sleep(POLL_SECONDS)
        with suppress(subprocess.TimeoutExpired):
            process.wait(0 if moment == "commit" else wait)
        if process.poll() is not None:
            _, errors = process.communicate()
            assert process.returncode == 0, errors
            return False
        if self.rng.random() < 0.5:
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()  # its workers must end by themselves
        process.communicate()
        self.tally.kills[moment] += 1
        return True

    def _check_end(self, folder: Path) -> None:
        assert fakes.sums(folder) == self.expected
        counts = json.loads((folder / "manifest.json").read_text())["input"]
        assert counts["read"] == counts["done"] + counts["rejected"] + counts["unchanged"]
        self.tally.whole_runs += 1


def snapshot(folder: Path) -> dict[str, tuple[int, int]]:
    """Return inode and size of each file of a folder."""
    found = {}
    with suppress(FileNotFoundError):
        for path in folder.iterdir():
            with suppress(FileNotFoundError):
                told = path.stat()
                found[path.name] = (told.st_ino, told.st_size)
    return found


def has_come(moment: str, folder: Path, before: Mapping[str, tuple[int, int]]) -> bool:
    """Tell by a folder's files whether a run has reached a moment."""
    now = snapshot(folder)
    if moment == "write":
        return any(name.endswith(".draft") for name in now)
    log = f"{STORE_FILE}-wal"
    if moment == "commit":
        return log in now and now[log] != before.get(log)
    return now.get(log, (0, 0))[1] > before.get(log, (0, 0))[1] + 200_000


def check_store(folder: Path) -> None:
    """Check that a store that was left behind is sound, and holds each article once."""
    path = folder / STORE_FILE
    if not path.exists():
        return
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        if not db.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
            return
        run = db.execute("SELECT value FROM meta WHERE key = 'run'").fetchall() or [(0,)]
        inputs = db.execute("SELECT article_id FROM inputs WHERE run = ?", (int(run[0][0]),))
        ids = [article_id for (article_id,) in inputs]
        stored = {row[0] for row in db.execute("SELECT id FROM articles")}
        assert len(ids) == len(set(ids))
        assert set(ids) <= stored


def start(call: Sequence[str], environment: Mapping[str, str]) -> subprocess.Popen[str]:
    """Start a run as the head of its own group of processes."""
    return subprocess.Popen(
        call,
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def finish(call: Sequence[str], environment: Mapping[str, str]) -> float:
    """Let a run come to its end; return the seconds that it took."""
    began = time.monotonic()
    process = start(call, environment)
    _, errors = process.communicate(timeout=10 * PATIENCE_SECONDS)
    assert process.returncode == 0, errors
    return time.monotonic() - began


def undisturbed(
    call: Call, folder: Path, *, environment: Mapping[str, str] | None = None, seed: int = 0
) -> Endurance:
    """Run into a folder undisturbed, and return what survives kills of such runs."""
    seconds = finish(call(folder), environment or {})
    return Endurance(call, fakes.sums(folder), seconds, random.Random(seed), environment or {})


# The program over articles

PEOPLE = ("Wanja Otieno", "Hugo Salas", "Ilze Kalnina", "Tomas Reyes", "Amina Bello", "Joon Baek")
LANDS = ("Peru", "Kenya", "Latvia", "Chile", "Nigeria", "Fiji", "Norway", "Oman")


def write_articles(folder: Path, *, count: int, rng: random.Random) -> None:
    """Write made-up articles, one a file."""
    folder.mkdir()
    for number in range(count):
        (home, guest), (host, visitor) = rng.sample(LANDS, 2), rng.sample(PEOPLE, 2)
        day = rng.randint(1, 28)
        text = (
            f"Title: {guest} and {home}\nPublished: 2024-05-{day:02}\n\n"
            f"{guest}'s Foreign Minister {visitor} visited {home} on Monday and met President "
            f"{host}. Both sides agreed to raise their relations to a strategic partnership.\n\n"
            f"{host} will travel to {guest} in June {2025 + number % 3}, story {number} adds. "
            # The plan without a model takes this for a reason to wait.
            "Reporters had to wait outside.\n"
        )
        (folder / f"{number:03}.txt").write_text(text, encoding="utf-8")


def program(articles: Path, workers: int, *, module: str = "pipeline") -> Call:
    """Return the call of `communique run` over articles."""
    head = (sys.executable, "-m", module, "run", str(articles), "--no-progress")
    return lambda folder: (*head, "--workers", str(workers), "-o", str(folder))


#: Small batches: many commits to be killed in.
ENVIRONMENT = {"COMMUNIQUE_RUN__BATCH_CHARACTERS": "500"}


def main() -> None:
    """Kill runs of the program, and say what they survived."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--articles", type=int, default=60)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        tally = kill_program(
            Path(scratch), given.kills, workers=given.workers, count=given.articles, seed=given.seed
        )
    print(f"{given.kills} kills {dict(tally.kills)}, {tally.whole_runs} whole runs: same bytes")


def kill_program(
    scratch: Path, kills: int, *, workers: int, count: int, seed: int, module: str = "pipeline"
) -> Tally:
    """Kill runs of the program over so many articles, and return what they survived."""
    write_articles(scratch / "articles", count=count, rng=random.Random(seed))
    one = program(scratch / "articles", 1, module=module)
    whole = undisturbed(one, scratch / "whole", environment=ENVIRONMENT, seed=seed)
    assert len(json.loads((scratch / "whole/articles.json").read_text())) == count
    whole.call = program(scratch / "articles", workers, module=module)
    return whole.survive(scratch / "killed", kills=kills)


if __name__ == "__main__":
    main()
