"""Worker processes that branch off one which has loaded the program, its tables and the model.

They share its memory, and nothing is loaded twice. Where the system cannot do so, or not safely
(macOS, Windows), each worker is started by itself and loads for itself.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import get_context, resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from multiprocessing.reduction import recv_handle, send_handle
from typing import NoReturn, Protocol

from pipeline.cpu import pin_threads, spare_collector
from pipeline.errors import PipelineError
from pipeline.interrupts import interrupts_held
from pipeline.lean import leave_out_spacy_commands

#: Seconds in which a process that was told to end has ended its workers and itself.
PATIENCE = 1.0
#: So many processes from which workers branch off may be lost in turn while they load.
UNLOADED = 1
#: Returns what answers a worker's pipe until that is closed; called where the worker runs, or once
#: for all that branch off there.
Ready = Callable[[], Callable[[Connection], None]]
#: What a pipe raises whose other end is gone: an OSError of no kind in the middle of a message.
GONE = (EOFError, OSError)


class Source(Protocol):
    """Where workers come from."""

    def worker(self) -> Worker:
        """Start another one."""

    def close(self) -> None:
        """End what is left, those that are at work too."""


class Worker:
    """A process that answers what it is sent, with a text where it cannot be started."""

    def __init__(self, pipe: Connection, process: BaseProcess | None = None) -> None:
        """Take a pipe to it, and the process where it is our own child."""
        self.pipe = pipe
        self._process = process

    def stop(self) -> None:
        """End it; one that branched off ends once it has nothing to do, or with its source."""
        if self._process is not None:
            self._process.kill()
            self._process.join()
        self.pipe.close()


def workers_of(ready: Ready) -> Source:
    """Return where workers come from, as the system allows."""
    return Trunk(ready) if sys.platform == "linux" else Seeds(ready)


class Seeds:
    """Workers each started by themselves."""

    def __init__(self, ready: Ready) -> None:
        """Start none yet."""
        self._ready = ready

    def worker(self) -> Worker:
        """Start another one."""
        process, pipe = _started(_serve, self._ready)
        return Worker(pipe, process)

    def close(self) -> None:
        """Do nothing: they are stopped one by one."""


class Trunk:
    """A process that loads what all workers need, and from which they branch off."""

    def __init__(self, ready: Ready) -> None:
        """Start loading."""
        self._ready = ready
        #: Processes that were lost one after the other before all was loaded.
        self._lost = 0
        self._process, self._pipe = _started(_grow, ready)

    def worker(self) -> Worker:
        """Branch another one off, as soon as all is loaded.

        Where the process is lost, another one is started in its place.

        Raises:
            PipelineError: one after the other is lost before all is loaded.
        """
        context = get_context("spawn")
        ours, theirs = context.Pipe()
        with theirs:
            try:
                send_handle(self._pipe, theirs.fileno(), self._process.pid)
            except ConnectionError:
                self._replace()
                send_handle(self._pipe, theirs.fileno(), self._process.pid)
        return Worker(ours)

    def _replace(self) -> None:
        """Start another process in place of one that is lost."""
        try:
            self._pipe.recv()  # it has told that all was loaded
            self._lost = 0
        except GONE:
            self._lost += 1
        self.close()
        if self._lost > UNLOADED:
            raise PipelineError(
                "the process from which workers branch off dies while it loads the model and the "
                "tables (out of memory?)"
            )
        self._process, self._pipe = _started(_grow, self._ready)

    def close(self) -> None:
        """End the process, and the workers with it."""
        self._pipe.close()
        self._process.join(PATIENCE)
        self._process.kill()  # it may still be loading
        self._process.join()


def _started(target: Callable[..., None], ready: Ready) -> tuple[BaseProcess, Connection]:
    """Start a process that a pipe leads to."""
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=target, args=(ready, theirs), daemon=True)
    pin_threads()
    resource_tracker.ensure_running()  # to start it lets Ctrl-C in again, whatever is held
    with interrupts_held():  # the parent alone answers Ctrl-C
        process.start()
    theirs.close()
    return process, ours


def _prepared(ready: Ready) -> Callable[[Connection], None]:
    spare_collector()
    leave_out_spacy_commands()
    return ready()


def _serve(ready: Ready, pipe: Connection) -> None:
    _prepared(ready)(pipe)


def _grow(ready: Ready, pipe: Connection) -> NoReturn:
    """Let a worker branch off for each pipe that comes, until none can come any more."""
    serve = _prepared(ready)
    gc.freeze()  # what all share is never garbage: to look at it would copy its pages
    branches: set[int] = set()
    with suppress(*GONE):
        pipe.send(None)  # all is loaded
        while True:
            handle = recv_handle(pipe)
            branches -= {branch for branch in branches if os.waitpid(branch, os.WNOHANG)[0]}
            with Connection(handle) as theirs:
                try:
                    branch = os.fork()
                except OSError as error:
                    theirs.send(f"no worker can branch off: {error.strerror}")
                    continue
                if not branch:
                    pipe.close()
                    _branch(serve, theirs)
            branches.add(branch)
    for branch in branches:
        os.kill(branch, signal.SIGKILL)
        os.waitpid(branch, 0)
    os._exit(0)  # Python would take long to take all down piece by piece


def _branch(serve: Callable[[Connection], None], pipe: Connection) -> NoReturn:
    """Serve a pipe; nothing of what the process was before comes after that."""
    status = 1
    try:
        serve(pipe)
        status = 0
    except BaseException:  # noqa: BLE001 - it must not go on as the process that it branched off
        traceback.print_exc()
    finally:
        os._exit(status)


__all__ = ["GONE", "Ready", "Seeds", "Source", "Trunk", "Worker", "workers_of"]
