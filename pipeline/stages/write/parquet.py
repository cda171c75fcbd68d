"""Tables as Parquet files, beside the CSV ones and with the same columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models import Record
from pipeline.errors import StoreError
from pipeline.stages.write.flat import Cell
from pipeline.stages.write.types import columns_of

if TYPE_CHECKING:
    import pyarrow as pa

#: Rows of one row group; part of what makes two files of the same records the same bytes.
GROUP_ROWS = 10_000


class ParquetRows:
    """Rows on their way into a file."""

    def __init__(self, writer: Any, schema: pa.Schema) -> None:
        self._writer = writer
        self._schema = schema
        self._held: list[Mapping[str, Cell]] = []

    def add(self, row: Mapping[str, Cell]) -> None:
        """Add a row; cells are as in the CSV file, but typed, and nothing is guarded."""
        self._held.append(row)
        if len(self._held) >= GROUP_ROWS:
            self.flush()

    def flush(self) -> None:
        """Write the rows that are held."""
        import pyarrow as pa

        columns = [
            pa.array([_typed(row[field.name], field.type) for row in self._held], type=field.type)
            for field in self._schema
        ]
        self._writer.write_table(pa.Table.from_arrays(columns, schema=self._schema))
        self._held.clear()


@contextmanager
def parquet_rows(path: Path, table: str, kind: type[Record]) -> Iterator[ParquetRows]:
    """Open a Parquet file that takes the place of `path` when the block ends well.

    Raises:
        StoreError: the file cannot be written.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    types = {
        "string": pa.string(),
        "integer": pa.int64(),
        "number": pa.float64(),
        "boolean": pa.bool_(),
    }
    schema = pa.schema([(column.name, types[column.type]) for column in columns_of(table, kind)])
    draft = path.with_name(f".{path.name}.draft")
    try:
        with pq.ParquetWriter(draft, schema, compression="zstd") as writer:
            rows = ParquetRows(writer, schema)
            yield rows
            rows.flush()
        draft.replace(path)
    except (OSError, pa.ArrowException) as error:
        raise StoreError(f"{path} cannot be written: {error}") from error
    finally:
        draft.unlink(missing_ok=True)


def _typed(cell: Cell, kind: Any) -> Cell:
    """Return a cell as its column's type; a text column of a field that may be anything."""
    return str(cell) if str(kind) == "string" and cell is not None else cell


__all__ = ["GROUP_ROWS", "ParquetRows", "parquet_rows"]
