"""Files that were read before and have not changed since: their articles are known."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Protocol

from models import Article, Reject
from pipeline.fingerprint import digest
from pipeline.readers.inputs import ENGLISH, PASSING, Ids, content_id_of, read_file, warn_of
from pipeline.readers.stamp import file_stamp, reading_digest
from pipeline.stages.ingest.published import check_option

#: Rows of a larger file are not noted: it is read again each time.
MOST_ROWS = 100_000


@dataclass(frozen=True)
class Noted:
    """A row of a file: an article in short, or a reject as JSON."""

    #: Id of the article, and what its content gives where it brought one of its own.
    id: str = ""
    content: str | None = None
    digest: str = ""
    #: Where it is not English.
    language: str | None = None
    reject: str | None = None


@dataclass(frozen=True)
class Standing:
    """An article of a file that has not changed, not read again."""

    id: str
    source_path: str
    #: Hash of the whole article.
    digest: str
    #: Reads it after all; a reject where the file has changed since it was listed.
    read: Callable[[], Article | Reject]


#: What reading yields.
Item = Article | Reject | Standing


class FileNotes(Protocol):
    """What is known of files: their rows, under a stamp of their state."""

    def rows(self, path: str, stamp: str, /) -> Sequence[Noted] | None:
        """Return a file's rows, None where it was not read in this state."""

    def note(self, path: str, stamp: str, rows: Sequence[Noted], /) -> None:
        """Note a file's rows."""

    def keep(self, paths: set[str], /) -> None:
        """Forget all files but these."""


@dataclass
class KnownFiles:
    """Listed files, of which those that are as they were are not read again."""

    files: Sequence[str]
    published: str | None
    max_characters: int
    _ids: Ids = field(default_factory=Ids)
    _foreign: dict[str, int] = field(default_factory=dict)

    def read(self, notes: FileNotes) -> Iterator[Item]:
        """Yield the articles of all files, as `read_files` does.

        Raises:
            ConfigError: `published` is no date.
        """
        option = check_option(self.published)
        made_of = reading_digest((option, self.max_characters))
        kept: set[str] = set()
        for path in self.files:
            state = file_stamp(path)
            stamp = None if state is None else digest(made_of, state)
            rows = None if stamp is None else notes.rows(path, stamp)
            if rows is not None and self._are_settled(rows):
                kept.add(path)
                yield from self._known(path, rows, option)
                continue
            noted: list[Noted] | None = []
            for made in read_file(path, published=option, max_characters=self.max_characters):
                item = made if isinstance(made, Reject) else self._ids.settle(made)
                if isinstance(item, Article):
                    self._count(item.language)
                # One that got another id, or may be read the next time, is to be looked at again.
                again = item is not made or (isinstance(item, Reject) and item.reason in PASSING)
                if noted is None or again or len(noted) == MOST_ROWS:
                    noted = None
                else:
                    noted.append(self._noted(item))
                yield item
            if noted is not None and stamp is not None:
                kept.add(path)
                notes.note(path, stamp, noted)
        notes.keep(kept)
        warn_of(self._foreign)

    def _are_settled(self, rows: Sequence[Noted]) -> bool:
        """Tell whether no id of a file belongs to another article of an earlier one."""
        told = (row for row in rows if row.content is not None)
        return all(self._ids.holds(row.id, str(row.content)) for row in told)

    def _known(self, path: str, rows: Sequence[Noted], option: str | None) -> Iterator[Item]:
        held: list[Article | Reject] = []

        def read(number: int) -> Article | Reject:
            if not held:  # another file tells of an article, too: this one is read after all
                held.extend(read_file(path, published=option, max_characters=self.max_characters))
            if number < len(held):
                return held[number]
            detail = "the file changed while it was read"
            return Reject(source_path=path, reason="unreadable", detail=detail)

        for number, row in enumerate(rows):
            if row.reject is not None:
                yield Reject.model_validate_json(row.reject)
            else:
                self._count(row.language)
                yield Standing(row.id, path, row.digest, partial(read, number))

    def _noted(self, item: Article | Reject) -> Noted:
        if isinstance(item, Reject):
            return Noted(reject=item.model_dump_json())
        content = content_id_of(item)
        return Noted(
            id=item.id,
            content=None if item.id == content else content,
            digest=digest(item.model_dump_json()),
            language=None if item.language == ENGLISH else item.language,
        )

    def _count(self, language: str | None) -> None:
        if language not in (None, ENGLISH):
            self._foreign[str(language)] = self._foreign.get(str(language), 0) + 1


__all__ = ["FileNotes", "Item", "KnownFiles", "Noted", "Standing"]
