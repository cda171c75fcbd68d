"""Merge made-up articles over a local Ray and print what it took: `python ray_scale.py 10000`.

The articles are those of merging_scale.py, put down as blocks that the article stages have done.
Processor time and memory are those of all processes: of the one that was started, and of the
cluster's.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Self

sys.path.insert(0, str(Path(__file__).parents[2]))

from pipeline.codec import pack_rows
from pipeline.config import load_settings
from pipeline.distributed.cluster import cluster
from pipeline.distributed.extracting import Extracted, _write
from pipeline.distributed.run import _Flow
from pipeline.distributed.storage import Storage
from pipeline.progress import Silent
from pipeline.stages import build_stages
from pipeline.stages.normalize import ArticleRows
from pipeline.worker import Made, Outcome, Task
from tests.benchmarks.merging_scale import articles
from tests.distributed.calls import descendants

BLOCK_ARTICLES = 2_000
TICKS = os.sysconf("SC_CLK_TCK")


class Watch:
    """Looks at the processes below this one while something runs."""

    def __init__(self) -> None:
        self.seconds: dict[int, float] = {}
        self.driver_mib = self.worker_mib = 0.0
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._end.wait(0.3):
            self._note(os.getpid(), worker=False)
            for pid, command in descendants(os.getpid()):
                self._note(pid, worker=command.startswith(b"ray::"))

    def _note(self, pid: int, *, worker: bool) -> None:
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
            status = Path(f"/proc/{pid}/status").read_text()
        except OSError:
            return
        self.seconds[pid] = (int(fields[11]) + int(fields[12])) / TICKS
        anonymous = [line for line in status.splitlines() if line.startswith("RssAnon")]
        mib = int(anonymous[0].split()[1]) / 1024 if anonymous else 0.0
        if worker:
            self.worker_mib = max(self.worker_mib, mib)
        elif pid == os.getpid():
            self.driver_mib = max(self.driver_mib, mib)


def blocks(count: int, storage: Storage) -> Iterator[Extracted]:
    """Put made-up articles down as blocks."""
    plan = build_stages(load_settings())
    source = articles(count)
    while held := list(islice(source, BLOCK_ARTICLES)):
        number = held[0].article.id
        made = Extracted(number, f"extracted/{number}.parquet")
        with storage.writing(made.path) as path:
            _write(str(path), plan, [outcome(rows) for rows in held], made)
        yield made


def outcome(rows: ArticleRows) -> tuple[Task, Outcome]:
    parts = {
        "parse": Made(b"", 1, 0.0),
        "entities": Made(pack_rows(rows.entities), len(rows.entities), 0.0),
        "dates": Made(pack_rows(()), 0, 0.0),
        "visits": Made(pack_rows(rows.visits), len(rows.visits), 0.0),
        "upgrades": Made(pack_rows(()), 0, 0.0),
    }
    task = Task(rows.article, None, {}, ())
    return task, Outcome(rows.article.id, (), parts)


def size(paths: Sequence[Path]) -> int:
    return sum(path.stat().st_size for path in paths if path.is_file())


def main(count: int) -> None:
    """Merge, and print figures as JSON."""
    settings = load_settings(run={"workers": 2})
    with tempfile.TemporaryDirectory() as folder:
        storage = Storage(folder)
        extracted = list(blocks(count, storage))
        with cluster(2) as joined, Watch() as watch:
            start = time.perf_counter()
            flow = _Flow(
                build_stages,
                settings,
                Path(folder),
                storage,
                joined,
                build_stages(settings),
                Silent(),
            )
            flow._merge(extracted)
            merged = time.perf_counter() - start
            parts = flow._parts()
            took = time.perf_counter() - start
        figures = {
            "tellings": count,
            "visits": sum(part["records"] for part in parts["visits"]),
            "merge_wall": round(merged, 1),
            "wall": round(took, 1),
            "processor": round(sum(watch.seconds.values()), 1),
            "driver_mib": round(watch.driver_mib),
            "worker_mib": round(watch.worker_mib),
            "merged_bytes": size(list(Path(folder, "merged").rglob("*"))) // count,
            "tables_bytes": size(list(Path(folder, "tables").rglob("*"))) // count,
        }
    print(json.dumps(figures))


if __name__ == "__main__":
    main(int(sys.argv[1]))
