"""What leaders do on their trips, read from the sentences that tell of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from pipeline.lexicon import Rule, load_table


class Deed(Rule):
    """A pattern, and the column of COLT that it fills."""

    column: str
    pattern: str


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows = load_table("pipeline.colt", "cues.toml", Deed)
    return tuple((row.column, re.compile(row.pattern, re.IGNORECASE)) for row in rows)


def deeds(sentences: Iterable[str]) -> set[str]:
    """Return the columns that sentences fill: "laid a wreath" → CulturalSiteOrCeremony."""
    lines = [" ".join(sentence.split()) for sentence in sentences]
    return {
        column for column, pattern in _patterns() if any(pattern.search(line) for line in lines)
    }


__all__ = ["Deed", "deeds"]
