"""Headings that give each word a capital: "Peru and Chad Raise Ties", "PERU AND CHAD RAISE TIES".

A model takes such a run of words for a name. Shown the words that tell of relations in small
letters, it reads verb and object; names are left as they stand.
"""

from __future__ import annotations

import re

from pipeline.name_casing import case_words

#: A heading has so many words.
_FEWEST, _MOST = 4, 26
#: Words of fewer letters may be small in it ("and", "with", "over").
_SMALL = 5
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SENTENCE_END = re.compile(r"[.;][\"'”’)\]]*\s*$|(?<=[a-z])[.!?][\"'”’)\]]*\s+[A-Z]")
_OPENING = re.compile(r"\s*[^\W\d_]+(?:['’-][^\W\d_]+)*")


def as_sentence(text: str) -> str:
    """Return a heading with the words of diplomacy in small letters, another text as it is.

    Its first word and all that belongs to no such list stay; "Peru Raises Ties" becomes "Peru
    raises ties".
    """
    if not _is_heading(text):
        return text
    first = _OPENING.match(text)
    small = case_words("heading")
    start = first.end() if first is not None else 0

    def lowered(word: re.Match[str]) -> str:
        lower = word[0].lower()
        return lower if word.start() >= start and lower in small else word[0]

    return _WORD.sub(lowered, text)


def _is_heading(text: str) -> bool:
    """Tell a line all of whose longer words have a capital, and more than names alone have one."""
    if "\n" in text.strip() or _SENTENCE_END.search(text):
        return False
    words = _WORD.findall(text)
    if not _FEWEST <= len(words) <= _MOST:
        return False
    if any(word[:1].islower() for word in words if len(word) >= _SMALL):
        return False
    told = (word for word in words[1:] if len(word) >= _SMALL and not word.islower())
    return any(word.lower() in case_words("heading") for word in told)


__all__ = ["as_sentence"]
