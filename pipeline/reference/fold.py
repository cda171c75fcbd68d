"""One spelling for look-ups: case, accents, dots, hyphens and apostrophes set aside."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

#: Latin letters that carry no combining mark, so that decomposing leaves them as they are.
_LETTERS = str.maketrans(
    {
        "đ": "d",
        "ð": "d",
        "ħ": "h",
        "ı": "i",
        "ł": "l",
        "ø": "o",
        "œ": "oe",
        "æ": "ae",
        "ß": "ss",
        "þ": "th",
        "ə": "a",
    }
)
_DROPPED = re.compile(r"[.'’‘ʻʼ`´]")
_SPACED = re.compile(r"[\s\-‐‑–,/_]+")


@lru_cache(maxsize=1 << 14)
def fold(name: str) -> str:
    """Return a name's key: "Élysée" → "elysee", "St. John's" → "st johns", "Ha-Noi" → "ha noi"."""
    if name.isascii():
        bare = name.lower()
    else:
        marks_apart = unicodedata.normalize("NFKD", name.casefold().translate(_LETTERS))
        bare = "".join(letter for letter in marks_apart if not unicodedata.combining(letter))
    return _SPACED.sub(" ", _DROPPED.sub("", bare)).strip()


def unaccent(name: str) -> str:
    """Return a name without its accents, case kept: "Côte d'Ivoire" → "Cote d'Ivoire"."""
    marks_apart = unicodedata.normalize("NFKD", name)
    return unicodedata.normalize(
        "NFC", "".join(letter for letter in marks_apart if not unicodedata.combining(letter))
    )
