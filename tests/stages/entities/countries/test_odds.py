"""What the odds of a person's countries come to."""

from __future__ import annotations

import pytest

from pipeline.stages.entities.countries.odds import choice
from pipeline.stages.entities.person import Person


@pytest.mark.parametrize(
    ("odds", "gone_to", "chosen"),
    [
        ({"ZWE": 2.0, "ZMB": 1.0, None: 0.0}, (), "ZWE"),
        ({"ZWE": 2.0, "ZMB": 1.0, None: 0.0}, {"ZWE"}, "ZMB"),
        ({"ZWE": 2.0}, {"ZWE"}, None),  # of none of the lands to which he goes
    ],
)
def test_choice(odds: dict[str | None, float], gone_to: set[str], chosen: str | None) -> None:
    assert choice(Person(number=0), odds, gone_to, margin=0.0) == chosen
