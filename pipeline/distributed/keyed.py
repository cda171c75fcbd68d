"""Rows on their way to the block that they belong to, and what makes rows of a block."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from models import Entity, Record
from pipeline.stages.normalize.days import Days
from pipeline.stages.normalize.entities import OtherKey

SEPARATOR = "\0"
#: Kinds that begin so are rows of a table that is written.
TABLE = "table/"


class Keyed(NamedTuple):
    """A row: of which kind, of which group, and what it says (JSON, or a plain text)."""

    kind: str
    key: str
    body: str


class Known(NamedTuple):
    """What every block is told of all the others: little, whatever the number of articles.

    Args:
        made_by: program and model with their versions.
        newest: when the newest article was published.
        leaders: known leader → the merged person.
        longer: organization known by its abbreviation → the one that has it as an alias.
    """

    made_by: tuple[str, ...] = ()
    newest: Days | None = None
    leaders: Mapping[str, Entity] = {}
    longer: Mapping[OtherKey, OtherKey] = {}


#: Makes rows of all rows of one key, which come sorted by kind and body.
Merge = Callable[[str, Sequence[Keyed], Known], Iterable[Keyed]]


def groups(rows: Iterable[Keyed]) -> Iterator[tuple[str, list[Keyed]]]:
    """Yield the rows of each key; they must come sorted by it."""
    for key, found in groupby(rows, key=lambda row: row.key):
        yield key, sorted(found)


def of_kind(rows: Iterable[Keyed], kind: str) -> list[str]:
    """Return what the rows of a kind say."""
    return [row.body for row in rows if row.kind == kind]


def joined(*parts: str) -> str:
    """Return parts as one key; sorted as the parts would be."""
    return SEPARATOR.join(parts)


def dumped(value: Any) -> str:
    """Return plain values, and records in them, as JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_plain)


def _plain(value: object) -> object:
    if isinstance(value, Record):
        return value.model_dump(mode="json")
    if isinstance(value, set | frozenset):
        return sorted(value)
    raise TypeError(f"a {type(value).__name__} is no plain value")


__all__ = ["TABLE", "Keyed", "Known", "Merge", "dumped", "groups", "joined", "of_kind"]
