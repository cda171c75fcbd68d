"""JSON Lines: one article a line, read line by line."""

from __future__ import annotations

import json
from collections.abc import Iterator

from models import Reject
from pipeline.errors import ReaderError
from pipeline.readers.decoding import NotTextError, text_lines
from pipeline.readers.fields import row_of
from pipeline.readers.source import Source
from pipeline.stages.ingest import RawRow


def read(source: Source) -> Iterator[RawRow | Reject]:
    """Yield the article of each line that is not blank; a bad line is one reject.

    Raises:
        ReaderError: the file cannot be opened or unpacked, or is no text.
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
                    yield parse_row(line, path=source.path, row=number)
        except NotTextError as error:
            raise ReaderError(source.path, "binary", str(error)) from error


def parse_row(text: str, *, path: str, row: int) -> RawRow | Reject:
    """Return the article of one JSON object."""
    try:
        return row_of(json.loads(text), path=path, row=row)
    except (ValueError, RecursionError) as error:
        return Reject(source_path=path, row=row, reason="bad-json", detail=str(error)[:200])
