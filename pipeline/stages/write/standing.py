"""A table as it was last written, whose rows are taken over where its records are the same."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Self

from pipeline.errors import RowsMissingError

#: Rows that are taken over at once.
MOST = 1_000


class Standing:
    """The rows of a table's JSON and CSV files, which hold the same records in the same order."""

    def __init__(self, as_json: Path, as_csv: Path) -> None:
        self._paths = as_json, as_csv
        self._files = ExitStack()
        self._lines: Iterator[bytes] = iter(())
        self._rows: Iterator[bytes] = iter(())

    def __enter__(self) -> Self:
        lines, rows = (self._files.enter_context(path.open("rb")) for path in self._paths)
        self._lines = (line for line in lines if line.startswith(b"{"))
        self._rows = csv_rows(rows)
        next(self._rows, None)  # the header
        return self

    def __exit__(self, *_: object) -> None:
        self._files.close()

    def take(self, count: int) -> Iterator[tuple[int, bytes, bytes]]:
        """Yield the next rows, many at a time: how many, the elements of JSON, the rows of CSV.

        Raises:
            RowsMissingError: there are not so many.
        """
        while count > 0:
            wanted = min(count, MOST)
            lines, rows = list(islice(self._lines, wanted)), list(islice(self._rows, wanted))
            if not len(lines) == len(rows) == wanted:
                raise RowsMissingError(f"{self._paths[0]} has too few rows")
            # The last element of the array has no comma behind it.
            yield wanted, b"".join(lines).removesuffix(b"\n").removesuffix(b","), b"".join(rows)
            count -= wanted

    def end(self) -> None:
        """Make sure that all rows were taken.

        Raises:
            RowsMissingError: there are more.
        """
        if next(self._lines, None) is not None or next(self._rows, None) is not None:
            raise RowsMissingError(f"{self._paths[0]} has too many rows")


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
