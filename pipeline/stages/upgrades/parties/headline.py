"""The parties that an article's title names."""

from __future__ import annotations

import re
from functools import cache

from pipeline.reference.countries import country_codes
from pipeline.reference.organizations import organization_forms

_WORD = re.compile(r"[^\W_](?:[\w.&]|['’](?=\w)(?!s\b))*")
#: No party's name has more words.
_LONGEST = 6


@cache
def _organizations() -> dict[str, str]:
    return {row.form: row.code for row in organization_forms() if row.party and row.kind != "head"}


def parties_in(title: str | None) -> tuple[str, ...]:
    """Return the codes of the parties that a title names, in order.

    "Nauru and China resume ties" names both; a title in capitals is read as well.
    """
    words = _words(title or "")
    found: dict[str, None] = {}
    at = 0
    while at < len(words):
        length, code = _party_at(words, at)
        if code is not None:
            found[code] = None
        at += length
    return tuple(found)


def party_named(text: str) -> str | None:
    """Return the code of the party whose name a text is and nothing else ("SOUTH KOREA")."""
    words = _words(text)
    length, code = _party_at(words, 0) if words else (0, None)
    return code if length == len(words) else None


def _words(text: str) -> list[str]:
    words = _WORD.findall(text)
    if text.isupper():
        return [word if len(word) < 4 else word.title() for word in words]
    return words


def _party_at(words: list[str], at: int) -> tuple[int, str | None]:
    """Return how many words the longest party's name at a word has, and its code."""
    for length in range(min(_LONGEST, len(words) - at), 0, -1):
        form = " ".join(words[at : at + length])
        codes = country_codes(form)
        code = codes[0] if codes else _organizations().get(form)
        if code is not None:
            return length, code
    return 1, None


__all__ = ["parties_in", "party_named"]
