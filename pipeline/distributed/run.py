"""A run over a cluster: from files to blocks, from blocks to tables.

Each step leaves what it made in the storage, under a name that tells what it was made of. So a run
that is started again, after an end of whatever kind, finds what is finished and goes on; so does
one over inputs of which some are new.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from models import Reject
from models.manifest import InputCount
from pipeline.account import Account, manifest
from pipeline.changes import Changes
from pipeline.config import Settings
from pipeline.context import RunReport
from pipeline.corpus_work import INGEST
from pipeline.distributed import reading
from pipeline.distributed.cluster import BucketWork, Cluster, Hashed, Place, Plain, cluster
from pipeline.distributed.extracting import Extracted, code_of
from pipeline.distributed.filling import fill_store
from pipeline.distributed.keyed import TABLE, Keyed, Known
from pipeline.distributed.known import known_of
from pipeline.distributed.rounds import FACTS, LINK, PEOPLE, Round
from pipeline.distributed.shards import Shard, read_rows
from pipeline.distributed.storage import Storage
from pipeline.distributed.tables import (
    forget_other_parts,
    join_table,
    parts_by_table,
    ranges_of,
    records_of,
)
from pipeline.distributed.work import (
    AloneWork,
    ComponentsWork,
    ExtractWork,
    MergeWork,
    ReadWork,
    TableWork,
    TellWork,
    facts_of_block,
)
from pipeline.engine import BuildPlan
from pipeline.errors import StoreError
from pipeline.fingerprint import code_digest, digest, library_version
from pipeline.freshness import Freshness
from pipeline.lock import folder_lock
from pipeline.plan import Plan
from pipeline.progress import Progress, Silent
from pipeline.readers.inputs import warn_of
from pipeline.readers.stamp import readers_digest
from pipeline.readers.walk import STDIN
from pipeline.stages.write import FolderWriter

#: Folder of the blocks in an output folder, where no setting names another place.
STORAGE = "ray"
READ, EXTRACTED, MERGED, TABLES = "read", "extracted", "merged", "tables"
#: Bytes of a bucket as stored, at which rows are spread over more buckets.
BUCKET_BYTES = 16_000_000
_SETTLE = Round("settle", ("given",), reading.settle)
_TAKE = Round("take", ("claim",), reading.take)
_RULE = Round("rule", ("verdict",), reading.rule)


def run_distributed(
    build: BuildPlan,
    settings: Settings,
    folder: Path,
    files: Sequence[str],
    *,
    progress: Progress | None = None,
) -> RunReport:
    """Process files over a Ray cluster and write a folder's records.

    Args:
        build: makes the plan; a top-level function, since every process calls it.
        files: as `list_files` gives them; afterwards the folder holds the records of just these.

    Raises:
        PipelineError: settings, model, storage or cluster cannot be used.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{folder} cannot be made: {error.strerror}") from error
    url = settings.run.storage or str((folder / STORAGE).resolve())
    with folder_lock(folder), cluster(settings.run.workers) as joined:
        flow = _Flow(
            build, settings, folder, Storage(url), joined, build(settings), progress or Silent()
        )
        return flow.run(files)


