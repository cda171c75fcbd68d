"""The second half of a run: all articles together, and the files."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice

from pydantic import BaseModel, ValidationError

from models import Article, Record
from models.manifest import InputCount
from pipeline.account import manifest
from pipeline.changes import Changes
from pipeline.codec import unpack_record, unpack_rows
from pipeline.context import Context, RunReport
from pipeline.fingerprint import digest
from pipeline.memo import Group
from pipeline.plan import ArticleInput, ArticleResult
from pipeline.store import Store
from pipeline.writing import Files, Written

LOGGER = logging.getLogger(__name__)

#: Name under which reading stands in the account.
INGEST = "ingest"
#: So many groups are looked up at once.
GROUPS = 1_000
#: Note under which the store keeps that nothing is left to do, and what there is.
SETTLED = "settled"


class Settled(BaseModel):
    """What a run that finished left behind, so that the next one need not look at each article."""

    fingerprint: str
    complete: int
    #: Rows that each stage holds.
    records: dict[str, int]


@dataclass
class CorpusWork:
    """Combine the articles' rows, write the files, and give account."""

    context: Context

    @property
    def _files(self) -> Files:
        return Files(self.context)

    # A run with nothing to do

    def is_settled(self) -> bool:
        """Tell whether the last run left nothing to do, and nothing changed since.

        Where that is not so the note of it is taken away: from here on the store changes.
        """
        settled, written = self._settled(), self._files.last()
        if settled is None or written is None or settled.fingerprint != self._settlement():
            self.unsettle()
            return False
        return self._files.are_there(written)

    def unsettle(self) -> None:
        """Note that there may be something to do."""
        self.context.store.set_meta(SETTLED, "")

    def settle(self) -> None:
        """Note that nothing is left to do; an article that failed is tried again."""
        context = self.context
        if context.store.rejected_articles():
            return
        account = context.account
        settled = Settled(
            fingerprint=self._settlement(),
            complete=account.records[INGEST],
            records=dict(account.records),
        )
        context.store.set_meta(SETTLED, settled.model_dump_json())

    def account_again(self) -> RunReport:
        """Give account of a run that did nothing."""
        settled, written = self._settled(), self._files.last()
        assert settled is not None  # the caller has seen it
        assert written is not None
        account, plan = self.context.account, self.context.plan
        account.records.update(settled.records)
        account.fresh.update(dict.fromkeys(self.context.freshness.parts, settled.complete))
        account.fresh.update(dict.fromkeys((plan.corpus.name, plan.writer.name), 1))
        return self._report(written, settled.complete)

    def _settlement(self) -> str:
        """Return a hash over the input and the code that a run depends on."""
        context = self.context
        return digest(str(context.store.run), context.freshness.code, self._files.code())

    def _settled(self) -> Settled | None:
        try:
            note = self.context.store.meta(SETTLED)
            return Settled.model_validate_json(note or "null")
        except ValidationError:
            return None

    # A run with something to do

    def combine(self, *, again: bool) -> None:
        """Run the corpus stage where the rows under it changed, or `again` in any case."""
        context, corpus = self.context, self.context.plan.corpus
        fingerprint = context.freshness.corpus(context.complete())
        if not again and context.store.meta(corpus.name) == fingerprint:
            context.account.fresh[corpus.name] = 1
            return
        context.progress.begin(corpus.name, None)
        with context.account.timed(corpus.name), context.store.transaction():
            self._replace()
            context.store.set_meta(corpus.name, fingerprint)
        context.account.ran[corpus.name] = 1

    def _replace(self) -> None:
        """Put the corpus stage's records in place of the old ones, one at a time."""
        context, corpus = self.context, self.context.plan.corpus
        store, changes = context.store, context.changes
        if corpus.update is None:
            results = (article.result() for article in self._articles())
            pairs = store.replace_records(corpus.makes, corpus.combine(results))
        else:
            memo = StoredResults(store, context.freshness.corpus_code)
            pairs = memo.replaced(
                corpus.makes, corpus.update(self._articles(), memo=memo, share=context.engine.share)
            )
        before: dict[type[Record], list[Record]] = {kind: [] for kind in corpus.makes}
        after: dict[type[Record], list[Record]] = {kind: [] for kind in corpus.makes}
        for old, new in pairs:
            if changes is not None and old is not None:
                before[type(old)].append(old)
            if changes is not None and new is not None:
                after[type(new)].append(new)
        if changes is not None:
            for kind in corpus.makes:
                changes.compare(kind, before[kind], after[kind])

    def _articles(self) -> Iterator[ArticleInput]:
        for told in self.context.complete():
            yield ArticleInput(
                told.article_id, told.merging, partial(self._loaded, told.article_id)
            )

    def _loaded(self, article_id: str) -> StoredResult:
        context, corpus = self.context, self.context.plan.corpus
        rows = [
            (
                stage.makes,
                None if corpus.reads is None else frozenset({*corpus.reads} & {*stage.makes}),
                context.payload(article_id, stage.name),
            )
            for stage in context.plan.stages
            if stage.name in corpus.needs
        ]
        return StoredResult(context.store.packed_article(article_id), rows)

    def finish(self, *, again: bool) -> RunReport:
        """Write the files that would not be the same, and the account of the run."""
        context, writer = self.context, self.context.plan.writer
        context.progress.begin("writing", None)
        with context.account.timed(writer.name):
            written = self._files.write(again=again)
        return self._report(written, self._count_records(written))

    def _report(self, written: Written, complete: int) -> RunReport:
        """Write the account of the run."""
        context, writer = self.context, self.context.plan.writer
        rejects = context.store.rejects()
        counts = InputCount(
            read=complete + len(rejects),
            done=context.done,
            rejected=len(rejects),
            unchanged=complete - context.done,
        )
        made = manifest(
            context.plan,
            context.settings,
            account=context.account,
            counts=counts,
            files=written.files,
            first=INGEST,
        )
        writer.write_manifest(context.folder, made)
        return RunReport(
            context.folder, made, rejects, written.records, context.changes or Changes()
        )

    def _count_records(self, written: Written) -> int:
        """Add up what every stage holds; return the number of complete articles."""
        context = self.context
        account, plan = context.account, context.plan
        complete, records = context.store.count_rows(context.freshness.code)
        account.records.update(records)
        account.records[INGEST] = complete
        account.records[plan.writer.name] = sum(written.records.values())
        account.records[plan.corpus.name] = sum(
            written.records[table]
            for table, kind in plan.writer.outputs.items()
            if kind in plan.corpus.makes
        )
        return complete


