"""What an article takes grows with its length, not with its square."""

from __future__ import annotations

import time

import pytest

from pipeline.config import load_settings
from pipeline.stages import build_stages
from pipeline.worker import Task, work
from tests.benchmarks.measuring import Table
from tests.growing import TEXTS, text_of
from tests.reading import article_of

pytestmark = pytest.mark.bench
SHORT, TIMES = 16_000, 4
#: Most that a character of the longer may take, beside one of the shorter.
MOST = 1.75


@pytest.mark.parametrize("kind", TEXTS)
def test_a_long_article_takes_time_in_its_length(kind: str, table: Table) -> None:
    plan = build_stages(load_settings())
    names = (plan.parser.name, *(stage.name for stage in plan.stages))

    def spent(characters: int) -> float:
        article = article_of(text_of(kind, characters))
        start = time.process_time()
        outcome = work(plan, Task(article, doc=None, rows={}, run=names))
        assert outcome.reject is None
        return time.process_time() - start

    spent(200)
    ratio = spent(SHORT * TIMES) / spent(SHORT)
    what = f"an article {TIMES} times as long ({SHORT * TIMES:,} characters): {kind}"
    table.add(what, f"{ratio:.1f} times the time", f"< {MOST * TIMES:.0f}")
    assert ratio < MOST * TIMES
