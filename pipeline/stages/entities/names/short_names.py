"""Short forms of given names: "Bill" for William, which call one person by two names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache

from pipeline.lexicon import Row, load_table
from pipeline.stages.entities.tables import PACKAGE


class ShortName(Row):
    """A short form of a given name, both folded."""

    short: str
    whole: str


@lru_cache(maxsize=1)
def _forms() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for row in load_table(PACKAGE, "short_names.csv", ShortName):
        found[row.short].add(row.whole)
        found[row.whole].add(row.short)
    return {form: frozenset(others) for form, others in found.items()}


def are_one_name(one: str, other: str) -> bool:
    """Tell "bill" and "william", either the short form of the other, from "bill" and "robert"."""
    return other in _forms().get(one, frozenset())


__all__ = ["ShortName", "are_one_name"]
