"""One input file: opened unpacked, never more of it in memory than asked for."""

from __future__ import annotations

import gzip
import io
import sys
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from pipeline.errors import ReaderError
from pipeline.readers.remote import is_remote, opened

#: Bytes that one article may take in a file, per character allowed (JSON's `\\uXXXX` takes six).
BYTES_PER_CHARACTER = 6
#: An archive that unpacks to more than this many times its own size, and to more than
#: `RATIO_FROM` bytes, was made to fill a memory. News packs to a fifth, tables to a fiftieth.
MAX_RATIO = 500
RATIO_FROM = 100_000_000
#: Standard input is kept in memory up to here, then on disk.
SPOOL = 16_000_000

#: Of a file of nothing but white space.
EMPTY = "nothing is in the file"

UNREADABLE = (OSError, EOFError, zlib.error)


@dataclass(frozen=True)
class Source:
    """An input file.

    Args:
        path: as the records name it; `-` for standard input.
        max_characters: longest article that is read.
        stored_as: the file's own name, where that is no text.
    """

    path: str
    max_characters: int
    stored_as: str = ""

    @property
    def place(self) -> str:
        """Where the file lies."""
        return self.stored_as or self.path

    @property
    def suffix(self) -> str:
        """The format: the last suffix, without `.gz`, in lower case."""
        return Path(self.path.removesuffix(".gz").removesuffix(".GZ")).suffix.lower()

    @property
    def max_bytes(self) -> int:
        """The most bytes that one article may take."""
        return self.max_characters * BYTES_PER_CHARACTER + 10_000

    @contextmanager
    def open(self) -> Iterator[BinaryIO]:
        """Open for reading, unpacked; standard input is copied so that it can be read again.

        Raises:
            ReaderError: the file cannot be opened or unpacked.
        """
        try:
            with self._raw() as stream:
                yield stream
        except UNREADABLE as error:
            raise ReaderError(self.path, "unreadable", str(error)) from error

    @contextmanager
    def _raw(self) -> Iterator[BinaryIO]:
        if self.path == "-":
            with tempfile.SpooledTemporaryFile(max_size=SPOOL) as spool:
                while block := sys.stdin.buffer.read(1 << 20):
                    spool.write(block)
                spool.seek(0)
                yield cast("BinaryIO", spool)
        else:
            with self._stored() as (stored, size), ExitStack() as layers:
                if not self.path.lower().endswith(".gz"):
                    yield stored
                    return
                packed = layers.enter_context(gzip.GzipFile(fileobj=stored, mode="rb"))
                guard = _Guard(packed, self.path, size)
                yield cast("BinaryIO", layers.enter_context(io.BufferedReader(guard, 1 << 16)))

    @contextmanager
    def _stored(self) -> Iterator[tuple[BinaryIO, int]]:
        """Open the file as it is stored; yield it with its size."""
        if is_remote(self.place):
            files, name = opened(self.place)
            with files.open(name, "rb") as stored:
                yield stored, files.size(name) or 0
        else:
            path = Path(self.place)
            with path.open("rb") as stream:
                yield stream, path.stat().st_size

    def read_whole(self) -> bytes:
        """Return all bytes of a file that is one article.

        Raises:
            ReaderError: the file cannot be read, or holds more than one article may.
        """
        with self.open() as stream:
            data = stream.read(self.max_bytes + 1)
        if len(data) > self.max_bytes:
            raise ReaderError(self.path, "too-large", f"over {self.max_bytes} bytes")
        return data


class _Guard(io.RawIOBase):
    """A packed stream that stops when it unpacks out of all proportion."""

    def __init__(self, packed: gzip.GzipFile, path: str, size: int) -> None:
        self._packed, self._path, self._done = packed, path, 0
        self._limit = max(RATIO_FROM, size * MAX_RATIO)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview | bytearray) -> int:  # type: ignore[override]
        data = self._packed.read(len(buffer))
        self._done += len(data)
        if self._done > self._limit:
            raise ReaderError(self._path, "too-large", f"unpacks to over {self._limit} bytes")
        buffer[: len(data)] = data
        return len(data)
