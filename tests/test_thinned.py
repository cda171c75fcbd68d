"""What stands beside a record and tells nothing of it may go; `tests.thinned` tells more."""

from __future__ import annotations

import random

import pytest

from tests.reading import Reader, Text
from tests.thinned import CUTS, own_texts, tried

#: Of so many cuts of each kind and article at most this share may change a record. Of lines of the
#: page that were put in, 11 of 419 did before they were told from the story, and 3 since.
COUNT = 1
MOST = 0.035
#: Every so manieth article is tried.
STEP = 3

pytestmark = pytest.mark.slow


def test_what_tells_nothing_may_go(reader: Reader) -> None:
    texts = own_texts()[::STEP]
    outcomes = tried(reader, CUTS, texts, random.Random(0), COUNT)
    changed = [outcome for outcome in outcomes if not outcome.same]
    assert len(outcomes) > len(texts)
    assert len(changed) <= MOST * len(outcomes), changed


def test_trial_sees_a_change(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    other = "Zambian President Hakainde Hichilema flew to Oslo on Monday."
    monkeypatch.setattr("tests.thinned.OTHERS", (other,))
    told = (
        "Talks on tea\n\nKenyan President William Ruto visited Lima last week.\n\nCrowds cheered."
    )
    outcomes = tried(reader, ["between"], [Text(told)], random.Random(0), 1)
    assert [outcome.same for outcome in outcomes] == [False]
