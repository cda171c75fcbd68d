"""Parquet: one article a row, read in batches."""

from __future__ import annotations

import io
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from typing import IO, Any

from models import Reject
from pipeline.errors import ReaderError
from pipeline.readers.fields import columns_of, row_of
from pipeline.readers.source import MAX_RATIO, RATIO_FROM, Source
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
        except (pyarrow.ArrowException, UnicodeDecodeError) as error:
            raise ReaderError(source.path, "unreadable", str(error)[:200]) from error


def _rows(source: Source, stream: IO[bytes]) -> Iterator[RawRow | Reject]:
    import pyarrow.parquet

    size = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    table = pyarrow.parquet.ParquetFile(stream)
    names = columns_of(list(table.schema_arrow.names))
    if "text" not in names:
        raise ReaderError(source.path, "no-text", f"no column `text` in {table.schema_arrow.names}")
    _check_size(source, table.metadata, size)
    row = 0
    for batch in table.iter_batches(batch_size=BATCH_ROWS, columns=list(names.values())):
        for cells in _cells(batch):
            row += 1
            if isinstance(cells, UnicodeDecodeError):
                detail = f"a cell is no UTF-8: {cells}"
                yield Reject(source_path=source.path, row=row, reason="bad-row", detail=detail)
            else:
                yield row_of(cells, path=source.path, row=row)


def _check_size(source: Source, metadata: Any, size: int) -> None:
    """Reject a file of a size whose rows unpack out of all proportion, before any is unpacked."""
    # Asked for a column of broken metadata, pyarrow ends the process.
    groups = range(metadata.num_row_groups)
    unpacked = sum(metadata.row_group(number).total_byte_size for number in groups)
    limit = max(RATIO_FROM, size * MAX_RATIO)
    if unpacked > limit:
        raise ReaderError(source.path, "too-large", f"unpacks to over {limit} bytes")


def _cells(batch: Any) -> Iterator[Mapping[str, Any] | UnicodeDecodeError]:
    """Yield the rows of a batch; one with broken letters spoils no other."""
    try:
        yield from batch.to_pylist()
    except UnicodeDecodeError:
        for number in range(batch.num_rows):
            try:
                (cells,) = batch.slice(number, 1).to_pylist()
            except UnicodeDecodeError as error:
                yield error
            else:
                yield cells
