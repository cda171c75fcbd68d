"""How batches of tasks are worked off: in this process, or by several that hold a model each."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from pipeline.config import Settings
from pipeline.cpu import pin_threads, spare_collector
from pipeline.errors import PipelineError
from pipeline.interrupts import interrupts_held, stop_if_interrupted
from pipeline.lean import leave_out_spacy_commands
from pipeline.plan import Plan
from pipeline.worker import Outcome, Task, killed, work

LOGGER = logging.getLogger(__name__)

#: A function at a module's top level, so that a new process can import it by name.
BuildPlan = Callable[[Settings], Plan]
Batch = Sequence[Task]


def work_batch(plan: Plan, batch: Batch) -> list[Outcome]:
    """Work off a batch; its Docs are let go."""
    outcomes = [work(plan, task) for task in batch]
    plan.parser.release()
    return outcomes


def run_serial(plan: Plan, batches: Iterable[Batch]) -> Iterator[list[Outcome]]:
    """Work off batches in this process."""
    for batch in batches:
        yield work_batch(plan, batch)
        stop_if_interrupted()


@dataclass
class _Worker:
    process: BaseProcess
    pipe: Connection
    batch: Batch | None = None

    def give(self, batch: Batch) -> None:
        self.batch = batch
        self.pipe.send(batch)

    def stop(self) -> None:
        self.process.kill()
        self.process.join()
        self.pipe.close()


def run_processes(
    build: BuildPlan, settings: Settings, batches: Iterable[Batch], *, workers: int
) -> Iterator[list[Outcome]]:
    """Work off batches in several processes; outcomes come as they are ready.

    A process that dies takes its batch with it: the tasks are tried again one by one, and the one
    that kills again becomes a reject.

    Raises:
        PipelineError: a worker could not start, or met what no article can be done with.
    """
    source = iter(batches)
    again: deque[Batch] = deque()
    #: Made ready while all workers are busy, so that none waits for it.
    ready: deque[Batch] = deque()
    crew: list[_Worker] = []

    def next_batch() -> Batch | None:
        for held in (again, ready):
            if held:
                return held.popleft()
        return next(source, None)

    try:
        while True:
            while all(worker.batch for worker in crew) and len(crew) < workers:
                if (batch := next_batch()) is None:
                    break
                crew.append(_start(build, settings))
                crew[-1].give(batch)
            for worker in crew:
                if worker.batch is None and (batch := next_batch()) is not None:
                    worker.give(batch)
            busy = {worker.pipe: worker for worker in crew if worker.batch is not None}
            if not busy:
                return
            while len(ready) < workers and (batch := next(source, None)) is not None:
                ready.append(batch)
            for pipe in wait(list(busy)):
                worker = busy[pipe]  # type: ignore[index]  # wait returns what it was given
                batch, worker.batch = worker.batch or (), None
                try:
                    answer = worker.pipe.recv()
                except (EOFError, ConnectionError):
                    crew.remove(worker)
                    worker.stop()
                    if len(batch) == 1:
                        LOGGER.info("a worker ended with status %s", worker.process.exitcode)
                        yield [killed(batch[0])]
                    else:
                        again.extend([task] for task in batch)
                    continue
                if isinstance(answer, str):
                    raise PipelineError(answer)
                if (following := next_batch()) is not None:
                    worker.give(following)
                yield answer
    finally:
        for worker in crew:
            worker.stop()


def _start(build: BuildPlan, settings: Settings) -> _Worker:
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(build, settings, theirs), daemon=True)
    pin_threads()
    with interrupts_held():  # the parent alone answers Ctrl-C
        process.start()
    theirs.close()
    return _Worker(process, ours)


def _serve(build: BuildPlan, settings: Settings, pipe: Connection) -> None:
    """Answer batches with outcomes until the parent goes away."""
    spare_collector()
    leave_out_spacy_commands()
    try:
        plan = build(settings)
        while True:
            batch = pipe.recv()
            pipe.send(work_batch(plan, batch))
    except (EOFError, ConnectionError):
        return
    except PipelineError as error:
        pipe.send(str(error))
