"""What the files of a run hold, as far as it is not told by what is stored."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from models import Record
from pipeline.store.database import PAGE, Database


@dataclass(frozen=True, slots=True)
class Unwritten:
    """A finished record, or an article, that is not as the files have it.

    Args:
        rows: that the files have of it.
        stored: whether there is something to write of it.
        whole: digest of an article and its artefacts.
    """

    id: str
    rows: int
    stored: bool
    whole: str = ""


#: Note under which it stands that these tables tell what the files hold.
_KNOWN = "written is known"


class WrittenTables(Database):
    """The tables of what was written, and what has changed since."""

    @property
    def knows_written(self) -> bool:
        """Tell whether it is known what changed since the files were written."""
        return bool(self.meta(_KNOWN))

    def note_written(self) -> None:
        """Note that the finished records are now as the files have them."""
        self._rows("DELETE FROM unwritten")
        self.set_meta(_KNOWN, "yes")

    def forget_written(self) -> None:
        """Forget what the files hold."""
        self._rows("DELETE FROM unwritten")
        self._rows("DELETE FROM written")
        self.set_meta(_KNOWN, "")

    # Finished records

    def _note_unwritten(self, kind: str, made: str, *, stood: bool) -> None:
        """Note that a record is about to change; of its first change it is known what was written.

        Args:
            stood: whether it is stored until then.
        """
        self._rows("INSERT OR IGNORE INTO unwritten VALUES (?, ?, ?)", kind, made, stood)

    def unwritten_records(self, kind: type[Record]) -> Iterator[Unwritten]:
        """Yield the finished records of a kind that changed since the files were written, by id."""
        last = ""
        while page := self._rows(
            "SELECT unwritten.id, stood, records.id IS NOT NULL FROM unwritten "
            "LEFT JOIN records USING (kind, id) WHERE kind = ? AND unwritten.id > ? "
            "ORDER BY unwritten.id LIMIT ?",
            kind.__name__,
            last,
            PAGE,
        ):
            last = page[-1][0]
            yield from (Unwritten(made, stood, bool(stored)) for made, stood, stored in page)

    def count_records(self, kind: type[Record], after: str, before: str | None) -> int:
        """Return how many finished records of a kind lie between two ids, or behind one."""
        found = self._rows(
            "SELECT count(*) FROM records WHERE kind = ?1 AND id > ?2 AND (?3 IS NULL OR id < ?3)",
            kind.__name__,
            after,
            before,
        )
        return int(found[0][0])

    # Articles

    def unwritten_articles(self, table: str, code: str) -> list[Unwritten]:
        """Return the articles that are not as a table's files have them, in order of id.

        Args:
            code: as for `summaries`, which tell how they are.
        """
        found = self._rows(
            "SELECT inputs.article_id AS id, coalesce(rows, 0), 1, summaries.whole FROM inputs "
            "JOIN summaries USING (article_id) "
            "LEFT JOIN written ON name = ?1 AND written.article_id = inputs.article_id "
            "WHERE run = ?2 AND code = ?3 AND written.whole IS NOT summaries.whole "
            "UNION ALL SELECT article_id, rows, 0, '' FROM written WHERE name = ?1 AND NOT EXISTS "
            "(SELECT 1 FROM inputs JOIN summaries USING (article_id) WHERE run = ?2 AND code = ?3 "
            "AND inputs.article_id = written.article_id) ORDER BY id",
            table,
            self.run,
            code,
        )
        return [Unwritten(made, rows, bool(stored), whole) for made, rows, stored, whole in found]

    def count_written(self, table: str, after: str, before: str | None) -> int:
        """Return how many rows a table's files hold of articles between two ids, or behind one."""
        found = self._rows(
            "SELECT coalesce(sum(rows), 0) FROM written "
            "WHERE name = ?1 AND article_id > ?2 AND (?3 IS NULL OR article_id < ?3)",
            table,
            after,
            before,
        )
        return int(found[0][0])

    def put_written(self, table: str, article_id: str, *, whole: str, rows: int) -> None:
        """Note that a table's files hold so many rows of an article as it is now."""
        self._rows(
            "INSERT OR REPLACE INTO written VALUES (?, ?, ?, ?)", table, article_id, whole, rows
        )

    def drop_written(self, table: str, article_id: str) -> None:
        """Note that a table's files hold nothing of an article."""
        self._rows("DELETE FROM written WHERE name = ? AND article_id = ?", table, article_id)


__all__ = ["Unwritten", "WrittenTables"]
