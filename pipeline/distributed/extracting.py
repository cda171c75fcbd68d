"""The article stages over a block of articles, and the file of all that they made."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from models import Article, DateExpression, Entity, Record, Reject, Upgrade, Visit
from pipeline.codec import pack_record, unpack_record, unpack_rows
from pipeline.config import Settings
from pipeline.distributed.reading import NAME_DIGITS, ruled
from pipeline.distributed.shards import Shard, read_rows
from pipeline.distributed.storage import Storage
from pipeline.engine import BuildPlan
from pipeline.errors import PipelineError
from pipeline.fingerprint import article_digest, digest
from pipeline.freshness import Freshness
from pipeline.plan import Plan
from pipeline.stages.normalize import ArticleRows
from pipeline.store import State
from pipeline.worker import Outcome, Task, killed, work

#: An article at which a process died so often, working on it alone, is rejected.
DEATHS = 2
#: Bytes of results that are held before they are written.
HELD_BYTES = 8_000_000


@dataclass(frozen=True)
class Block:
    """A block of articles as it was read, and where verdicts on them are."""

    name: str
    articles: Shard
    rules: tuple[Shard, ...] = ()


@dataclass
class Extracted:
    """What came of a block."""

    name: str
    path: str
    #: Articles that every stage has done.
    complete: int = 0
    rejects: list[str] = field(default_factory=list)
    #: By part: rows, seconds, and bytes as stored.
    records: dict[str, int] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    bytes: dict[str, int] = field(default_factory=dict)
    #: Whether an earlier call made it.
    fresh: bool = False


@dataclass(frozen=True)
class Stored:
    """An article with what was made of it, read back from a block's file."""

    article: Article
    content: str
    digest: str
    #: By part: fingerprint, digest of the payload, rows.
    notes: Mapping[str, tuple[str, str, int]]
    payloads: Mapping[str, bytes]
    reject: Reject | None

    @property
    def complete(self) -> bool:
        """Whether every stage has done it."""
        return self.reject is None


class Extractor:
    """Works off blocks with one model; made once a process."""

    def __init__(
        self, build: BuildPlan, settings: Settings, storage: Storage, folder: str, code: str
    ) -> None:
        self._plan: Plan = build(settings)
        self._freshness = Freshness(self._plan, settings)
        self._settings, self._storage, self._folder = settings, storage, folder
        if code_of(self._freshness) != code:
            raise PipelineError(
                "a machine of the cluster has another version of the program, of its model or of "
                "a library than the one that started the run: install the same on all"
            )

    def __call__(self, block: Block) -> Extracted:
        """Return what the stages make of a block; what was made before is not made again."""
        articles = list(self._articles(block))
        tasks = [self._task(article) for article in articles]
        # Named by what it holds alone: a block that is cut or read anew is known again.
        bodies = (article.model_dump_json() for article in articles)
        name = digest(code_of(self._freshness), *map(digest, bodies))[:NAME_DIGITS]
        done = f"{self._folder}/{name}.json"
        if self._storage.exists(done):
            found = Extracted(**self._storage.read_json(done))
            found.fresh = True
            return found
        made = Extracted(name, f"{self._folder}/{name}.parquet")
        with self._storage.writing(made.path) as held:
            _write(str(held), self._plan, self._outcomes(name, tasks), made)
        self._storage.write_json(done, asdict(made))
        return made

    def _articles(self, block: Block) -> Iterator[Article]:
        rules = [row.body for row in read_rows(self._storage, block.rules) if row.key == block.name]
        bodies = [row.body for row in read_rows(self._storage, [block.articles])]
        return ruled(bodies, rules[0] if rules else None)

    def _task(self, article: Article) -> Task:
        need = self._freshness.need(State(article.id, article_digest(article), "", {}, {}, {}))
        seconds = self._settings.run.article_seconds
        return Task(article, None, {}, need.run, need.prints, seconds=seconds)

    def _outcomes(self, name: str, tasks: Sequence[Task]) -> Iterator[tuple[Task, Outcome]]:
        """Work off tasks; where a process died at the block before, note each one's beginning."""
        note = f"{self._folder}/{name}.trying.json"
        before = self._storage.read_json(note) if self._storage.exists(note) else None
        deaths = Counter[str](before["deaths"] if before else {})
        if before and before["at"]:
            deaths[before["at"]] += 1
        held = 0
        if before is None:
            self._storage.write_json(note, {"at": None, "deaths": {}})
        for task in tasks:
            if deaths[task.article.id] >= DEATHS:
                yield task, killed(task)
                continue
            if before is not None:
                self._storage.write_json(note, {"at": task.article.id, "deaths": dict(deaths)})
            yield task, work(self._plan, task)
            held += len(task.article.text)
            if held > self._settings.run.batch_characters:
                self._plan.parser.release()
                held = 0
        self._plan.parser.release()
        self._storage.remove(note)


