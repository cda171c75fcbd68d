"""Which partial dates an expression stands for."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from models import DateExpression
from pipeline import Pipeline
from pipeline.discourse.timing import of_trips as timing
from pipeline.discourse.timing.of_trips import When, partial
from pipeline.stages.dates.find import find_dates

PUBLISHED = "2024-05-16"


def only(text: str, published: str | None = PUBLISHED) -> DateExpression:
    (date,) = find_dates(text, published=published)
    return date


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("He came on 3 May 2013.", ("2013-05-03", "2013-05-03")),
        ("He came on Monday.", ("2024-05-13", "2024-05-13")),
        ("He came on Monday morning.", ("2024-05-13", "2024-05-13")),
        ("He came yesterday.", ("2024-05-15", "2024-05-15")),
        ("He came in August 2023.", ("2023-08", "2023-08")),
        ("He came in 1966.", ("1966", "1966")),
        ("He came last year.", ("2023", "2023")),
        ("He came last month.", ("2024-04", "2024-04")),
        ("He will come next week.", ("2024-05-20", "2024-05-26")),
        ("He will come on June 3-5.", ("2024-06-03", "2024-06-05")),
        ("He will come from May 20 to 22.", ("2024-05-20", "2024-05-22")),
        ("He came in the summer of 2023.", ("2023", "2023")),
    ],
)
def test_partial(text: str, pair: tuple[str, str]) -> None:
    assert partial(only(text)) == pair


@pytest.mark.parametrize(
    "text",
    [
        "He came in the 1950s.",
        "He stayed three days.",
        "They meet every July.",
        "He came recently.",
    ],
)
def test_no_partial_date(text: str) -> None:
    assert partial(only(text)) is None


def test_what_cannot_be_placed_has_no_partial_date() -> None:
    assert partial(only("He came on Monday.", published=None)) is None


def test_when_is_true_where_an_end_is_known() -> None:
    assert not When()
    assert When("2024")
    assert When(None, "2024-05-16")


def dates_held(pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch, *, times: int) -> int:
    """Return how often a date of one sentence of many visits was held against a trip."""
    held = Counter[str]()
    strange = timing.strangeness

    def counted(*told: Any) -> float:
        held["dates"] += 1
        return strange(*told)

    monkeypatch.setattr(timing, "strangeness", counted)
    told = "his visit to Lima on Monday and his visit to Quito on Friday, " * times
    pipeline.extract(f"The minister listed {told}as he said.", published=PUBLISHED)
    monkeypatch.undo()
    return held["dates"]


def test_a_list_of_visits_without_end_holds_a_bounded_number_of_dates_against_each(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pipeline = Pipeline()
    few = dates_held(pipeline, monkeypatch, times=20)
    many = dates_held(pipeline, monkeypatch, times=40)
    assert few > 0
    assert many <= 2.2 * few
