"""CSV: one article a row, columns named by the header line."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from models import Reject
from pipeline.errors import ReaderError
from pipeline.readers.decoding import NotTextError, text_lines
from pipeline.readers.fields import columns_of, row_of
from pipeline.readers.source import EMPTY, Source
from pipeline.stages.ingest import RawRow

DELIMITERS = ",;\t|"


def read(source: Source) -> Iterator[RawRow | Reject]:
    """Yield the article of each row; a malformed row is one reject.

    Raises:
        ReaderError: the file cannot be opened, or its header names no column `text`.
    """
    # The module's limit is one for the process; ours is the same for all files of a run.
    csv.field_size_limit(source.max_bytes)
    with source.open() as stream:
        lines = _lines(text_lines(stream, max_bytes=source.max_bytes), source.max_bytes)
        try:
            first = next(lines, "")
            if not first.strip():
                raise ReaderError(source.path, "empty", EMPTY)
            delimiter = _delimiter(first)
            header = next(csv.reader([first], delimiter=delimiter))
            if "text" not in columns_of(header):
                raise ReaderError(source.path, "no-text", f"no column `text` among {header[:12]}")
            yield from _rows(source, lines, header, delimiter)
        except csv.Error as error:
            raise ReaderError(source.path, "bad-csv", f"header: {error}") from error
        except NotTextError as error:
            raise ReaderError(source.path, "binary", str(error)) from error


def _lines(lines: Iterator[str | None], max_bytes: int) -> Iterator[str]:
    # In the place of a line over the limit csv gets a field over its own, so that the row counts.
    for line in lines:
        yield "x" * (max_bytes + 1) if line is None else line


def _delimiter(header: str) -> str:
    """Return the delimiter by which the header has a column `text`, else the most frequent."""
    for delimiter in DELIMITERS:
        if "text" in columns_of(next(csv.reader([header], delimiter=delimiter))):
            return delimiter
    return max(DELIMITERS, key=header.count)


def _rows(
    source: Source, lines: Iterator[str], header: list[str], delimiter: str
) -> Iterator[RawRow | Reject]:
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    row = 0
    while True:
        row += 1
        begin = reader.line_num + 2
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            detail = f"{error} (lines {begin} to {reader.line_num + 1})"
            reason = "too-large" if "limit" in str(error) else "bad-csv"
            yield Reject(source_path=source.path, row=row, reason=reason, detail=detail)
            continue
        if not cells:
            row -= 1
        elif len(cells) != len(header):
            detail = f"{len(cells)} cells under {len(header)} columns (line {begin})"
            yield Reject(source_path=source.path, row=row, reason="bad-csv", detail=detail)
        else:
            named = {name: cell or None for name, cell in zip(header, cells, strict=True)}
            yield row_of(named, path=source.path, row=row)
