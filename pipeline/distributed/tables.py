"""The tables of a run over a cluster, of the parts in which they are written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from models import Record
from pipeline.distributed.cluster import Plain
from pipeline.distributed.shards import Shard
from pipeline.distributed.storage import Storage
from pipeline.distributed.work import Ranges, TableWork, unpacked, write_table_part
from pipeline.stages.write import FolderWriter
from pipeline.stages.write.parts import join_parts, read_part


def ranges_of(
    kinds: Mapping[str, Sequence[Shard]],
    tables: Iterable[str],
    buckets: Callable[[Sequence[Shard]], int],
) -> tuple[Ranges, int]:
    """Return the ranges of keys that make the parts of tables, and how many parts there are.

    Args:
        kinds: files of rows, by the kind of these.
        tables: kinds of rows that are tables' records.
        buckets: tells into how many parts files are to be cut.
    """
    found: dict[str, tuple[int, list[str]]] = {}
    count = 0
    for kind in tables:
        shards = kinds.get(kind, [])
        keys = sorted(key for shard in shards for key in shard.keys)
        parts = min(buckets(shards), max(1, len(keys)))
        starts = sorted({keys[len(keys) * n // parts] for n in range(1, parts)})
        found[kind] = (count, starts)
        count += len(starts) + 1
    return Ranges(found), count


def parts_by_table(work: TableWork, tables: Iterable[str]) -> dict[str, list[Plain]]:
    """Return what is noted of each table's parts, in order; every table has one."""
    parts: dict[str, list[Plain]] = {table: [] for table in tables}
    for name in sorted(work.storage.names(work.folder)):
        if name.endswith(".json"):
            part = work.storage.read_json(f"{work.folder}/{name}")
            parts[part["table"]].append(part)
    for table, found in parts.items():
        if not found:  # a file without a row still tells the columns
            note = f"empty-{table}.json"
            found.append(write_table_part(work, table, 0, iter(()), note=note))
        found.sort(key=lambda part: part["number"])
    return parts


def join_table(
    storage: Storage, folder: Path, writer: FolderWriter, table: str, parts: Sequence[Plain]
) -> dict[str, str]:
    """Write a table's files to an output folder; return their digests by name."""
    if writer.parquet:
        return writer.write_table(folder, table, records_of(storage, table, parts))
    filled = [part for part in parts if part["records"]]
    return join_parts(
        folder,
        table,
        lines=(unpacked(storage, part["lines"]) for part in filled),
        rows=(unpacked(storage, part["rows"]) for part in filled),
    )


def records_of(storage: Storage, table: str, parts: Sequence[Plain]) -> Iterator[Record]:
    """Yield a table's records, in order."""
    for part in parts:
        with unpacked(storage, part["lines"]) as lines:
            yield from read_part(table, lines)


def forget_other_parts(storage: Storage, folder: str, parts: Mapping[str, Sequence[Plain]]) -> None:
    """Remove the Parquet files of tables' parts that are not among these."""
    for table, found in parts.items():
        kept = {part["parquet"].rsplit("/", 1)[-1] for part in found}
        for name in storage.names(f"{folder}/{table}") - kept:
            storage.remove(f"{folder}/{table}/{name}")


__all__ = ["forget_other_parts", "join_table", "parts_by_table", "ranges_of", "records_of"]
