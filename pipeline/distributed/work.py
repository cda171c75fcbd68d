"""The pieces of work of a run: what a process of the cluster is given, and does."""

from __future__ import annotations

import gzip
import shutil
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO, cast

from models import Record
from pipeline.config import Settings
from pipeline.distributed import facts, people
from pipeline.distributed.cluster import BucketWork, Plain, Work
from pipeline.distributed.extracting import Block, Extractor, complete_rows
from pipeline.distributed.keyed import TABLE, Keyed, Known, Merge, groups, of_kind
from pipeline.distributed.reading import Unit, read_unit
from pipeline.distributed.shards import Shard, ShardWriter, read_rows
from pipeline.distributed.storage import Storage
from pipeline.engine import BuildPlan
from pipeline.stages.normalize.sources import source_of
from pipeline.stages.write.parts import PartFiles, write_part
from pipeline.stages.write.writer import OUTPUTS


@dataclass(frozen=True)
class ReadWork:
    """Reads a unit of files."""

    storage: Storage
    folder: str
    settings: Settings

    def __call__(self, item: Plain) -> Plain:
        """Read a unit; note what came of it."""
        unit = Unit(item["name"], tuple(item["files"]))
        made = read_unit(
            unit,
            self.storage,
            self.folder,
            self.settings.ingest,
            block_characters=self.settings.run.block_characters,
        )
        return _noted(self.storage, f"{self.folder}/{unit.name}.json", asdict(made))


@dataclass(frozen=True)
class ExtractWork:
    """Makes what works off blocks of articles with one model."""

    build: BuildPlan
    settings: Settings
    storage: Storage
    folder: str
    code: str

    def __call__(self) -> Work:
        """Return the work of one process."""
        extract = Extractor(self.build, self.settings, self.storage, self.folder, self.code)

        def work(item: Plain) -> Plain:
            rules = tuple(Shard(**shard) for shard in item["rules"])
            made = extract(Block(item["name"], Shard(**item["articles"]), rules))
            return _noted(self.storage, f"{self.folder}/by/{item['key']}.json", asdict(made))

        return work


@dataclass(frozen=True)
class TellWork:
    """Takes a block apart into rows for the blocks of merging and of tables."""

    build: BuildPlan
    settings: Settings
    storage: Storage
    folder: str

    def __call__(self, item: Plain) -> Plain:
        """Tell of a block's persons and organizations, its articles and dates."""
        stem = f"{self.folder}/{item['name']}"
        with ShardWriter(self.storage, stem) as writer:
            for row in self._rows(item["name"], item["path"]):
                writer.add(row)
        return _noted(self.storage, f"{stem}.json", {"shards": list(map(asdict, writer.shards))})

    def _rows(self, name: str, path: str) -> Iterator[Keyed]:
        yield Keyed("block", name, path)
        plan = self.build(self.settings)
        for rows in complete_rows(self.storage, path, plan):
            article = rows.article
            yield Keyed("published", "", article.published or "")
            yield Keyed(TABLE + "articles", article.id, article.model_dump_json())
            for order, date in enumerate(rows.dates):
                key = f"{article.id}\0{order:06}"
                yield Keyed(TABLE + "dates", key, date.model_dump_json())
            told = facts.entity_rows(article, source_of(article), rows.entities)
            yield from people.told_people(name, told)


@dataclass(frozen=True)
class ComponentsWork:
    """Brings the links between names to components, in one process."""

    storage: Storage
    folder: str

    def __call__(self, item: Plain) -> Plain:
        """Read all links; keep one entry a linked name."""
        shards = [Shard(**shard) for shard in item["shards"]]
        links = (row.body for row in read_rows(self.storage, shards))
        with ShardWriter(self.storage, f"{self.folder}/all") as writer:
            for row in people.components(links):
                writer.add(row)
        made = {"shards": list(map(asdict, writer.shards))}
        return _noted(self.storage, f"{self.folder}/done.json", made)


@dataclass(frozen=True)
class AloneWork:
    """Does the work of the only bucket, of so few rows that they need not travel."""

    storage: Storage
    work: BucketWork

    def __call__(self, item: Plain) -> Plain:
        """Read all rows, sort them, and work them off."""
        rows = read_rows(self.storage, (Shard(**shard) for shard in item["shards"]))
        return self.work(0, iter(sorted(rows, key=lambda row: row.key)))


