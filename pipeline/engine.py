"""How batches of tasks are worked off: in this process, or by several (`pipeline.crew`)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Protocol

from pipeline.config import Settings
from pipeline.interrupts import stop_if_interrupted
from pipeline.pages import enlarge_pages
from pipeline.plan import Plan
from pipeline.share import Answer, Item, alone
from pipeline.worker import Outcome, Task, work_all

#: A function at a module's top level, so that a new process can import it by name.
BuildPlan = Callable[[Settings], Plan]
Batch = Sequence[Task]


class Engine(Protocol):
    """What works for a run, in this process or in others."""

    def expect(self, names: Collection[str], /) -> None:
        """Be told that the parser and these stages are to run, before the first batch comes."""

    def outcomes(self, batches: Iterable[Batch], /) -> Iterator[list[Outcome]]:
        """Work off batches; outcomes come as they are ready."""

    def share(
        self, function: Callable[[Item], Answer], items: Iterable[Item], /
    ) -> Iterator[Answer]:
        """Yield what a function makes of items, in order (see `pipeline.share`)."""

    def close(self) -> None:
        """End all processes that were started."""


class Alone:
    """This process does all."""

    def __init__(self, plan: Plan) -> None:
        """Work with the parts of a plan."""
        self._plan = plan

    def expect(self, names: Collection[str], /) -> None:
        """Do nothing: nothing loads meanwhile."""

    def outcomes(self, batches: Iterable[Batch], /) -> Iterator[list[Outcome]]:
        """Work off batches in order."""
        for number, batch in enumerate(batches):
            if number == 1:  # by now all is loaded, and a short run never comes here
                enlarge_pages()
            yield work_batch(self._plan, batch)
            stop_if_interrupted()

    def share(
        self, function: Callable[[Item], Answer], items: Iterable[Item], /
    ) -> Iterator[Answer]:
        """Yield what a function makes of items, in order."""
        return alone(function, items)

    def close(self) -> None:
        """Do nothing: no process was started."""


def work_batch(plan: Plan, batch: Batch) -> list[Outcome]:
    """Work off a batch; its Docs are let go."""
    outcomes = work_all(plan, batch)
    plan.parser.release()
    return outcomes


__all__ = ["Alone", "Batch", "BuildPlan", "Engine", "work_batch"]
