"""Write records as JSON and CSV, each checked on the way out and again when read back."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from hashlib import sha256
from itertools import zip_longest
from pathlib import Path
from typing import TextIO

from pydantic import ValidationError

from models import (
    Article,
    Conflict,
    DateExpression,
    Entity,
    LedgerEntry,
    Manifest,
    Record,
    Reject,
    RelationStep,
    Upgrade,
    Visit,
)
from pipeline.errors import StoreError
from pipeline.plan import Stretch
from pipeline.share import Share, alone
from pipeline.stages.write.atomic import replacing
from pipeline.stages.write.flat import Cell, column_names, flatten, guarded
from pipeline.stages.write.package import write_package
from pipeline.stages.write.parquet import parquet_rows
from pipeline.stages.write.standing import Standing

#: Record types that are written, by file name without suffix.
OUTPUTS: Mapping[str, type[Record]] = {
    "articles": Article,
    "entities": Entity,
    "dates": DateExpression,
    "visits": Visit,
    "upgrades": Upgrade,
    "ledger": LedgerEntry,
    "conflicts": Conflict,
    "relations": RelationStep,
}
REJECTS_FILE = "rejects.json"
MANIFEST_FILE = "manifest.json"

#: Rows that are checked, and made and read back as CSV, at once.
PAGE = 200
#: How a CSV cell spells what is not a text.
_SPELLED: Mapping[object, str] = {None: "", True: "true", False: "false"}


@dataclass(frozen=True)
class FolderWriter:
    """Write tables into an output folder."""

    name: str = "write"
    packages: tuple[str, ...] = ("pipeline.stages.write",)
    #: Whether each table is also written as Parquet.
    parquet: bool = False

    @property
    def outputs(self) -> Mapping[str, type[Record]]:
        """Return the record types that are written, by file name without suffix."""
        return OUTPUTS

    def write_table(self, folder: Path, name: str, records: Iterable[Record], /) -> dict[str, str]:
        """Write `name`.json and `name`.csv, and `name`.parquet if wanted; return their sha256.

        Raises:
            StoreError: a file cannot be written, or does not read back as it was meant.
        """
        lines = (record.model_dump_json() for record in records)
        return self.write_lines(folder, name, lines, again=False)[0]

    @property
    def takes_over(self) -> bool:
        """Return whether rows are taken over from files that stand: there is no Parquet to fill."""
        return not self.parquet

    def write_lines(
        self,
        folder: Path,
        name: str,
        lines: Iterable[str | Stretch],
        /,
        *,
        again: bool,
        share: Share = alone,
    ) -> tuple[dict[str, str], int]:
        """Write records that come as JSON, as `write_table` does; return sums and their number.

        Args:
            share: does what other processes may help with: checking rows and spelling cells.
            again: whether the table's files in the folder are as this program wrote them, and
                `lines` tells of every row of theirs.

        Raises:
            StoreError: as for `write_table`.
            RowsMissingError: the files hold other rows than `lines` tells of.
        """
        as_json, as_csv = folder / f"{name}.json", folder / f"{name}.csv"
        with ExitStack() as files:
            parquet = None
            if self.parquet:
                path = folder / f"{name}.parquet"
                parquet = files.enter_context(parquet_rows(path, name, OUTPUTS[name]))
            standing = files.enter_context(Standing(as_json, as_csv)) if again else None
            array = _Array(Summed(files.enter_context(replacing(as_json))))
            rows = Summed(files.enter_context(replacing(as_csv)))
            rows.write(csv_page([column_names(name)]))
            jobs = ((name, self.parquet, part) for part in _parts(lines))
            for page in share(page_of, jobs):
                if isinstance(page, Stretch):
                    assert standing is not None  # there is nothing to take over otherwise
                    for count, elements, stood in standing.take(page.rows):
                        if page.kept:
                            array.add(elements, count)
                            rows.write(stood)
                    continue
                array.add(page.elements, page.count)
                rows.write(page.rows)
                if parquet is not None:
                    for cells in page.cells:
                        parquet.add(cells)
            if standing is not None:
                standing.end()
            array.close()
        sums = {path.name: file_sum(path) for path in (as_json, as_csv)}
        if sums != {as_json.name: array.file.sum(), as_csv.name: rows.sum()}:
            raise StoreError(f"{as_json} or {as_csv} does not read back as it was written")
        if self.parquet:
            sums[path.name] = file_sum(path)
        return sums, array.count

    def write_package(self, folder: Path, sums: Mapping[str, str], /) -> dict[str, str]:
        """Write datapackage.json over the tables' files; return its sha256."""
        path = write_package(folder, self.outputs, sums)
        return {path.name: file_sum(path)}

    def write_rejects(self, folder: Path, rejects: Iterable[Reject], /) -> dict[str, str]:
        """Write rejects.json; return its sha256."""
        path = folder / REJECTS_FILE
        with replacing(path) as file:
            array = _Array(Summed(file))
            for reject in rejects:
                array.add(checked(Reject, reject).encode("utf-8"))
            array.close()
        return {path.name: file_sum(path)}

    def write_manifest(self, folder: Path, manifest: Manifest, /) -> None:
        """Write manifest.json."""
        with replacing(folder / MANIFEST_FILE) as file:
            file.write(manifest.model_dump_json(indent=1) + "\n")


