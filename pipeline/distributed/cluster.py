"""Work spread over a Ray cluster; the only module that knows Ray.

What goes to a machine and comes back is small: names of files, and counts. Rows go from machine to
machine. A piece of work that has left its note in the storage is not done again.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stdout
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Protocol

from pipeline.cpu import THREAD_VARIABLES, pin_threads
from pipeline.distributed.keyed import Keyed
from pipeline.distributed.shards import HELD_ROWS, Shard, read_tables
from pipeline.distributed.storage import Storage
from pipeline.errors import ConfigError, PipelineError

if TYPE_CHECKING:
    import pyarrow as pa

#: Ray keeps something of each piece of work on the machine that started the run.
MOST_PIECES = 20_000
#: Environment variables by which a library computes the same on each machine.
_VARIABLES = (*THREAD_VARIABLES, "OPENBLAS_CORETYPE")

#: Plain values, as JSON holds them.
Plain = dict[str, Any]
Work = Callable[[Plain], Plain]
#: Makes what does the work, once a process: what loads a model.
MakeWork = Callable[[], Work]


class Place(Protocol):
    """Tells the bucket of a row."""

    def __call__(self, kind: str, key: str, /) -> int:
        """Return a number from 0."""


@dataclass(frozen=True)
class Hashed:
    """Spreads keys evenly over so many buckets."""

    count: int

    def __call__(self, kind: str, key: str, /) -> int:  # noqa: ARG002 - as the protocol
        """Return the bucket of a key, whatever its kind."""
        return zlib.crc32(key.encode("utf-8", "surrogatepass")) % self.count


class BucketWork(Protocol):
    """Does what is to be done with a bucket."""

    def __call__(self, bucket: int, rows: Iterator[Keyed], /) -> Plain:
        """Work off rows that come sorted by key."""


class Cluster:
    """A running Ray."""

    def __init__(self, ray: Any, workers: int) -> None:
        self._ray, self._data = ray, ray.data
        self._workers = workers

    def each(
        self, items: Sequence[Plain], work: Work | None = None, *, make: MakeWork | None = None
    ) -> Iterator[Plain]:
        """Do a piece of work with each item; yield what comes of them as they are ready.

        Args:
            work: done by whichever process is free.
            make: makes the work in each of as many actors as there are workers.

        Raises:
            PipelineError: a process met what it can do nothing with.
        """
        rows = [{"item": json.dumps(item)} for item in items]
        if not rows:
            return
        # An actor has the next piece at hand, and no more: the last ones are spread evenly.
        data = self._data.from_items(rows, override_num_blocks=min(len(rows), MOST_PIECES))
        if make is not None:
            data = data.map_batches(
                _Actor,
                fn_constructor_args=(make,),
                batch_size=1,
                num_cpus=1,
                compute=self._data.ActorPoolStrategy(
                    size=min(self._workers, len(rows)), max_tasks_in_flight_per_actor=2
                ),
            )
        else:
            data = data.map_batches(_task, fn_args=(work,), batch_size=1)
        yield from self._answers(data)

    def once(self, item: Plain, work: Work) -> Plain:
        """Do one piece of work in one process of the cluster.

        Raises:
            PipelineError: the process met what it can do nothing with, or died again and again.
        """
        done = self._ray.remote(num_cpus=1, max_retries=3)(_answer).remote(work, item)
        try:
            return _told(self._ray.get(done))
        except self._ray.exceptions.RayError as error:
            raise PipelineError(f"a process of the cluster failed: {error}") from error

    def buckets(
        self,
        storage: Storage,
        shards: Sequence[Shard],
        place: Place,
        work: BucketWork,
        *,
        wanted: Sequence[int],
    ) -> Iterator[Plain]:
        """Bring rows together by bucket, and work off each of those wanted.

        Args:
            place: tells each row's bucket.
            wanted: numbers of the buckets; the rows of others are left where they are.

        Raises:
            PipelineError: a process met what it can do nothing with.
        """
        items = [{"item": json.dumps(asdict(shard) | {"keys": []})} for shard in shards]
        data = self._data.from_items(items, override_num_blocks=min(len(items), MOST_PIECES))
        data = data.map_batches(
            _placed,
            fn_args=(storage, place, frozenset(wanted)),
            batch_size=1,
            batch_format="numpy",
        )
        data = data.groupby("bucket", num_partitions=max(1, len(wanted))).map_groups(
            _bucket, fn_args=(work,), batch_format="pyarrow"
        )
        yield from self._answers(data)

    def _answers(self, data: Any) -> Iterator[Plain]:
        try:
            for row in data.iter_rows():
                yield _told(row["made"])
        except self._ray.exceptions.RayError as error:
            raise PipelineError(f"a process of the cluster failed: {error}") from error


def _told(answer: str) -> Plain:
    found: Plain = json.loads(answer)
    if "problem" in found:
        raise PipelineError(found["problem"])
    return found


class _Actor:
    """Holds what does the work; one to a process."""

    def __init__(self, make: MakeWork) -> None:
        self._make = make
        self._work: Work | None = None

    def __call__(self, batch: Mapping[str, Any]) -> dict[str, list[str]]:
        return {"made": [_answer(self._do, json.loads(item)) for item in batch["item"]]}

    def _do(self, item: Plain) -> Plain:
        if self._work is None:
            self._work = self._make()
        return self._work(item)


def _task(batch: Mapping[str, Any], work: Work) -> dict[str, list[str]]:
    return {"made": [_answer(work, json.loads(item)) for item in batch["item"]]}


def _answer(work: Work, item: Plain) -> str:
    """Return what comes of an item, or why nothing can."""
    try:
        return json.dumps(work(item))
    except PipelineError as error:
        return json.dumps({"problem": str(error)})


def _placed(
    batch: Mapping[str, Any], storage: Storage, place: Place, wanted: frozenset[int]
) -> Iterator[pa.Table]:
    """Yield the rows of files, each with its bucket."""
    import pyarrow as pa

    empty = pa.schema(
        [("bucket", pa.int64()), *((name, pa.large_string()) for name in Keyed._fields)]
    )
    yield empty.empty_table()
    for item in batch["item"]:
        shard = Shard(**json.loads(item))
        for table in read_tables(storage, shard):
            keys = table.column("key").to_pylist()
            buckets = [place(shard.kind, key) for key in keys]
            kinds = pa.repeat(pa.scalar(shard.kind, pa.large_string()), len(keys))
            placed = pa.table(
                [pa.array(buckets, pa.int64()), kinds, table["key"], table["body"]], schema=empty
            )
            if not wanted.issuperset(buckets):
                placed = placed.filter(pa.array([bucket in wanted for bucket in buckets]))
            yield placed


def _bucket(table: pa.Table, work: BucketWork) -> pa.Table:
    import pyarrow as pa

    bucket = table["bucket"][0].as_py()
    ordered = table.select(["kind", "key", "body"]).sort_by("key")
    del table

    def rows() -> Iterator[Keyed]:
        for batch in ordered.to_batches(max_chunksize=HELD_ROWS):
            columns = (batch.column(name).to_pylist() for name in Keyed._fields)
            yield from map(Keyed, *columns)

    return pa.table({"made": [_answer(lambda _: work(bucket, rows()), {})]})


@contextmanager
def cluster(workers: int) -> Iterator[Cluster]:
    """Start Ray, or join the cluster that `RAY_ADDRESS` names, until the block ends.

    Raises:
        ConfigError: the extra is not installed, or the cluster cannot be reached.
    """
    try:
        import ray
        import ray.data
    except ImportError as error:
        raise ConfigError("the ray engine needs an extra: pip install 'ray[data]'") from error
    started_here = not ray.is_initialized()
    if started_here:
        _start(ray, workers)
    context = ray.data.DataContext.get_current()
    shown = context.enable_progress_bars
    context.enable_progress_bars = False
    logging.getLogger("ray.data").setLevel(logging.ERROR)
    try:
        with redirect_stdout(sys.stderr):  # where Ray tells of processes that died
            yield Cluster(ray, workers)
    finally:
        context.enable_progress_bars = shown
        if started_here:
            ray.shutdown()


@contextmanager
def _hushed() -> Iterator[None]:
    """Keep what Ray's C++ parts say of themselves at the start from standard error."""
    sys.stderr.flush()
    kept = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


def _start(ray: Any, workers: int) -> None:
    pin_threads()
    options: dict[str, Any] = {}
    if os.environ.get("RAY_ADDRESS"):
        told = {name: os.environ[name] for name in _VARIABLES if name in os.environ}
        options["runtime_env"] = {"env_vars": told}
    else:
        options["num_cpus"] = max(workers, os.cpu_count() or 1)
        # Ray ends a process that had nothing to do for a second; the next round starts another.
        os.environ.setdefault("RAY_idle_worker_killing_time_threshold_ms", "60000")
        # What its C++ parts say of actors that may be started anew is no news to anybody.
        os.environ.setdefault("RAY_BACKEND_LOG_LEVEL", "fatal")
    try:
        with _hushed():
            ray.init(
                logging_level=logging.ERROR, include_dashboard=False, log_to_driver=False, **options
            )
    except (ConnectionError, OSError, ValueError) as error:
        raise ConfigError(f"Ray cannot be started: {error}") from error


__all__ = ["BucketWork", "Cluster", "Hashed", "Place", "Plain", "cluster"]
