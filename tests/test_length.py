"""No rule walks anew through the whole of a text for each thing that it finds in it.

Calls are counted, not seconds: a count is the same on a machine that does other work too. How
long a long article takes is measured by `make bench`.
"""

from __future__ import annotations

from cProfile import Profile
from functools import cache
from pstats import Stats

import pytest

from pipeline.config import load_settings
from pipeline.plan import Plan
from pipeline.stages import build_stages
from pipeline.worker import Task, work
from tests.growing import TEXTS, text_of
from tests.reading import article_of

TIMES = 4
#: How long the shorter text is, in characters: longer where each thing that is found takes little.
SHORT = {"names": 12_000, "events": 6_000, "envoys": 6_000}
USUAL = 2_000
#: Most calls for a character of the longer text, beside one of the shorter.
MOST = 1.75


@cache
def whole_plan() -> Plan:
    """Return all stages, which are made once."""
    return build_stages(load_settings())


def calls(kind: str, characters: int) -> int:
    """Return how many calls it takes to read so many characters of a kind of text."""
    plan = whole_plan()
    names = (plan.parser.name, *(stage.name for stage in plan.stages))
    article = article_of(text_of(kind, characters))
    profile = Profile()
    profile.enable()
    outcome = work(plan, Task(article, doc=None, rows={}, run=names))
    profile.disable()
    assert outcome.reject is None
    return Stats(profile).total_calls  # type: ignore[attr-defined,no-any-return]


@pytest.mark.parametrize("kind", TEXTS)
def test_the_calls_grow_with_the_length(kind: str) -> None:
    short = SHORT.get(kind, USUAL)
    calls(kind, 200)
    assert calls(kind, short * TIMES) < MOST * TIMES * calls(kind, short)
