"""The files of an output folder: what they hold, and writing those that would not be the same.

Of each table it is known what changed since its files were written; all other rows are taken over
as they stand.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from pydantic import BaseModel, ValidationError

from models import Article, Record
from pipeline.codec import row_lines
from pipeline.context import Context
from pipeline.errors import RowsMissingError
from pipeline.fingerprint import code_digest, file_digest
from pipeline.plan import Stretch
from pipeline.store import Unwritten

LOGGER = logging.getLogger(__name__)

#: Note under which the store keeps what was last written.
WRITTEN = "written"


class Written(BaseModel):
    """What was last written, of what, with the sums of the files and the rows in each."""

    fingerprint: str
    #: Of the code that wrote it.
    code: str = ""
    files: dict[str, str]
    records: dict[str, int]

    @classmethod
    def read(cls, note: str | None) -> Written | None:
        """Return what a note says, None where nothing was noted yet."""
        try:
            return cls.model_validate_json(note or "null")
        except ValidationError:
            return None

    def of(self, table: str) -> dict[str, str]:
        """Return the sums of a table's files."""
        return {name: total for name, total in self.files.items() if Path(name).stem == table}


@dataclass
class Files:
    """Write the files of a folder."""

    context: Context

    def last(self) -> Written | None:
        """Return what was last written."""
        return Written.read(self.context.store.meta(WRITTEN))

    def are_there(self, last: Written) -> bool:
        """Tell whether the files in the folder are those that were last written."""
        paths = {self.context.folder / name: total for name, total in last.files.items()}
        return all(path.is_file() and file_digest(path) == paths[path] for path in paths)

    def code(self) -> str:
        """Return a hash over the code and settings that make the files."""
        writer = self.context.plan.writer
        return code_digest(writer.packages, settings=self.context.settings.section(writer.name))

    def write(self, *, again: bool) -> Written:
        """Write the files that would not be the same, or all of them `again`."""
        context, writer = self.context, self.context.plan.writer
        fingerprint, code = self._fingerprint(), self.code()
        last = self.last()
        if again or last is None or last.code != code or not self.are_there(last):
            standing = None
        elif last.fingerprint == fingerprint:
            context.account.fresh[writer.name] = 1
            return last
        else:
            standing = last if writer.takes_over and context.store.knows_written else None
        with context.store.transaction():
            try:
                written = self._write(standing)
            except RowsMissingError as error:
                LOGGER.info("%s: all is written again", error)
                written = self._write(None)
            written = written.model_copy(update={"fingerprint": fingerprint, "code": code})
            for name in set(last.files if last else ()) - set(written.files):
                # An earlier run wrote in a form that this one was not asked for.
                (context.folder / Path(name).name).unlink(missing_ok=True)
            context.store.set_meta(WRITTEN, written.model_dump_json())
        context.account.ran[writer.name] = 1
        return written

    def _fingerprint(self) -> str:
        """Return a hash over all that the files are made of."""
        context = self.context
        total = hashlib.sha256(self.code().encode())
        total.update((context.store.meta(context.plan.corpus.name) or "").encode())
        for told in context.complete():
            total.update(told.whole.encode())
        for reject in context.store.rejects():
            total.update(reject.model_dump_json().encode())
        return total.hexdigest()

    def _write(self, standing: Written | None) -> Written:
        """Write all tables, and note what they hold.

        Args:
            standing: what the files hold of which rows are taken over, None to make all rows.
        """
        context, writer = self.context, self.context.plan.writer
        if standing is None:
            context.store.forget_written()
        written = Written(fingerprint="", files={}, records={})
        for table, kind in writer.outputs.items():
            table_of = _Table(context, table, kind)
            lines: Iterable[str | Stretch] = table_of.all()
            if standing is not None:
                changes = table_of.changes()
                first = next(changes, None)
                if first is None:
                    written.records[table] = standing.records[table]
                    written.files |= standing.of(table)
                    continue
                lines = table_of.mended(chain([first], changes))
            made, written.records[table] = writer.write_lines(
                context.folder,
                table,
                lines,
                again=standing is not None,
                share=context.engine.share,
            )
            written.files.update(made)
        written.files |= writer.write_package(context.folder, written.files)
        written.files |= writer.write_rejects(context.folder, context.store.rejects())
        context.store.note_written()
        return written


@dataclass
class _Table:
    """One table: its rows, and what changed of them."""

    context: Context
    name: str
    kind: type[Record]

    @property
    def _is_merged(self) -> bool:
        """Whether its rows are of the corpus stage; those of others come by articles."""
        return self.kind in self.context.plan.corpus.makes

    def all(self) -> Iterator[str]:
        """Yield all records, in order of their ids or their articles'."""
        if self._is_merged:
            yield from self.context.store.record_lines(self.kind)
            return
        for told in self.context.complete():
            yield from self._of_article(told.article_id, told.whole)

    def changes(self) -> Iterator[Unwritten]:
        """Yield what is not as the files have it, in order of id."""
        store = self.context.store
        if self._is_merged:
            return store.unwritten_records(self.kind)
        return iter(store.unwritten_articles(self.name, self.context.freshness.code))

    def mended(self, changes: Iterable[Unwritten]) -> Iterator[str | Stretch]:
        """Yield what the table is to hold: stretches of what it holds, and other records."""
        last = ""
        for change in changes:
            yield from self._kept(last, change.id)
            if change.rows:
                yield Stretch(change.rows, kept=False)
            yield from self._now(change)
            last = change.id
        yield from self._kept(last, None)

    def _kept(self, after: str, before: str | None) -> Iterator[Stretch]:
        store = self.context.store
        if self._is_merged:
            rows = store.count_records(self.kind, after, before)
        else:
            rows = store.count_written(self.name, after, before)
        if rows:
            yield Stretch(rows, kept=True)

    def _now(self, change: Unwritten) -> Iterable[str]:
        """Return the records that a change leads to."""
        store = self.context.store
        if self._is_merged:
            return [store.record_line(self.kind, change.id)] if change.stored else []
        if not change.stored:
            store.drop_written(self.name, change.id)
            return []
        return self._of_article(change.id, change.whole)

    def _of_article(self, article_id: str, whole: str) -> list[str]:
        """Return an article's records, and note that they are written."""
        context = self.context
        if self.kind is Article:
            lines = [context.store.article_line(article_id)]
        else:
            (stage,) = (stage for stage in context.plan.stages if self.kind in stage.makes)
            lines = list(row_lines(self.kind, context.payload(article_id, stage.name)))
        context.store.put_written(self.name, article_id, whole=whole, rows=len(lines))
        return lines


__all__ = ["Files", "Written"]
