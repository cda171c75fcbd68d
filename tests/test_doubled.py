"""A second traveller, and a second place, are found as the first is; `tests.doubled` tells more."""

from __future__ import annotations

import random

import pytest

from tests.doubled import doubled
from tests.reading import Reader

#: Of so many texts at least these shares tell of both; some say no such thing once doubled. Of 120,
#: which others are drawn whenever a sentence is added, 15 to 28 were wrong by the draw alone.
COUNT = 360
LEAST = {"who": 0.85, "where": 0.8}

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("what", list(LEAST))
def test_both_are_found(reader: Reader, what: str) -> None:
    outcomes = doubled(reader, what, random.Random(5), COUNT)
    wrong = [outcome for outcome in outcomes if outcome.lost or outcome.false]
    assert len(outcomes) > COUNT / 2
    assert len(wrong) <= len(outcomes) * (1 - LEAST[what]), wrong


def test_trial_sees_who_is_lost(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.doubled._SECOND", {"Musa Tembo": " and later "})
    outcomes = doubled(reader, "who", random.Random(5), 20)
    assert any(outcome.lost for outcome in outcomes)
