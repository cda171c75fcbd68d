"""Word lists that the rules of several stages share."""

from __future__ import annotations

from functools import lru_cache

from pipeline.lexicon import Row, load_table

PACKAGE = "pipeline.discourse"


class WordList(Row):
    """Words of one use, and what they are for."""

    id: str
    why: str
    words: tuple[str, ...]


@lru_cache(maxsize=64)
def words(name: str) -> frozenset[str]:
    """Return one of the shared word lists."""
    rows = load_table(PACKAGE, "words.toml", WordList)
    return next(frozenset(row.words) for row in rows if row.id == name)


__all__ = ["WordList", "words"]
