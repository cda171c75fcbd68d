"""Names that an article's title alone gives whole."""

from __future__ import annotations

import re

from pipeline.reference.names import is_name_word
from pipeline.reference.places import find_place
from pipeline.stages.entities.tables import callings, modifiers, name_words, not_names

#: A word in front of a name, with the "in" that makes a place of it.
_GIVEN = re.compile(r"(?<![\w-])((?:[Ii]n|[Aa]t) )?([A-Z][a-z]+) ")


def given_in_title(surname: str, title: str) -> str:
    """Return the "Alan" before a surname in "Cuba frees Alan Gross", or an empty string.

    Not the "Envoy" of "Envoy Gross flies home", which is no name, nor the "Jordan" of "In Jordan
    Gross sees hope"; of "Alan Gross meets Judy Gross" neither.
    """
    found = [m.groups() for m in _GIVEN.finditer(title) if _stands_at(surname, title, m.end())]
    if len({given for _, given in found}) != 1:
        return ""
    place, given = found[0]
    if not is_name_word(given) or (place and find_place(given)):
        return ""
    other = callings() | not_names() | modifiers().keys() | name_words()["honorific"]
    return "" if given.lower() in other else given


def _stands_at(name: str, text: str, start: int) -> bool:
    """Tell a whole name from the beginning of a longer word."""
    behind = text[start + len(name) :][:1]
    return text.startswith(name, start) and not (behind.isalnum() or behind in {"-", "_"})


__all__ = ["given_in_title"]
