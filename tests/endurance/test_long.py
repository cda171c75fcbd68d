"""Articles of a length, and of a kind, that nobody writes."""

from __future__ import annotations

import pytest

from models import Article, Reject
from pipeline.stages.ingest import RawRow, make_article
from tests.endurance.fuzz import records_of
from tests.invariants import broken


@pytest.mark.endurance
@pytest.mark.parametrize(
    "word", ["visited ", "visit ", "upgraded ", "relations ", "May ", "Peru, "]
)
def test_fifty_thousand_times_one_word(word: str) -> None:
    article = make_article(RawRow("long.txt", word * 50_000))
    assert isinstance(article, Article)
    assert broken(article, records_of(article)) == []


def test_five_megabytes_are_rejected_by_the_limit() -> None:
    found = make_article(RawRow("long.txt", "She visited Peru on Monday. " * 180_000, row=3))
    assert isinstance(found, Reject)
    assert (found.row, found.reason) == (3, "too-large")
    assert found.detail == "5040000 characters, over 2000000"
