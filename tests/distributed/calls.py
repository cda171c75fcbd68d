"""Runs over Ray in processes of their own, which can be killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]
#: Small blocks, so that few articles make many.
SMALL = {
    "COMMUNIQUE_RUN__BLOCK_CHARACTERS": "2500",
    "COMMUNIQUE_RUN__BLOCK_ROWS": "100",
}
#: A process of the article stages.
ACTOR = b"MapWorker(MapBatches(_Actor))"


def start(
    *words: str, module: str = "pipeline", stdin: Path | None = None
) -> subprocess.Popen[str]:
    """Start `communique`, or another module, with small blocks."""
    told = os.environ | SMALL | {"PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    with (stdin or Path(os.devnull)).open() as given:
        return subprocess.Popen(
            [sys.executable, "-m", module, *words],
            cwd=ROOT,
            env=told,
            text=True,
            stdin=given,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )


def ended(process: subprocess.Popen[str], *, expected: int = 0) -> tuple[str, str]:
    """Wait for the end; return standard output and error."""
    out, error = process.communicate(timeout=1200)
    assert process.returncode == expected, out + error
    return out, error


def call(*words: str, expected: int = 0, module: str = "pipeline") -> tuple[str, str]:
    return ended(start(*words, module=module), expected=expected)


def run(inputs: Sequence[str | Path], output: Path, *, engine: str, expected: int = 0) -> str:
    """Run over inputs; return what it told."""
    return "".join(call(*words(inputs, output, engine), expected=expected))


def words(inputs: Sequence[str | Path], output: Path, engine: str) -> list[str]:
    return [
        *("run", *map(str, inputs), "-o", str(output), "--engine", engine),
        *("--workers", "2", "--no-progress"),
    ]


def wait_for(process: subprocess.Popen[str], there: Callable[[], bool]) -> None:
    """Wait until something is there, while a process runs."""
    end = time.monotonic() + 900
    while not there():
        assert process.poll() is None, "".join(process.communicate())
        assert time.monotonic() < end
        time.sleep(0.05)


def descendants(pid: int) -> Iterator[tuple[int, bytes]]:
    """Yield the ids of a process's children, and theirs, with their command lines."""
    parents: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        parents.setdefault(int(fields[1]), []).append(int(path.parent.name))
    found = [pid]
    while found:
        for child in parents.get(found.pop(), ()):
            found.append(child)
            try:
                yield child, Path(f"/proc/{child}/cmdline").read_bytes()
            except OSError:
                continue


def kill_actor(process: subprocess.Popen[str]) -> None:
    """Kill one of the processes that work off articles."""
    actors = [pid for pid, command in descendants(process.pid) if ACTOR in command]
    assert actors
    os.kill(actors[0], signal.SIGKILL)


def kill_driver(process: subprocess.Popen[str]) -> None:
    """Kill the process that was started; its Ray ends with it."""
    started = [pid for pid, _ in descendants(process.pid)]
    process.kill()
    process.wait()
    for pid in started:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    process.stderr.close()
