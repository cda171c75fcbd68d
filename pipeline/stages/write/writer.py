"""Write records as JSON and CSV, each checked on the way out and again when read back."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from hashlib import sha256
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
from pipeline.stages.write.atomic import replacing
from pipeline.stages.write.flat import Cell, column_names, flatten, guarded
from pipeline.stages.write.package import write_package
from pipeline.stages.write.parquet import parquet_rows

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
        kind = OUTPUTS[name]
        as_json, as_csv = folder / f"{name}.json", folder / f"{name}.csv"
        columns = column_names(name)
        made = [as_json, as_csv]
        with ExitStack() as files:
            parquet = None
            if self.parquet:
                made.append(folder / f"{name}.parquet")
                parquet = files.enter_context(parquet_rows(made[-1], name, kind))
            json_file = files.enter_context(replacing(as_json))
            rows = CsvRows(files.enter_context(replacing(as_csv)))
            rows.add(columns)

            def lines() -> Iterator[str]:
                for record in records:
                    line = checked(kind, record)
                    row = flatten(name, record)
                    rows.add([spelled(cell) for cell in row.values()])
                    if parquet is not None:
                        parquet.add(row)
                    yield line

            count = _write_array(json_file, lines())
        if read_back(as_json, kind) != count or count_rows(as_csv, columns) != count:
            raise StoreError(f"{as_json} or {as_csv} does not read back as it was written")
        return {path.name: file_sum(path) for path in made}

    def write_package(self, folder: Path, sums: Mapping[str, str], /) -> dict[str, str]:
        """Write datapackage.json over the tables' files; return its sha256."""
        path = write_package(folder, self.outputs, sums)
        return {path.name: file_sum(path)}

    def write_rejects(self, folder: Path, rejects: Iterable[Reject], /) -> dict[str, str]:
        """Write rejects.json; return its sha256."""
        path = folder / REJECTS_FILE
        with replacing(path) as file:
            _write_array(file, (checked(Reject, reject) for reject in rejects))
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


def checked(kind: type[Record], record: Record) -> str:
    """Return a record as one line of JSON that is a valid record."""
    line = record.model_dump_json()
    try:
        kind.model_validate_json(line)
    except ValidationError as error:
        raise StoreError(f"a {kind.__name__} that is none would be written: {error}") from error
    return line


def _write_array(file: TextIO, lines: Iterable[str]) -> int:
    """Write a JSON array, one element a line; return how many there are."""
    count = 0
    file.write("[")
    for count, line in enumerate(lines, start=1):
        file.write(("\n" if count == 1 else ",\n") + line)
    file.write("\n]\n" if count else "]\n")
    return count


def read_back(path: Path, kind: type[Record]) -> int:
    """Validate each element of a file that was written here; return how many there are.

    Raises:
        StoreError: one of them is no record of that kind.
    """
    count = 0
    try:
        for count, _ in enumerate(read_table(path, kind), start=1):  # noqa: B007 - as above
            pass
    except ValidationError as error:
        raise StoreError(f"{path} does not read back: {error}") from error
    return count


def read_table(path: Path, kind: type[Record]) -> Iterator[Record]:
    """Yield the records of a file that was written here, a line at a time."""
    with path.open(encoding="utf-8", newline="\n") as file:
        for line in file:
            if line.startswith("{"):
                yield kind.model_validate_json(line.rstrip(",\n"))


def count_rows(path: Path, columns: list[str]) -> int:
    """Return how many rows a CSV file has, -1 where one is not as wide as its header."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        if next(reader) != columns:
            return -1
        count = 0
        for row in reader:
            if len(row) != len(columns):
                return -1
            count += 1
        return count


def spelled(cell: Cell) -> Cell:
    """Return a cell as it stands in a CSV file."""
    return _SPELLED[cell] if cell is None or isinstance(cell, bool) else guarded(cell)


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
