"""The ray engine: batches are worked off by actors of a Ray cluster, each holding one model.

With `RAY_ADDRESS` set the actors run on that cluster, else on a Ray of this machine alone. Every
machine needs the program and its model installed. Reading, storing, merging and writing stay with
the process that was started.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Iterable, Iterator
from typing import Any

from pipeline.config import Settings
from pipeline.engine import Batch, BuildPlan, work_batch
from pipeline.errors import ConfigError, PipelineError
from pipeline.worker import Outcome, killed

LOGGER = logging.getLogger(__name__)


class _Actor:
    """One process of the cluster."""

    def __init__(self, build: BuildPlan, settings: Settings) -> None:
        self._plan = build(settings)

    def work(self, batch: Batch) -> list[Outcome] | str:
        """Return the outcomes of a batch, or why no batch can be worked off."""
        try:
            return work_batch(self._plan, batch)
        except PipelineError as error:
            return str(error)


def run_ray(
    build: BuildPlan, settings: Settings, batches: Iterable[Batch], *, workers: int
) -> Iterator[list[Outcome]]:
    """Work off batches by actors; outcomes come as they are ready.

    An actor that dies is started anew; its tasks are tried again one by one, and the one that
    kills again becomes a reject.

    Raises:
        ConfigError: the extra is not installed.
        PipelineError: an actor met what no article can be done with.
    """
    try:
        import ray
    except ImportError as error:
        message = "the ray engine needs an extra: pip install 'ray[data]'"
        raise ConfigError(message) from error
    started_here = not ray.is_initialized()
    if started_here:
        ray.init(logging_level=logging.ERROR, include_dashboard=False, log_to_driver=False)
    try:
        yield from _spread(ray, build, settings, batches, workers)
    finally:
        if started_here:
            ray.shutdown()


def _spread(
    ray: Any, build: BuildPlan, settings: Settings, batches: Iterable[Batch], workers: int
) -> Iterator[list[Outcome]]:
    remote = ray.remote(num_cpus=1)(_Actor)
    source, again = iter(batches), deque[Batch]()
    idle = [remote.remote(build, settings) for _ in range(workers)]
    busy: dict[Any, tuple[Any, Batch]] = {}
    while True:
        while idle and (batch := again.popleft() if again else next(source, None)) is not None:
            actor = idle.pop()
            busy[actor.work.remote(batch)] = (actor, batch)
        if not busy:
            return
        (ready, *_), _ = ray.wait(list(busy), num_returns=1)
        actor, batch = busy.pop(ready)
        try:
            answer = ray.get(ready)
        except ray.exceptions.RayActorError as error:
            idle.append(remote.remote(build, settings))
            if len(batch) == 1:
                LOGGER.info("%s", error)
                yield [killed(batch[0])]
            else:
                again.extend([task] for task in batch)
            continue
        if isinstance(answer, str):
            raise PipelineError(answer)
        idle.append(actor)
        yield answer
