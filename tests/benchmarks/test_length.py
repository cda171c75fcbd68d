"""What an article takes grows with its length, not with its square."""

from __future__ import annotations

import time

import pytest

from pipeline.config import load_settings
from pipeline.stages import build_stages
from pipeline.worker import Task, work
from tests.reading import article_of

pytestmark = pytest.mark.bench
SENTENCE = "The President of Peru visited Chile today. "
SHORT, TIMES = 400, 4


def test_a_long_article_takes_time_in_its_length() -> None:
    plan = build_stages(load_settings())
    names = (plan.parser.name, *(stage.name for stage in plan.stages))

    def spent(sentences: int) -> float:
        article = article_of(SENTENCE * sentences)
        start = time.process_time()
        outcome = work(plan, Task(article, doc=None, rows={}, run=names))
        assert outcome.reject is None
        return time.process_time() - start

    spent(2)
    assert spent(SHORT * TIMES) < 1.75 * TIMES * spent(SHORT)
