"""Which offices a general word may stand for."""

from __future__ import annotations

import pytest

from pipeline.stages.entities.references.office_fits import fits_office
from tests.reading import Reader


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


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "office", "name"),
    [
        (
            "The King and Queen of Peru left. King Ivo of Peru and Queen Ana of Peru flew.",
            "Queen of Peru",
            "Ana",
        ),
        (
            "Defense Secretary Mary Stone left, Press Secretary Ivo Kos said. The secretary flew.",
            "The secretary",
            "Mary Stone",
        ),
        (
            "Defense Secretary Ann Lo left, Press Secretary Ivo Kos said. The press secretary sat.",
            "The press secretary",
            "Ivo Kos",
        ),
    ],
)
def test_an_office_means_its_own_holder(reader: Reader, text: str, office: str, name: str) -> None:
    assert [r.name for r in reader.read(text).references if r.text == office] == [name]
