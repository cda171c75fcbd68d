"""What is worked out of an article and its artefacts, kept until they change.

A run asks several times after every article. In short it takes a fraction of the time that reading
the digests of all artefacts takes.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.store.database import PAGE, Database


@dataclass(frozen=True, slots=True)
class Summary:
    """An article that every stage has done, in short."""

    article_id: str
    #: Digest of all that the corpus stage reads of it.
    merging: str
    #: Digest of the article and of all its artefacts.
    whole: str


class SummaryTables(Database):
    """The table of articles in short."""

    def put_summary(self, summary: Summary, *, code: str, fresh: bool, counts: str) -> None:
        """Keep an article in short, until it or an artefact of it changes.

        Args:
            code: digest of the code that stages have now.
            fresh: whether that would make the same artefacts.
            counts: rows by stage, as JSON.
        """
        self._rows(
            "INSERT OR REPLACE INTO summaries VALUES (?, ?, ?, ?, ?, ?)",
            summary.article_id,
            code,
            code if fresh else "",
            summary.merging,
            summary.whole,
            counts,
        )

    def summaries(self, code: str) -> Iterator[Summary]:
        """Yield the articles of the last run's input that are kept in short, in order of id."""
        run, last = self.run, ""
        while page := self._rows(
            "SELECT article_id, merging, whole FROM inputs JOIN summaries USING (article_id) "
            "WHERE run = ? AND article_id > ? AND code = ? ORDER BY article_id LIMIT ?",
            run,
            last,
            code,
            PAGE,
        ):
            last = page[-1][0]
            yield from (Summary(*row) for row in page)

    def count_fresh(self, code: str) -> int:
        """Return of how many of the last run's articles it is known that nothing is to be done."""
        found = self._rows(
            "SELECT count(*) FROM inputs JOIN summaries USING (article_id) "
            "WHERE run = ? AND fresh = ?",
            self.run,
            code,
        )
        return int(found[0][0])

    def count_rows(self, code: str) -> tuple[int, Counter[str]]:
        """Return how many articles are kept in short, and the sum of their rows by stage."""
        found = self._rows(
            "SELECT counts, count(*) FROM inputs JOIN summaries USING (article_id) "
            "WHERE run = ? AND code = ? GROUP BY counts",
            self.run,
            code,
        )
        total: Counter[str] = Counter()
        for counts, articles in found:
            total.update({stage: rows * articles for stage, rows in json.loads(counts).items()})
        return sum(articles for _, articles in found), total

    def _forget_summary(self, article_id: str) -> None:
        self._rows("DELETE FROM summaries WHERE article_id = ?", article_id)


__all__ = ["Summary", "SummaryTables"]
