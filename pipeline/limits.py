"""How long one article may take, so that it never holds up a run."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

#: To set a timer to nothing would stop it.
_LEAST = 1e-3


@contextmanager
def time_limit(seconds: int, named: str, *, spent: float = 0.0) -> Iterator[None]:
    """Break off what takes too long; only a process's main thread can be broken off.

    What counts is the time of the processor, which is the same on a busy machine.

    Args:
        named: what sets the limit, for the message.
        spent: seconds of it that are gone.

    Raises:
        TimeoutError: the block took longer.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def break_off(_signal: int, _frame: FrameType | None) -> None:
        raise TimeoutError(f"took longer than {seconds} s ({named})")

    before = signal.signal(signal.SIGPROF, break_off)
    signal.setitimer(signal.ITIMER_PROF, max(seconds - spent, _LEAST))
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


__all__ = ["time_limit"]
