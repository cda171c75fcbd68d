"""Paragraphs that tell a story of their own: whom "he" means there is looked for in them alone."""

from __future__ import annotations

import pytest

from tests.reading import Reader

pytestmark = pytest.mark.slow

#: The story between whose paragraphs others are put, all about one man.
BEFORE = """ASTANA – Kazakh President Nurlan Omarov opened a forum on water on Monday. Omarov spoke.

"""
AFTER = "\n\nKazakh farmers wait for Omarov."


def meant(reader: Reader, paragraph: str) -> str | None:
    """Return whom the last pronoun of a paragraph means."""
    references = reader.read(BEFORE + paragraph + AFTER).references
    return [r.name for r in references if r.form == "pronoun"][-1]


@pytest.mark.parametrize(
    "paragraph",
    [
        "Finnish President Peter Otieno met Fijian Premier Ana Tora in Lima. He had just landed.",
        "In Lima, Peru, there was talk of a visit by Finnish President Peter Otieno. He is ill.",
    ],
)
def test_a_paragraph_without_any_tie_means_its_own(reader: Reader, paragraph: str) -> None:
    assert meant(reader, paragraph) == "Peter Otieno"


def test_what_is_behind_such_a_paragraph_means_those_before_it(reader: Reader) -> None:
    apart = "Finnish President Peter Otieno will visit Malta on Friday."
    assert meant(reader, f"{apart}\n\nOmarov left early. He was tired.") == "Nurlan Omarov"


@pytest.mark.parametrize(
    "paragraph",
    [
        "The guests went home. He stayed.",
        "He greeted Finnish President Peter Otieno.",
        "Kazakh farmers met Finnish President Peter Otieno. Omarov did not: he was ill.",
    ],
)
def test_a_paragraph_that_hangs_together_with_others_means_theirs(
    reader: Reader, paragraph: str
) -> None:
    assert meant(reader, paragraph) == "Nurlan Omarov"