@dataclass
class _Flow:
    build: BuildPlan
    settings: Settings
    folder: Path
    storage: Storage
    cluster: Cluster
    plan: Plan
    progress: Progress
    account: Account = field(default_factory=Account)
    #: Files of rows, by the kind of these.
    kinds: dict[str, list[Shard]] = field(default_factory=lambda: defaultdict(list))
    #: Folders of steps, and files of blocks, that this run made or went by.
    used: set[str] = field(default_factory=set)

    def run(self, files: Sequence[str]) -> RunReport:
        with self.account.timed(INGEST):
            blocks = self._read(files)
        extracted = self._extract(blocks)
        with self.account.timed(self.plan.corpus.name):
            self._merge(extracted)
        with self.account.timed(self.plan.writer.name):
            return self._write(extracted)

    # Reading

    def _read(self, files: Sequence[str]) -> list[Plain]:
        """Read files; return the blocks of articles, each with what was settled on their ids."""
        self.progress.begin("reading", None)
        units = list(
            reading.units_of(files, code=self._reading_code(), settings=self.settings.ingest)
        )
        done = self.storage.names(READ)
        work = ReadWork(self.storage, READ, self.settings)
        fresh = [unit for unit in units if f"{unit.name}.json" in done]
        stale = [unit for unit in units if f"{unit.name}.json" not in done]
        made = {unit.name: self.storage.read_json(f"{READ}/{unit.name}.json") for unit in fresh}
        items: list[Plain] = [{"name": unit.name, "files": list(unit.files)} for unit in stale]
        # Standard input is that of this process.
        here = [work(item) for item in items if STDIN in item["files"]]
        there = self.cluster.each([i for i in items if STDIN not in i["files"]], work)
        for read in chain(here, there):
            made[read["name"]] = read
            self.progress.advance(read["articles"])
        self.account.fresh[INGEST] = sum(made[unit.name]["articles"] for unit in fresh)
        self.account.ran[INGEST] = sum(made[unit.name]["articles"] for unit in stale)
        foreign: Counter[str] = Counter()
        blocks: list[Plain] = []
        for unit in units:
            foreign.update(made[unit.name]["foreign"])
            self._take(made[unit.name]["shards"])
            blocks += [{"name": n, "articles": shard} for n, shard in made[unit.name]["blocks"]]
            self.used.add(unit.name)
        warn_of(foreign)
        return self._settled(blocks)

    def _reading_code(self) -> str:
        code = code_digest(["pipeline.distributed"], settings={})
        return digest(readers_digest(), code, str(self.settings.run.block_characters))

    def _settled(self, blocks: Sequence[Plain]) -> list[Plain]:
        for each in (_SETTLE, _TAKE):
            self._round(each)
        buckets = self._round(_RULE)
        place = Hashed(max(1, len(buckets)))
        return [
            block | {"rules": buckets[place("", block["name"])] if buckets else []}
            for block in blocks
        ]

    # The article stages

    def _extract(self, blocks: Sequence[Plain]) -> list[Extracted]:
        """Run the article stages over blocks; each that was done before is not done again."""
        total = sum(block["articles"]["rows"] for block in blocks)
        self.progress.begin("articles", total)
        code = code_of(Freshness(self.plan, self.settings))
        keys = {
            # Verdicts on other blocks change the file in which those on this one stand: then the
            # process that has it looks whether the block itself is another.
            digest(code, block["name"], *(shard["path"] for shard in block["rules"]))[:32]: block
            for block in blocks
        }
        done = self.storage.names(f"{EXTRACTED}/by")
        found: list[Extracted] = []
        for key in keys:
            if f"{key}.json" in done:
                found.append(Extracted(**self.storage.read_json(f"{EXTRACTED}/by/{key}.json")))
                found[-1].fresh = True
                self.progress.advance(self._count(found[-1]))
        items = [block | {"key": key} for key, block in keys.items() if f"{key}.json" not in done]
        make = ExtractWork(self.build, self.settings, self.storage, EXTRACTED, code)
        for made in self.cluster.each(items, make=make):
            found.append(Extracted(**made))
            self.progress.advance(self._count(found[-1]))
        self.used |= keys.keys() | {each.name for each in found}
        return [each for _, each in sorted({each.name: each for each in found}.items())]

    def _count(self, made: Extracted) -> int:
        """Add a block to the account; return how many articles it has."""
        counts = self.account.fresh if made.fresh else self.account.ran
        articles = made.complete + len(made.rejects)
        for part in (self.plan.parser.name, *(stage.name for stage in self.plan.stages)):
            counts[part] += articles
            self.account.records[part] += made.records.get(part, 0)
            if not made.fresh:
                self.account.spend(part, made.seconds.get(part, 0.0))
        return articles

    # Merging

    def _merge(self, extracted: Sequence[Extracted]) -> None:
        self.progress.begin(self.plan.corpus.name, None)
        self._tell(extracted)
        self._round(LINK)
        self._components()
        for each in PEOPLE:
            self._round(each)
        known = known_of(
            self._made_by(),
            published=(row.body for row in self._rows("published")),
            leaders=((row.key, row.body) for row in self._rows("leader")),
            longer=(row.body for row in self._rows("longer")),
        )
        merge = facts_of_block(self.build, self.settings, self.storage)
        for each in (Round("tell", ("block", "met"), merge), *FACTS):
            self._round(each, known)
        self.account.ran[self.plan.corpus.name] = 1

    def _made_by(self) -> tuple[str, ...]:
        program = f"communique {library_version('communique')}"
        model = self.plan.parser.identity()
        return program, f"{model.name} {model.version}"

    def _tell(self, extracted: Sequence[Extracted]) -> None:
        folder = f"{MERGED}/told-{self._merging_code()[:16]}"
        self.used.add(folder)
        done = self.storage.names(folder)
        items = [{"name": each.name, "path": each.path} for each in extracted]
        work = TellWork(self.build, self.settings, self.storage, folder)
        for _ in self.cluster.each([i for i in items if f"{i['name']}.json" not in done], work):
            pass
        for item in items:
            self._take(self.storage.read_json(f"{folder}/{item['name']}.json")["shards"])

    def _merging_code(self) -> str:
        corpus = self.plan.corpus
        packages = (*corpus.packages, *self.plan.writer.packages, "pipeline.distributed")
        return code_digest(packages, libraries=corpus.libraries, settings={})

    def _components(self) -> None:
        links = self.kinds["link"]
        if not links:
            return
        folder = self._folder("components", links, ())
        work = ComponentsWork(self.storage, folder)
        if "done.json" not in self.storage.names(folder):
            self.cluster.once({"shards": [vars(shard) for shard in links]}, work)
        self._take(self.storage.read_json(f"{folder}/done.json")["shards"])

    def _spread(
        self,
        shards: Sequence[Shard],
        place: Place,
        work: BucketWork,
        *,
        count: int,
        wanted: Sequence[int],
    ) -> None:
        """Work off the wanted ones of so many buckets."""
        if count == 1:
            item = {"shards": [vars(shard) for shard in shards]}
            self.cluster.once(item, AloneWork(self.storage, work))
            return
        for _ in self.cluster.buckets(self.storage, shards, place, work, wanted=wanted):
            pass

    def _round(self, step: Round, known: Known | None = None) -> list[list[Plain]]:
        """Run a round; return the files that came of each bucket."""
        shards = [shard for kind in step.reads for shard in self.kinds.get(kind, ())]
        if not shards:
            return []
        known = known or Known()
        folder = self._folder(step.name, shards, known)
        count = self._buckets(shards)
        done = self.storage.names(folder)
        if "done.json" not in done:
            wanted = [n for n in range(count) if f"{n:06}.json" not in done]
            work = MergeWork(self.storage, folder, step.merge, known)
            self._spread(shards, Hashed(count), work, count=count, wanted=wanted)
            done = self.storage.names(folder)
            made = [
                self.storage.read_json(f"{folder}/{n:06}.json")["shards"]
                if f"{n:06}.json" in done
                else []
                for n in range(count)
            ]
            self.storage.write_json(f"{folder}/done.json", {"buckets": made})
        buckets: list[list[Plain]] = self.storage.read_json(f"{folder}/done.json")["buckets"]
        for bucket in buckets:
            self._take(bucket)
        return buckets

    def _folder(self, name: str, shards: Iterable[Shard], known: object) -> str:
        """Return the folder of a step, named by what it is made of."""
        paths = (shard.path for shard in shards)
        rows = str(self.settings.run.block_rows)
        made_of = digest(self._merging_code(), name, rows, repr(known), *paths)
        folder = f"{MERGED}/{name}-{made_of[:16]}"
        self.used.add(folder)
        return folder

    def _buckets(self, shards: Iterable[Shard]) -> int:
        rows, size = 0, 0
        for shard in shards:
            rows, size = rows + shard.rows, size + shard.bytes
        return max(1, -(-rows // self.settings.run.block_rows), -(-size // BUCKET_BYTES))

    def _take(self, shards: Iterable[Plain]) -> None:
        for shard in shards:
            self.kinds[shard["kind"]].append(Shard(**shard))

    def _rows(self, kind: str) -> Iterator[Keyed]:
        return read_rows(self.storage, self.kinds.get(kind, ()))

    # Writing

    def _write(self, extracted: Sequence[Extracted]) -> RunReport:
        self.progress.begin("writing", None)
        writer = self.plan.writer
        assert isinstance(writer, FolderWriter)  # the rounds merge for its tables
        rejects = self._rejects(extracted)
        parts = self._parts()
        files: dict[str, str] = {}
        records: dict[str, int] = {}
        for table in writer.outputs:
            files |= join_table(self.storage, self.folder, writer, table, parts[table])
            records[table] = sum(part["records"] for part in parts[table])
        files |= writer.write_package(self.folder, files)
        files |= writer.write_rejects(self.folder, rejects)
        if not writer.parquet:
            for table in writer.outputs:
                (self.folder / f"{table}.parquet").unlink(missing_ok=True)
        fill_store(
            self.folder,
            self.storage,
            self.plan,
            self.settings,
            extracted=extracted,
            read_rejects=[Reject.model_validate_json(row.body) for row in self._rows("reject")],
            records=lambda table: records_of(self.storage, table, parts[table]),
        )
        self._forget_others(parts)
        return self._report(extracted, rejects, files, records)

    def _rejects(self, extracted: Sequence[Extracted]) -> list[Reject]:
        bodies = [row.body for row in self._rows("reject")]
        bodies += [body for made in extracted for body in made.rejects]
        found = [Reject.model_validate_json(body) for body in bodies]
        return sorted(found, key=lambda r: (r.source_path, r.row or 0, r.reason, r.detail))

    def _parts(self) -> dict[str, list[Plain]]:
        """Write the tables in parts; return the files of each table's, in order."""
        tables = [TABLE + table for table in self.plan.writer.outputs]
        shards = [shard for kind in tables for shard in self.kinds.get(kind, ())]
        ranges, count = ranges_of(self.kinds, tables, self._buckets)
        folder = self._folder("tables", shards, repr(ranges))
        run = folder.rsplit("-", 1)[-1][:8]
        work = TableWork(self.storage, folder, TABLES, run, ranges)
        done = self.storage.names(folder)
        wanted = [n for n in range(count) if f"{n:06}.json" not in done]
        if shards and wanted:
            self._spread(shards, ranges, work, count=count, wanted=wanted)
        return parts_by_table(work, self.plan.writer.outputs)

    def _report(
        self,
        extracted: Sequence[Extracted],
        rejects: list[Reject],
        files: dict[str, str],
        records: dict[str, int],
    ) -> RunReport:
        complete = sum(made.complete for made in extracted)
        done = sum(made.complete for made in extracted if not made.fresh)
        plan, account = self.plan, self.account
        account.records[INGEST] = complete
        account.records[plan.writer.name] = sum(records.values())
        account.records[plan.corpus.name] = sum(
            records[table]
            for table, kind in plan.writer.outputs.items()
            if kind in plan.corpus.makes
        )
        account.ran[plan.writer.name] = 1
        counts = InputCount(
            read=complete + len(rejects),
            done=done,
            rejected=len(rejects),
            unchanged=complete - done,
        )
        made = manifest(
            plan, self.settings, account=account, counts=counts, files=files, first=INGEST
        )
        plan.writer.write_manifest(self.folder, made)
        return RunReport(self.folder, made, rejects, records, Changes())

    def _forget_others(self, parts: dict[str, list[Plain]]) -> None:
        """Remove what earlier runs left and this one did not go by."""
        told = next(folder for folder in self.used if folder.startswith(f"{MERGED}/told-"))
        for folder in (MERGED, READ, EXTRACTED, f"{EXTRACTED}/by", told):
            for name in self.storage.names(folder):
                stem = name.split(".")[0]
                units = {stem, stem[: reading.NAME_DIGITS], f"{folder}/{name}"}
                if stem != "by" and not units & self.used:
                    self.storage.remove(f"{folder}/{name}")
        forget_other_parts(self.storage, TABLES, parts)


__all__ = ["STORAGE", "run_distributed"]
