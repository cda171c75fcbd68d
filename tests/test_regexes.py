"""No regular expression of the program takes time in the square of a text's length."""

from __future__ import annotations

import json
import re
import subprocess
import sys

import pytest

from tests.regexes import ROOT, Found, worst


@pytest.fixture(scope="module")
def told() -> dict[str, object]:
    # A process of its own: patterns are seen when they are compiled, and only once.
    call = [sys.executable, "-m", "tests.regexes"]
    done = subprocess.run(call, cwd=ROOT, capture_output=True, text=True, check=False, timeout=600)
    assert done.returncode == 0, done.stderr
    made = json.loads(done.stdout)
    assert isinstance(made, dict)
    return made


@pytest.mark.slow
def test_no_pattern_backtracks_badly(told: dict[str, object]) -> None:
    assert told["weak"] == []


@pytest.mark.slow
def test_all_patterns_are_tried(told: dict[str, object]) -> None:
    # Of rules of dates alone there are more than two hundred.
    assert isinstance(told["patterns"], int)
    assert told["patterns"] > 250


@pytest.mark.parametrize(
    ("source", "weak"),
    [
        (r"(?:a+)+$", True),
        (r"\s+$", True),
        (r"[a-z]+\s*[a-z]*\s*:", True),
        (r"<[^>]*>", True),
        (r"(?<!\s)\s+x", False),
        (r'"[^"]*"', False),
        (r"\b\d{1,4}\b", False),
        (r"(?:one|two) visits?", False),
    ],
)
def test_attacks_find_what_is_weak(source: str, weak: bool) -> None:
    found = Found(source, int(re.compile(source).flags), "pipeline/memo.py", 0)
    assert bool(worst(found)) == weak
