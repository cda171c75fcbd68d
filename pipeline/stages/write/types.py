"""The types of columns, read from the records that fill them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from models import Record
from pipeline.stages.write.flat import column_paths

ColumnType = Literal["string", "integer", "number", "boolean"]
_TYPES: Mapping[str, ColumnType] = {
    "integer": "integer",
    "number": "number",
    "boolean": "boolean",
    "string": "string",
}


@dataclass(frozen=True)
class Column:
    """One column of a table: its type, and what its cells may hold."""

    name: str
    type: ColumnType
    pattern: str | None = None
    choices: tuple[str, ...] = ()
    required: bool = False
    description: str = ""


@cache
def columns_of(table: str, kind: type[Record]) -> tuple[Column, ...]:
    """Return the columns of a table in order, typed by the fields of its record."""
    schema = kind.model_json_schema(mode="serialization")
    return tuple(
        _column(name, path.split("."), schema) for name, path in column_paths(table).items()
    )


def _column(name: str, path: Sequence[str], schema: Mapping[str, Any]) -> Column:
    node: Mapping[str, Any] = schema
    required, joined = True, False
    for step in path:
        node, optional = _resolved(node, schema)
        required = required and not optional
        if step == "#":
            return Column(name, "integer", required=True)
        if step == "*":
            joined = True
        if step == "*" or step.isdigit():
            # Of several there may be none.
            node, required = node.get("items", {"type": "string"}), False
        else:
            node = node["properties"][step]
    found, optional = _resolved(node, schema)
    if joined or found.get("type") not in _TYPES:
        return Column(name, "string", required=False)
    return Column(
        name,
        _TYPES[found["type"]],
        pattern=found.get("pattern"),
        choices=tuple(found.get("enum", ())),
        # An empty text is an empty cell.
        required=required and not optional and (found["type"] != "string" or name == "id"),
    )


def _resolved(node: Mapping[str, Any], schema: Mapping[str, Any]) -> tuple[Mapping[str, Any], bool]:
    """Return what a schema's node stands for, and whether it may be null."""
    optional = False
    while True:
        if "$ref" in node:
            node = schema["$defs"][node["$ref"].rsplit("/", 1)[-1]]
        elif "anyOf" in node:
            others = [each for each in node["anyOf"] if each.get("type") != "null"]
            optional = optional or len(others) < len(node["anyOf"])
            if len(others) != 1:
                return {}, optional
            node = others[0]
        else:
            return node, optional


__all__ = ["Column", "ColumnType", "columns_of"]
