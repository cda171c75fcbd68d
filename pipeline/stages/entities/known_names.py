"""The names of known leaders, as they are looked for in texts."""

from __future__ import annotations

from functools import lru_cache

from pipeline.reference.leaders import leaders_by_name
from pipeline.stages.entities.gazetteer import Gazetteer

#: Shorter single words by which a leader is called are other words too often.
SURE_ALIAS = 5


@lru_cache(maxsize=1)
def leader_names() -> Gazetteer[bool]:
    """Return the names of several words, each with whether it is a leader's usual one."""
    names = {
        spelled
        for rows in leaders_by_name().values()
        for row in rows
        for spelled in (row.name, *row.aliases)
    }
    usual = {row.name for rows in leaders_by_name().values() for row in rows}
    return Gazetteer((name, name in usual) for name in sorted(names) if " " in name)


@lru_cache(maxsize=1)
def single_leaders() -> frozenset[str]:
    """Return the single words that call one known leader alone ("Hu'akavameiliku")."""
    called: dict[str, set[str]] = {}
    for rows in leaders_by_name().values():
        for row in rows:
            for alias in row.aliases:
                if len(alias) >= SURE_ALIAS and " " not in alias:
                    called.setdefault(alias, set()).add(row.name)
    return frozenset(alias for alias, names in called.items() if len(names) == 1)


__all__ = ["leader_names", "single_leaders"]
