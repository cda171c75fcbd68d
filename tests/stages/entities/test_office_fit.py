"""Which offices a general word may stand for."""

from __future__ import annotations

import pytest

from pipeline.stages.entities.office_antecedents import fits_office


@pytest.mark.parametrize(
    ("kind", "held", "fits"),
    [
        ("leader", "head_of_state", True),
        ("leader", "monarch", True),
        ("leader", "foreign_minister", False),
        ("foreign_minister", "foreign_minister", True),
        ("foreign_minister", "head_of_state", False),
        ("visitor", "speaker", True),
        ("diplomat", "ambassador", True),
        ("diplomat", "head_of_state", False),
    ],
)
def test_fits_office(kind: str, held: str, *, fits: bool) -> None:
    assert fits_office(kind, frozenset({held})) is fits
