"""JSON: an array of articles, one article, or an object that holds such an array.

The array is split into its elements by a scanner that knows only strings and brackets, so an
element of a huge file is parsed by itself, a broken one is one reject, and reading goes on behind
it. (A streaming parser would stop at the first error.)
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from typing import BinaryIO

from models import Reject
from pipeline.errors import ReaderError
from pipeline.readers.decoding import NotTextError, bare_utf16, decode, guess_encoding
from pipeline.readers.fields import columns_of, row_of
from pipeline.readers.from_jsonl import parse_row
from pipeline.readers.source import EMPTY, Source
from pipeline.stages.ingest import RawRow

BLOCK = 1 << 16
#: An object at the top (no array) is parsed whole, up to this many bytes.
MAX_OBJECT = 256_000_000

_MARK = re.compile(r'["\\\[\]{},]')
_STRING_MARK = re.compile(r'["\\]')


def read(source: Source) -> Iterator[RawRow | Reject]:
    """Yield the articles of a JSON file.

    Raises:
        ReaderError: the file cannot be opened, is no JSON, or ends in the middle.
    """
    with source.open() as stream:
        head = stream.read(BLOCK)
        try:
            encoding = _encoding(head)
            first = head.decode(encoding, "replace").lstrip("\ufeff\x00 \t\r\n")[:1]
            if first == "[":
                yield from _read_array(source, stream, head, encoding)
            elif first == "{":
                yield from _read_object(source, stream, head)
            elif first:
                raise ReaderError(source.path, "bad-json", "neither an array nor an object")
            else:
                raise ReaderError(source.path, "empty", EMPTY)
        except NotTextError as error:
            raise ReaderError(source.path, "binary", str(error)) from error


def _encoding(head: bytes) -> str:
    """Return UTF-8 unless a BOM or the first block says otherwise."""
    for bom, name in ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if head.startswith(bom):
            return name
    if half := bare_utf16(head):
        return half
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        decode(head)  # raises for a picture named .json
        return guess_encoding(head)
    return "utf-8-sig"


def _read_object(source: Source, stream: BinaryIO, head: bytes) -> Iterator[RawRow | Reject]:
    data = head + stream.read(MAX_OBJECT)
    if len(data) > MAX_OBJECT:
        raise ReaderError(source.path, "too-large", f"an object of over {MAX_OBJECT} bytes")
    text = decode(data)
    try:
        top = json.loads(text)
    except RecursionError as error:
        raise ReaderError(source.path, "bad-json", "nested too deeply") from error
    except ValueError as error:
        if _is_lines(text):
            for number, line in enumerate(text.splitlines(), start=1):
                if line.strip():
                    yield parse_row(line, path=source.path, row=number)
            return
        raise ReaderError(source.path, "bad-json", str(error)[:200]) from error
    lists = [value for value in top.values() if isinstance(value, list) and value]
    if "text" not in columns_of(list(top)) and len(lists) == 1:
        for number, cells in enumerate(lists[0], start=1):
            yield row_of(cells, path=source.path, row=number)
    else:
        yield row_of(top, path=source.path, row=1)


def _is_lines(text: str) -> bool:
    """Tell whether a file named .json is JSON Lines: its first line is an object of its own."""
    try:
        return isinstance(json.loads(text.lstrip().split("\n", 1)[0]), dict)
    except (ValueError, RecursionError):
        return False


def _read_array(
    source: Source, stream: BinaryIO, head: bytes, encoding: str
) -> Iterator[RawRow | Reject]:
    blocks = _blocks(stream, head, encoding)
    row = 0
    splitter = _Splitter(max_characters=source.max_bytes)
    for block in blocks:
        for element in splitter.feed(block):
            row += 1
            if element is None:
                detail = f"an element of over {source.max_bytes} characters"
                yield Reject(source_path=source.path, row=row, reason="too-large", detail=detail)
            else:
                yield parse_row(element, path=source.path, row=row)
    if not splitter.closed:
        last = parse_row(splitter.rest(), path=source.path, row=row + 1)
        if isinstance(last, RawRow):
            row += 1
            yield last
        raise ReaderError(source.path, "bad-json", "the array is not closed", row=row + 1)


def _blocks(stream: BinaryIO, head: bytes, encoding: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    block = head
    while block:
        yield decoder.decode(block)
        block = stream.read(BLOCK)


class _Splitter:
    """Cut the text of a JSON array into the texts of its elements."""

    def __init__(self, *, max_characters: int) -> None:
        self._max = max_characters
        self._pieces: list[str] = []
        self._size = 0
        self._depth = 0
        self._in_string = False
        self._escaped = False
        self.closed = False

    def feed(self, block: str) -> Iterator[str | None]:
        """Take the next stretch of the file and yield the elements that end in it.

        None stands for an element over the limit.
        """
        begin = position = 0
        while position < len(block) and not self.closed:
            if self._escaped:
                self._escaped = False
                position += 1
                continue
            mark = (_STRING_MARK if self._in_string else _MARK).search(block, position)
            if mark is None:
                break
            at, char = mark.start(), mark.group()
            position = at + 1
            if char == "\\":
                self._escaped = True
            elif char == '"':
                self._in_string = not self._in_string
            elif char in "[{":
                self._depth += 1
                if self._depth == 1:
                    begin = position
            elif char != ",":
                self._depth -= 1
                self.closed = self._depth == 0
            if char in ",]}" and not self._in_string and self._depth <= (char == ","):
                self._keep(block[begin:at])
                yield from self._take()
                begin = position
        if not self.closed:
            self._keep(block[begin:])

    def rest(self) -> str:
        """Return what stands behind the last whole element of an array that is not closed."""
        return "".join(self._pieces)

    def _keep(self, piece: str) -> None:
        self._size += len(piece)
        if self._size <= self._max:
            self._pieces.append(piece)
        else:
            self._pieces.clear()

    def _take(self) -> Iterator[str | None]:
        element = "".join(self._pieces)
        too_large = self._size > self._max
        self._pieces, self._size = [], 0
        if too_large:
            yield None
        elif element.strip() or not self.closed:
            yield element
