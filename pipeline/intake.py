"""Put what the readers yield into the store: each article once, each reject with its reason."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from models import Article, Reject
from pipeline.fingerprint import article_digest, digest
from pipeline.progress import Progress
from pipeline.readers.inputs import PASSING
from pipeline.readers.known import Item, Noted, Standing
from pipeline.store import Store

#: Articles stored in one transaction; at first but a few, so that workers start on them sooner.
BATCH, FIRST = 200, 20


@dataclass
class Intake:
    """What a run's input held: distinct articles, and rows that are none."""

    articles: int = 0
    rejected: int = 0
    #: Whether one of those may be an article when it is read again.
    passing: bool = False


def take_in(
    store: Store, inputs: Iterable[Item], *, progress: Progress, intake: Intake
) -> Iterator[list[str]]:
    """Store a run's input and make it the one that counts once all is read.

    Yields the ids of the articles stored since, so that they can be worked on meanwhile.

    Args:
        intake: takes the counts.
    """
    run = store.begin_ingest()
    progress.begin("reading", None)
    rows, size = iter(inputs), min(FIRST, BATCH)
    while batch := list(islice(rows, size)):
        size = BATCH
        with store.transaction():
            taken = [_take(store, item, run=run, intake=intake) for item in batch]
        progress.advance(len(batch))
        yield [article_id for article_id in taken if article_id is not None]
    store.finish_ingest(run)


def _take(store: Store, item: Item, *, run: int, intake: Intake) -> str | None:
    """Store a row; return the id of an article that was read and is not in the input yet."""
    if isinstance(item, Standing):
        if not store.add_standing(item.id, item.digest, run=run):
            return _take(store, item.read(), run=run, intake=intake)
        intake.articles += 1
        return None  # nothing of it is new: it is looked at with all others
    if isinstance(item, Reject):
        store.put_reject(item, run=run)
        intake.rejected += 1
        intake.passing |= item.reason in PASSING
        return None
    if store.is_input(item.id, run=run):
        before = store.article(item.id)
        if _same_story(before, item):
            _put(store, _with_path(before, item.source_path))
            return None
        # One id for two stories: the later one gets an id of its own, from what it says.
        renamed = item.model_copy(update={"id": f"{item.id}-{digest(item.text)[:8]}"})
        return _take(store, renamed, run=run, intake=intake)
    _put(store, item)
    store.add_input(item.id, run=run)
    intake.articles += 1
    return item.id


class StoredNotes:
    """What the store knows of files."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def rows(self, path: str, stamp: str, /) -> Sequence[Noted] | None:
        """Return a file's rows, None where it was not read in this state."""
        kept = self._store.file_note(path, stamp)
        return None if kept is None else [Noted(*fields) for fields in json.loads(kept)]

    def earlier(self, path: str, begin: str, /) -> Sequence[Noted]:
        """Return what was last noted of a file, if under a stamp that begins so."""
        kept = self._store.last_file_note(path, begin)
        return [] if kept is None else [Noted(*fields) for fields in json.loads(kept)]

    def note(self, path: str, stamp: str, rows: Sequence[Noted], /) -> None:
        """Note a file's rows."""
        fields = [
            (row.id, row.content, row.digest, row.language, row.reject, row.line) for row in rows
        ]
        self._store.put_file_note(path, stamp, json.dumps(fields, separators=(",", ":")))

    def keep(self, paths: set[str], /) -> None:
        """Forget all files but these."""
        self._store.keep_file_notes(paths)


def _put(store: Store, article: Article) -> None:
    total = digest(article.model_dump_json())
    if store.digest(article.id) != total:
        store.put_article(article, content=article_digest(article), digest=total)


def _same_story(one: Article, other: Article) -> bool:
    return (one.text, one.title, one.published) == (other.text, other.title, other.published)


def _with_path(article: Article, path: str) -> Article:
    paths = {*article.other_paths, path} - {article.source_path}
    return article.model_copy(update={"other_paths": tuple(sorted(paths))})
