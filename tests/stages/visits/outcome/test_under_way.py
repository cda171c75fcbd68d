"""The signs by which a trip is over or under way, and their weights."""

from __future__ import annotations

import pytest

from models import Visit
from pipeline.lexicon import load_table
from pipeline.limits import time_limit
from pipeline.stages.visits.outcome.signs import Signs
from pipeline.stages.visits.outcome.under_way import LEVEL, Weight, recording
from tests.reading import Reader, article_of

pytestmark = pytest.mark.slow

NEWS = "Finnish Prime Minister Petteri Orpo met King Tupou VI in Nuku'alofa on Thursday."


def signs_in(reader: Reader, text: str) -> tuple[Visit, Signs]:
    with recording() as seen:
        (reading,) = reader.annotate([article_of(text)])
    (visit,) = reading.visits
    return visit, seen.get(visit.id, frozenset())


def test_the_news_of_the_day_has_its_signs(reader: Reader) -> None:
    visit, signs = signs_in(reader, NEWS)
    assert visit.status == "completed"  # readers take who "met" somebody today for gone
    assert {LEVEL, "gap: 0", "news: 0", "in the opening", "the day's news, and no leaving"} <= signs


def test_what_is_recalled_is_weighed_by_the_calendar_alone(reader: Reader) -> None:
    visit, signs = signs_in(reader, NEWS.replace("on Thursday", "in March 2019"))
    assert visit.status == "completed"
    assert not signs


def test_what_says_outright_is_not_weighed(reader: Reader) -> None:
    visit, signs = signs_in(reader, "Finnish Prime Minister Petteri Orpo is visiting Tonga.")
    assert visit.status == "ongoing"
    assert not signs


def test_weights_are_of_signs_and_sorted() -> None:
    rows = load_table("pipeline.stages.visits", "under_way.csv", Weight)
    signs = [row.sign for row in rows]
    assert signs == sorted(signs)
    assert {LEVEL, "start: 0", "told: lands", "leaves: completed"} <= set(signs)


@pytest.mark.parametrize(
    "sentence",
    [
        "The delegation arrived in Lima. ",
        "Finnish Prime Minister Petteri Orpo attended the SADC summit. ",
        "At 10:45 Finnish Prime Minister Petteri Orpo came to Lima and ",
    ],
)
def test_what_is_told_again_and_again_is_read_in_time(reader: Reader, sentence: str) -> None:
    with time_limit(60, "a test"):
        assert reader.annotate([article_of(sentence * 60)])
