"""The direction of the verb, from words alone and from a parsed Doc built by hand."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from pipeline.stages.dates.find import find_dates
from pipeline.stages.dates.surface_tense import sentence_bounds
from pipeline.stages.dates.tense import Tenses
from tests.stages.dates.surface import surface_direction


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("He will meet the king on Monday.", "Monday", "future"),
        ("He met the king on Monday.", "Monday", "past"),
        ("On Monday he met the king.", "Monday", "past"),
        ("On Monday he will meet the king.", "Monday", "future"),
        ("The king on Monday.", "Monday", None),
        ("He left. He will return on Monday.", "Monday", "future"),
        ("The text was signed: on Monday he will return.", "Monday", "future"),
        ("Mr. Rao of St. Lucia met the king on Monday.", "Monday", "past"),
        ("First to arrive on Monday was Mr. Rao, who backed the deal.", "Monday", "past"),
        ("Due on Monday was Mr. Rao, who backed the deal.", "Monday", "future"),
        ("He will meet Rao, who on his arrival on Monday called for aid.", "Monday", "past"),
        ("He met Rao, who after a dinner on Monday leaves for home.", "Monday", "future"),
        ("He visited Oslo in March and in July he will fly to Lima.", "July", "future"),
        ("He will fly to Lima in July but in March the king was in Oslo.", "March", "past"),
        ("He visited Oslo in March and in July to see what will be built.", "July", "past"),
        ("He will be in Oslo in June and in July, where talks ended.", "July", "future"),
    ],
)
def test_surface_direction(text: str, words: str, expected: str | None) -> None:
    start = text.index(words)
    assert surface_direction(text, start, start + len(words)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The plan:\n- Monday: He will fly to Oslo.\n- Tuesday: Lunch.\n", ["future", "future"]),
        ("The week:\n- Monday: He flew to Oslo.\n- Tuesday: Lunch.\n", ["past", None]),
        ("The week ahead\nMonday: Lima.\nTuesday: Quito.\n", ["future", "future"]),
        ("The week behind us\nMonday: Lima.\nTuesday: Quito.\n", [None, None]),
        ("The week:\nMonday: He flew home.\nTuesday: He will rest.\n", ["past", "future"]),
    ],
)
def test_weekdays_that_head_lines(text: str, expected: list[str | None]) -> None:
    tenses = Tenses(text)
    days = [(text.index(day), day) for day in ("Monday", "Tuesday")]
    assert [tenses.direction(at, at + len(day)) for at, day in days] == expected


def test_sentence_bounds_pass_over_abbreviations() -> None:
    text = "He left. On Aug. 5 Mr. Rao met Gen. Diaz in Lima. They talked."
    start = text.index("5")
    first, last = sentence_bounds(text, start, start + 1)
    assert text[first:last] == "On Aug. 5 Mr. Rao met Gen. Diaz in Lima."


@pytest.fixture
def doc() -> Doc:
    """Monday brings the envoy to Oslo: no cue of the table, a verb in the present."""
    return Doc(
        Vocab(),
        words=["Monday", "brings", "the", "envoy", "to", "Oslo", "."],
        spaces=[True, True, True, True, True, False, False],
        tags=["NNP", "VBZ", "DT", "NN", "IN", "NNP", "."],
        pos=["PROPN", "VERB", "DET", "NOUN", "ADP", "PROPN", "PUNCT"],
        deps=["nsubj", "ROOT", "det", "dobj", "prep", "pobj", "punct"],
        heads=[1, 1, 3, 1, 1, 4, 1],
    )


def test_a_doc_tells_where_the_words_do_not(doc: Doc) -> None:
    assert surface_direction(doc.text, 0, 6) is None
    assert Tenses(doc.text, doc).direction(0, 6) == "future"
    (found,) = find_dates(doc.text, published="2024-08-16", doc=doc)
    assert found.value == "2024-08-19"


def test_a_doc_of_another_length_is_not_trusted(doc: Doc) -> None:
    text = doc.text + " He left long before, and nobody knew of it."
    assert Tenses(text, doc).sentence(0, 6) == (0, len(doc.text))


def test_a_heading_of_a_chronology_has_no_direction() -> None:
    text = "Jan 11-13: The premier visited Oslo."
    assert Tenses(text).direction(0, 9) is None
