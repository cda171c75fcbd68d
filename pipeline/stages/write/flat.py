"""Records as flat rows: what a spreadsheet or a data frame shows of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from operator import attrgetter
from typing import Any

from models import Record
from pipeline.lexicon import Row, load_table

Cell = str | int | float | bool | None
#: Finds a cell in what a path leads to.
Getter = Callable[[Any], Cell]

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
def _getters(table: str) -> Mapping[str, Getter]:
    """Return what finds the cell of each column of a table in its record, in order."""
    return {name: _getter(path.split(".")) for name, path in _tables()[table].columns}


def flatten(table: str, record: Record) -> dict[str, Cell]:
    """Return a record as one row of its table."""
    return {name: cell_of(record) for name, cell_of in _getters(table).items()}


def _getter(path: Sequence[str]) -> Getter:
    """Return what follows a path; it ends with None where there is nothing to follow."""
    step, rest = path[0], path[1:]
    if step == "#":
        return len
    if step == "*":
        each_of = _getter(rest) if rest else _itself
        return lambda found: SEPARATOR.join([str(each_of(each)) for each in found])
    first = _nth(int(step)) if step.isdigit() else attrgetter(step)
    if not rest:
        return first
    further = _getter(rest)
    return lambda found: None if (value := first(found)) is None else further(value)


def _itself(found: Any) -> Any:
    return found


def _nth(place: int) -> Callable[[Sequence[Any]], Any]:
    return lambda found: found[place] if place < len(found) else None


def guarded(cell: Cell) -> Cell:
    """Keep a spreadsheet from running a cell: a text that looks like a formula gets a `'`.

    Numbers are left alone; "-5" as a text is guarded, -5 as a number is not.
    """
    if isinstance(cell, str) and cell.startswith(FORMULA_STARTS):
        return f"'{cell}"
    return cell
