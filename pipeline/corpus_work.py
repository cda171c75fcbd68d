"""The second half of a run: all articles together, and the files."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from models import Article, Record
from models.manifest import InputCount
from pipeline.account import manifest
from pipeline.changes import Changes
from pipeline.codec import row_lines, unpack_rows
from pipeline.context import Context, RunReport
from pipeline.fingerprint import code_digest, digest, file_digest
from pipeline.freshness import corpus_inputs
from pipeline.memo import Group
from pipeline.plan import ArticleInput, ArticleResult
from pipeline.store import Store

LOGGER = logging.getLogger(__name__)

#: Name under which reading stands in the account.
INGEST = "ingest"
#: Note under which the store keeps what was last written.
WRITTEN = "written"
#: Note under which the store keeps that nothing is left to do, and what there is.
SETTLED = "settled"


AnyNote = TypeVar("AnyNote", bound=BaseModel)


class Written(BaseModel):
    """What was last written, of what, with the sums of the files and the rows in each."""

    fingerprint: str
    #: Of the code that wrote it.
    code: str = ""
    files: dict[str, str]
    records: dict[str, int]


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

    # A run with nothing to do

    def is_settled(self) -> bool:
        """Tell whether the last run left nothing to do, and nothing changed since.

        Where that is not so the note of it is taken away: from here on the store changes.
        """
        settled, written = self._settled(), self._last_written()
        if settled is None or written is None or settled.fingerprint != self._settlement():
            self.unsettle()
            return False
        return self._are_there(written)

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
        settled, written = self._settled(), self._last_written()
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
        return digest(str(context.store.run), context.freshness.code, self._writing())

    def _writing(self) -> str:
        """Return a hash over the code and settings that make the files."""
        writer = self.context.plan.writer
        return code_digest(writer.packages, settings=self.context.settings.section(writer.name))

    def _settled(self) -> Settled | None:
        return _read(Settled, self.context.store.meta(SETTLED))

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
            pairs = memo.replaced(corpus.makes, corpus.update(self._articles(), memo=memo))
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
        corpus = self.context.plan.corpus
        for state in self.context.complete():
            content = digest(*corpus_inputs(corpus, state))
            yield ArticleInput(state.article_id, content, partial(self._result, state.article_id))

    def _result(self, article_id: str) -> ArticleResult:
        context, corpus = self.context, self.context.plan.corpus
        rows: dict[type[Record], list[Record]] = {}
        for stage in context.plan.stages:
            if stage.name in corpus.needs:
                packed = context.payload(article_id, stage.name)
                only = None if corpus.reads is None else {*corpus.reads} & {*stage.makes}
                rows |= unpack_rows(stage.makes, packed, only=only)
        return ArticleResult(context.store.article(article_id), rows)

    def finish(self, *, again: bool) -> RunReport:
        """Write the files that would not be the same, and the account of the run."""
        context, writer = self.context, self.context.plan.writer
        context.progress.begin("writing", None)
        with context.account.timed(writer.name):
            written = self._write(again=again)
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

    def _write(self, *, again: bool) -> Written:
        context, writer = self.context, self.context.plan.writer
        fingerprint = self._fingerprint()
        last = self._last_written()
        if not again and last and last.fingerprint == fingerprint and self._are_there(last):
            context.account.fresh[writer.name] = 1
            return last
        stands = not again and last is not None and last.code == self._writing()
        stands = stands and last is not None and self._are_there(last)
        files: dict[str, str] = {}
        records: dict[str, int] = {}
        for table, kind in writer.outputs.items():
            made, records[table] = writer.write_lines(
                context.folder, table, self._lines(kind), again=stands
            )
            files |= made
        files |= writer.write_package(context.folder, files)
        files |= writer.write_rejects(context.folder, context.store.rejects())
        for name in set(last.files if last else ()) - set(files):
            # An earlier run wrote in a form that this one was not asked for.
            (context.folder / Path(name).name).unlink(missing_ok=True)
        written = Written(
            fingerprint=fingerprint, code=self._writing(), files=files, records=records
        )
        context.store.set_meta(WRITTEN, written.model_dump_json())
        context.account.ran[writer.name] = 1
        return written

    def _fingerprint(self) -> str:
        """Return a hash over all that the files are made of."""
        context = self.context
        total = hashlib.sha256(self._writing().encode())
        total.update((context.store.meta(context.plan.corpus.name) or "").encode())
        for state in context.complete():
            total.update(digest(state.digest, *sorted(state.contents.values())).encode())
        for reject in context.store.rejects():
            total.update(reject.model_dump_json().encode())
        return total.hexdigest()

    def _last_written(self) -> Written | None:
        return _read(Written, self.context.store.meta(WRITTEN))

    def _are_there(self, last: Written) -> bool:
        paths = {self.context.folder / name: total for name, total in last.files.items()}
        return all(path.is_file() and file_digest(path) == paths[path] for path in paths)

    def _lines(self, kind: type[Record]) -> Iterator[str]:
        """Yield the finished records of a kind, in order of their id or their article's."""
        context = self.context
        if kind in context.plan.corpus.makes:
            yield from context.store.record_lines(kind)
        elif kind is Article:
            for state in context.complete():
                yield context.store.article_line(state.article_id)
        else:
            (stage,) = (stage for stage in context.plan.stages if kind in stage.makes)
            for state in context.complete():
                yield from row_lines(kind, context.payload(state.article_id, stage.name))

    def _count_records(self, written: Written) -> int:
        """Add up what every stage holds; return the number of complete articles."""
        account, plan = self.context.account, self.context.plan
        complete = 0
        for state in self.context.complete():
            complete += 1
            account.records.update(state.records)
        account.records[INGEST] = complete
        account.records[plan.writer.name] = sum(written.records.values())
        account.records[plan.corpus.name] = sum(
            written.records[table]
            for table, kind in plan.writer.outputs.items()
            if kind in plan.corpus.makes
        )
        return complete


def _read(kind: type[AnyNote], note: str | None) -> AnyNote | None:
    """Return what a note says, None where nothing was noted yet."""
    try:
        return kind.model_validate_json(note or "null")
    except ValidationError:
        return None


class StoredResults:
    """What the corpus stage made, kept in the store while its code is the same."""

    def __init__(self, store: Store, code: str) -> None:
        self._store = store
        self._code = code
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

    def stands(self, group: str, fingerprint: str, /) -> bool:
        """Tell whether the finished records of a group were made of just this."""
        return self._store.group(group) == self._print(fingerprint)

    def replaced(
        self, kinds: Sequence[type[Record]], groups: Iterable[Group]
    ) -> Iterator[tuple[Record | None, Record | None]]:
        """Store the groups in place of all earlier records; yield what differs as it is stored.

        What was not asked for is forgotten.
        """
        made = 0
        printed = (replace(group, fingerprint=self._print(group.fingerprint)) for group in groups)
        for pair in self._store.replace_groups(kinds, printed):
            made += 1
            yield pair
        self._store.keep_blocks(self._used)
        LOGGER.info("%d records differ", made)

    def _print(self, fingerprint: str) -> str:
        return digest(self._code, fingerprint)
