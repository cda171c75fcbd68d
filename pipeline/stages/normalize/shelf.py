"""Rows by key, more than memory holds: kept in sorted runs on disk, read back in order."""

from __future__ import annotations

import heapq
import json
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from types import TracebackType
from typing import Generic, Self, TypeVar

from models import Record
from pipeline.errors import StoreError

AnyRow = TypeVar("AnyRow", bound=Record)

#: Rows that are held before they are sorted and put on disk.
HELD_ROWS = 20_000

#: The block of a row, and its place in it.
Key = tuple[str, str]
Entry = tuple[Key, AnyRow]


class Shelf(Generic[AnyRow]):
    """Rows of one kind; put in any order, read by block.

    Up to `held_rows` stay in memory as they are; more go to files in a folder that is gone when
    the shelf is closed.
    """

    def __init__(self, kind: type[AnyRow], *, held_rows: int = HELD_ROWS) -> None:
        self._kind = kind
        self._held_rows = held_rows
        self._held: list[Entry[AnyRow]] = []
        self._runs: list[Path] = []
        self._files = ExitStack()
        self._folder: Path | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._files.close()

    def put(self, block: str, place: str, row: AnyRow) -> None:
        """Keep a row; no two of a block may have one place.

        Raises:
            StoreError: the disk for temporary files (`TMPDIR`) is full or cannot be written to.
        """
        self._held.append(((block, place), row))
        if len(self._held) >= self._held_rows:
            try:
                self._spill()
            except OSError as error:
                problem = f"temporary files cannot be written: {error.strerror or error}"
                raise StoreError(problem) from error

    def _spill(self) -> None:
        if self._folder is None:
            made = tempfile.TemporaryDirectory(prefix="communique-")
            self._folder = Path(self._files.enter_context(made))
        self._held.sort(key=itemgetter(0))
        path = self._folder / f"{len(self._runs):06}"
        with path.open("w", encoding="utf-8", newline="\n") as file:
            for key, row in self._held:
                file.write(f"{json.dumps(key)}\t{row.model_dump_json()}\n")
        self._runs.append(path)
        self._held.clear()

    def blocks(self) -> Iterator[tuple[str, list[AnyRow]]]:
        """Yield the blocks in order of their names, each with its rows in order of place."""
        for block, entries in groupby(self._entries(), key=lambda entry: entry[0][0]):
            yield block, [row for _, row in entries]

    def __iter__(self) -> Iterator[AnyRow]:
        """Yield the rows in order of block and place."""
        return (row for _, row in self._entries())

    def _entries(self) -> Iterator[Entry[AnyRow]]:
        self._held.sort(key=itemgetter(0))
        if not self._runs:
            yield from self._held
            return
        with ExitStack() as files:
            runs = [self._read(path, files) for path in self._runs]
            yield from heapq.merge(*runs, self._held, key=itemgetter(0))

    def _read(self, path: Path, files: ExitStack) -> Iterator[Entry[AnyRow]]:
        file = files.enter_context(path.open(encoding="utf-8", newline="\n"))
        return (self._entry(line) for line in file)

    def _entry(self, line: str) -> Entry[AnyRow]:
        key, _, row = line.partition("\t")
        block, place = json.loads(key)
        return (block, place), self._kind.model_validate_json(row)


__all__ = ["HELD_ROWS", "AnyRow", "Shelf"]
