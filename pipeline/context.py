"""What the parts of one run share."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from models import Article, Manifest, Record, Reject
from pipeline.account import Account
from pipeline.changes import Changes
from pipeline.config import Settings
from pipeline.engine import Engine
from pipeline.errors import StoreError
from pipeline.freshness import Freshness
from pipeline.plan import Plan
from pipeline.progress import Progress
from pipeline.store import Store, Summary


@dataclass
class Context:
    """One call of the runner: its means, and what it has done so far."""

    plan: Plan
    settings: Settings
    folder: Path
    store: Store
    progress: Progress
    freshness: Freshness
    engine: Engine
    account: Account = field(default_factory=Account)
    #: What a stage that is run again did to the records; a run keeps none, to hold few in memory.
    changes: Changes | None = None
    #: Articles on which a stage ran, and none failed.
    done: int = 0

    def complete(self) -> Iterator[Summary]:
        """Yield the articles that every stage has done, in order of id, once `summarize` was."""
        return self.store.summaries(self.freshness.code)

    def summarize(self) -> None:
        """Work out in short what is new of the articles that every stage has done."""
        freshness = self.freshness
        for page in self.store.unsummarized(freshness.code):
            with self.store.transaction():
                for state in filter(freshness.is_complete, page):
                    self.store.put_summary(
                        freshness.summary(state),
                        code=freshness.code,
                        fresh=not freshness.need(state).run,
                        counts=json.dumps(state.records, sort_keys=True),
                    )

    def payload(self, article_id: str, stage: str) -> bytes:
        """Return what a stage made of an article.

        Raises:
            StoreError: it is not there, though its fingerprint was.
        """
        found = self.store.payload(article_id, stage)
        if found is None:
            raise StoreError(f"{self.store.path} lost what {stage} made of {article_id}")
        return found

    @property
    def as_made(self) -> set[type[Record]]:
        """Return the record types that are written as the article stages made them."""
        return set(self.plan.writer.outputs.values()) - {Article, *self.plan.corpus.makes}


@dataclass(frozen=True)
class RunReport:
    """What a run did: its manifest, its rejects, and what changed where it ran again."""

    folder: Path
    manifest: Manifest
    rejects: list[Reject]
    #: Records written, by file name without suffix.
    records: dict[str, int]
    changes: Changes