@dataclass(frozen=True)
class MergeWork:
    """Merges the rows of a bucket, key by key."""

    storage: Storage
    folder: str
    merge: Merge
    known: Known

    def __call__(self, bucket: int, rows: Iterator[Keyed]) -> Plain:
        """Merge a bucket; note what came of it."""
        stem = f"{self.folder}/{bucket:06}"
        with ShardWriter(self.storage, stem) as writer:
            for key, found in groups(rows):
                for row in self.merge(key, found, self.known):
                    writer.add(row)
        return _noted(self.storage, f"{stem}.json", {"shards": list(map(asdict, writer.shards))})


def facts_of_block(build: BuildPlan, settings: Settings, storage: Storage) -> Merge:
    """Return what tells a block's visits, upgrades and entities once its persons are known."""
    return partial(_facts_of_block, build, settings, storage)


def _facts_of_block(
    build: BuildPlan,
    settings: Settings,
    storage: Storage,
    key: str,  # noqa: ARG001 - the block's name
    rows: Sequence[Keyed],
    known: Known,
) -> Iterable[Keyed]:
    (path,) = of_kind(rows, "block")
    articles = complete_rows(storage, path, build(settings))
    return facts.told_facts(articles, of_kind(rows, "met"), known)


@dataclass(frozen=True)
class Ranges:
    """Spreads the rows of tables over ranges of their keys, a table's behind another's."""

    #: Table → number of its first bucket, and the keys at which the others begin.
    tables: Mapping[str, tuple[int, Sequence[str]]]

    def __call__(self, kind: str, key: str, /) -> int:
        """Return the bucket of a row."""
        first, starts = self.tables[kind]
        return first + bisect_right(starts, key)

    def table(self, bucket: int) -> tuple[str, int]:
        """Return the table of a bucket, and its place among the table's."""
        first, kind = max((n, kind) for kind, (n, _) in self.tables.items() if n <= bucket)
        return kind.removeprefix(TABLE), bucket - first


@dataclass(frozen=True)
class TableWork:
    """Writes a part of a table."""

    storage: Storage
    folder: str
    #: Folder of the tables' Parquet files, and what tells those of this run from others.
    tables: str
    run: str
    ranges: Ranges

    def __call__(self, bucket: int, rows: Iterator[Keyed]) -> Plain:
        """Write a part, which comes sorted by key; note its files."""
        table, number = self.ranges.table(bucket)
        return write_table_part(self, table, number, rows, note=f"{bucket:06}.json")


def write_table_part(
    work: TableWork, table: str, number: int, rows: Iterator[Keyed], *, note: str
) -> Plain:
    """Write one part of a table, perhaps of no row."""
    stem = f"{work.folder}/{table}-{number:06}"
    made: Plain = {
        "table": table,
        "number": number,
        "lines": f"{stem}.lines.gz",
        "rows": f"{stem}.rows.gz",
        "parquet": f"{work.tables}/{table}/part-{number:06}-{work.run}.parquet",
    }
    with ExitStack() as files:
        plain = Path(files.enter_context(TemporaryDirectory(prefix="communique-")))
        parquet = files.enter_context(work.storage.writing(made["parquet"]))
        held = PartFiles(lines=plain / "lines", rows=plain / "rows", parquet=parquet)
        made["records"] = write_part(table, _records(table, rows), held)
        for name, path in (("lines", held.lines), ("rows", held.rows)):
            _pack(path, files.enter_context(work.storage.writing(made[name])))
    return _noted(work.storage, f"{work.folder}/{note}", made)


def _records(table: str, rows: Iterator[Keyed]) -> Iterator[Record]:
    kind = OUTPUTS[table]
    return (kind.model_validate_json(row.body) for row in rows)


def _pack(path: Path, packed: Path) -> None:
    with (
        path.open("rb") as source,
        packed.open("wb") as target,
        gzip.GzipFile("", "wb", 1, target, mtime=0) as file,
    ):
        shutil.copyfileobj(source, file, 1 << 20)


@contextmanager
def unpacked(storage: Storage, path: str) -> Iterator[BinaryIO]:
    """Open a file of a part."""
    with storage.reading(path) as packed, gzip.GzipFile(fileobj=packed) as file:
        yield cast("BinaryIO", file)


def _noted(storage: Storage, path: str, made: Plain) -> Plain:
    """Leave a note that a piece of work is done, the last thing that it does."""
    storage.write_json(path, made)
    return made


__all__ = [
    "AloneWork",
    "ComponentsWork",
    "ExtractWork",
    "MergeWork",
    "Ranges",
    "ReadWork",
    "TableWork",
    "TellWork",
    "facts_of_block",
    "unpacked",
    "write_table_part",
]
