"""A table as it was last written, whose rows are found again where its records are the same."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO, Self

#: Field by which the records of a table are in order; `id` for the others.
ORDERED_BY = {"dates": "article_id"}


class Standing:
    """The rows of a table's JSON and CSV files, which hold the same records in the same order."""

    def __init__(self, name: str, as_json: Path, as_csv: Path) -> None:
        self._field = ORDERED_BY.get(name, "id")
        self._paths = as_json, as_csv
        self._files = ExitStack()
        self._rows: Iterator[tuple[bytes, bytes]] = iter(())
        self._next: tuple[bytes, bytes] | None = None

    def __enter__(self) -> Self:
        lines, rows = (self._files.enter_context(path.open("rb")) for path in self._paths)
        next(csv_rows(rows), None)  # the header
        self._rows = zip(_json_lines(lines), csv_rows(rows), strict=True)
        self._next = next(self._rows, None)
        return self

    def __exit__(self, *_: object) -> None:
        self._files.close()

    def row(self, line: bytes) -> bytes | None:
        """Return the CSV row of a record, None where it was not written just so.

        Records are to be asked for in the order of the table.
        """
        if self._next is None:
            return None
        if self._next[0] != line:
            key = self._key(line)
            while self._next is not None and self._key(self._next[0]) < key:
                self._next = next(self._rows, None)
        if self._next is None or self._next[0] != line:
            return None
        _, row = self._next
        self._next = next(self._rows, None)
        return row

    def _key(self, line: bytes) -> str:
        return str(json.loads(line)[self._field])


def _json_lines(file: BinaryIO) -> Iterator[bytes]:
    """Yield the elements of an array that was written here, without what parts them."""
    for line in file:
        if line.startswith(b"{"):
            yield line.removesuffix(b"\n").removesuffix(b",")


def csv_rows(file: BinaryIO) -> Iterator[bytes]:
    """Yield the rows of a CSV file as they stand; a row may hold line breaks within quotes."""
    row, quotes = b"", 0
    for line in file:
        row += line
        quotes += line.count(b'"')
        if quotes % 2 == 0:
            yield row
            row, quotes = b"", 0


__all__ = ["Standing", "csv_rows"]
