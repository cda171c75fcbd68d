"""The store: every stage's artefacts, and the only SQL of the program.

One SQLite file, `communique.db`, in write-ahead mode: a process that is killed loses at most the
batch that it was about to commit. Statements are constants; values go in as parameters.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from models import Article, Record, Reject
from pipeline.codec import pack, pack_record, unpack, unpack_record
from pipeline.errors import StoreError
from pipeline.memo import Group

AnyRecord = TypeVar("AnyRecord", bound=Record)

STORE_FILE = "communique.db"
#: "COMQ": says that a SQLite file is one of ours.
APPLICATION_ID = 0x434F4D51
#: Raised whenever the tables change.
SCHEMA_VERSION = 5
#: Articles are looked up in pages, so that memory does not grow with their number.
PAGE = 500

_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE articles (
    id TEXT PRIMARY KEY,
    content TEXT NOT NULL,     -- digest of what stages may read
    digest TEXT NOT NULL,      -- digest of the whole record
    record BLOB NOT NULL
);
CREATE TABLE inputs (
    run INTEGER NOT NULL,
    article_id TEXT NOT NULL,
    PRIMARY KEY (run, article_id)
) WITHOUT ROWID;
CREATE TABLE artefacts (
    article_id TEXT NOT NULL,
    stage TEXT NOT NULL,
    fingerprint TEXT NOT NULL, -- of what it was made
    content TEXT NOT NULL,     -- digest of the payload
    records INTEGER NOT NULL,
    payload BLOB NOT NULL
);
CREATE UNIQUE INDEX artefacts_by_article
    ON artefacts (article_id, stage, fingerprint, content, records);
CREATE TABLE files (           -- what was read of files, by a stamp of their state
    path TEXT PRIMARY KEY,
    stamp TEXT NOT NULL,
    rows BLOB NOT NULL
);
CREATE TABLE rejects (
    run INTEGER NOT NULL,
    article_id TEXT,           -- null for one that never became an article
    record BLOB NOT NULL
);
CREATE TABLE records (
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    record BLOB NOT NULL,
    grp TEXT NOT NULL,         -- the group that it was made in, '' where records have none
    PRIMARY KEY (kind, id)
);
CREATE TABLE groups (          -- finished records that are made together
    name TEXT PRIMARY KEY,
    fingerprint TEXT NOT NULL,
    ids TEXT NOT NULL          -- kinds and ids of its records, JSON
);
CREATE TABLE blocks (          -- what the corpus stage made of rows that belong together
    name TEXT PRIMARY KEY,
    fingerprint TEXT NOT NULL,
    made BLOB NOT NULL
);
"""


@dataclass(frozen=True)
class Artefact:
    """What one stage made of one article."""

    article_id: str
    stage: str
    fingerprint: str
    content: str
    records: int
    payload: bytes


@dataclass(frozen=True)
class State:
    """What the store knows of one article: digests of it, and of its artefacts, by stage."""

    article_id: str
    content: str
    digest: str
    #: Hashes of what the artefacts were made of.
    fingerprints: Mapping[str, str]
    #: Hashes of what they hold.
    contents: Mapping[str, str]
    records: Mapping[str, int]


