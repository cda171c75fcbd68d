"""From the inputs of a call to articles, one at a time."""

from __future__ import annotations

import json
import logging
import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import BinaryIO, TypeVar

from models import Article, Reject
from pipeline.errors import ReaderError
from pipeline.readers import from_jsonl
from pipeline.readers.decoding import NotTextError, text_lines
from pipeline.readers.source import UNREADABLE, Source
from pipeline.readers.walk import STDIN, format_of, list_files, told_path
from pipeline.stages.ingest import MAX_CHARACTERS, RawRow, make_article
from pipeline.stages.ingest.article import content_id
from pipeline.stages.ingest.published import check_option

LOGGER = logging.getLogger(__name__)

#: Reasons of rejects that may be gone the next time, though the file is as it was.
PASSING = frozenset({"too-slow", "unreadable"})
#: The one language whose sentences the rules read.
ENGLISH = "en"

Reader = Callable[[Source], Iterator[RawRow | Reject]]
Found = TypeVar("Found")


def _reader(name: str) -> Reader:
    """Return a format's reader; it is imported, with its libraries, for the first such file."""

    def read(source: Source) -> Iterator[RawRow | Reject]:
        made: Reader = import_module(f"pipeline.readers.from_{name}").read
        return made(source)

    return read


_TEXT, _HTML, _JSON = map(_reader, ("text", "html", "json"))

#: Each also with `.gz` behind it.
READERS: Mapping[str, Reader] = {
    ".txt": _TEXT,
    ".md": _TEXT,
    ".html": _HTML,
    ".htm": _HTML,
    ".json": _JSON,
    ".jsonl": from_jsonl.read,
    ".csv": _reader("csv"),
    ".parquet": _reader("parquet"),
}


def read_inputs(
    inputs: Sequence[str | Path],
    *,
    published: str | None = None,
    max_characters: int = MAX_CHARACTERS,
) -> Iterator[Article | Reject]:
    """Yield the articles of files and folders in the order of their paths, lazily.

    What cannot be made an article comes as a Reject with a reason: `empty`, `no-text`, `binary`,
    `too-large`, `too-slow`, `unreadable`, `bad-json`, `bad-csv`, `bad-row`, `unknown-suffix`. An
    article read twice is yielded twice, with the same id.

    Args:
        inputs: files and folders; `-` is standard input (text, or JSON).
        published: date for articles that no other source dates.
        max_characters: longer articles are rejected.

    Raises:
        ReaderError: an input does not exist.
        ConfigError: `published` is no date.
    """
    files = list_files(inputs, suffixes=READERS)
    return read_files(files, published=published, max_characters=max_characters)


def read_files(
    files: Sequence[str],
    *,
    published: str | None = None,
    max_characters: int = MAX_CHARACTERS,
) -> Iterator[Article | Reject]:
    """Yield the articles of listed files, as `read_inputs` does; one that is gone is a reject.

    Raises:
        ConfigError: `published` is no date.
    """
    return _articles(files, check_option(published), max_characters)


def _articles(
    files: Sequence[str], option: str | None, max_characters: int
) -> Iterator[Article | Reject]:
    ids = Ids()
    foreign: Counter[str] = Counter()
    for path in files:
        for made in read_file(path, published=option, max_characters=max_characters):
            if isinstance(made, Article) and made.language not in (None, ENGLISH):
                foreign[str(made.language)] += 1
            yield made if isinstance(made, Reject) else ids.settle(made)
    warn_of(foreign)


