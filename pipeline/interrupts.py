"""Ctrl-C, also where a library that was at work turned it into an error of its own or lost it."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_CAME = threading.Event()


@contextmanager
def interrupts_noted() -> Iterator[None]:
    """Remember that Ctrl-C was pressed, besides raising KeyboardInterrupt, until the block ends."""
    if signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield  # it is ignored (a job in the background), or somebody else answers it
        return
    before = signal.signal(signal.SIGINT, _note)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
        _CAME.clear()


def _note(number: int, frame: FrameType | None) -> None:
    _CAME.set()
    signal.default_int_handler(number, frame)


@contextmanager
def interrupts_held() -> Iterator[None]:
    """Put Ctrl-C off until the block ends, and keep it from processes that are started in it.

    The signal is blocked, which a started process inherits. Another thread may still take it, and
    Python then answers it in the main thread, whatever that one blocks: so the answer waits, too.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[FrameType | None] = []
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    before = signal.getsignal(signal.SIGINT)
    if callable(before):
        signal.signal(signal.SIGINT, lambda _, frame: came.append(frame))
    try:
        yield
    finally:
        if callable(before):
            signal.signal(signal.SIGINT, before)
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        if came and callable(before):
            before(signal.SIGINT, came[0])


def stop_if_interrupted() -> None:
    """Raise KeyboardInterrupt once more if Ctrl-C was pressed."""
    if _CAME.is_set():
        raise KeyboardInterrupt


def ignore_interrupts() -> None:
    """Ignore Ctrl-C from here on: Python, as it ends, would answer it with the system's kill."""
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, signal.SIG_IGN)


__all__ = ["ignore_interrupts", "interrupts_held", "interrupts_noted", "stop_if_interrupted"]
