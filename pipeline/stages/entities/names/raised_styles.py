"""Styles of honour that are raised: "Most Honourable", "Right Reverend"."""

from __future__ import annotations

from spacy.tokens import Doc

from pipeline.neighbours import word_at
from pipeline.stages.entities.tables import word_set


def is_raising(doc: Doc, i: int) -> bool:
    """Tell the "Most" of "Prime Minister of Jamaica, Most Honourable X" from other words.

    The "Most" of "Most ministers of Jamaica" is none.
    """
    if doc[i].lower_ not in word_set("raises_style") or not doc[i].text[:1].isupper():
        return False
    return word_at(doc, i + 1) in word_set("style_raised")


__all__ = ["is_raising"]
