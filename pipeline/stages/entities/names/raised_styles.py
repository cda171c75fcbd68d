"""Styles of honour that are raised ("Most Honourable"), or set in two ("H E")."""

from __future__ import annotations

import re

from spacy.tokens import Doc

from pipeline.neighbours import word_at
from pipeline.stages.entities.tables import word_set

_PARTED = frozenset({"H E", "H H"})
_SHORT = frozenset({"HE", "HH"})
_PARTED_WITH_NAME = re.compile(r"\bH [EH] (?=[A-Z][a-z])")


def is_parted_style(doc: Doc, i: int) -> bool:
    """Tell the "H" of "H E Ana Ruiz", of a text that has more of them, from that of "H E Bates"."""
    if i < 0 or doc[i : i + 2].text not in _PARTED:
        return False
    named = [t.text.istitle() and t.is_alpha for t in doc[i + 2 : i + 4]]
    return named == [True, True] or len(_PARTED_WITH_NAME.findall(doc.text)) > 1


def is_raising(doc: Doc, i: int) -> bool:
    """Tell the "Most" of "Prime Minister of Jamaica, Most Honourable X" from other words.

    The "Most" of "Most ministers of Jamaica" is none.
    """
    if doc[i].lower_ not in word_set("raises_style") or not doc[i].text[:1].isupper():
        return False
    return word_at(doc, i + 1) in word_set("style_raised")


def is_short_style(doc: Doc, i: int) -> bool:
    """Tell the "HE" of "Foreign Minister HE Ana Ruiz" from a pronoun in capitals."""
    if i < 0 or doc[i].text not in _SHORT:
        return False
    behind = doc[i + 1 : i + 2].text
    return behind.istitle() and sum(t.isupper() for t in doc[i + 1 : i + 4].text.split()) == 0


__all__ = ["is_parted_style", "is_raising", "is_short_style"]
