"""Runs that are killed or interrupted, and gone on with."""

from __future__ import annotations

import random
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests import fakes
from tests.endurance.kills import (
    ENVIRONMENT,
    MOMENTS,
    finish,
    has_come,
    kill_program,
    program,
    start,
    write_articles,
)

#: Without a model a run is quick to kill; `make endurance` takes the program as it is.
QUICK = "tests.endurance.program"
GOES_ON = "interrupted: what was finished is kept; the same command goes on from there\n"


def test_killed_runs_end_with_the_same_bytes(tmp_path: Path) -> None:
    tally = kill_program(tmp_path, 4, workers=1, count=12, seed=1, module=QUICK)
    assert set(tally.kills) == set(MOMENTS)


@pytest.mark.endurance
@pytest.mark.parametrize("workers", [1, 2])
def test_the_program_survives_fifty_kills(tmp_path: Path, workers: int) -> None:
    tally = kill_program(tmp_path, 50, workers=workers, count=60, seed=workers)
    assert tally.kills.total() == 50


def interrupted(process: subprocess.Popen[str]) -> tuple[int, str]:
    """Press Ctrl-C; return the exit status and what a run then tells."""
    began = time.monotonic()
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=30)
    assert time.monotonic() - began < 3
    return process.returncode, errors


@pytest.mark.parametrize("workers", [1, 2])
def test_an_interrupted_run_stops_at_once_and_says_how_to_go_on(
    tmp_path: Path, workers: int
) -> None:
    write_articles(tmp_path / "articles", count=200, rng=random.Random(workers))
    folder = tmp_path / "out"
    process = start(program(tmp_path / "articles", workers, module=QUICK)(folder), ENVIRONMENT)
    deadline = time.monotonic() + 60
    while not has_come("store", folder, {}):
        assert time.monotonic() < deadline
        time.sleep(0.01)
    assert interrupted(process) == (130, GOES_ON)


@pytest.mark.endurance
@pytest.mark.parametrize("workers", [1, 2])
def test_the_program_stops_whenever_it_is_interrupted(tmp_path: Path, workers: int) -> None:
    rng = random.Random(workers)
    write_articles(tmp_path / "articles", count=60, rng=rng)
    call = program(tmp_path / "articles", workers)
    seconds = finish(call(tmp_path / "whole"), ENVIRONMENT)
    for number in range(15):
        folder = tmp_path / f"out{number}"
        process = start(call(folder), ENVIRONMENT)
        try:
            # In the first part of it Python itself is starting, and ends by the signal.
            process.wait(rng.uniform(seconds / 4, seconds))
        except subprocess.TimeoutExpired:
            status, told = interrupted(process)
            # A run whose last file stands only comes to its end: nothing is left to interrupt.
            done = status == 0 and (folder / "manifest.json").is_file() and not told
            assert done or (status, told) == (130, GOES_ON)
        process.communicate()
        finish(call(folder), ENVIRONMENT)
        assert fakes.sums(folder) == fakes.sums(tmp_path / "whole")
