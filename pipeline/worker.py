"""What is done with one article: parse it where needed, then run the stages that are stale."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from time import perf_counter, process_time
from typing import TYPE_CHECKING

from models import Article, Record, Reject
from pipeline.codec import Rows, pack_rows, payload_digest, unpack_rows
from pipeline.errors import ConfigError, LexiconError, ModelError, PipelineError
from pipeline.freshness import Prints
from pipeline.interrupts import stop_if_interrupted
from pipeline.limits import time_limit
from pipeline.plan import Plan
from pipeline.stage import Case, Stage

if TYPE_CHECKING:
    from spacy.tokens import Doc

LOGGER = logging.getLogger(__name__)

#: How the detail of an article's reject begins.
ARTICLE_NAMED = "article {id}: "


@dataclass(frozen=True)
class Task:
    """One article and what is to be made of it.

    Args:
        doc: the stored Doc; None where it is to be made.
        rows: stored rows, packed, by stage: all that may be read.
        run: the parser's and stages' names that may have to run, in order.
        prints: what tells which of them need not; None for all of them must.
        forced: those that run in any case.
        seconds: the longest that it may take.
    """

    article: Article
    doc: bytes | None
    rows: Mapping[str, bytes]
    run: tuple[str, ...]
    prints: Prints | None = None
    forced: tuple[str, ...] = ()
    seconds: int = 300


@dataclass(frozen=True)
class Made:
    """What one stage made: packed rows (or a Doc), how many, in how many seconds.

    Where that is what is stored already, `same` is set and the payload left out.
    """

    payload: bytes
    records: int
    seconds: float
    fingerprint: str = ""
    content: str = ""
    same: bool = False


@dataclass
class Outcome:
    """What came of a task; with a reject, `made` holds the stages before the one that failed."""

    article_id: str
    run: tuple[str, ...]
    made: dict[str, Made] = field(default_factory=dict)
    reject: Reject | None = None


def work(plan: Plan, task: Task) -> Outcome:
    """Run the stages of a task; an exception in one makes the article a reject.

    Raises:
        PipelineError: the program cannot do any article.
    """
    return work_all(plan, [task])[0]


def work_all(plan: Plan, tasks: Iterable[Task]) -> list[Outcome]:
    """Run the stages of tasks, each stage on all articles before the next.

    What a stage's code and tables take of the processor's caches then serves many articles: that
    takes a twentieth less time than article by article.

    Raises:
        PipelineError: the program cannot do any article.
    """
    parser = plan.parser
    makings = [_Making(plan, task) for task in tasks]
    try:
        for making in makings:
            making.run(parser.name, (), making.parse)
        for stage in plan.stages:
            reads = (parser.name, *stage.needs)
            for making in makings:
                making.run(stage.name, reads, partial(making.find, stage))
    finally:
        for making in makings:
            making.let_go()
    return [making.outcome for making in makings]


class _Making:
    """One task while it is worked off."""

    def __init__(self, plan: Plan, task: Task) -> None:
        self._plan, self._task = plan, task
        self.outcome = Outcome(task.article.id, task.run)
        #: Seconds of processor time.
        self._spent = 0.0
        #: Digests of what each part made, now or before.
        self._contents: dict[str, str] = {}
        self._data = task.doc
        self._doc: Doc | None = None
        self._rows: dict[str, Rows] = {}

    def run(
        self, name: str, reads: Iterable[str], make: Callable[[], tuple[bytes, int]], /
    ) -> None:
        """Run the parser or a stage where it has to run, unless one before it failed.

        Raises:
            PipelineError: the program cannot do any article.
        """
        if self.outcome.reject is not None:
            return
        task, start = self._task, process_time()
        try:
            with time_limit(task.seconds, "setting run.article_seconds", spent=self._spent):
                self._run(name, reads, make)
        except (ConfigError, LexiconError, ModelError):
            raise
        except Exception as error:  # one article never stops the run
            stop_if_interrupted()  # a library made an error of its own of Ctrl-C
            if isinstance(error, ImportError):
                raise PipelineError(f"stage {name} cannot start: {error}") from error
            LOGGER.debug("stage %s failed on %s", name, task.article.id, exc_info=error)
            problem = f"{type(error).__name__}: {error}"
            self.outcome.reject = reject_for(task.article, name, problem)
        self._spent += process_time() - start

    def let_go(self) -> None:
        """Give the Doc's memory back."""
        if self._doc is not None:
            self._plan.parser.let_go(self._doc)
            self._doc = None

    def _run(self, name: str, reads: Iterable[str], make: Callable[[], tuple[bytes, int]]) -> None:
        prints, task = self._task.prints, self._task
        stored, made_of = ("", ""), ""
        if prints is not None:
            stored = prints.stored.get(name, stored)
            made_of = prints.of(name, (self._contents[part] for part in reads))
        fresh = prints is not None and stored[0] == made_of and name not in task.forced
        if name not in task.run or fresh:
            self._contents[name] = stored[1]
            return
        start = perf_counter()
        payload, records = make()
        content = payload_digest(payload)
        same = content == stored[1]
        self._contents[name] = content
        self.outcome.made[name] = Made(
            payload=b"" if same else payload,
            records=records,
            seconds=perf_counter() - start,
            fingerprint=made_of,
            content=content,
            same=same,
        )

    def parse(self) -> tuple[bytes, int]:
        self._data = self._plan.parser.parse(self._task.article)
        return self._data, 1

    def find(self, stage: Stage) -> tuple[bytes, int]:
        if self._doc is None:
            assert self._data is not None  # a task without a Doc runs the parser
            # Also a Doc made just now is read back from its bytes: a resumed run sees the same.
            self._doc = self._plan.parser.read(self._data)
        needed = self._needed(stage)
        found = list(stage.find(Case(self._task.article, self._doc, needed)))
        self._rows[stage.name] = _by_type(stage, found)
        return pack_rows(found), len(found)

    def _needed(self, stage: Stage) -> Rows:
        """Return the rows of the stages that a stage names, and of no other.

        What it could read without naming it would not make it stale.
        """
        merged: dict[type[Record], list[Record]] = {}
        for other in self._plan.stages:
            if other.name not in stage.needs:
                continue
            if other.name not in self._rows:
                packed = self._task.rows[other.name]
                self._rows[other.name] = unpack_rows(other.makes, packed)
            for kind, found in self._rows[other.name].items():
                merged.setdefault(kind, []).extend(found)
        return merged


def reject_for(article: Article, stage: str, detail: str) -> Reject:
    """Say that a stage failed on an article."""
    return Reject(
        source_path=article.source_path,
        reason=f"{stage}-failed",
        detail=ARTICLE_NAMED.format(id=article.id) + detail,
    )


def killed(task: Task) -> Outcome:
    """Reject an article that ended its process."""
    detail = "its process died (out of memory, or a fault in a library)"
    reject = reject_for(task.article, task.run[0], detail)
    return Outcome(task.article.id, task.run, reject=reject)


def _by_type(stage: Stage, made: list[Record]) -> Rows:
    by_type: dict[type[Record], list[Record]] = {}
    for row in made:
        if type(row) not in stage.makes:
            raise TypeError(f"a {type(row).__name__} is none of what {stage.name} makes")
        by_type.setdefault(type(row), []).append(row)
    return by_type
