"""A level as it stands in a text, and its name read from its words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.stages.upgrades.tables import level_words

#: Names that are but longer ones of an alliance.
_ALLIANCES = frozenset({"strategic_alliance", "allied_partnership"})

#: What may open or close one word of a name ("an “all-weather” strategic partnership").
_MARK = r"[\"'“”‘’]?"


@dataclass(frozen=True)
class Level:
    """A level named at `start` to `end` of the article's text (code points)."""

    name: str
    text: str
    start: int
    end: int
    #: Whether its noun is left out ("a comprehensive one").
    elided: bool = False


@lru_cache(maxsize=1)
def level_adjectives() -> str:
    """Return the pattern of one or more adjectives of level names, some in marks of their own."""
    joined = "|".join(
        re.escape(word).replace(r"\-", r"[-\s]?").replace("cooperative", "co-?operative")
        for word in sorted(level_words(), key=len, reverse=True)
    )
    word = rf"(?:{joined})"
    joint = rf"{_MARK}(?:,\s*(?:and\s+)?|\s+and\s+|\s*&\s*|\s+|-){_MARK}"
    return rf"{word}(?:{joint}{word}){{0,6}}"


def level_parts(text: str) -> list[str]:
    """Return the words of a name, also those of "comprehensive-strategic", which are two."""
    found: list[str] = []
    for part in re.findall(r"[\w-]+", text.lower().replace("co-op", "coop")):
        pieces = part.split("-")
        known = part not in level_words() and all(piece in level_words() for piece in pieces)
        found += pieces if known else [part]
    return found


def level_name(parts: Sequence[str], stem: str) -> str | None:
    """Return the name that adjectives give a partnership, or None where none of them names one.

    >>> level_name(["special", "strategic", "and", "global"], "partnership")
    'special_strategic_and_global_partnership'
    >>> level_name(["comprehensive", "and", "enduring", "strategic"], "partnership")
    'comprehensive_and_enduring_strategic_partnership'
    """
    naming = [
        word
        for at, word in enumerate(parts)
        if level_words().get(word) or word == "and" or _is_joined(parts, at)
    ]
    if naming[:2] == ["strategic", "comprehensive"]:
        naming[:2] = ["comprehensive", "strategic"]
    while naming and naming[0] == "and":
        naming.pop(0)
    while naming and naming[-1] == "and":
        naming.pop()
    if not naming:
        return None
    name = "_".join([*naming, stem]).replace("-", "_")
    return "alliance" if name in _ALLIANCES else name


def _is_joined(parts: Sequence[str], at: int) -> bool:
    """Tell the "enduring" of "comprehensive and enduring strategic", which is of the name."""
    before = at > 1 and parts[at - 1] == "and" and level_words().get(parts[at - 2], False)
    return before and any(level_words().get(word, False) for word in parts[at + 1 : at + 2])


__all__ = ["Level", "level_adjectives", "level_name", "level_parts"]
