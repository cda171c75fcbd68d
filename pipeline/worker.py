"""What is done with one article: parse it where needed, then run the stages that are stale."""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter

from models import Article, Record, Reject
from pipeline.codec import Rows, pack_rows, unpack_rows
from pipeline.errors import ConfigError, LexiconError, ModelError, PipelineError
from pipeline.plan import Plan
from pipeline.stage import Case, Stage

LOGGER = logging.getLogger(__name__)


@dataclass(frozen=True)
class Task:
    """One article and what is to be made of it.

    Args:
        doc: the stored Doc; None where it is to be made.
        rows: stored rows of the stages that are fresh, packed, by stage.
        run: the parser's and stages' names that are to run.
        fingerprints: of every stage, as they will be once it has run.
        seconds: the longest that it may take.
    """

    article: Article
    doc: bytes | None
    rows: Mapping[str, bytes]
    run: tuple[str, ...]
    fingerprints: Mapping[str, str]
    seconds: int = 300


@dataclass(frozen=True)
class Made:
    """What one stage made: packed rows (or a Doc), how many, in how many seconds."""

    payload: bytes
    records: int
    seconds: float


@dataclass
class Outcome:
    """What came of a task; with a reject, `made` holds the stages before the one that failed."""

    article_id: str
    fingerprints: Mapping[str, str]
    run: tuple[str, ...]
    made: dict[str, Made] = field(default_factory=dict)
    reject: Reject | None = None


def work(plan: Plan, task: Task) -> Outcome:
    """Run the stages of a task; an exception in one makes the article a reject.

    Raises:
        PipelineError: the program cannot do any article.
    """
    outcome = Outcome(task.article.id, task.fingerprints, task.run)
    names = (plan.parser.name, *(stage.name for stage in plan.stages))
    try:
        with _time_limit(task.seconds):
            _make(plan, task, outcome.made)
    except (ConfigError, LexiconError, ModelError):
        raise
    except Exception as error:  # one article never stops the run
        unmade = (name for name in names if name in task.run and name not in outcome.made)
        at = next(unmade, names[-1])
        if isinstance(error, ImportError):
            raise PipelineError(f"stage {at} cannot start: {error}") from error
        LOGGER.debug("stage %s failed on %s", at, task.article.id, exc_info=error)
        outcome.reject = reject_for(task.article, at, f"{type(error).__name__}: {error}")
    return outcome


def _make(plan: Plan, task: Task, made: dict[str, Made]) -> None:
    """Run the stages of a task, and put what they make into `made` one by one."""
    start = perf_counter()
    data = plan.parser.parse(task.article) if task.doc is None else task.doc
    if task.doc is None:
        made[plan.parser.name] = Made(data, 1, perf_counter() - start)
    # Also a Doc made just now is read back from its bytes: a resumed run sees the same.
    doc = plan.parser.read(data)
    rows: dict[str, Rows] = {}
    for stage in plan.stages:
        if stage.name in task.run:
            start = perf_counter()
            found = list(stage.find(Case(task.article, doc, _needed(stage, rows))))
            rows[stage.name] = _by_type(stage, found)
            made[stage.name] = Made(pack_rows(found), len(found), perf_counter() - start)
        elif stage.name in task.rows:
            rows[stage.name] = unpack_rows(stage.makes, task.rows[stage.name])


@contextmanager
def _time_limit(seconds: int) -> Iterator[None]:
    """Break off what takes too long; only a process's main thread can be broken off."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def break_off(_signal: int, _frame: object) -> None:
        raise TimeoutError(f"took longer than {seconds} s (setting run.article_seconds)")

    before = signal.signal(signal.SIGALRM, break_off)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def reject_for(article: Article, stage: str, detail: str) -> Reject:
    """Say that a stage failed on an article."""
    return Reject(
        source_path=article.source_path,
        reason=f"{stage}-failed",
        detail=f"article {article.id}: {detail}",
    )


def killed(task: Task) -> Outcome:
    """Reject an article that ended its process."""
    detail = "its process died (out of memory, or a fault in a library)"
    reject = reject_for(task.article, task.run[0], detail)
    return Outcome(task.article.id, task.fingerprints, task.run, reject=reject)


def _by_type(stage: Stage, made: list[Record]) -> Rows:
    by_type: dict[type[Record], list[Record]] = {}
    for row in made:
        if type(row) not in stage.makes:
            raise TypeError(f"a {type(row).__name__} is none of what {stage.name} makes")
        by_type.setdefault(type(row), []).append(row)
    return by_type


def _needed(stage: Stage, rows: Mapping[str, Rows]) -> Rows:
    """Return the rows of the stages that a stage names, and of no other.

    What it could read without naming it would not make it stale.
    """
    merged: dict[type[Record], list[Record]] = {}
    for name in stage.needs:
        for kind, found in rows[name].items():
            merged.setdefault(kind, []).extend(found)
    return merged
