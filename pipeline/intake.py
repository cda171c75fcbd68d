"""Put what the readers yield into the store: each article once, each reject with its reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from models import Article, Reject
from pipeline.fingerprint import article_digest, digest
from pipeline.progress import Progress
from pipeline.store import Store

#: Articles stored in one transaction.
BATCH = 200


@dataclass
class Intake:
    """What a run's input held: distinct articles, and rows that are none."""

    articles: int = 0
    rejected: int = 0


def take_in(store: Store, inputs: Iterable[Article | Reject], *, progress: Progress) -> Intake:
    """Store a run's input and make it the one that counts."""
    run = store.begin_ingest()
    intake = Intake()
    progress.begin("reading", None)
    rows = iter(inputs)
    while batch := list(islice(rows, BATCH)):
        with store.transaction():
            for item in batch:
                _take(store, item, run=run, intake=intake)
        progress.advance(len(batch))
    store.finish_ingest(run)
    return intake


def _take(store: Store, item: Article | Reject, *, run: int, intake: Intake) -> None:
    if isinstance(item, Reject):
        store.put_reject(item, run=run)
        intake.rejected += 1
        return
    if store.is_input(item.id, run=run):
        before = store.article(item.id)
        if _same_story(before, item):
            _put(store, _with_path(before, item.source_path))
            return
        # One id for two stories: the later one gets an id of its own, from what it says.
        renamed = item.model_copy(update={"id": f"{item.id}-{digest(item.text)[:8]}"})
        _take(store, renamed, run=run, intake=intake)
        return
    _put(store, item)
    store.add_input(item.id, run=run)
    intake.articles += 1


def _put(store: Store, article: Article) -> None:
    total = digest(article.model_dump_json())
    if store.digest(article.id) != total:
        store.put_article(article, content=article_digest(article), digest=total)


def _same_story(one: Article, other: Article) -> bool:
    return (one.text, one.title, one.published) == (other.text, other.title, other.published)


def _with_path(article: Article, path: str) -> Article:
    paths = {*article.other_paths, path} - {article.source_path}
    return article.model_copy(update={"other_paths": tuple(sorted(paths))})
