"""Tables written in parts, each a range of keys, and joined to the files that one writer makes."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from models import Record
from pipeline.stages.write.atomic import replacing
from pipeline.stages.write.flat import column_names, flatten
from pipeline.stages.write.parquet import parquet_rows
from pipeline.stages.write.writer import OUTPUTS, CsvRows, checked, file_sum, spelled


@dataclass(frozen=True)
class PartFiles:
    """Files of one part: lines of JSON, rows of CSV without a header, and Parquet."""

    lines: Path
    rows: Path
    parquet: Path


def write_part(table: str, records: Iterable[Record], files: PartFiles) -> int:
    """Write a part of a table, in the order given; return how many records it has.

    Raises:
        StoreError: a file cannot be written.
    """
    kind, count = OUTPUTS[table], 0
    with (
        parquet_rows(files.parquet, table, kind) as parquet,
        replacing(files.lines) as lines,
        replacing(files.rows) as cells,
    ):
        rows = CsvRows(cells)
        for count, record in enumerate(records, start=1):
            lines.write((",\n" if count > 1 else "") + checked(kind, record))
            row = flatten(table, record)
            rows.add([spelled(cell) for cell in row.values()])
            parquet.add(row)
    return count


#: Opens one file of a part.
Opening = AbstractContextManager[BinaryIO]


def join_parts(
    folder: Path, table: str, *, lines: Iterable[Opening], rows: Iterable[Opening]
) -> dict[str, str]:
    """Join the parts of a table, which come in order, to its JSON and CSV; return their sha256.

    Raises:
        StoreError: a file cannot be written.
    """
    as_json, as_csv = folder / f"{table}.json", folder / f"{table}.csv"
    with replacing(as_json) as file:
        empty = True
        file.write("[")
        for part in _texts(lines):
            file.write("\n" if empty else ",\n")
            shutil.copyfileobj(part, file, 1 << 20)
            empty = False
        file.write("]\n" if empty else "\n]\n")
    with replacing(as_csv) as file:
        CsvRows(file).add(column_names(table))
        for part in _texts(rows):
            shutil.copyfileobj(part, file, 1 << 20)
    return {path.name: file_sum(path) for path in (as_json, as_csv)}


def read_part(table: str, lines: BinaryIO) -> Iterator[Record]:
    """Yield the records of a part, one at a time."""
    for line in lines:
        yield OUTPUTS[table].model_validate_json(line.rstrip(b",\n"))


def _texts(files: Iterable[Opening]) -> Iterator[io.TextIOWrapper]:
    for opening in files:
        with opening as file, io.TextIOWrapper(file, encoding="utf-8", newline="") as text:
            yield text


__all__ = ["PartFiles", "join_parts", "read_part", "write_part"]
