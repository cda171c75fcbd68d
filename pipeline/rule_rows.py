"""The table row behind a rule's name, for those who ask why a record is there."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

import tomli


class RuleRow(NamedTuple):
    """A rule of a table: where it is, a sentence on which it fires, one on which it must not."""

    file: str
    id: str
    example: str
    counter: str


@lru_cache(maxsize=8)
def _rows(package: str) -> dict[str, tuple[RuleRow, ...]]:
    found: dict[str, tuple[RuleRow, ...]] = {}
    tables = (entry for entry in files(package).iterdir() if entry.name.endswith(".toml"))
    for table in sorted(tables, key=lambda entry: entry.name):
        for row in tomli.loads(table.read_text(encoding="utf-8")).get("row", ()):
            if {"id", "example", "counter"} <= row.keys():
                made = RuleRow(table.name, row["id"], row["example"], row["counter"])
                found[made.id] = (*found.get(made.id, ()), made)
    return found


def find_rules(package: str, rule: str) -> tuple[RuleRow, ...]:
    """Return the rows of a rule's name, one a table; none for one that is written in code."""
    return _rows(package).get(rule, ())


__all__ = ["RuleRow", "find_rules"]
