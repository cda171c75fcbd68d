"""What a reader hands on: one row as it stood in its file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class RawRow:
    """One article as its file gives it, nothing checked yet.

    Args:
        source_path: the file, as named on the command line; `-` for standard input.
        text: the article's text; anything but a string is a reject.
        row: number of the row in its file, from 1; None where a file is one article.
    """

    source_path: str
    text: object
    row: int | None = None
    id: object = None
    title: object = None
    published: object = None
    url: object = None
    source: object = None
    language: object = None
