"""All commands, with their options and help, in the order in which `--help` lists them."""

from __future__ import annotations

import atexit
import os
import sys
from collections.abc import Sequence
from contextlib import suppress

from pipeline.cli import doing, looking, measuring
from pipeline.cli.app import app
from pipeline.cli.program import EXIT_INTERRUPTED
from pipeline.interrupts import ignore_interrupts


def _reflow(text: str) -> str:
    """Join a docstring's wrapped lines: the screen wraps them as it needs."""
    return "\n\n".join(" ".join(part.split()) for part in text.split("\n\n"))


for _command in app.registered_commands:
    if _command.callback is not None:
        _command.help = _reflow(_command.callback.__doc__ or "")


def main() -> None:
    """Run the program.

    Ctrl-C pressed when all is done, while Python takes itself down, changes nothing any more:
    the exit status stays that of the work. So does that of an interrupted run, which Python would
    end by the signal where the key was pressed within code that it ran from a string, as modules
    do that are being loaded.
    """
    ended: list[int] = []
    atexit.register(_end, ended)  # the first one registered is the last one called
    try:
        app()
    except SystemExit as end:
        if end.code == EXIT_INTERRUPTED:
            ended.append(EXIT_INTERRUPTED)
        raise
    finally:
        atexit.register(ignore_interrupts)


def _end(ended: Sequence[int]) -> None:
    """End the process with the status that it has come to, if one was noted."""
    for status in ended:
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError, ValueError):
                stream.flush()
        os._exit(status)


__all__ = ["app", "doing", "looking", "main", "measuring"]
