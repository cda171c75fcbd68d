"""Columns of tabular inputs: under which names the article's fields come."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from models import Reject
from pipeline.stages.ingest import RawRow

#: A field's own name first, then the names that common news data sets give it.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "text": ("text", "body", "content", "maintext", "article_text", "full_text", "article"),
    "id": ("id",),
    "title": ("title", "headline"),
    "published": ("published", "date", "date_publish", "published_at", "publish_date", "pub_date"),
    "url": ("url", "link"),
    "source": ("source", "source_domain", "publisher", "outlet"),
    "language": ("language", "lang"),
}


def columns_of(names: list[str]) -> dict[str, str]:
    """Return which of a table's columns holds which field, case ignored."""
    present = {name.strip().lower(): name for name in reversed(names)}
    found = {}
    for field, candidates in COLUMNS.items():
        column = next((present[name] for name in candidates if name in present), None)
        if column is not None:
            found[field] = column
    return found


def row_of(cells: object, *, path: str, row: int) -> RawRow | Reject:
    """Return the row that a mapping of columns to cells is."""
    if not isinstance(cells, Mapping):
        detail = f"a row must be an object, this is {type(cells).__name__}"
        return Reject(source_path=path, row=row, reason="bad-row", detail=detail)
    columns = columns_of([str(name) for name in cells])
    values: dict[str, Any] = {field: cells[column] for field, column in columns.items()}
    if values.get("text") is None and "text" in values and values.get("title"):
        values["text"] = ""  # the title is all there is
    if values.get("text") is None:
        column = columns.get("text")
        detail = f"nothing in `{column}`" if column else "no column `text`"
        return Reject(source_path=path, row=row, reason="no-text", detail=detail)
    return RawRow(source_path=path, row=row, **values)
