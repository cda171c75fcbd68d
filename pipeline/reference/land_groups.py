"""Groups of lands that news counts together: "the three Baltic states"."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from pipeline.lexicon import Row, load_table

#: The words of a group, whether they name it alone, and the group.
Called = tuple[tuple[str, ...], bool, "LandGroup"]


class LandGroup(Row):
    """Lands that news counts together; `bare` where the group is all of them without a count."""

    id: str
    words: tuple[str, ...]
    names: tuple[str, ...]
    counts: tuple[str, ...]
    bare: bool
    codes: tuple[str, ...]


@lru_cache(maxsize=1)
def land_groups() -> Mapping[str, tuple[Called, ...]]:
    """Return the groups with their words by the last of these, the longest first."""
    found: dict[str, list[Called]] = {}
    for row in load_table("pipeline.reference", "land_groups.toml", LandGroup):
        told = [(words, False) for words in row.words] + [(words, True) for words in row.names]
        for words, alone in told:
            parts = tuple(words.split())
            found.setdefault(parts[-1], []).append((parts, alone, row))
    return {last: tuple(sorted(rows, key=lambda r: -len(r[0]))) for last, rows in found.items()}


__all__ = ["Called", "LandGroup", "land_groups"]
