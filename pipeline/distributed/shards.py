"""Keyed rows in Parquet files: one file a kind, of what one piece of work made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self
from zlib import crc32

from pipeline.distributed.keyed import Keyed
from pipeline.distributed.storage import Storage

if TYPE_CHECKING:
    import pyarrow as pa

#: Rows, and characters of them, that are held before they are written.
HELD_ROWS, HELD_CHARACTERS = 20_000, 16_000_000
#: Of so many keys one is noted, by a hash of it, and one a file in any case: of these the ranges of
#: a sorted table are drawn.
SAMPLED = 1_000


@dataclass
class Shard:
    """A file of rows of one kind."""

    kind: str
    path: str
    rows: int = 0
    bytes: int = 0
    #: Some of its keys.
    keys: list[str] = field(default_factory=list)


def schema() -> pa.Schema:
    """Return the columns of a file of keyed rows."""
    import pyarrow as pa

    return pa.schema([("key", pa.large_string()), ("body", pa.large_string())])


class ShardWriter:
    """Writes rows, and puts them in their places when the block ends well."""

    def __init__(self, storage: Storage, stem: str) -> None:
        self._storage, self._stem = storage, stem
        self._kinds: dict[str, _KindWriter] = {}
        self._files = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is None:
            for writer in self._kinds.values():
                writer.close()
        self._files.__exit__(kind, error, trace)

    def add(self, row: Keyed) -> None:
        """Write a row."""
        writer = self._kinds.get(row.kind)
        if writer is None:
            path = f"{self._stem}.{row.kind.replace('/', '-')}.parquet"
            held = self._files.enter_context(self._storage.writing(path))
            writer = self._kinds[row.kind] = _KindWriter(Shard(row.kind, path), str(held))
        writer.add(row)

    @property
    def shards(self) -> list[Shard]:
        """Return the files written; true after the block."""
        return [writer.shard for _, writer in sorted(self._kinds.items())]


class _KindWriter:
    def __init__(self, shard: Shard, held: str) -> None:
        import pyarrow.parquet as pq

        self.shard = shard
        self._held_path = held
        self._file = pq.ParquetWriter(held, schema(), compression="zstd")
        self._keys: list[str] = []
        self._bodies: list[str] = []
        self._characters = 0
        #: The least hash of a key, and the key: any, by no rule of the rows.
        self._least: tuple[int, str] | None = None

    def add(self, row: Keyed) -> None:
        self.shard.rows += 1
        hashed = crc32(row.key.encode("utf-8", "surrogatepass"))
        if hashed % SAMPLED == 0:
            self.shard.keys.append(row.key)
        if self._least is None or hashed < self._least[0]:
            self._least = hashed, row.key
        self._keys.append(row.key)
        self._bodies.append(row.body)
        self._characters += len(row.body)
        if len(self._keys) >= HELD_ROWS or self._characters >= HELD_CHARACTERS:
            self._flush()

    def _flush(self) -> None:
        import pyarrow as pa

        self._file.write_table(pa.table([self._keys, self._bodies], schema=schema()))
        self._keys, self._bodies, self._characters = [], [], 0

    def close(self) -> None:
        self._flush()
        self._file.close()
        if self._least is not None and not self.shard.keys:
            self.shard.keys.append(self._least[1])
        with open(self._held_path, "rb") as file:  # noqa: PTH123 - a plain path
            self.shard.bytes = file.seek(0, 2)


def read_tables(storage: Storage, shard: Shard) -> Iterator[Any]:
    """Yield the rows of a file as Arrow tables of some thousand rows."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    with storage.reading(shard.path) as file:
        for batch in pq.ParquetFile(file).iter_batches(batch_size=HELD_ROWS):
            yield pa.Table.from_batches([batch])


def read_rows(storage: Storage, shards: Iterable[Shard]) -> Iterator[Keyed]:
    """Yield the rows of some files."""
    for shard in shards:
        for table in read_tables(storage, shard):
            keys, bodies = (table.column(name).to_pylist() for name in ("key", "body"))
            yield from (Keyed(shard.kind, *row) for row in zip(keys, bodies, strict=True))


__all__ = ["Shard", "ShardWriter", "read_rows", "read_tables", "schema"]
