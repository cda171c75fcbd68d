"""Names that an article's title alone gives whole."""

from __future__ import annotations

import re

from pipeline.reference.names import is_name_word
from pipeline.stages.entities.tables import callings, modifiers, name_words, not_names


def given_in_title(surname: str, title: str) -> str:
    """Return the "Alan" before a surname in "Cuba frees Alan Gross", or an empty string.

    Not the "Envoy" of "Envoy Gross flies home", which is no name.
    """
    found = re.search(rf"(?<![\w-])([A-Z][a-z]+) {re.escape(surname)}(?![\w-])", title)
    if found is None or not is_name_word(found[1]):
        return ""
    lower = found[1].lower()
    other = callings() | not_names() | modifiers().keys() | name_words()["honorific"]
    return "" if lower in other else found[1]


__all__ = ["given_in_title"]
