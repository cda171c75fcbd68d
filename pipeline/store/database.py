"""The database: one SQLite file, `communique.db`, in write-ahead mode.

A process that is killed loses at most the batch that it was about to commit.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from pipeline.errors import StoreError

STORE_FILE = "communique.db"
#: "COMQ": says that a SQLite file is one of ours.
APPLICATION_ID = 0x434F4D51
#: Raised whenever the tables change.
SCHEMA_VERSION = 6
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
CREATE TABLE summaries (       -- articles that all stages have done, in short, while they stand
    article_id TEXT PRIMARY KEY,
    code TEXT NOT NULL,        -- digest of the stages' code when this was worked out
    fresh TEXT NOT NULL,       -- the same where that code would make the same artefacts, else ''
    merging TEXT NOT NULL,     -- digest of all that the corpus stage reads
    whole TEXT NOT NULL,       -- digest of the article and all its artefacts
    counts TEXT NOT NULL       -- rows by stage, JSON
) WITHOUT ROWID;
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
CREATE TABLE unwritten (       -- finished records that changed since the files were written
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    stood INTEGER NOT NULL,    -- whether the files hold one of that id
    PRIMARY KEY (kind, id)
) WITHOUT ROWID;
CREATE TABLE written (         -- what the files of tables hold of articles
    name TEXT NOT NULL,        -- of the table
    article_id TEXT NOT NULL,
    whole TEXT NOT NULL,       -- digest of the article and all its artefacts
    rows INTEGER NOT NULL,
    PRIMARY KEY (name, article_id)
) WITHOUT ROWID;
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


class Database:
    """An open store; a context manager that closes it."""

    def __init__(self, folder: Path, *, create: bool = False, read_only: bool = False) -> None:
        """Open the store of an output folder.

        Args:
            read_only: nothing will be written, so that the folder need not take it.

        Raises:
            StoreError: there is none and `create` is off, or it cannot be used.
        """
        self.path = folder / STORE_FILE
        if not create and not self.path.is_file():
            raise StoreError(f"no {STORE_FILE} in {folder}: `communique run` makes it")
        with self._guard():
            closed = read_only and not self._takes_writing()
            name = self._as_it_is() if closed else str(self.path)
            self._db = sqlite3.connect(name, timeout=10, isolation_level=None, uri=closed)
            try:
                self._prepare(closed=closed)
            except BaseException:
                self._db.close()
                raise

    def _takes_writing(self) -> bool:
        return all(os.access(path, os.W_OK) for path in (self.path.parent, self.path))

    def _as_it_is(self) -> str:
        """Return what opens the file without the files that write-ahead mode lays beside it.

        Where such files are there, a writer was killed or is at work: they have to be read too.
        """
        log = self.path.with_name(f"{STORE_FILE}-wal")
        alone = not log.is_file() or not log.stat().st_size
        return f"{self.path.absolute().as_uri()}?mode=ro{'&immutable=1' if alone else ''}"

    def _prepare(self, *, closed: bool) -> None:
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
        if closed:
            return
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = NORMAL")
        if not tables:
            self._db.executescript(
                f"BEGIN IMMEDIATE; {_SCHEMA} PRAGMA application_id = {APPLICATION_ID}; "
                f"PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;"
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    @contextmanager
    def _guard(self) -> Iterator[None]:
        """Turn the database's errors into the program's."""
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
        """Execute a statement with values, and return what it selects."""
        try:
            return self._db.execute(statement, values).fetchall()
        except sqlite3.Error as error:
            raise StoreError(_explain(self.path, error)) from error

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
