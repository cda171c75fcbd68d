"""Run the parts of a plan over a store: skip what is fresh, keep what is made, write the files.

The runner knows no stage by name. Each batch of articles is one transaction, so that a run that
is interrupted or killed goes on where it stopped, and ends with the same bytes.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from models import Article, Manifest, Record, Reject
from models.manifest import InputCount
from pipeline.account import Account, manifest
from pipeline.changes import Changes
from pipeline.codec import unpack_rows
from pipeline.config import Settings
from pipeline.engine import Batch, BuildPlan, run_processes, run_serial
from pipeline.errors import ConfigError, StoreError
from pipeline.freshness import Freshness, Need, dependants
from pipeline.intake import take_in
from pipeline.lock import folder_lock
from pipeline.plan import ArticleResult, Plan
from pipeline.progress import Progress, Silent
from pipeline.store import Artefact, State, Store
from pipeline.worker import Outcome, Task

LOGGER = logging.getLogger(__name__)

#: Name under which reading stands in the account.
INGEST = "ingest"


@dataclass(frozen=True)
class RunReport:
    """What a run did: its manifest, its rejects, and what changed where that was asked for."""

    folder: Path
    manifest: Manifest
    rejects: list[Reject]
    #: Records written, by file name without suffix.
    records: dict[str, int]
    changes: Changes = field(default_factory=Changes)


def run(
    build: BuildPlan,
    settings: Settings,
    folder: Path,
    inputs: Iterable[Article | Reject],
    *,
    progress: Progress | None = None,
) -> RunReport:
    """Process a folder's input and write its records.

    Args:
        build: makes the plan; a top-level function, since every worker calls it.
        inputs: what the readers yield; afterwards the folder holds the records of just these.

    Raises:
        PipelineError: settings, tables, model or store cannot be used.
    """
    with _opened(folder, create=True) as store:
        running = _Run(build, settings, folder, store, progress or Silent())
        with running.account.timed(INGEST):
            intake = take_in(store, inputs, progress=running.progress)
        running.account.ran[INGEST] = intake.articles
        running.work(running.stale())
        running.combine(again=False)
        return running.finish()


def rerun(
    build: BuildPlan,
    settings: Settings,
    folder: Path,
    name: str,
    *,
    article_id: str | None = None,
    progress: Progress | None = None,
) -> RunReport:
    """Run a stage and those that build on it again, from the stored artefacts above it.

    Args:
        name: of an article stage, the corpus stage or the writer.
        article_id: only this article's artefacts are made again.

    Raises:
        StoreError: the folder holds no finished run, or no such article.
    """
    with _opened(folder, create=False) as store:
        running = _Run(build, settings, folder, store, progress or Silent())
        running.check_complete()
        if name in {stage.name for stage in running.plan.stages}:
            running.work(running.chosen(dependants(running.plan, name), article_id))
        elif article_id is not None:
            raise ConfigError(f"{name} works on all articles at once: it takes no article")
        running.combine(again=name != running.plan.writer.name)
        return running.finish()


@contextmanager
def _opened(folder: Path, *, create: bool) -> Iterator[Store]:
    try:
        if create:
            folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{folder} cannot be made: {error.strerror}") from error
    if not folder.is_dir():
        raise StoreError(f"no folder {folder}: `communique run` makes it")
    with folder_lock(folder), Store(folder, create=create) as store:
        yield store


class _Run:
    """One call of the runner, with what its parts share."""

    def __init__(
        self, build: BuildPlan, settings: Settings, folder: Path, store: Store, progress: Progress
    ) -> None:
        self.build, self.settings, self.folder = build, settings, folder
        self.store, self.progress = store, progress
        self.plan: Plan = build(settings)
        self.freshness = Freshness(self.plan, settings)
        self.account = Account()
        self.changes = Changes()
        self.done = 0
        self.written: dict[str, int] = {}
        #: Record types that are written as the article stages made them.
        self._written_as_made = set(self.plan.writer.outputs.values()) - {
            Article,
            *self.plan.corpus.makes,
        }

    # Which articles

    def stale(self) -> Iterator[Task]:
        """Yield a task for every article that some stage is stale for."""
        for state in self.store.states():
            need = self.freshness.need(state)
            self._count(need)
            if need.run:
                yield self._task(state, need)
            else:
                self.progress.advance()

    def chosen(self, names: tuple[str, ...], article_id: str | None) -> Iterator[Task]:
        """Yield a task for every article, or for one, that runs the named stages again."""
        if article_id is not None:
            self.store.article(article_id)
        for state in self.store.states():
            need = self.freshness.forced(state, names)
            if need is not None and article_id in (None, state.article_id):
                self._count(need)
                yield self._task(state, need)

    def _count(self, need: Need) -> None:
        for name in need.fingerprints:
            (self.account.ran if name in need.run else self.account.fresh)[name] += 1

    def _task(self, state: State, need: Need) -> Task:
        plan, article_id = self.plan, state.article_id
        wanted = {name for stage in plan.stages if stage.name in need.run for name in stage.needs}
        stored = {name: self._payload(article_id, name) for name in wanted - set(need.run)}
        parsed = plan.parser.name not in need.run
        return Task(
            article=self.store.article(article_id),
            doc=self._payload(article_id, plan.parser.name) if parsed else None,
            rows=stored,
            run=need.run,
            fingerprints=need.fingerprints,
            seconds=self.settings.run.article_seconds,
        )

    def _payload(self, article_id: str, stage: str) -> bytes:
        found = self.store.payload(article_id, stage)
        if found is None:
            raise StoreError(f"{self.store.path} lost what {stage} made of {article_id}")
        return found

    def check_complete(self) -> None:
        """Raise unless the last run was read and worked off to its end."""
        rejected = self.store.rejected_articles()
        unread = any(
            not self.freshness.is_complete(state) and state.article_id not in rejected
            for state in self.store.states()
        )
        if self.store.interrupted or unread:
            raise StoreError("the last run was interrupted: `communique run` resumes it")

    # Work

    def work(self, tasks: Iterator[Task]) -> None:
        """Work off the tasks and keep what comes of them."""
        self.progress.begin("articles", self.store.count_articles())
        batches = _batches(tasks, self.settings.run.batch_characters)
        workers = self.settings.run.workers
        if workers == 1:
            outcomes = run_serial(self.plan, batches)
        else:
            outcomes = run_processes(self.build, self.settings, batches, workers=workers)
        for batch in outcomes:
            with self.store.transaction():
                for outcome in batch:
                    self._keep(outcome)
            self.progress.advance(len(batch))

    def _keep(self, outcome: Outcome) -> None:
        article_id = outcome.article_id
        self._note_changes(outcome)
        self.store.drop_reject(article_id)
        for name, made in outcome.made.items():
            self.account.spend(name, made.seconds)
            self.store.put_artefact(
                Artefact(article_id, name, outcome.fingerprints[name], made.records, made.payload)
            )
        if outcome.reject is None:
            self.done += 1
            return
        LOGGER.info("%s: %s", outcome.reject.source_path, outcome.reject.detail)
        self.store.drop_artefacts(article_id, set(outcome.run) - set(outcome.made))
        self.store.put_reject(outcome.reject, run=self.store.run, article_id=article_id)

    def _note_changes(self, outcome: Outcome) -> None:
        for stage in self.plan.stages:
            kinds = self._written_as_made & set(stage.makes)
            if not kinds or stage.name not in outcome.run:
                continue
            old = self.store.payload(outcome.article_id, stage.name)
            made = outcome.made.get(stage.name)
            before = unpack_rows(stage.makes, old) if old else {}
            after = unpack_rows(stage.makes, made.payload) if made else {}
            for kind in kinds:
                self.changes.compare(kind, before.get(kind, ()), after.get(kind, ()))

    # All articles together

    def complete(self) -> Iterator[State]:
        """Yield the articles that every stage has done, in order of id."""
        return filter(self.freshness.is_complete, self.store.states())

    def combine(self, *, again: bool) -> None:
        """Run the corpus stage where the rows under it changed, or `again` in any case."""
        corpus, key = self.plan.corpus, f"{self.plan.corpus.name}-fingerprint"
        fingerprint = self.freshness.corpus(self.store.states())
        if not again and self.store.meta(key) == fingerprint:
            self.account.fresh[corpus.name] = 1
            return
        self.progress.begin(corpus.name, None)
        with self.account.timed(corpus.name):
            records = list(corpus.combine(self._results()))
        self.account.ran[corpus.name] = 1
        for kind in corpus.makes:
            made = [record for record in records if type(record) is kind]
            self.changes.compare(kind, self.store.records(kind), made)
        with self.store.transaction():
            self.store.put_records(corpus.makes, records)
            self.store.set_meta(key, fingerprint)

    def _results(self) -> Iterator[ArticleResult]:
        needed = [stage for stage in self.plan.stages if stage.name in self.plan.corpus.needs]
        for state in self.complete():
            rows: dict[type[Record], list[Record]] = {}
            for stage in needed:
                rows |= unpack_rows(stage.makes, self._payload(state.article_id, stage.name))
            yield ArticleResult(self.store.article(state.article_id), rows)

    # Files

    def finish(self) -> RunReport:
        """Write the files and the account of the run."""
        writer, name = self.plan.writer, self.plan.writer.name
        rejects = self.store.rejects()
        files: dict[str, str] = {}
        self.progress.begin("writing", None)
        with self.account.timed(name):
            for table, kind in writer.outputs.items():
                files |= writer.write_table(self.folder, table, self._counted(table, kind))
            files |= writer.write_rejects(self.folder, rejects)
        self.account.ran[name] = 1
        complete = self._count_records()
        counts = InputCount(
            read=complete + len(rejects),
            done=self.done,
            rejected=len(rejects),
            unchanged=complete - self.done,
        )
        made = manifest(
            self.plan, self.settings, account=self.account, counts=counts, files=files, first=INGEST
        )
        writer.write_manifest(self.folder, made)
        return RunReport(self.folder, made, rejects, self.written, self.changes)

    def _counted(self, table: str, kind: type[Record]) -> Iterator[Record]:
        self.written[table] = 0
        for record in self._finished(kind):
            self.written[table] += 1
            self.account.records[self.plan.writer.name] += 1
            self.account.records[self.plan.corpus.name] += kind in self.plan.corpus.makes
            yield record

    def _finished(self, kind: type[Record]) -> Iterator[Record]:
        """Yield the finished records of a kind, in order of their id or their article's."""
        if kind in self.plan.corpus.makes:
            yield from self.store.records(kind)
        elif kind is Article:
            yield from (self.store.article(state.article_id) for state in self.complete())
        else:
            (stage,) = (stage for stage in self.plan.stages if kind in stage.makes)
            for state in self.complete():
                payload = self._payload(state.article_id, stage.name)
                yield from unpack_rows(stage.makes, payload).get(kind, ())

    def _count_records(self) -> int:
        """Add up what every stage holds; return the number of complete articles."""
        complete = 0
        for complete, state in enumerate(self.complete(), start=1):  # noqa: B007 - the last counts
            self.account.records.update(state.records)
        self.account.records[INGEST] = complete
        return complete


def _batches(tasks: Iterable[Task], characters: int) -> Iterator[Batch]:
    """Gather tasks until they hold about so many characters."""
    batch: list[Task] = []
    held = 0
    for task in tasks:
        batch.append(task)
        held += len(task.article.text)
        if held >= characters:
            yield batch
            batch, held = [], 0
    if batch:
        yield batch
