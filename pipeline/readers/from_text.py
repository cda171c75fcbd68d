"""Plain text and Markdown: one article a file, header lines at its top."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pipeline.errors import ReaderError
from pipeline.readers.decoding import NotTextError, decode
from pipeline.readers.source import Source
from pipeline.stages.ingest import RawRow

#: Keys of a header; a block that has any other is part of the text.
KEYS = frozenset({"title", "published", "source", "url", "language", "id"})

_KEY_LINE = re.compile(r"[ \t]*([A-Za-z]+)[ \t]*:(.*)(?:\n|\Z)")
_BLANK = re.compile(r"[ \t]*(?:\r?\n|\Z)")


def read(source: Source) -> Iterator[RawRow]:
    """Yield the one article of a text file.

    Raises:
        ReaderError: the file cannot be read, is too large, or is no text.
    """
    try:
        text = decode(source.read_whole())
    except NotTextError as error:
        raise ReaderError(source.path, "binary", str(error)) from error
    yield text_row(text, source.path)


def text_row(text: str, path: str) -> RawRow:
    """Return the row of a plain text; without a header the text is the whole file."""
    header, start = read_header(text)
    return RawRow(source_path=path, text=text[start:], **header)


def read_header(text: str) -> tuple[dict[str, Any], int]:
    """Return the header's values and the offset of the text behind its blank line.

    A header is a block of known `Key: value` lines at the very top that a blank line ends;
    ({}, 0) where there is none.
    """
    values: dict[str, Any] = {}
    position = len(text) - len(text.lstrip("\ufeff"))
    while line := _KEY_LINE.match(text, position):
        key = line.group(1).lower()
        if key not in KEYS:
            return {}, 0
        values.setdefault(key, line.group(2).strip(" \t\r"))
        position = line.end()
        if position >= len(text):
            break
    blank = _BLANK.match(text, position)
    if not values or blank is None:
        return {}, 0
    return values, blank.end()
