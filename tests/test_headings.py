"""Headings with a capital on each word, as the model is shown them."""

from __future__ import annotations

import pytest

from pipeline.headings import as_sentence


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Peru Downgrades Diplomatic Ties With Chad", "Peru downgrades diplomatic ties with Chad"),
        (
            "U.S. Designates Peru as Major Non-NATO Ally",
            "U.S. designates Peru as major Non-NATO ally",
        ),
        (
            "PERU AND CHAD ESTABLISH DIPLOMATIC RELATIONS",
            "PERU and CHAD establish diplomatic relations",
        ),
        ("Peru, Chad to Upgrade Ties: Minister", "Peru, Chad to upgrade ties: Minister"),
        # The first word may be a name.
        ("Grant Opens Row With Ties", "Grant opens row with ties"),
    ],
)
def test_heading_is_shown_with_small_letters(text: str, shown: str) -> None:
    assert as_sentence(text) == shown
    assert len(shown) == len(text)


@pytest.mark.parametrize(
    "text",
    [
        "Peru raised its ties with Chad to a Strategic Partnership",
        "Peru Raises Ties. Chad Follows Suit",
        "Diplomatic Relations",
        "Ana Gill Praises Ivo Kos",
        "Peru Raises Ties With Chad.",
        "Peru Raises Ties\nChad Raises Ties",
    ],
)
def test_other_text_stays(text: str) -> None:
    assert as_sentence(text) == text
