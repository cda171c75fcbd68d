"""JSON Lines: one article a line, read line by line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from models import Reject
from pipeline.errors import ReaderError
from pipeline.readers.decoding import NotTextError, text_lines
from pipeline.readers.fields import row_of
from pipeline.readers.source import Source
from pipeline.stages.ingest import RawRow


@dataclass(frozen=True, slots=True)
class Line:
    """A line that holds something, and its number."""

    path: str
    number: int
    text: str

    def row(self) -> RawRow | Reject:
        """Return the article of the line."""
        return parse_row(self.text, path=self.path, row=self.number)


def read(source: Source) -> Iterator[RawRow | Reject]:
    """Yield the article of each line that is not blank; a bad line is one reject.

    Raises:
        ReaderError: the file cannot be opened or unpacked, or is no text.
    """
    return (line if isinstance(line, Reject) else line.row() for line in lines(source))


def lines(source: Source) -> Iterator[Line | Reject]:
    """Yield each line that is not blank; one that is too long is a reject.

    Raises:
        ReaderError: as for `read`.
    """
    with source.open() as stream:
        try:
            for number, line in enumerate(text_lines(stream, max_bytes=source.max_bytes), start=1):
                if line is None:
                    detail = f"line of over {source.max_bytes} bytes"
                    yield Reject(
                        source_path=source.path, row=number, reason="too-large", detail=detail
                    )
                elif line.strip("\ufeff\x00 \t\r\n"):
                    yield Line(source.path, number, line)
        except NotTextError as error:
            raise ReaderError(source.path, "binary", str(error)) from error


def parse_row(text: str, *, path: str, row: int) -> RawRow | Reject:
    """Return the article of one JSON object."""
    try:
        return row_of(json.loads(text), path=path, row=row)
    except (ValueError, RecursionError) as error:
        return Reject(source_path=path, row=row, reason="bad-json", detail=str(error)[:200])
