"""The command line: each command calls one plain function.

Nothing heavy is imported here: `communique --help` answers at once.
"""

from pipeline.cli.commands import app, main

__all__ = ["app", "main"]
