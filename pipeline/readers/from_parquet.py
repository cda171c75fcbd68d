"""Parquet: one article a row, read in batches."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from typing import IO

from models import Reject
from pipeline.errors import ReaderError
from pipeline.readers.fields import columns_of, row_of
from pipeline.readers.source import Source
from pipeline.stages.ingest import RawRow

BATCH_ROWS = 64


def read(source: Source) -> Iterator[RawRow | Reject]:
    """Yield the article of each row.

    Raises:
        ReaderError: the file is no Parquet, is broken, or has no column `text`.
    """
    import pyarrow  # takes a while, and most inputs are no tables

    with source.open() as stream, tempfile.TemporaryFile() as spool:
        seekable: IO[bytes] = stream
        if source.path.lower().endswith(".gz"):
            shutil.copyfileobj(stream, spool)
            spool.seek(0)
            seekable = spool
        try:
            yield from _rows(source, seekable)
        except pyarrow.ArrowException as error:
            raise ReaderError(source.path, "unreadable", str(error)[:200]) from error


def _rows(source: Source, stream: IO[bytes]) -> Iterator[RawRow | Reject]:
    import pyarrow.parquet

    table = pyarrow.parquet.ParquetFile(stream)
    names = columns_of(list(table.schema_arrow.names))
    if "text" not in names:
        raise ReaderError(source.path, "no-text", f"no column `text` in {table.schema_arrow.names}")
    row = 0
    for batch in table.iter_batches(batch_size=BATCH_ROWS, columns=list(names.values())):
        for cells in batch.to_pylist():
            row += 1
            yield row_of(cells, path=source.path, row=row)