def code_of(freshness: Freshness) -> str:
    """Return a hash over all that decides what the article stages make."""
    code = freshness.need(State("", "", "", {}, {}, {})).prints.code
    return digest(*(code[name] for name in freshness.parts))


def _parts(plan: Plan) -> list[str]:
    return [plan.parser.name, *(stage.name for stage in plan.stages)]


def _write(
    path: str, plan: Plan, outcomes: Iterable[tuple[Task, Outcome]], made: Extracted
) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    parts = _parts(plan)
    plain = [(name, pa.large_string()) for name in ("id", "content", "digest", "notes", "reject")]
    packed = [(name, pa.large_binary()) for name in ("article", *parts)]
    schema = pa.schema([*plain, *packed])
    with pq.ParquetWriter(path, schema, compression="none") as file:
        rows: list[dict[str, Any]] = []
        held = 0
        for task, outcome in outcomes:
            rows.append(_row(task, outcome, parts, made))
            held += sum(len(rows[-1][part] or b"") for part in parts)
            if held >= HELD_BYTES:
                file.write_table(pa.Table.from_pylist(rows, schema=schema))
                rows, held = [], 0
        file.write_table(pa.Table.from_pylist(rows, schema=schema))


def _row(task: Task, outcome: Outcome, parts: Sequence[str], made: Extracted) -> dict[str, Any]:
    article = task.article
    row: dict[str, Any] = {
        "id": article.id,
        "content": article_digest(article),
        "digest": digest(article.model_dump_json()),
        "article": pack_record(article),
        "reject": outcome.reject.model_dump_json() if outcome.reject else None,
    }
    counts, notes = {}, {}
    for part in parts:
        result = outcome.made.get(part)
        row[part] = result.payload if result else None
        if result:
            counts[part] = result.records
            notes[part] = [result.fingerprint, result.content, result.records]
            made.seconds[part] = made.seconds.get(part, 0.0) + result.seconds
            made.bytes[part] = made.bytes.get(part, 0) + len(result.payload)
    made.bytes["article"] = made.bytes.get("article", 0) + len(row["article"])
    if outcome.reject is None:
        made.complete += 1
        for part, count in counts.items():
            made.records[part] = made.records.get(part, 0) + count
    else:
        made.rejects.append(outcome.reject.model_dump_json())
    row["notes"] = json.dumps(notes, sort_keys=True)
    return row


def stored(storage: Storage, path: str, plan: Plan, *, parts: Iterable[str]) -> Iterator[Stored]:
    """Yield the articles of a block's file, each with some of its parts."""
    import pyarrow.parquet as pq

    wanted = [part for part in parts if part in _parts(plan)]
    columns = ["id", "content", "digest", "notes", "reject", "article", *wanted]
    with storage.reading(path) as file:
        for batch in pq.ParquetFile(file).iter_batches(batch_size=64, columns=columns):
            for row in batch.to_pylist():
                yield Stored(
                    article=unpack_record(Article, row["article"]),
                    content=row["content"],
                    digest=row["digest"],
                    notes={part: tuple(told) for part, told in json.loads(row["notes"]).items()},
                    payloads={part: row[part] for part in wanted if row[part] is not None},
                    reject=Reject.model_validate_json(row["reject"]) if row["reject"] else None,
                )


def complete_rows(storage: Storage, path: str, plan: Plan) -> Iterator[ArticleRows]:
    """Yield what every complete article of a block's file tells."""
    parts = [stage.name for stage in plan.stages]
    for one in stored(storage, path, plan, parts=parts):
        if not one.complete:
            continue
        rows: dict[type[Record], Any] = {}
        for stage in plan.stages:
            rows |= unpack_rows(stage.makes, one.payloads[stage.name])
        yield ArticleRows(
            article=one.article,
            entities=rows.get(Entity, ()),
            dates=rows.get(DateExpression, ()),
            visits=rows.get(Visit, ()),
            upgrades=rows.get(Upgrade, ()),
        )


__all__ = ["Block", "Extracted", "Extractor", "Stored", "code_of", "complete_rows", "stored"]