def warn_of(foreign: Mapping[str, int]) -> None:
    """Tell of articles that are not in English, counted by language."""
    if foreign:
        told = ", ".join(f"{count} {code}" for code, count in sorted(foreign.items()))
        LOGGER.warning("articles in other languages than English give hardly a record: %s", told)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a file, not yet made an article.

    Args:
        line: that it is, "" in a format whose rows are no lines.
        made: makes it one.
    """

    line: str
    made: Callable[[], Article | Reject]


def read_file(
    path: str, *, published: str | None, max_characters: int
) -> Iterator[Article | Reject]:
    """Yield the articles of one file, each with the id that it brings or that its content gives."""
    rows = read_rows(path, published=published, max_characters=max_characters)
    return (row.made() for row in rows)


def read_rows(path: str, *, published: str | None, max_characters: int) -> Iterator[Row]:
    """Yield the rows of one file."""
    source = Source(told_path(path), max_characters, stored_as=path)

    def made(row: RawRow | Reject) -> Article | Reject:
        if isinstance(row, Reject):
            return row
        return make_article(row, published=published, max_characters=max_characters)

    if path != STDIN and format_of(path) == ".jsonl":
        for line in _rows(source, from_jsonl.lines):
            if isinstance(line, Reject):
                yield Row("", partial(made, line))
            else:
                yield Row(line.text.rstrip("\r\n"), partial(_of_line, line, made))
    else:
        reader = _stdin_reader if path == STDIN else READERS.get(format_of(path))
        for row in _rows(source, reader):
            yield Row("", partial(made, row))


def _of_line(
    line: from_jsonl.Line, made: Callable[[RawRow | Reject], Article | Reject]
) -> Article | Reject:
    return made(line.row())


def content_id_of(article: Article) -> str:
    """Return the id that an article's content gives, whatever id it brought."""
    stated = article.published if article.published_by == "metadata" else None
    return content_id(article.text, article.title, stated)


def _rows(
    source: Source, reader: Callable[[Source], Iterator[Found | Reject]] | None
) -> Iterator[Found | Reject]:
    """Yield a file's rows; what goes wrong with the file as a whole is one reject."""
    if source.path != STDIN and os.path.isdir(source.place):  # noqa: PTH112 - never raises
        yield _reject(source, None, "unreadable", "the folder cannot be listed")
        return
    if reader is None:
        known = " ".join(READERS)
        detail = f"known are {known}, each also with .gz"
        yield Reject(source_path=source.path, reason="unknown-suffix", detail=detail)
        return
    try:
        yield from reader(source)
    except ReaderError as error:
        yield _reject(source, error.row, error.reason, error.detail)
    except UNREADABLE as error:
        yield _reject(source, None, "unreadable", str(error))


def _reject(source: Source, row: int | None, reason: str, detail: str) -> Reject:
    return Reject(source_path=source.path, row=row, reason=reason, detail=detail)


def _stdin_reader(source: Source) -> Iterator[RawRow | Reject]:
    """Read standard input: a JSON array, lines that are JSON objects, or one text."""
    with source.open() as stream:
        try:
            lines = text_lines(stream, max_bytes=source.max_bytes)
            first = next((line for line in lines if line is None or line.strip()), "") or ""
        except NotTextError as error:
            raise ReaderError(source.path, "binary", str(error)) from error
        held = _Held(source.path, source.max_characters, stream=stream)
        yield from _stdin_format(first)(held)


def _stdin_format(first: str) -> Reader:
    """Tell what standard input holds by its first line."""
    if _is_object(first):
        return from_jsonl.read
    opening = "".join(first.split()).lstrip("\ufeff")
    return _JSON if opening in ("[", "{") or opening[:2] == "[{" else _TEXT


@dataclass(frozen=True)
class _Held(Source):
    """A source whose bytes are in hand already."""

    stream: BinaryIO = field(kw_only=True)

    @contextmanager
    def open(self) -> Iterator[BinaryIO]:
        self.stream.seek(0)
        yield self.stream


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


class Ids:
    """Given ids and what they were given to, so that no two articles share one."""

    def __init__(self) -> None:
        self._contents: dict[str, str] = {}

    def settle(self, article: Article) -> Article:
        """Return the article; with an id from its content where another has its given one."""
        content = content_id_of(article)
        if article.id == content or self.holds(article.id, content):
            return article
        LOGGER.warning(
            "%s: id %s belongs to another article; named %s",
            article.source_path,
            article.id,
            content,
        )
        return article.model_copy(update={"id": content})

    def holds(self, given: str, content: str) -> bool:
        """Give an id to what has a content, and tell whether it is its own."""
        return self._contents.setdefault(given, content) == content
