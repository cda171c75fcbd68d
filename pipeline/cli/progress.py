"""A progress bar on standard error."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bars

from pipeline.progress import Progress, Silent


class BarProgress:
    """Show each part of the work as a bar."""

    def __init__(self, bars: Bars) -> None:
        self._bars = bars
        self._current: TaskID | None = None

    def begin(self, what: str, total: int | None, /) -> None:
        """Start a new bar."""
        self._finish()
        self._current = self._bars.add_task(what, total=total)

    def advance(self, count: int = 1, /) -> None:
        """Move the bar on."""
        if self._current is not None:
            self._bars.advance(self._current, count)

    def _finish(self) -> None:
        if self._current is not None:
            self._bars.stop_task(self._current)


@contextmanager
def progress_bar(*, show: bool) -> Iterator[Progress]:
    """Show progress until the block ends; nothing where standard error is no terminal."""
    if not show or not sys.stderr.isatty():
        yield Silent()
        return
    columns = (
        TextColumn("{task.description:>10}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
        yield BarProgress(bars)
