"""Rows by key, more than memory holds: kept in sorted runs on disk, read back in order."""

from __future__ import annotations

import heapq
import json
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Generic, Self, TypeVar

from models import Record
from pipeline.errors import StoreError

AnyRow = TypeVar("AnyRow")
AnyTold = TypeVar("AnyTold")

#: Rows that are held before they are sorted and put on disk.
HELD_ROWS = 5_000
#: Sorted runs of about one size that are brought together into one, so that few files are open.
FAN = 32

_dumped = json.JSONEncoder().encode
#: The block of a row, and its place in it.
Key = tuple[str, str]
Entry = tuple[Key, AnyRow]


class Shelf(Generic[AnyRow]):
    """Rows of one kind; put in any order, read by block.

    Up to `held_rows` stay in memory as they are; more go to files in a folder that is gone when
    the shelf is closed.
    """

    def __init__(self, read: Callable[[str], AnyRow], *, held_rows: int = HELD_ROWS) -> None:
        """Make an empty shelf.

        Args:
            read: returns the row of its JSON: of a record that of `model_dump_json`, of other rows
                what `put_packed` is given.
        """
        self._read = read
        self._held_rows = held_rows
        self._held: list[tuple[Key, AnyRow | str]] = []
        #: By how often they were brought together.
        self._runs: dict[int, list[Path]] = defaultdict(list)
        self._count = 0
        self._files = ExitStack()
        self._folder: Path | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._files.close()

    def put(self, block: str, place: str, row: AnyRow) -> None:
        """Keep a row; no two of a block may have one place.

        Raises:
            StoreError: the disk for temporary files (`TMPDIR`) is full or cannot be written to.
        """
        self._put((block, place), row)

    def put_packed(self, block: str, place: str, row: str) -> None:
        """Keep a row that is its JSON, as `put` does; it is read when it is asked for."""
        self._put((block, place), row)

    def _put(self, key: Key, row: AnyRow | str) -> None:
        self._held.append((key, row))
        if len(self._held) >= self._held_rows:
            with _disk():
                self._spill()

    def _spill(self) -> None:
        self._held.sort(key=itemgetter(0))
        lines = (f"{_dumped(key)}\t{_packed(row)}\n" for key, row in self._held)
        self._runs[0].append(self._written(lines))
        self._held.clear()
        level = 0
        while len(runs := self._runs[level]) >= FAN:
            with ExitStack() as files:
                merged = heapq.merge(*(_lines(path, files) for path in runs), key=_key)
                self._runs[level + 1].append(self._written(merged))
            for path in runs:
                path.unlink()
            runs.clear()
            level += 1

    def _written(self, lines: Iterable[str]) -> Path:
        """Put lines into a new file."""
        if self._folder is None:
            made = tempfile.TemporaryDirectory(prefix="communique-")
            self._folder = Path(self._files.enter_context(made))
        path = self._folder / f"{self._count:06}"
        self._count += 1
        with path.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(lines)
        return path

    def blocks(self) -> Iterator[tuple[str, list[AnyRow]]]:
        """Yield the blocks in order of their names, each with its rows in order of place."""
        for block, entries in groupby(self._entries(), key=lambda entry: entry[0][0]):
            yield block, [row for _, row in entries]

    def packed_blocks(self) -> Iterator[tuple[str, list[str]]]:
        """Yield the blocks as `blocks` does, each row as `put_packed` was given it."""
        for block, entries in groupby(self._packed_entries(), key=lambda entry: entry[0][0]):
            yield block, [row for _, row in entries]

    def __iter__(self) -> Iterator[AnyRow]:
        """Yield the rows in order of block and place."""
        return (row for _, row in self._entries())

    def _entries(self) -> Iterator[Entry[AnyRow]]:
        return self._sorted(self._unpacked)

    def _packed_entries(self) -> Iterator[Entry[str]]:
        return self._sorted(_packed)

    def _sorted(self, told: Callable[[AnyRow | str], AnyTold]) -> Iterator[Entry[AnyTold]]:
        """Yield the rows in order of block and place, each as a function tells it."""
        self._held.sort(key=itemgetter(0))
        held = ((key, told(row)) for key, row in self._held)
        if not self._runs:
            yield from held
            return
        with ExitStack() as files:
            paths = [path for runs in self._runs.values() for path in runs]
            runs = [(_entry(line, told) for line in _lines(path, files)) for path in paths]
            yield from heapq.merge(*runs, held, key=itemgetter(0))

    def _unpacked(self, row: AnyRow | str) -> AnyRow:
        return self._read(row) if isinstance(row, str) else row


@contextmanager
def _disk() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        problem = f"temporary files cannot be written: {error.strerror or error}"
        raise StoreError(problem) from error


def _packed(row: object) -> str:
    if isinstance(row, str):
        return row
    assert isinstance(row, Record)  # others come packed
    return row.model_dump_json()


def _entry(line: str, told: Callable[[str], AnyTold]) -> Entry[AnyTold]:
    return _key(line), told(line.partition("\t")[2].removesuffix("\n"))


def _lines(path: Path, files: ExitStack) -> Iterator[str]:
    return iter(files.enter_context(path.open(encoding="utf-8", newline="\n")))


def _key(line: str) -> Key:
    block, place = json.loads(line.partition("\t")[0])
    return block, place


__all__ = ["HELD_ROWS", "AnyRow", "Shelf"]
