"""What stands beside a story and is none of it changes few records; `tests.apart` tells more."""

from __future__ import annotations

import random

import pytest

from tests.apart import beside_stories, rows_of, with_asides
from tests.reading import Reader

#: Of so many texts at most these shares may change. The first version that was tried so, before
#: asides and other stories were kept apart, changed 14 and 17 % of them.
COUNT = 450
MOST_BY_ASIDES = 0.05
MOST_BY_STORIES = 0.1

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("stage", ["visits", "upgrades"])
def test_asides_part_nothing(reader: Reader, stage: str) -> None:
    texts = [row.text for row in random.Random(0).sample(rows_of(stage), 3 * COUNT)]
    trial = with_asides(reader, texts, random.Random(1), COUNT)
    assert trial.tried == COUNT
    assert trial.rate <= MOST_BY_ASIDES, trial.changed


@pytest.mark.parametrize("stage", ["visits", "upgrades"])
def test_other_stories_change_little(reader: Reader, stage: str) -> None:
    rows = random.Random(0).sample(rows_of(stage), 3 * COUNT)
    trial = beside_stories(reader, rows, random.Random(1), COUNT)
    assert trial.tried == COUNT
    assert trial.rate <= MOST_BY_STORIES, trial.changed


def test_trial_sees_a_change(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    other = "Zambian President Hakainde Hichilema flew to Oslo on Monday."
    monkeypatch.setattr("tests.apart.ASIDES", (other,))
    told = "Kenyan President William Ruto visited Lima last week. Crowds cheered in the capital."
    assert with_asides(reader, [told], random.Random(1), 5).rate == 1
