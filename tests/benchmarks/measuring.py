"""Run the program in a process of its own and measure it: clock, processor time, memory."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

#: Whether to measure over as many articles as the stated aims are for, which takes hours; by
#: default over fewer, so that all is measured in minutes.
IN_FULL = os.environ.get("BENCH") == "full"
PAGE, TICKS = os.sysconf("SC_PAGE_SIZE"), os.sysconf("SC_CLK_TCK")
#: What is compiled before anything is measured.
COMPILED = ("pipeline", "models")
#: Seconds between two looks at a run's memory.
PAUSE = 0.05


def size(usual: int, *, full: int) -> int:
    """Return how many of something to measure over."""
    return full if IN_FULL else usual


@dataclass(frozen=True)
class Cost:
    """What a call took, all its processes together."""

    wall: float
    #: Processor seconds of the program and of the system for it.
    cpu: float
    #: Of these the seconds of the process that was started, without those that it started.
    own: float
    #: Most bytes that the processes held at one time; what they share counts for each.
    peak: int


@dataclass
class Table:
    """What was measured, beside what is wanted; rows in the order in which they came."""

    rows: list[tuple[str, str, str]] = field(default_factory=list)

    def add(self, what: str, found: str, wanted: str = "") -> None:
        """Add a row."""
        self.rows.append((what, found, wanted))

    def lines(self) -> list[str]:
        """Return the table as Markdown."""
        heads = ("", "measured", "wanted")
        widths = [max(len(row[n]) for row in (heads, *self.rows)) for n in range(3)]
        rule = tuple("-" * width for width in widths)
        return [
            "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
            + " |"
            for row in (heads, rule, *self.rows)
        ]  # fmt: skip


def measured(
    arguments: Sequence[str | Path], *, wanted: int = 0, program: Path | None = None
) -> Cost:
    """Run a Python program and return what it cost.

    Args:
        program: folder in which it finds its own packages; the present one by default.

    Raises:
        CalledProcessError: its exit status is not the wanted one.
    """
    call = [sys.executable, *map(str, arguments)]
    start, peak, own = time.perf_counter(), 0, 0.0
    with subprocess.Popen(
        call, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=_environment(), cwd=program
    ) as process:
        status = None
        while status is None:
            peak = max(peak, sum(map(_resident, _family(process.pid))))
            own = max(own, _spent(process.pid))
            ended, code, used = os.wait4(process.pid, os.WNOHANG)
            if ended:
                status = process.returncode = os.waitstatus_to_exitcode(code)
            else:
                time.sleep(PAUSE)
        wall = time.perf_counter() - start
        assert process.stderr is not None
        said = process.stderr.read()
    if status != wanted:
        raise subprocess.CalledProcessError(status, call, stderr=said)
    return Cost(wall, used.ru_utime + used.ru_stime, own, peak)


@cache
def _environment() -> dict[str, str]:
    """Return an environment in which Python keeps what it compiled, as it does for most people.

    Where it may not, every process compiles the program anew, but not the libraries, which were
    compiled when they were installed.
    """
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run([sys.executable, "-m", "compileall", "-q", *COMPILED], check=True, env=kept)
    return kept


def communique(*arguments: str | Path, program: Path | None = None) -> Cost:
    """Run the command line, or that of a copied `program`, and return what it cost."""
    return measured(["-m", "pipeline", *arguments], program=program)


def _family(pid: int) -> Iterator[int]:
    """Yield a process and those that it started, as far as they are there."""
    yield pid
    try:
        told = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    except OSError:
        return  # it ended meanwhile
    for child in told.split():
        yield from _family(int(child))


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * PAGE
    except (OSError, IndexError):
        return 0


def _spent(pid: int) -> float:
    """Return the processor seconds of a process, 0 where it has ended."""
    try:
        # Behind the name, which may hold anything, utime and stime are the 12th and 13th.
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS
    except (OSError, IndexError):
        return 0.0
