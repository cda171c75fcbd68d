"""Levels whose noun is left out: "raised to strategic", "a comprehensive strategic one"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from pipeline.stages.upgrades.levels.level import Level, level_adjectives, level_name

#: What must stand before the adjectives in the sentence, for them to be those of a level.
_NOUN = re.compile(
    r"\b(?:partner|relation|ties\b|(?:raised|upgraded|elevated|lifted)\s+(?:it|them)\b)",
    re.IGNORECASE,
)
_CLOSED = (
    r"[\"'”’]?(?=\s*(?:[.,;:)]|$|\b(?:in|on|at|during|when|and|level|status|by|last|this|after)\b))"
)
_DATED = r"(?=\s+(?:in|since|from)\s+(?:(?:early|late|mid-?)\s*)?(?:[A-Z][a-z]+\s+)?\d{4}\b)"


#: The first step of a chain, which is a partnership of no further name.
_FIRST = re.compile(
    r"\b(?:became\s+(?P<became>partners)|(?:signed|established|forged)\s+an?\s+(?P<made>partnership))"
    r"(?=\s+in\s+(?:[A-Z][a-z]+\s+)?\d{4}\b)"
)


@lru_cache(maxsize=1)
def _elided() -> re.Pattern[str]:
    words = level_adjectives()
    return re.compile(
        rf"(?<![\w-])(?:(?P<one>{words})[\"'”’]?\s+ones?(?!\w)"
        rf"|(?<=\bto\s)(?:an?\s+)?[\"'“‘]?(?P<to>{words}){_CLOSED}"
        rf"|(?<=,\s)(?P<listed>{words}){_DATED}|(?<=and\s)(?P<last>{words}){_DATED})",
        re.IGNORECASE,
    )


@lru_cache(maxsize=1)
def _later_steps() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w-])(?:{level_adjectives()})\s+(?:partner|one\b|in\s+\d)", re.IGNORECASE
    )


def read_elided(text: str) -> Iterator[Level]:
    """Yield the levels of a sentence whose noun is to be understood from before.

    "The partnership was raised to strategic in 2013" names a `strategic_partnership`; "a switch
    to global" names none.
    """
    first = _FIRST.search(text)
    if first is not None and _later_steps().search(text, first.end()):
        group = first.lastgroup or "became"
        yield Level("partnership", first[group], first.start(group), first.end(group))
    for match in _elided().finditer(text):
        group = match.lastgroup or "to"
        if not _NOUN.search(text, 0, match.start()):
            continue
        name = level_name(re.findall(r"[\w-]+", match[group].lower()), "partnership")
        if name is not None:
            yield Level(name, match[group], match.start(group), match.end(), elided=True)


__all__ = ["read_elided"]
