"""A function at work in a child process, so that what is broken breaks the child alone."""

from __future__ import annotations

import gc
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from pipeline.errors import PipelineError

#: Files whose frames are the try's own, and tell nothing of where what it runs is broken.
_OWN = frozenset({Path(__file__).name, "workbench.py"})


class Try:
    """A function at work in a child process, which has from its parent all that it needs."""

    def __init__(self, work: Callable[..., Any], *arguments: Any) -> None:
        context = get_context("fork")
        self._pipe, theirs = context.Pipe(duplex=False)
        self._child = context.Process(target=_answer, args=(theirs, work, arguments))
        self._child.start()
        theirs.close()

    def answer(self) -> Any:
        """Return what the function returned.

        Raises:
            PipelineError: it broke off; says where.
        """
        try:
            answer, broken = self._pipe.recv()
        except EOFError:
            answer, broken = None, "the try was killed"
        finally:
            self._pipe.close()
            self._child.join()
        if broken is not None:
            raise PipelineError(broken)
        return answer


def _answer(pipe: Connection, work: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    # What the parent holds is never garbage: looking at it would only copy its pages.
    gc.disable()
    try:
        pipe.send((work(*arguments), None))
    except KeyboardInterrupt:
        return
    except PipelineError as error:
        pipe.send((None, f"{error}{_place(error)}"))
    except BaseException as error:  # noqa: BLE001 - whatever is broken is told, and mended
        pipe.send((None, f"{type(error).__name__}: {error}{_place(error)}"))


def _place(error: BaseException) -> str:
    """Return where in our own code an error arose."""
    trace, place = error.__traceback__, ""
    while trace is not None:
        file = Path(trace.tb_frame.f_code.co_filename)
        if "pipeline" in file.parts and file.name not in _OWN:
            place = f" ({file.parent.name}/{file.name}, line {trace.tb_lineno})"
        trace = trace.tb_next
    return place


__all__ = ["Try"]
