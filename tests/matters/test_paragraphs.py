"""Where paragraphs begin: behind blank lines, and behind lines that end like a sentence."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from pipeline.matters.paragraphs import paragraph_starts, paragraphs


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("One.\n\nTwo.", ["One.", "Two."]),
        ("One.\nTwo.", ["One.", "Two."]),
        ("One is\nwrapped.\n \n\n  Two.", ["One is\nwrapped.", "Two."]),
        ("“One.”\nTwo (2)\nThree", ["“One.”", "Two (2)", "Three"]),
        ("One.", ["One."]),
        ("One.\n\n", ["One."]),
    ],
)
def test_a_text_is_cut_where_its_paragraphs_begin(text: str, told: list[str]) -> None:
    starts = paragraph_starts(text, 0, len(text))
    ends = [*starts[1:], len(text)]
    assert [text[a:b].strip() for a, b in zip(starts, ends, strict=True)] == told


def test_paragraphs_of_a_stretch_are_its_alone() -> None:
    assert paragraph_starts("One.\n\nTwo.\n\nThree.", 6, 12) == [6]


def test_each_token_is_of_one_paragraph() -> None:
    text = "One is here.\n\nTwo."
    doc: Doc = spacy.blank("en")(text)
    found = paragraphs(doc, paragraph_starts(text, 0, len(text)), range(len(doc)))
    assert [doc[told.start : told.stop].text.strip() for told in found] == ["One is here.", "Two."]