class CsvRows:
    """Write rows; the csv module leaves a carriage return unquoted, at which readers would end."""

    def __init__(self, file: TextIO) -> None:
        self._plain = csv.writer(file, lineterminator="\n")
        self._quoted = csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_ALL)

    def add(self, cells: Sequence[Cell]) -> None:
        """Write a row."""
        returns = any(isinstance(cell, str) and "\r" in cell for cell in cells)
        (self._quoted if returns else self._plain).writerow(cells)

    def add_plain(self, rows: Iterable[Sequence[Cell]]) -> None:
        """Write rows of which none holds a carriage return."""
        self._plain.writerows(rows)


class Summed:
    """A file that is written, and the sum of what was written."""

    def __init__(self, file: TextIO) -> None:
        self._write = file.buffer.write
        self._sum = sha256()

    def write(self, data: bytes) -> None:
        """Write bytes."""
        self._write(data)
        self._sum.update(data)

    def sum(self) -> str:
        """Return the sha256, in hex."""
        return self._sum.hexdigest()


class _Array:
    """A JSON array on its way into a file, one element a line."""

    def __init__(self, file: Summed) -> None:
        self.file = file
        self.count = 0
        file.write(b"[")

    def add(self, elements: bytes, count: int = 1) -> None:
        """Write an element, or several as they stand in an array."""
        self.file.write((b",\n" if self.count else b"\n") + elements)
        self.count += count

    def close(self) -> None:
        self.file.write(b"\n]\n" if self.count else b"]\n")


@dataclass(frozen=True)
class Page:
    """Some rows of a table.

    Args:
        elements: as they stand in a JSON array.
        rows: as they stand in a CSV file.
        cells: by row and column, where they are wanted.
    """

    elements: bytes
    rows: bytes
    count: int
    cells: Sequence[Mapping[str, Cell]] = ()


def _parts(lines: Iterable[str | Stretch]) -> Iterator[list[str] | Stretch]:
    """Gather lines to what makes a page; stretches come as they are."""
    held: list[str] = []
    for line in lines:
        if isinstance(line, str):
            held.append(line)
        if held and (isinstance(line, Stretch) or len(held) >= PAGE):
            yield held
            held = []
        if isinstance(line, Stretch):
            yield line
    if held:
        yield held


def page_of(job: tuple[str, bool, list[str] | Stretch]) -> Page | Stretch:
    """Return the page of a table's rows, each checked; a stretch of others as it is.

    Args:
        job: the table, whether its cells are wanted, and records as JSON or a stretch.

    Raises:
        StoreError: one is no record of the table, or does not read back as it was meant.
    """
    table, wanted, lines = job
    if isinstance(lines, Stretch):
        return lines
    cells = [flatten(table, read_line(OUTPUTS[table], line)) for line in lines]
    rows = csv_page([[spelled(cell) for cell in row.values()] for row in cells])
    elements = ",\n".join(lines).encode("utf-8")
    return Page(elements, rows, len(lines), cells if wanted else ())


def checked(kind: type[Record], record: Record) -> str:
    """Return a record as one line of JSON that is a valid record.

    Raises:
        StoreError: it is none.
    """
    line = record.model_dump_json()
    read_line(kind, line)
    return line


def read_line(kind: type[Record], line: str) -> Record:
    """Return the record of a line of JSON that is a valid one."""
    try:
        return kind.model_validate_json(line)
    except ValidationError as error:
        raise StoreError(f"a {kind.__name__} that is none would be written: {error}") from error


def csv_page(rows: Sequence[Sequence[Cell]]) -> bytes:
    """Return rows of CSV that read back as these cells.

    Raises:
        StoreError: they do not.
    """
    text = io.StringIO(newline="")
    CsvRows(text).add_plain(rows)
    if "\r" in text.getvalue():
        text = io.StringIO(newline="")
        written = CsvRows(text)
        for cells in rows:
            written.add(cells)
    text.seek(0)
    for cells, read in zip_longest(rows, csv.reader(text)):
        if cells is None or list(map(str, cells)) != read:
            raise StoreError(f"a row does not read back as it was meant: {cells or read}")
    return text.getvalue().encode("utf-8")


def read_table(path: Path, kind: type[Record]) -> Iterator[Record]:
    """Yield the records of a file that was written here, a line at a time."""
    with path.open(encoding="utf-8", newline="\n") as file:
        for line in file:
            if line.startswith("{"):
                yield kind.model_validate_json(line.rstrip(",\n"))


def spelled(cell: Cell) -> Cell:
    """Return a cell as it stands in a CSV file."""
    if isinstance(cell, str):
        return guarded(cell)
    return _SPELLED[cell] if cell is None or isinstance(cell, bool) else cell


def file_sum(path: Path) -> str:
    """Return the sha256 of a file, in hex."""
    with path.open("rb") as file:
        digest = sha256()
        while block := file.read(1 << 20):
            digest.update(block)
        return digest.hexdigest()


def read_manifest(folder: Path) -> Manifest:
    """Return the account of the last run.

    Raises:
        StoreError: there is none, or it is no manifest.
    """
    path = folder / MANIFEST_FILE
    try:
        return Manifest.model_validate(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        raise StoreError(f"{path} cannot be read: `communique run` makes it") from error
