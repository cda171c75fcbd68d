"""Records as flat rows: what a spreadsheet or a data frame shows of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

from models import Record
from pipeline.lexicon import Row, load_table

Cell = str | int | float | bool | None

#: Between several values in one cell.
SEPARATOR = "; "
#: What a spreadsheet takes for the start of a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


class TableColumns(Row):
    """The columns of one table: pairs of name and path."""

    table: str
    columns: tuple[tuple[str, str], ...]


@lru_cache(maxsize=1)
def _tables() -> dict[str, TableColumns]:
    rows = load_table("pipeline.stages.write", "columns.toml", TableColumns)
    return {row.table: row for row in rows}


def column_names(table: str) -> list[str]:
    """Return the columns of a table, in order."""
    return [name for name, _ in _tables()[table].columns]


def column_paths(table: str) -> dict[str, str]:
    """Return the paths of a table's columns in its record, by name, in order."""
    return dict(_tables()[table].columns)


@cache
def _steps(table: str) -> Sequence[tuple[str, Sequence[str]]]:
    """Return the columns of a table with the steps of their paths."""
    return [(name, path.split(".")) for name, path in _tables()[table].columns]


def flatten(table: str, record: Record) -> dict[str, Cell]:
    """Return a record as one row of its table."""
    return flatten_plain(table, record.model_dump(mode="json"))


def flatten_plain(table: str, values: Mapping[str, Any]) -> dict[str, Cell]:
    """Return a record that JSON gave as one row of its table."""
    return {name: _value(values, path) for name, path in _steps(table)}


def _value(found: Any, path: Sequence[str]) -> Cell:
    for number, step in enumerate(path):
        if step == "#":
            return len(found)
        if step == "*":
            rest = path[number + 1 :]
            return SEPARATOR.join(str(_value(each, rest)) for each in found)
        if step.isdigit():
            found = found[int(step)] if int(step) < len(found) else None
        elif found is not None:
            found = found[step]
    return found  # type: ignore[no-any-return]  # a path of the table ends at a plain value


def guarded(cell: Cell) -> Cell:
    """Keep a spreadsheet from running a cell: a text that looks like a formula gets a `'`.

    Numbers are left alone; "-5" as a text is guarded, -5 as a number is not.
    """
    if isinstance(cell, str) and cell.startswith(FORMULA_STARTS):
        return f"'{cell}"
    return cell
