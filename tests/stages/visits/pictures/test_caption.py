"""The signs by which a caption is told from a sentence of the story."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from pipeline.stages.visits.pictures.caption import Caption, caption_of

_VOCAB = spacy.blank("en").vocab
_CREDIT = "A greets B in Lima . ( C. Diaz/AP )"
_NEWS = "A greets B in Lima . He told AFP/RFI so ."


def _doc(text: str, **tags: str) -> Doc:
    """Return a Doc of words, whose first sentence ends with its first full stop."""
    words = text.split()
    end = words.index(".") + 1 if "." in words else len(words)
    tagged = {"greets": "VERB", "told": "VERB"} | tags
    return Doc(
        _VOCAB,
        words=words,
        pos=[tagged.get(word, "PROPN") for word in words],
        sent_starts=[i in {0, end} for i in range(len(words))],
        heads=[0 if i < end else end for i in range(len(words))],
        deps=["dep"] * len(words),
    )


def _first(text: str) -> Caption:
    return caption_of(next(_doc(text).sents))


@pytest.mark.parametrize(
    ("text", "tells"),
    [
        ("A , left , greets B in Lima .", True),
        ("A ( second from right ) greets B .", True),
        ("From left , A and B greets C .", True),
        ("A , left alone , greets B in Lima .", False),
        ("A , greets B .", False),
    ],
)
def test_caption_says_sides(text: str, *, tells: bool) -> None:
    assert _first(text).says_sides is tells


@pytest.mark.parametrize(("text", "credited"), [(_CREDIT, True), (_NEWS, False)])
def test_credit_stands_behind_a_caption(text: str, *, credited: bool) -> None:
    assert _first(text).has_credit is credited


def test_sentence_is_read_once_for_all_who_ask() -> None:
    sentences = list(_doc(_NEWS).sents)
    assert caption_of(sentences[0]) is caption_of(sentences[0])
    assert caption_of(sentences[0]) is not caption_of(sentences[1])
