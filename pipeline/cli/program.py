"""What every command has in common: how errors become messages and exit statuses."""

from __future__ import annotations

import errno
from typing import Any

import typer
from typer.core import TyperGroup

from pipeline.errors import PipelineError
from pipeline.interrupts import interrupts_noted, stop_if_interrupted

#: The call is wrong: a setting, an input, a folder that cannot be used.
EXIT_WRONG_CALL = 2
EXIT_SOME_REJECTED = 1
EXIT_INTERRUPTED = 130
#: What the operating system refuses because of the path that was named.
_OF_THE_CALL = frozenset({errno.EACCES, errno.EPERM, errno.EROFS, errno.ENAMETOOLONG})
#: No room on a disk, or none that this user may have; what was stored is kept.
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class Program(TyperGroup):
    """Turn the program's own errors into one line and an exit status."""

    def invoke(self, ctx: Any) -> Any:  # typer's context: click's, or the one it carries itself
        """Invoke a command."""
        try:
            with interrupts_noted():
                return self._invoke(ctx)
        except KeyboardInterrupt as error:
            say("interrupted: what was finished is kept; the same command goes on from there")
            raise typer.Exit(EXIT_INTERRUPTED) from error

    def _invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except PipelineError as error:
            stop_if_interrupted()
            say(f"error: {error}")
            raise typer.Exit(EXIT_WRONG_CALL) from error
        except OSError as error:
            stop_if_interrupted()
            if error.errno in _FULL:
                where = error.filename or "output or temporary files"
                say(f"error: the disk that holds {where} is full: make room and run again")
                raise typer.Exit(EXIT_WRONG_CALL) from error
            if error.errno not in _OF_THE_CALL or error.filename is None:
                raise
            say(f"error: {error.filename}: {error.strerror}")
            raise typer.Exit(EXIT_WRONG_CALL) from error
        except Exception:
            stop_if_interrupted()
            raise


def say(message: str) -> None:
    """Print a message for whoever runs the program, on standard error."""
    from pipeline.cli.screen import clean  # with rich, which `--help` may do without

    typer.echo(clean(message), err=True)