@dataclass(frozen=True)
class StoredResult:
    """An article and its rows as they are stored.

    Args:
        article: as the store packs it.
        rows: of each stage the types that it makes, those wanted (None: all), and what it made.
    """

    article: bytes
    rows: Sequence[tuple[tuple[type[Record], ...], frozenset[type[Record]] | None, bytes]]

    def __call__(self) -> ArticleResult:
        """Read them."""
        rows: dict[type[Record], list[Record]] = {}
        for makes, only, packed in self.rows:
            rows |= unpack_rows(makes, packed, only=only)
        return ArticleResult(unpack_record(Article, self.article), rows)


class StoredResults:
    """What the corpus stage made, kept in the store while its code is the same."""

    def __init__(self, store: Store, code: str) -> None:
        self._store = store
        self._code = code
        self._short = digest(code)[:32]
        self._used: set[str] = set()

    def get(self, name: str, fingerprint: str, /) -> str | None:
        """Return what was made of just this, None where nothing was."""
        self._used.add(name)
        return self._store.block(name, self._print(fingerprint))

    def put(self, name: str, fingerprint: str, made: str, /) -> None:
        """Keep what was made, in place of an earlier result of that name."""
        self._used.add(name)
        self._store.put_block(name, self._print(fingerprint), made)

    def keep(self, name: str, /) -> None:
        """Keep a result that is not asked for this time."""
        self._used.add(name)

    def changed(self, groups: Iterable[tuple[str, str]], /) -> Iterator[tuple[str, str]]:
        """Yield those groups whose finished records were not made of just this; the others stand.

        Raises:
            StoreError: the store cannot be used.
        """
        rows = iter(groups)
        while page := list(islice(rows, GROUPS)):
            printed = [(name, self._printed(fingerprint)) for name, fingerprint in page]
            prints = dict(page)
            yield from ((name, prints[name]) for name in self._store.changed_groups(printed))

    def replaced(
        self, kinds: Sequence[type[Record]], groups: Iterable[Group]
    ) -> Iterator[tuple[Record | None, Record | None]]:
        """Store the groups in place of all earlier records; yield what differs as it is stored.

        What was not asked for is forgotten.
        """
        made = 0
        printed = (replace(g, fingerprint=self._printed(g.fingerprint)) for g in groups)
        for pair in self._store.replace_groups(kinds, printed):
            made += 1
            yield pair
        self._store.keep_blocks(self._used)
        LOGGER.info("%d records differ", made)

    def _printed(self, fingerprint: str) -> str:
        """Return a group's fingerprint and the code's: there are so many that none is hashed."""
        return f"{self._short} {fingerprint}"

    def _print(self, fingerprint: str) -> str:
        return digest(self._code, fingerprint)
