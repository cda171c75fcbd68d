"""Merged by blocks, articles give what they give merged all at once."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.stages.normalize import ArticleRows, merged_records
from tests.benchmarks.merging_scale import articles as made_up
from tests.distributed.in_memory import at_once, merged
from tests.stages.normalize.records import Step, Trip
from tests.stages.normalize.test_order import articles, rows_of


def holds(rows: Sequence[ArticleRows], *, size: int, seed: int) -> None:
    assert merged(rows, size=size, seed=seed) == at_once(merged_records(rows))


@settings(deadline=None, max_examples=150)
@given(drawn=articles, size=st.integers(1, 4), seed=st.integers(0, 99))
def test_small_corpora(
    drawn: list[tuple[str | None, list[Trip | Step]]], size: int, seed: int
) -> None:
    holds(rows_of(drawn), size=size, seed=seed)


@pytest.mark.parametrize("size", [1, 64, 2000])
def test_many_articles(size: int) -> None:
    rows = list(made_up(1500))
    random.Random(size).shuffle(rows)
    holds(rows, size=size, seed=size)
