"""Files that were read before and have not changed since: their articles are known.

Of a file of JSON Lines that did change those lines are known that it held before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from hashlib import blake2b
from typing import Protocol

from models import Article, Reject
from pipeline.fingerprint import digest
from pipeline.readers.inputs import (
    ENGLISH,
    PASSING,
    Ids,
    Row,
    content_id_of,
    read_file,
    read_rows,
    warn_of,
)
from pipeline.readers.stamp import file_stamp, reading_digest
from pipeline.readers.walk import told_path
from pipeline.stages.ingest.published import check_option

#: More rows of a file are not noted: they are read again each time.
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
    #: Hash of the line that the row is, "" in other formats.
    line: str = ""


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

    def earlier(self, path: str, begin: str, /) -> Sequence[Noted]:
        """Return what was last noted of a file, if under a stamp that begins so."""

    def note(self, path: str, stamp: str, rows: Sequence[Noted], /) -> None:
        """Note a file's rows."""

    def keep(self, paths: set[str], /) -> None:
        """Forget all files but these."""


@dataclass
class _Noting:
    """What is to be noted of a file.

    Args:
        stamp: of its state, None where only its lines can be told again.
    """

    stamp: str | None
    noted: list[Noted] = field(default_factory=list)
    _rows: int = 0

    def add(self, row: Noted | None) -> None:
        """Note a row; None for one that is to be looked at each time."""
        self._rows += 1
        if row is None or self._rows > MOST_ROWS:
            self.stamp = None
        if row is not None and self._rows <= MOST_ROWS:
            self.noted.append(row)

    @property
    def lines(self) -> bool:
        """Whether there are lines to be told again."""
        return any(row.line for row in self.noted)


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
            stamp = None if state is None else f"{made_of} {digest(state)}"
            name = told_path(path)
            rows = None if stamp is None else notes.rows(name, stamp)
            if rows is not None and self._are_settled(rows):
                kept.add(name)
                yield from self._known(path, rows, option)
                continue
            noting = _Noting(stamp)
            before = {row.line: row for row in notes.earlier(name, made_of) if row.line}
            for row in read_rows(path, published=option, max_characters=self.max_characters):
                yield self._item(row, name, before, noting)
            if noting.stamp is not None or noting.lines:
                kept.add(name)
                notes.note(name, noting.stamp or made_of, noting.noted)
        notes.keep(kept)
        warn_of(self._foreign)

    def _item(self, row: Row, path: str, before: Mapping[str, Noted], noting: _Noting) -> Item:
        """Return what a row is, and note it."""
        line = line_digest(row.line) if row.line else ""
        known = before.get(line) if line else None
        if known is not None and self._are_settled([known]):
            self._count(known.language)
            noting.add(known)
            return Standing(known.id, path, known.digest, row.made)
        made = row.made()
        item = made if isinstance(made, Reject) else self._ids.settle(made)
        if isinstance(item, Article):
            self._count(item.language)
        # One that got another id, or may be read the next time, is to be looked at again.
        again = item is not made or (isinstance(item, Reject) and item.reason in PASSING)
        noting.add(None if again else self._noted(item, line))
        return item

    def _are_settled(self, rows: Sequence[Noted]) -> bool:
        """Tell whether no id of a file belongs to another article of an earlier one."""
        told = (row for row in rows if row.content is not None)
        return all(self._ids.holds(row.id, str(row.content)) for row in told)

    def _known(self, path: str, rows: Sequence[Noted], option: str | None) -> Iterator[Item]:
        held: list[Article | Reject] = []
        name = told_path(path)

        def read(number: int) -> Article | Reject:
            if not held:  # another file tells of an article, too: this one is read after all
                held.extend(read_file(path, published=option, max_characters=self.max_characters))
            if number < len(held):
                return held[number]
            detail = "the file changed while it was read"
            return Reject(source_path=name, reason="unreadable", detail=detail)

        for number, row in enumerate(rows):
            if row.reject is not None:
                yield Reject.model_validate_json(row.reject)
            else:
                self._count(row.language)
                yield Standing(row.id, name, row.digest, partial(read, number))

    def _noted(self, item: Article | Reject, line: str) -> Noted:
        if isinstance(item, Reject):
            return Noted(reject=item.model_dump_json())  # it tells the number of its row
        content = content_id_of(item)
        return Noted(
            id=item.id,
            content=None if item.id == content else content,
            digest=digest(item.model_dump_json()),
            language=None if item.language == ENGLISH else item.language,
            line=line,
        )

    def _count(self, language: str | None) -> None:
        if language not in (None, ENGLISH):
            self._foreign[str(language)] = self._foreign.get(str(language), 0) + 1


def line_digest(line: str) -> str:
    """Return a hash of a line, its end aside."""
    return blake2b(line.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


__all__ = ["FileNotes", "Item", "KnownFiles", "Noted", "Standing"]
