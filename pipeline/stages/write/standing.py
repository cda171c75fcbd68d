"""A table as it was last written, whose rows are taken over where its records are the same."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO, Self

from pipeline.errors import RowsMissingError


class Standing:
    """The rows of a table's JSON and CSV files, which hold the same records in the same order."""

    def __init__(self, as_json: Path, as_csv: Path) -> None:
        self._paths = as_json, as_csv
        self._files = ExitStack()
        self._rows: Iterator[tuple[bytes, bytes]] = iter(())

    def __enter__(self) -> Self:
        lines, rows = (self._files.enter_context(path.open("rb")) for path in self._paths)
        next(csv_rows(rows), None)  # the header
        self._rows = zip(_json_lines(lines), csv_rows(rows), strict=True)
        return self

    def __exit__(self, *_: object) -> None:
        self._files.close()

    def take(self, count: int) -> Iterator[tuple[bytes, bytes]]:
        """Yield the next rows: each record as JSON, and its row of CSV.

        Raises:
            RowsMissingError: there are not so many.
        """
        for _ in range(count):
            found = next(self._rows, None)
            if found is None:
                raise RowsMissingError(f"{self._paths[0]} has too few rows")
            yield found

    def end(self) -> None:
        """Make sure that all rows were taken.

        Raises:
            RowsMissingError: there are more.
        """
        if next(self._rows, None) is not None:
            raise RowsMissingError(f"{self._paths[0]} has too many rows")


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
