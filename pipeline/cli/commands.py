"""All commands, with their options and help, in the order in which `--help` lists them."""

from __future__ import annotations

import atexit

from pipeline.cli import doing, looking, measuring
from pipeline.cli.app import app
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
    the exit status stays that of the work.
    """
    try:
        app()
    finally:
        atexit.register(ignore_interrupts)


__all__ = ["app", "doing", "looking", "main", "measuring"]
