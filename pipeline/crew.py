"""Worker processes that share the articles of a run, and what comes after these."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from multiprocessing.connection import Connection, wait
from typing import Any

from pipeline.branching import GONE, Source, Worker, workers_of
from pipeline.config import Settings
from pipeline.engine import Batch, BuildPlan, work_batch
from pipeline.errors import PipelineError
from pipeline.plan import Plan
from pipeline.share import Answer, Item, alone
from pipeline.worker import Outcome, killed

LOGGER = logging.getLogger(__name__)

#: So many items are given out for each worker before the first answer of them is taken.
AHEAD = 4
#: Batches made ready for each worker while nothing else is to be done: most while all still load.
READY = 16
#: Of these so many at most go to a worker at once: each stage then reads more articles in turn.
TOGETHER = 4
#: Into so many the last batches are cut, so that no worker waits long for another to end.
LAST_PARTS = 4


@dataclass
class _Member:
    worker: Worker
    #: What it was given and has not answered yet, with its place among the items.
    task: Any = None
    place: int = 0

    def give(self, function: Callable[[Any], Any] | None, task: Any, place: int = 0) -> None:
        """Give it something to do: a function's item, or a batch of tasks."""
        self.task, self.place = task, place
        with suppress(ConnectionError):  # it has died: so says its pipe when it is listened to
            self.worker.pipe.send((function, task))


@dataclass
class Crew:
    """As many processes as share the articles; they start when there is work for them."""

    build: BuildPlan
    settings: Settings
    _members: list[_Member] = field(default_factory=list)
    _source: Source | None = None

    def expect(self, names: Collection[str], /) -> None:
        """Start loading what the parser and these stages need: articles are to come."""
        if self._source is None:
            self._source = workers_of(partial(_ready, self.build, self.settings, names))

    def close(self) -> None:
        """End all processes."""
        for member in self._members:
            member.worker.stop()
        self._members.clear()
        if self._source is not None:
            self._source.close()
            self._source = None

    def _hire(self, batch: Batch) -> _Member:
        """Start another worker; what all workers load is told by the first batch."""
        self.expect({name for task in batch for name in task.run})
        assert self._source is not None
        self._members.append(_Member(self._source.worker()))
        return self._members[-1]

    def _dismiss(self, member: _Member) -> None:
        """Part with a worker that has died, or whose answer nobody waits for."""
        self._members.remove(member)
        member.worker.stop()

    # Articles

    def outcomes(self, batches: Iterable[Batch], /) -> Iterator[list[Outcome]]:
        """Work off batches; outcomes come as they are ready.

        A process that dies takes its batch with it: the tasks are tried again one by one, and the
        one that kills again becomes a reject.

        Raises:
            PipelineError: a worker could not start, or met what no article can be done with.
        """
        workers = self.settings.run.workers
        work = _Work(iter(batches), workers)
        while True:
            while (
                all(member.task is not None for member in self._members)
                and len(self._members) < workers
            ):
                if (batch := work.next()) is None:
                    break
                self._hire(batch).give(None, batch)
            for member in self._members:
                if member.task is None and (batch := work.next()) is not None:
                    member.give(None, batch)
            busy = {m.worker.pipe: m for m in self._members if m.task is not None}
            if not busy:
                return
            while not (answered := wait(list(busy), 0)) and work.prepare():
                pass  # the next one may take long to read: who has answered waits for none
            for pipe in answered or wait(list(busy)):
                member = busy[pipe]  # type: ignore[index]  # wait returns what it was given
                batch, member.task = member.task, None
                try:
                    answer = member.worker.pipe.recv()
                except GONE:
                    self._dismiss(member)
                    LOGGER.info("a worker died")
                    if len(batch) == 1 and batch[0].article.id in work.lost:
                        yield [killed(batch[0])]
                    else:
                        work.try_again(batch)
                    continue
                if isinstance(answer, str):
                    raise PipelineError(answer)
                if (following := work.next()) is not None:
                    member.give(None, following)
                yield answer

    # What comes after the articles

    def share(
        self, function: Callable[[Item], Answer], items: Iterable[Item], /
    ) -> Iterator[Answer]:
        """Yield what a function makes of items, in order, with the help of those who are idle.

        What a worker dies of or cannot do is done in this process.
        """
        idle = [member for member in self._members if member.task is None]
        if not idle:
            yield from alone(function, items)
            return
        source, made, at = enumerate(items), dict[int, Answer](), 0
        try:
            while True:
                _give_out(idle, function, source, ahead=AHEAD * len(idle) - len(made))
                busy = {member.worker.pipe: member for member in idle if member.task is not None}
                if not busy and at not in made:
                    break
                for pipe in wait(list(busy), 0 if at in made else None):
                    member = busy[pipe]  # type: ignore[index]  # wait returns what it was given
                    made[member.place] = self._answer(member, function, idle)
                if at in made:
                    yield made.pop(at)
                    at += 1
        finally:
            for member in idle:
                if member.task is not None:
                    self._dismiss(member)
        for _, item in source:  # all who helped have died
            yield function(item)

    def _answer(
        self, member: _Member, function: Callable[[Item], Answer], idle: list[_Member]
    ) -> Answer:
        """Return what a worker made of its item, or make it here."""
        item, member.task = member.task, None
        try:
            done, answer = member.worker.pipe.recv()
        except GONE:
            idle.remove(member)
            self._dismiss(member)
            done, answer = False, None
        return answer if done else function(item)


