"""What the model is shown of Markdown, and that offsets count what stands in the text."""

from __future__ import annotations

import pytest

from pipeline import Pipeline
from pipeline.shown import begun, plain, shown


def seen(text: str) -> str:
    marked = plain(text)
    assert len(marked) == len(text)
    return shown(marked[begun(marked) :])[0]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("He [arrived](https://example.org/a?b=1) on Monday.", "He arrived on Monday."),
        ('For [talks](/x "tip"), he said.', "For talks, he said."),
        ("**President Ruto** met *Boluarte* here.", "President Ruto met Boluarte here."),
        ("A __bold__ word and snake_case_name.", "A bold word and snake_case_name."),
        ("## Talks in Lima", "Talks in Lima"),
        ("> He came.", "He came."),
        ("![The king](https://x.org/k.jpg)", ""),
        ("In Oslo[^1] and Lima.[2]", "In Oslo and Lima."),
        ("Two * three = 6; 5*4; a [note] (of May) stays.", None),
        ("Ranked #1, he > she.", None),
    ],
)
def test_marks_of_markdown_are_not_shown(text: str, words: str | None) -> None:
    assert seen(text) == (text if words is None else words)


@pytest.mark.slow
def test_offsets_count_the_marks() -> None:
    text = (
        "# Minister off to Lima\n\n"
        "**Kenyan President William Ruto** [arrived](https://example.org/a) in *Lima* on Tuesday.\n"
        "\n> ![photo](https://example.org/p.jpg)\n\n**\n"
    )
    extraction = Pipeline().extract(text, published="2024-05-16")
    (visit,) = extraction.visits
    assert (visit.visitor.name, visit.destination.code) == ("William Ruto", "PER")
    for evidence in visit.evidence:
        assert text[evidence.start : evidence.end] == evidence.text
    for entity in extraction.entities:
        for mention in entity.mentions:
            assert text[mention.start : mention.end] == mention.text
            assert "*" not in mention.text
