"""Merging many articles: time stays near linear, memory flat, and trips are told apart."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from tests.benchmarks.measuring import IN_FULL, Table, size

pytestmark = pytest.mark.bench
SCRIPT = Path(__file__).with_name("merging_scale.py")
#: A telling of many may cost so many times what one of few does (which all fit into memory).
DEARER = 4
FEW = size(5_000, full=10_000)
MANY = [20_000] if not IN_FULL else [100_000, 1_000_000]
MOST_MIB = 2048


@cache
def figures(count: int) -> dict[str, float]:
    """Merge so many made-up article-level visits in a process of its own."""
    done = subprocess.run(
        [sys.executable, str(SCRIPT), str(count)], capture_output=True, text=True, check=True
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("count", [FEW, *MANY])
def test_merging(count: int, table: Table) -> None:
    found, few = figures(count), figures(FEW)
    each, least = (1000 * each["seconds"] / each["tellings"] for each in (found, few))
    cubed = f"B³ {found['precision']:.2f}, {found['recall']:.2f}"
    table.add(
        f"merging {count:,} tellings of visits",
        f"{each:.2f} ms each, {found['peak_mib']:,.0f} MiB, {cubed}",
        f"< {DEARER} times the ms at {FEW:,}, < {MOST_MIB:,} MiB, > 0.97",
    )
    assert found["precision"] > 0.97
    assert found["recall"] > 0.97
    assert found["peak_mib"] < MOST_MIB
    assert each < DEARER * least