def _give_out(
    idle: Iterable[_Member],
    function: Callable[[Any], Any],
    source: Iterator[tuple[int, Any]],
    *,
    ahead: int,
) -> None:
    """Give an item to each who has none, but no more than so many."""
    held = sum(member.task is not None for member in idle)
    for member in idle:
        if member.task is None and held < ahead and (following := next(source, None)) is not None:
            place, item = following
            member.give(function, item, place)
            held += 1


class _Work:
    """Batches that are still to be done."""

    def __init__(self, source: Iterator[Batch], workers: int) -> None:
        self._source = source
        self._workers = workers
        #: Articles of which a worker died, or beside which one did.
        self.lost: set[str] = set()
        #: Their tasks that are to be tried again.
        self._again: deque[Batch] = deque()
        #: Made ready while all workers are busy, so that none waits for it.
        self._ready: deque[Batch] = deque()
        self._ended = False

    def next(self) -> Batch | None:
        """Return the next batch: several together, while many are ready."""
        if self._again:
            return self._again.popleft()
        if not self._ready:
            self.prepare()
        if not self._ready:
            return None
        count = max(1, min(TOGETHER, len(self._ready) // (TOGETHER * self._workers)))
        return [task for _ in range(count) for task in self._ready.popleft()]

    def try_again(self, batch: Batch) -> None:
        """Have the tasks of a worker that died done one by one."""
        self.lost.update(task.article.id for task in batch)
        self._again.extend([task] for task in batch)

    def prepare(self) -> bool:
        """Make another batch ready; tell whether there was one, and room for it."""
        if self._ended or len(self._ready) >= READY * self._workers:
            return False
        if (batch := next(self._source, None)) is not None:
            self._ready.append(batch)
            return True
        self._ended = True
        last = [self._ready.pop() for _ in range(min(self._workers, len(self._ready)))]
        self._ready.extend(part for batch in reversed(last) for part in _cut(batch))
        return False


def _cut(batch: Batch) -> Iterator[Batch]:
    """Cut a batch into smaller ones."""
    size = -(-len(batch) // LAST_PARTS)
    for start in range(0, len(batch), size):
        yield batch[start : start + size]


# In a worker


def _ready(
    build: BuildPlan, settings: Settings, names: Iterable[str]
) -> Callable[[Connection], None]:
    """Load what workers need; return what answers batches and items."""
    try:
        plan = build(settings)
        if {plan.parser.name, *(stage.name for stage in plan.stages)} <= {*names}:
            from pipeline.warming import warm

            warm(plan)
    except PipelineError as error:
        return partial(_refuse, str(error))
    return partial(_serve, plan)


def _refuse(problem: str, pipe: Connection) -> None:
    """Answer that no article can be done."""
    try:
        pipe.recv()
        pipe.send(problem)
    except GONE:
        return


def _serve(plan: Plan, pipe: Connection) -> None:
    """Answer batches with outcomes, and items with what a function makes of them."""
    try:
        while True:
            function, task = pipe.recv()
            pipe.send(work_batch(plan, task) if function is None else _made(function, task))
    except GONE:
        return
    except PipelineError as error:
        pipe.send(str(error))


def _made(function: Callable[[Any], Any], item: Any) -> tuple[bool, Any]:
    """Return whether a function could be done, and what it made."""
    try:
        return True, function(item)
    except Exception:  # noqa: BLE001 - whoever asks does it again, and meets the same
        return False, None


__all__ = ["Crew"]