class Store:
    """An open store; a context manager that closes it."""

    def __init__(self, folder: Path, *, create: bool = False) -> None:
        """Open the store of an output folder.

        Raises:
            StoreError: there is none and `create` is off, or it cannot be used.
        """
        self.path = folder / STORE_FILE
        if not create and not self.path.is_file():
            raise StoreError(f"no {STORE_FILE} in {folder}: `communique run` makes it")
        with self._guard():
            self._db = sqlite3.connect(self.path, timeout=10, isolation_level=None)
            try:
                self._prepare()
            except BaseException:
                self._db.close()
                raise

    def _prepare(self) -> None:
        (application,) = self._db.execute("PRAGMA application_id").fetchone()
        (version,) = self._db.execute("PRAGMA user_version").fetchone()
        (tables,) = self._db.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        if tables and application != APPLICATION_ID:
            raise StoreError(f"{self.path} is a database of another program")
        if tables and version != SCHEMA_VERSION:
            raise StoreError(
                f"{self.path} was made by another version of communique (its tables are of "
                f"version {version}, this program's of {SCHEMA_VERSION}): delete it and run "
                "again, or choose another folder with -o"
            )
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = NORMAL")
        if not tables:
            self._db.executescript(
                f"BEGIN IMMEDIATE; {_SCHEMA} PRAGMA application_id = {APPLICATION_ID}; "
                f"PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;"
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._db.close()

    @contextmanager
    def _guard(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise StoreError(_explain(self.path, error)) from error

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Make all writes of the block happen, or none."""
        with self._guard():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._db.rollback()
                raise
            self._db.execute("COMMIT")

    def _rows(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        with self._guard():
            return self._db.execute(statement, values).fetchall()

    def meta(self, key: str) -> str | None:
        """Return a stored note, None where there is none."""
        rows = self._rows("SELECT value FROM meta WHERE key = ?", key)
        return str(rows[0][0]) if rows else None

    def set_meta(self, key: str, value: str) -> None:
        """Keep a note."""
        self._rows("INSERT OR REPLACE INTO meta VALUES (?, ?)", key, value)

    @property
    def run(self) -> int:
        """Return the number of the last run whose input was read to the end, 0 before any."""
        return int(self.meta("run") or 0)

    @property
    def last_run(self) -> int:
        """Return the number of the last run that began, read to its end or not."""
        return int(self.meta("last_run") or 0)

    # Reading

    def begin_ingest(self) -> int:
        """Return the number of a new run; what an interrupted one left does not count."""
        with self.transaction():
            run = self.last_run + 1
            self.set_meta("last_run", str(run))
        return run

    def finish_ingest(self, run: int) -> None:
        """Make a run's input the one that counts, and forget those before."""
        with self.transaction():
            self.set_meta("run", str(run))
            self._rows("DELETE FROM rejects WHERE run <> ?", run)
            self._rows("DELETE FROM inputs WHERE run <> ?", run)

    @property
    def interrupted(self) -> bool:
        """Tell whether a later run than the one that counts broke off while reading."""
        return self.last_run != self.run

    def is_input(self, article_id: str, *, run: int) -> bool:
        """Tell whether a run's input held an article already."""
        return bool(
            self._rows("SELECT 1 FROM inputs WHERE run = ? AND article_id = ?", run, article_id)
        )

    def add_input(self, article_id: str, *, run: int) -> None:
        """Note that a run's input holds an article."""
        self._rows("INSERT INTO inputs (run, article_id) VALUES (?, ?)", run, article_id)

    def file_note(self, path: str, stamp: str) -> str | None:
        """Return what was noted of a file in some state, None where nothing was."""
        found = self._rows("SELECT rows FROM files WHERE path = ? AND stamp = ?", path, stamp)
        return unpack(found[0][0]) if found else None

    def put_file_note(self, path: str, stamp: str, rows: str) -> None:
        """Note what was read of a file, in place of an earlier note."""
        self._rows("INSERT OR REPLACE INTO files VALUES (?, ?, ?)", path, stamp, pack(rows))

    def keep_file_notes(self, paths: AbstractSet[str]) -> None:
        """Forget what was noted of all files but these."""
        with self.transaction():
            for (path,) in self._rows("SELECT path FROM files"):
                if path not in paths:
                    self._rows("DELETE FROM files WHERE path = ?", path)

    def digest(self, article_id: str) -> str | None:
        """Return the digest of a stored article, None for one not stored."""
        rows = self._rows("SELECT digest FROM articles WHERE id = ?", article_id)
        return str(rows[0][0]) if rows else None

    def put_article(self, article: Article, *, content: str, digest: str) -> None:
        """Store an article, in place of an older one of its id."""
        self._rows(
            "INSERT OR REPLACE INTO articles (id, content, digest, record) VALUES (?, ?, ?, ?)",
            article.id,
            content,
            digest,
            pack_record(article),
        )

    def article(self, article_id: str) -> Article:
        """Return a stored article.

        Raises:
            StoreError: there is none of that id.
        """
        return unpack_record(Article, self._packed_article(article_id))

    def article_line(self, article_id: str) -> str:
        """Return a stored article as JSON.

        Raises:
            StoreError: as for `article`.
        """
        return unpack(self._packed_article(article_id))

    def _packed_article(self, article_id: str) -> bytes:
        rows = self._rows("SELECT record FROM articles WHERE id = ?", article_id)
        if not rows:
            raise StoreError(f"no article {article_id!r} in {self.path}")
        return bytes(rows[0][0])

    def count_articles(self) -> int:
        """Return how many articles the last run's input held."""
        return int(self._rows("SELECT count(*) FROM inputs WHERE run = ?", self.run)[0][0])

    def states(self) -> Iterator[State]:
        """Yield what is stored of each article of the last run's input, in order of id.

        The store may be written to between two of them.
        """
        run, last = self.run, ""
        while page := self._rows(
            "SELECT id, content, digest FROM inputs JOIN articles ON id = article_id "
            "WHERE run = ? AND article_id > ? ORDER BY article_id LIMIT ?",
            run,
            last,
            PAGE,
        ):
            last = page[-1][0]
            artefacts = self._rows(
                "SELECT article_id, stage, fingerprint, content, records FROM artefacts "
                "WHERE article_id BETWEEN ? AND ?",
                page[0][0],
                last,
            )
            yield from _states(page, artefacts)

    def state(self, article_id: str) -> State:
        """Return what is stored of one article.

        Raises:
            StoreError: there is none of that id.
        """
        page = self._rows("SELECT id, content, digest FROM articles WHERE id = ?", article_id)
        artefacts = self._rows(
            "SELECT article_id, stage, fingerprint, content, records FROM artefacts "
            "WHERE article_id = ?",
            article_id,
        )
        for state in _states(page, artefacts):
            return state
        raise StoreError(f"no article {article_id!r} in {self.path}")

    # Artefacts

    def payload(self, article_id: str, stage: str) -> bytes | None:
        """Return what a stage made of an article, None where it is not stored."""
        rows = self._rows(
            "SELECT payload FROM artefacts WHERE article_id = ? AND stage = ?", article_id, stage
        )
        return bytes(rows[0][0]) if rows else None

    def put_artefact(self, artefact: Artefact) -> None:
        """Store an artefact in place of an older one."""
        self.drop_artefacts(artefact.article_id, [artefact.stage])
        self._rows(
            "INSERT INTO artefacts (article_id, stage, fingerprint, content, records, payload) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            artefact.article_id,
            artefact.stage,
            artefact.fingerprint,
            artefact.content,
            artefact.records,
            artefact.payload,
        )

    def reprint(self, article_id: str, stage: str, fingerprint: str) -> None:
        """Note that what a stage made of an article is what it would make now."""
        self._rows(
            "UPDATE artefacts SET fingerprint = ?3 "
            "WHERE article_id = ?1 AND stage = ?2 AND fingerprint <> ?3",
            article_id,
            stage,
            fingerprint,
        )

    def drop_artefacts(self, article_id: str, stages: Iterable[str]) -> None:
        """Forget what the stages made of an article."""
        for stage in stages:
            self._rows(
                "DELETE FROM artefacts WHERE article_id = ? AND stage = ?", article_id, stage
            )

    # Rejects

    def put_reject(self, reject: Reject, *, run: int, article_id: str | None = None) -> None:
        """Store a reject of a run."""
        self._rows(
            "INSERT INTO rejects (run, article_id, record) VALUES (?, ?, ?)",
            run,
            article_id,
            pack_record(reject),
        )

    def drop_reject(self, article_id: str) -> None:
        """Forget that an article was rejected."""
        self._rows("DELETE FROM rejects WHERE article_id = ?", article_id)

    def rejected_articles(self) -> set[str]:
        """Return the ids of the last run's articles that a stage failed on."""
        rows = self._rows(
            "SELECT article_id FROM rejects WHERE run = ? AND article_id IS NOT NULL", self.run
        )
        return {str(article_id) for (article_id,) in rows}

    def rejects(self) -> list[Reject]:
        """Return the last run's rejects, sorted."""
        rows = self._rows("SELECT record FROM rejects WHERE run = ?", self.run)
        found = [unpack_record(Reject, record) for (record,) in rows]
        return sorted(found, key=lambda r: (r.source_path, r.row or 0, r.reason, r.detail))

    # Blocks

    def block(self, name: str, fingerprint: str) -> str | None:
        """Return what was made of a block, None where it was made of other rows or not at all."""
        rows = self._rows(
            "SELECT made FROM blocks WHERE name = ? AND fingerprint = ?", name, fingerprint
        )
        return unpack(rows[0][0]) if rows else None

    def put_block(self, name: str, fingerprint: str, made: str) -> None:
        """Keep what was made of a block, in place of an earlier result."""
        self._rows("INSERT OR REPLACE INTO blocks VALUES (?, ?, ?)", name, fingerprint, pack(made))

    def keep_blocks(self, names: AbstractSet[str]) -> None:
        """Forget all blocks but these."""
        for (name,) in self._rows("SELECT name FROM blocks"):
            if name not in names:
                self._rows("DELETE FROM blocks WHERE name = ?", name)

    # Finished records

    def replace_records(
        self, kinds: Sequence[type[Record]], records: Iterable[Record]
    ) -> Iterator[tuple[Record | None, Record | None]]:
        """Store finished records in place of all earlier ones of their kinds.

        Yields those that appeared, vanished or changed, as pairs of before and after; they are
        stored one by one as the pairs are taken, and what is the same is not written again.
        """
        by_name = {kind.__name__: kind for kind in kinds}
        self._rows("DELETE FROM groups")
        self._begin_keeping()
        for record in records:
            kind, made = _key(record)
            self._rows("INSERT INTO kept VALUES (?, ?)", kind, made)
            yield from self._put_record(by_name, record, "")
        for kind in by_name:
            yield from ((old, None) for old in self._drop_others(by_name[kind]))
        self._rows("DELETE FROM kept")

    def _begin_keeping(self) -> None:
        self._rows(
            "CREATE TEMP TABLE IF NOT EXISTS kept (kind TEXT, id TEXT, PRIMARY KEY (kind, id))"
        )
        self._rows("DELETE FROM kept")

    def _put_record(
        self, kinds: Mapping[str, type[Record]], record: Record, group: str
    ) -> Iterator[tuple[Record | None, Record | None]]:
        """Store a record; yield what it was and is where that differs."""
        kind, made = _key(record)
        packed = pack_record(record)
        found = self._rows("SELECT record, grp FROM records WHERE kind = ? AND id = ?", kind, made)
        if found and (bytes(found[0][0]), found[0][1]) == (packed, group):
            return
        self._rows("INSERT OR REPLACE INTO records VALUES (?, ?, ?, ?)", kind, made, packed, group)
        if not found or bytes(found[0][0]) != packed:
            yield (unpack_record(kinds[kind], found[0][0]) if found else None), record

    def group(self, name: str) -> str | None:
        """Return of what the records of a group were made, None where there is none."""
        rows = self._rows("SELECT fingerprint FROM groups WHERE name = ?", name)
        return str(rows[0][0]) if rows else None

    def replace_groups(
        self, kinds: Sequence[type[Record]], groups: Iterable[Group]
    ) -> Iterator[tuple[Record | None, Record | None]]:
        """Store groups of finished records in place of all earlier records of their kinds.

        Yields pairs as `replace_records` does; groups without records stand as they are.
        """
        by_name = {kind.__name__: kind for kind in kinds}
        grouped = bool(self._rows("SELECT 1 FROM groups LIMIT 1"))
        self._begin_keeping()
        for group in groups:
            self._rows("INSERT INTO kept VALUES ('', ?)", group.name)
            if group.records is not None:
                yield from self._replace_group(by_name, group)
        vanished = "SELECT name, ids FROM groups WHERE name NOT IN (SELECT id FROM kept)"
        for name, ids in self._rows(vanished):
            yield from self._drop_records(by_name, json.loads(ids), name)
            self._rows("DELETE FROM groups WHERE name = ?", name)
        if not grouped:
            for name in by_name:
                loose = self._rows("SELECT kind, id FROM records WHERE kind = ? AND grp = ''", name)
                yield from self._drop_records(by_name, loose, "")
        self._rows("DELETE FROM kept")

    def _replace_group(
        self, kinds: Mapping[str, type[Record]], group: Group
    ) -> Iterator[tuple[Record | None, Record | None]]:
        found = self._rows("SELECT ids FROM groups WHERE name = ?", group.name)
        old = {(kind, made) for kind, made in json.loads(found[0][0])} if found else set()
        new: list[tuple[str, str]] = []
        for record in group.records or ():
            new.append(_key(record))
            yield from self._put_record(kinds, record, group.name)
        yield from self._drop_records(kinds, sorted(old.difference(new)), group.name)
        self._rows(
            "INSERT OR REPLACE INTO groups VALUES (?, ?, ?)",
            group.name,
            group.fingerprint,
            json.dumps(new),
        )

    def _drop_records(
        self, kinds: Mapping[str, type[Record]], keys: Iterable[tuple[str, str]], group: str
    ) -> Iterator[tuple[Record | None, Record | None]]:
        """Forget records, but those that another group has taken over; yield them."""
        for kind, made in keys:
            found = self._rows(
                "DELETE FROM records WHERE kind = ? AND id = ? AND grp = ? RETURNING record",
                kind,
                made,
                group,
            )
            for (packed,) in found:
                yield unpack_record(kinds[kind], packed), None

    def _drop_others(self, kind: type[AnyRecord]) -> Iterator[AnyRecord]:
        """Forget the records of a kind that were not kept; yield them."""
        while page := self._rows(
            "SELECT id, record FROM records WHERE kind = ?1 AND id NOT IN "
            "(SELECT id FROM kept WHERE kind = ?1) LIMIT ?2",
            kind.__name__,
            PAGE,
        ):
            for made, packed in page:
                self._rows("DELETE FROM records WHERE kind = ? AND id = ?", kind.__name__, made)
                yield unpack_record(kind, packed)

    def records(self, kind: type[AnyRecord]) -> Iterator[AnyRecord]:
        """Yield the finished records of a kind, in order of id."""
        return (unpack_record(kind, data) for data in self._packed_records(kind))

    def record_lines(self, kind: type[Record]) -> Iterator[str]:
        """Yield the finished records of a kind as JSON, in order of id."""
        return map(unpack, self._packed_records(kind))

    def _packed_records(self, kind: type[Record]) -> Iterator[bytes]:
        last = ""
        while page := self._rows(
            "SELECT id, record FROM records WHERE kind = ? AND id > ? ORDER BY id LIMIT ?",
            kind.__name__,
            last,
            PAGE,
        ):
            last = page[-1][0]
            yield from (data for _, data in page)


def _key(record: Record) -> tuple[str, str]:
    return type(record).__name__, getattr(record, "id")  # noqa: B009 - Record has none


def _states(
    articles: Iterable[tuple[Any, ...]], artefacts: Iterable[tuple[Any, ...]]
) -> Iterator[State]:
    """Yield the states of articles, by rows of both tables."""
    prints: dict[str, dict[str, str]] = {}
    held: dict[str, dict[str, str]] = {}
    counts: dict[str, dict[str, int]] = {}
    for article_id, stage, fingerprint, content, records in artefacts:
        prints.setdefault(article_id, {})[stage] = fingerprint
        held.setdefault(article_id, {})[stage] = content
        counts.setdefault(article_id, {})[stage] = records
    for article_id, content, digest in articles:
        yield State(
            article_id=article_id,
            content=content,
            digest=digest,
            fingerprints=prints.get(article_id, {}),
            contents=held.get(article_id, {}),
            records=counts.get(article_id, {}),
        )


def _explain(path: Path, error: sqlite3.Error) -> str:
    """Say what a database error means for whoever runs the program."""
    cause = str(error)
    if "locked" in cause or "busy" in cause:
        return f"{path} is in use by another program: close it and run again"
    if "full" in cause:
        return f"the disk that holds {path} is full: make room and run again, nothing is lost"
    if "disk I/O" in cause:
        return (
            f"{path}: {cause}: see whether the disk is full, or a limit or quota is met, and run "
            "again, nothing is lost"
        )
    if "readonly" in cause or "unable to open" in cause:
        return f"{path} cannot be written to: check the folder's permissions ({cause})"
    if "not a database" in cause or "malformed" in cause:
        return f"{path} is damaged ({cause}): delete it and run again"
    return f"{path}: {cause}"
