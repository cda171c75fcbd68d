"""Articles as they were read, and what the stages made of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from models import Article, Reject
from pipeline.codec import pack, pack_record, unpack, unpack_record
from pipeline.errors import StoreError
from pipeline.store.database import PAGE
from pipeline.store.summaries import SummaryTables


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


class ArticleTables(SummaryTables):
    """The tables of what was read, and of the article stages."""

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

    def add_standing(self, article_id: str, digest: str, *, run: int) -> bool:
        """Note that a run's input holds an article, if just so it is stored and not noted yet.

        Returns whether that was so.
        """
        with self._guard():
            done = self._db.execute(
                "INSERT OR IGNORE INTO inputs (run, article_id) "
                "SELECT ?, id FROM articles WHERE id = ? AND digest = ?",
                (run, article_id, digest),
            )
        return done.rowcount == 1

    def file_note(self, path: str, stamp: str) -> str | None:
        """Return what was noted of a file in some state, None where nothing was."""
        found = self._rows("SELECT rows FROM files WHERE path = ? AND stamp = ?", path, stamp)
        return unpack(found[0][0]) if found else None

    def last_file_note(self, path: str, begin: str) -> str | None:
        """Return what was last noted of a file, None where its stamp does not begin so."""
        found = self._rows(
            "SELECT rows FROM files WHERE path = ?1 AND substr(stamp, 1, length(?2)) = ?2",
            path,
            begin,
        )
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
        self._forget_summary(article.id)

    def article(self, article_id: str) -> Article:
        """Return a stored article.

        Raises:
            StoreError: there is none of that id.
        """
        return unpack_record(Article, self.packed_article(article_id))

    def article_line(self, article_id: str) -> str:
        """Return a stored article as JSON.

        Raises:
            StoreError: as for `article`.
        """
        return unpack(self.packed_article(article_id))

    def packed_article(self, article_id: str) -> bytes:
        """Return a stored article as `pack_record` packed it.

        Raises:
            StoreError: as for `article`.
        """
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

    def unsummarized(self, code: str, *, stale: bool = False) -> Iterator[list[State]]:
        """Yield the states of the last run's articles that are not kept in short, by pages.

        The store may be written to between two of them.

        Args:
            code: digest of the code that stages have now.
            stale: whether those come, too, of which it is not known that it made their artefacts.
        """
        run, last = self.run, ""
        while page := self._rows(
            "SELECT id, articles.content, digest FROM inputs "
            "LEFT JOIN summaries USING (article_id) JOIN articles ON id = inputs.article_id "
            "WHERE run = ? AND inputs.article_id > ? AND (code IS NOT ?3 OR ?4 AND fresh <> ?3) "
            "ORDER BY inputs.article_id LIMIT ?5",
            run,
            last,
            code,
            stale,
            PAGE,
        ):
            first, last = page[0][0], page[-1][0]
            artefacts = self._rows(
                "SELECT article_id, stage, fingerprint, artefacts.content, records FROM artefacts "
                "LEFT JOIN summaries USING (article_id) WHERE article_id BETWEEN ? AND ? "
                "AND (code IS NOT ?3 OR ?4 AND fresh <> ?3)",
                first,
                last,
                code,
                stale,
            )
            yield list(_states(page, artefacts))

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
        self._forget_summary(article_id)

    def drop_artefacts(self, article_id: str, stages: Iterable[str]) -> None:
        """Forget what the stages made of an article."""
        self._forget_summary(article_id)
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


__all__ = ["Artefact", "ArticleTables", "State"]
