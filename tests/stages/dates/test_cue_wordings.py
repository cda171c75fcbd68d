"""Every wording of tense.toml tells its direction, not only that of its row's example."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from pipeline.lexicon import load_table
from pipeline.stages.dates.cues import Cue
from pipeline.stages.dates.grammar import PACKAGE
from tests.stages.dates.surface import surface_direction

#: What is rewritten in a pattern, innermost first, until it is plain words.
STEPS: tuple[tuple[str, str], ...] = (
    (r"\(\?[!=][^()]*\)", ""),  # what must, or must not, stand behind
    (r"\(\?:([^()]*)\)(?:\?|\{0,\d\})", ""),  # what may be left out
    (r"\(\?:([^()|]*)(?:\|[^()]*)?\)(?:\{\d,\d\})?", r"\1"),  # the first of several
    (r"\[[^]]*\](?:\+|\{\d+,\d+\}\??)", "newly"),
    (r"\[([^]])[^]]*\]", r"\1"),
    (r"[\w-]\?", ""),
)


class Wording(NamedTuple):
    row: str
    direction: str
    text: str


def apart(pattern: str) -> Iterator[str]:
    """Yield the wordings of a pattern: what "|" parts outside of brackets."""
    depth, start = 0, 0
    for at, sign in enumerate(pattern):
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if sign == "|" and not depth:
            yield pattern[start:at]
            start = at + 1
    yield pattern[start:]


def plain(pattern: str) -> str:
    """Return words that a pattern fits."""
    before = ""
    while before != pattern:
        before = pattern
        for step, told in STEPS:
            pattern = re.sub(step, told, pattern)
    return pattern


WORDINGS = [
    Wording(
        row.id,
        row.direction,
        f"{'The' if row.strength == 'noun' else 'They'} {plain(wording)} ",
    )
    for row in load_table(PACKAGE, "tense.toml", Cue)
    for wording in apart(row.pattern)
    if row.strength != "beside"
]


@pytest.mark.parametrize("case", WORDINGS, ids=lambda case: f"{case.row}-{case.text}")
def test_wording_tells_its_direction(case: Wording) -> None:
    end = len(case.text)
    assert (surface_direction(case.text, end, end) or "none") == case.direction
