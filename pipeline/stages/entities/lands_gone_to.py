"""Whether a text tells that somebody comes to a land where it names it."""

from __future__ import annotations

from spacy.tokens import Doc

from pipeline.neighbours import word_at
from pipeline.signs import GENITIVES
from pipeline.stages.entities.tables import word_set


def is_gone_to(doc: Doc, start: int, end: int) -> bool:
    """Tell "landed in Peru", "visited the Gambia" from "a letter to Peru's premier", "from Peru".

    Args:
        doc: the text.
        start: the token at which the land's name begins.
        end: the token behind its name.
    """
    before = start - 1 - (word_at(doc, start - 1) == "the")
    return word_at(doc, before) in word_set("leads_to_land") and word_at(doc, end) not in GENITIVES


__all__ = ["is_gone_to"]
