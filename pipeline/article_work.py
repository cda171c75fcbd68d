"""The first half of a run: each article by itself."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from itertools import chain

from pipeline.codec import unpack_rows
from pipeline.context import Context
from pipeline.engine import Batch
from pipeline.errors import StoreError
from pipeline.freshness import Need, dependants
from pipeline.store import Artefact, State
from pipeline.table_changes import TableChanges
from pipeline.worker import Outcome, Task

LOGGER = logging.getLogger(__name__)

#: Into so many parts a batch is cut that is shared, so that at the end no worker waits long.
PARTS = 4


class ArticleWork:
    """Choose the articles that a stage is to run on, run it, keep what it makes."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._tables = TableChanges(context.plan, context.freshness, context.store)
        #: Articles handed out while the input was still being read, and not known as done since.
        self._ahead: set[str] = set()
        self._failed = 0

    # Which articles

    def stale(self, taken: Iterable[Iterable[str]] = ()) -> Iterator[Task]:
        """Yield a task for every article that some stage is stale for.

        Args:
            taken: ids of articles of this run's input as they are read; those that are stale come
                first, and what is made of them is kept while reading goes on.
        """
        context = self._context
        store, progress, freshness = context.store, context.progress, context.freshness
        for ids in taken:
            for article_id in ids:
                state = self._tables.settled(store.state(article_id))
                need = freshness.need(state)
                if need.run:
                    self._ahead.add(article_id)
                    yield self._task(state, need)
        count = store.count_articles()
        progress.begin("articles", count)
        progress.advance(store.count_fresh(freshness.code) + self._failed)
        self._take_for_fresh(count)
        for state in chain.from_iterable(store.unsummarized(freshness.code, stale=True)):
            if state.article_id in self._ahead:
                continue
            state = self._tables.settled(state)
            need = freshness.need(state)
            if need.run:
                yield self._task(state, need)
            else:
                progress.advance()

    def chosen(self, name: str, article_id: str | None, *, again: bool) -> Iterator[Task]:
        """Yield a task for every article, or for one, that runs a stage again.

        Args:
            again: whether also where it would make what is stored: its code and what it reads are
                as they were, or but rows of tables differ of which the article holds no word.

        Raises:
            StoreError: the last run's input held no such article.
        """
        context = self._context
        if article_id is not None and not context.store.is_input(article_id, run=context.store.run):
            raise StoreError(f"no article {article_id!r} in {context.folder}")
        names = dependants(context.plan, name)
        for state in self._again(article_id, again=again):
            if not again:
                state = self._tables.settled(state)
            need = context.freshness.again(state, name, names, forced=again)
            if need is None:
                continue
            self._take_for_fresh(1)
            if need.run:
                yield self._task(state, need)
            else:
                context.progress.advance()

    def _again(self, article_id: str | None, *, again: bool) -> Iterator[State]:
        """Yield the states of those articles on which a stage may have to run again."""
        store, code = self._context.store, self._context.freshness.code
        self._context.progress.begin("articles", store.count_articles())
        if article_id is not None:
            yield store.state(article_id)
        elif again:
            yield from store.states()
        else:
            fresh = store.count_fresh(code)
            self._take_for_fresh(fresh)
            self._context.progress.advance(fresh)
            yield from chain.from_iterable(store.unsummarized(code, stale=True))

    def _take_for_fresh(self, articles: int) -> None:
        """Count the artefacts of so many articles as fresh, until one is made."""
        context = self._context
        context.account.fresh.update(dict.fromkeys(context.freshness.parts, articles))

    def _task(self, state: State, need: Need) -> Task:
        context, article_id = self._context, state.article_id
        plan = context.plan
        wanted = {name for stage in plan.stages if stage.name in need.run for name in stage.needs}
        wanted &= need.prints.stored.keys()
        stored = {name: context.payload(article_id, name) for name in wanted}
        parsed = plan.parser.name not in need.run
        return Task(
            article=context.store.article(article_id),
            doc=context.payload(article_id, plan.parser.name) if parsed else None,
            rows=stored,
            run=need.run,
            prints=need.prints,
            forced=need.forced,
            seconds=context.settings.run.article_seconds,
        )

    def check_complete(self) -> None:
        """Raise unless the last run was read and worked off to its end."""
        context = self._context
        rejected = context.store.rejected_articles()
        unread = any(
            not context.freshness.is_complete(state) and state.article_id not in rejected
            for page in context.store.unsummarized(context.freshness.code)
            for state in page
        )
        if context.store.interrupted or unread:
            raise StoreError("the last run was interrupted: `communique run` resumes it")

    # Work

    def work(self, tasks: Iterable[Task]) -> None:
        """Work off the tasks and keep what comes of them, a batch a transaction."""
        context, options = self._context, self._context.settings.run
        parts = 1 if options.workers == 1 else PARTS
        batches = _batches(tasks, options.batch_characters // parts)
        for batch in context.engine.outcomes(batches):
            with context.store.transaction():
                for outcome in batch:
                    self._keep(outcome)
            context.progress.advance(len(batch))

    def _keep(self, outcome: Outcome) -> None:
        store, article_id = self._context.store, outcome.article_id
        self._note_changes(outcome)
        store.drop_reject(article_id)
        for name, made in outcome.made.items():
            self._context.account.spend(name, made.seconds)
            self._count_run(name)
            if made.same:
                store.reprint(article_id, name, made.fingerprint)
                continue
            store.put_artefact(
                Artefact(
                    article_id, name, made.fingerprint, made.content, made.records, made.payload
                )
            )
        if outcome.reject is None:
            self._context.done += 1
            self._ahead.discard(article_id)
            return
        self._failed += 1
        LOGGER.info("%s: %s", outcome.reject.source_path, outcome.reject.detail)
        unmade = set(outcome.run) - set(outcome.made)
        for name in unmade:
            self._count_run(name)
        store.drop_artefacts(article_id, unmade)
        store.put_reject(outcome.reject, run=store.last_run, article_id=article_id)

    def _count_run(self, name: str) -> None:
        account = self._context.account
        account.ran[name] += 1
        account.fresh[name] -= 1

    def _note_changes(self, outcome: Outcome) -> None:
        """Compare the rows that are written as made; combined records are compared later."""
        changes = self._context.changes
        if changes is None:
            return
        for stage in self._context.plan.stages:
            kinds = self._context.as_made & set(stage.makes)
            if not kinds or stage.name not in outcome.run:
                continue
            made = outcome.made.get(stage.name)
            if made is not None and made.same:
                continue
            old = self._context.store.payload(outcome.article_id, stage.name)
            before = unpack_rows(stage.makes, old) if old else {}
            after = unpack_rows(stage.makes, made.payload) if made else {}
            for kind in kinds:
                changes.compare(kind, before.get(kind, ()), after.get(kind, ()))


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
