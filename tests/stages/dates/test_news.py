"""Sentences in the ways of real news against what must be found in them."""

from __future__ import annotations

import pytest

from pipeline.stages.dates.find import find_dates
from tests.stages.dates import news

PUBLISHED = "2024-08-16"


def values(text: str, published: str | None) -> list[tuple[str, str]]:
    return [(found.text, found.value) for found in find_dates(text, published=published)]


@pytest.mark.parametrize(
    ("text", "expected"), [*news.DASHES, *news.DONE, *news.AHEAD, *news.FORMS, *news.HEADS]
)
def test_news(text: str, expected: list[tuple[str, str]]) -> None:
    assert values(text, PUBLISHED) == expected


@pytest.mark.parametrize(("text", "expected"), news.UNDATED)
def test_undated_news(text: str, expected: list[tuple[str, str]]) -> None:
    assert values(text, None) == expected


@pytest.mark.parametrize("text", news.NOTHING)
def test_no_date_in_names_and_counts(text: str) -> None:
    assert values(text, PUBLISHED) == []
