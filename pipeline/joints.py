"""Which "&" of a page stands for "and": that of "Peru & Chile", not that of a firm's name."""

from __future__ import annotations

import re
from functools import cache

from pipeline.name_casing import case_words
from pipeline.reference.countries import capital, country_forms
from pipeline.reference.offices import office_forms

_BEFORE = re.compile(r"(?<![^\W\d_])[^\W\d_]++(?=[.,]? \Z)|,(?= \Z)")
_BEHIND = re.compile(r" (?:the )?([^\W\d_]+)")
#: How far from the sign its words are looked for.
_SIDE = 30


def joins(text: str, start: int, end: int) -> bool:
    """Tell the sign of "Peru & Chile", "talks & trade", "X & President Y" from a firm's.

    "Ruiz & Rojas" stays, of which it can't be told whether it is one, and so does "Peru & Sons".
    """
    left = _BEFORE.search(text, max(0, start - _SIDE), start)
    right = _BEHIND.match(text, end, end + _SIDE)
    if right is None or right[1].lower() in case_words("firm"):
        return False
    if left is not None and (left[0] == "," or left[0].islower() or left[0] in _land_words()):
        return True
    behind = right[1]
    return behind.islower() or behind in _land_words() or behind.lower() in opening_offices()


@cache
def _land_words() -> frozenset[str]:
    """Return the words of countries' names and peoples, and of their capitals."""
    forms = [row.form for row in country_forms()]
    seats = (capital(code) or "" for code in {row.code for row in country_forms()})
    words = (word for form in (*forms, *seats) for word in form.split())
    return frozenset(word for word in words if word[:1].isupper())


@cache
def opening_offices() -> frozenset[str]:
    """Return the words with which offices begin, in small letters."""
    return frozenset(row.form.split()[0].lower() for row in office_forms())


__all__ = ["joins", "opening_offices"]
