"""A text worded otherwise tells the same; `tests.perturbed` tells more."""

from __future__ import annotations

import random

import pytest

from tests.perturbed import changes, own_texts, tried
from tests.reading import Reader

#: Of so many texts a change, over all changes together, at most this share may be read otherwise:
#: of 191 texts 13 were before what stands apart was shown together, and 10 since.
COUNT = 4
MOST = 0.1

pytestmark = pytest.mark.slow


def test_other_wordings_tell_the_same(reader: Reader) -> None:
    texts = own_texts()
    outcomes = [
        outcome
        for change in changes()
        for outcome in tried(reader, change, texts, random.Random(f"0 {change.name}"), COUNT)
    ]
    otherwise = [outcome for outcome in outcomes if not outcome.same]
    assert len(outcomes) > COUNT * len(changes()) // 2
    assert len(otherwise) <= MOST * len(outcomes), otherwise
