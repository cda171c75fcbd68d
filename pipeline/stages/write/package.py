"""The data package: what a program that knows nothing of this one reads of the CSV files."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import Field

from models import Record
from pipeline.lexicon import Row, load_table
from pipeline.stages.write.atomic import replacing
from pipeline.stages.write.types import Column, columns_of

PACKAGE_FILE = "datapackage.json"


class TableNote(Row):
    """What a table holds, in a sentence, and which of its columns lead to other tables."""

    table: str
    title: str
    description: str
    #: Pairs of a column and the table whose `id` it holds; the table itself by its own name.
    keys: tuple[tuple[str, str], ...] = Field(default=())


@cache
def _notes() -> dict[str, TableNote]:
    rows = load_table("pipeline.stages.write", "package.toml", TableNote)
    return {row.table: row for row in rows}


def write_package(
    folder: Path, tables: Mapping[str, type[Record]], sums: Mapping[str, str]
) -> Path:
    """Write datapackage.json over the CSV files of a folder; return its path.

    It is a Frictionless Data Package: types, patterns and choices of every column, the key of
    every table and those that lead from one to another.

    Args:
        tables: record types by file name without suffix.
        sums: sha256 of the files, by name.
    """
    resources = [
        _resource(name, kind, folder / f"{name}.csv", sums[f"{name}.csv"], tables)
        for name, kind in tables.items()
    ]
    package = {
        "profile": "tabular-data-package",
        "name": "communique",
        "title": "Visits and relations between countries, as news articles tell of them",
        "description": "Written by communique; `manifest.json` says by which version, and of what.",
        "resources": resources,
    }
    path = folder / PACKAGE_FILE
    with replacing(path) as file:
        file.write(json.dumps(package, indent=1, ensure_ascii=False) + "\n")
    return path


def _resource(
    name: str, kind: type[Record], path: Path, total: str, tables: Mapping[str, type[Record]]
) -> dict[str, Any]:
    note = _notes()[name]
    schema: dict[str, Any] = {
        "fields": [_field(column) for column in columns_of(name, kind)],
        "missingValues": [""],
        "primaryKey": ["id"],
    }
    keys = _foreign_keys(name, note.keys, tables)
    if keys:
        schema["foreignKeys"] = keys
    return {
        "profile": "tabular-data-resource",
        "name": name,
        "path": path.name,
        "title": note.title,
        "description": note.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": path.stat().st_size,
        "hash": f"sha256:{total}",
        "schema": schema,
    }


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "type": column.type}
    constraints: dict[str, Any] = {}
    if column.required:
        constraints["required"] = True
    if column.name == "id":
        constraints["unique"] = True
    if column.pattern:
        constraints["pattern"] = column.pattern
    if column.choices:
        constraints["enum"] = list(column.choices)
    return field | ({"constraints": constraints} if constraints else {})


def _foreign_keys(
    name: str, keys: Sequence[tuple[str, str]], tables: Mapping[str, type[Record]]
) -> list[dict[str, Any]]:
    return [
        {
            "fields": [column],
            "reference": {"resource": "" if target == name else target, "fields": ["id"]},
        }
        for column, target in keys
        if target in tables
    ]


__all__ = ["PACKAGE_FILE", "write_package"]
