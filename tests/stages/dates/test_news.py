"""Sentences in the ways of real news against what must be found in them."""

from __future__ import annotations

import re

import pytest

from pipeline.stages.dates.find import find_dates
from tests.stages.dates import cases, news

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


#: Ways to set a text that change nothing of its meaning.
SETTINGS = {
    "wrapped": lambda text: re.sub(r"(?<![.!?:]) ", "\n", text),
    "spaced": lambda text: text.replace(" ", "  "),
    "tied": lambda text: text.replace(" ", "\N{NO-BREAK SPACE}"),
    "curled": lambda text: text.replace("'", "’"),
}

#: Sentences in capitals read as in plain print.
CAPITALS = [
    "The king will visit Oman on May 20.",
    "The premier is due on Monday.",
    "Relations were opened in 1992.",
    "Ties go back to the 1950s.",
    "He met the emir on the 9th, aides said.",
    "He has accepted an invitation to visit Delhi in January.",
    "He came in 2011. The following year he fell.",
]


@pytest.mark.parametrize("setting", SETTINGS)
def test_the_setting_of_a_text_changes_no_date(setting: str) -> None:
    told = [*cases.KNOWN, *news.DASHES, *news.DONE, *news.AHEAD, *news.FORMS, *news.HEADS]
    texts = [case[0] for case in told if "\n" not in case[0]]
    changed = {
        text
        for text in texts
        if [value for _, value in values(SETTINGS[setting](text), PUBLISHED)]
        != [value for _, value in values(text, PUBLISHED)]
    }
    assert not changed


@pytest.mark.parametrize("text", CAPITALS)
def test_capitals_read_as_plain_print(text: str) -> None:
    found = [value for _, value in values(text, PUBLISHED)]
    assert found
    assert [value for _, value in values(text.upper(), PUBLISHED)] == found
