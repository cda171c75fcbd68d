"""All commands, with their options and help, in the order in which `--help` lists them."""

from __future__ import annotations

import atexit
import os
import sys
from collections.abc import Sequence

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

    When all is done the process ends at once: to take the model and the tables down piece by piece
    would take Python about as long as reading ten articles. So an interrupted run has its own exit
    status too, which Python would end by the signal where the key was pressed within code that it
    ran from a string, as modules do that are being loaded. Ctrl-C pressed meanwhile changes nothing
    any more: the exit status stays that of the work.
    """
    ended: list[int] = []
    atexit.register(_end, ended)  # the first one registered is the last one called
    try:
        app()
    except SystemExit as end:
        if isinstance(end.code, int | None):
            ended.append(end.code or 0)
        raise
    finally:
        atexit.register(ignore_interrupts)


def _end(ended: Sequence[int]) -> None:
    """End the process with the status that it has come to, if one was noted.

    What could not be printed (a full disk, a pipe that nobody reads) is left to Python to tell.
    """
    for status in ended:
        try:
            for stream in (sys.stdout, sys.stderr):
                stream.flush()
        except (OSError, ValueError):
            if status != EXIT_INTERRUPTED:
                return
        os._exit(status)


__all__ = ["app", "doing", "looking", "main", "measuring"]
