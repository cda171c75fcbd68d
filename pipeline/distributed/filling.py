"""The store of an output folder, filled from the blocks of a run over a cluster."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from models import Record, Reject
from pipeline.config import Settings
from pipeline.context import Context
from pipeline.corpus_work import SETTLED
from pipeline.distributed.extracting import Extracted, Stored, stored
from pipeline.distributed.storage import Storage
from pipeline.engine import Alone
from pipeline.freshness import Freshness
from pipeline.plan import Plan
from pipeline.progress import Silent
from pipeline.runner import STAMP
from pipeline.store import STORE_FILE, Artefact, Store


def fill_store(
    folder: Path,
    storage: Storage,
    plan: Plan,
    settings: Settings,
    *,
    extracted: Sequence[Extracted],
    read_rejects: Iterable[Reject],
    records: Callable[[str], Iterable[Record]],
) -> None:
    """Leave the store that a local run would, so that `communique stage` works on the folder.

    Of more articles than `run.store_articles` none is kept, nor an older one.

    Args:
        read_rejects: what could not be read.
        records: yields the finished records of a table.
    """
    if sum(made.complete + len(made.rejects) for made in extracted) > settings.run.store_articles:
        for name in (STORE_FILE, f"{STORE_FILE}-wal", f"{STORE_FILE}-shm"):
            (folder / name).unlink(missing_ok=True)
        return
    with Store(folder, create=True) as store:
        store.set_meta(STAMP, "")
        store.set_meta(SETTLED, "")
        run = store.begin_ingest()
        with store.transaction():
            for reject in read_rejects:
                store.put_reject(reject, run=run)
        parts = (plan.parser.name, *(stage.name for stage in plan.stages))
        for made in extracted:
            with store.transaction():
                for one in stored(storage, made.path, plan, parts=parts):
                    _put(store, one, parts, run)
        store.finish_ingest(run)
        context = Context(
            plan, settings, folder, store, Silent(), Freshness(plan, settings), Alone(plan)
        )
        context.summarize()
        made_of = context.freshness.corpus(context.complete())
        tables = [t for t, kind in plan.writer.outputs.items() if kind in plan.corpus.makes]
        with store.transaction():
            merged = (record for table in tables for record in records(table))
            for _ in store.replace_records(plan.corpus.makes, merged):
                pass
            store.set_meta(plan.corpus.name, made_of)


def _put(store: Store, one: Stored, parts: Sequence[str], run: int) -> None:
    article = one.article
    if store.digest(article.id) != one.digest:
        store.put_article(article, content=one.content, digest=one.digest)
    store.add_input(article.id, run=run)
    if one.reject is not None:
        store.put_reject(one.reject, run=run, article_id=article.id)
    for part in parts:
        if part in one.payloads:
            made = Artefact(article.id, part, *one.notes[part], one.payloads[part])
            store.put_artefact(made)
    store.drop_artefacts(article.id, set(parts) - set(one.payloads))


__all__ = ["fill_store"]
