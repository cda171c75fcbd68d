"""Merging many articles: time stays near linear, memory flat, and trips are told apart."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

pytestmark = pytest.mark.bench
SCRIPT = Path(__file__).with_name("merging_scale.py")
#: A telling of many may cost so many times what one of few does (which all fit into memory).
DEARER = 4
MOST_MIB = 2048


@cache
def figures(count: int) -> dict[str, float]:
    """Merge so many made-up article-level visits in a process of its own."""
    done = subprocess.run(
        [sys.executable, str(SCRIPT), str(count)], capture_output=True, text=True, check=True
    )
    print(done.stdout.strip())
    found: dict[str, float] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("count", [10_000, 100_000, 1_000_000])
def test_merging(count: int) -> None:
    found, few = figures(count), figures(10_000)
    assert found["precision"] > 0.97
    assert found["recall"] > 0.97
    assert found["peak_mib"] < MOST_MIB
    assert found["seconds"] / count < DEARER * few["seconds"] / few["tellings"]
