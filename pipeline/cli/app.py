"""The command line as a whole: what stands before every command, and options that many take."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.program import Program

#: The command's name, for `--help` and messages.
NAME = "communique"

app = typer.Typer(
    name=NAME,
    cls=Program,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Read news articles; find who visited whom, and which relations between countries "
    "were raised, with the sentence behind each record.",
)


Output = Annotated[
    Path,
    typer.Option("-o", "--output", help="Folder of the results.", file_okay=False),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for other programs.")]
NoProgress = Annotated[bool, typer.Option("--no-progress", help="Show no progress bar.")]
DEFAULT_OUTPUT = Path("outputs")


def examples(*calls: str) -> str:
    """Return the epilog of a command."""
    # Typer sets each paragraph of an epilog on a line of its own.
    return "\n\n".join(("Examples:", *calls))


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        print(f"{NAME} {version(NAME)}")
        raise typer.Exit


@app.callback()
def settle(
    *,
    verbose: Annotated[
        bool, typer.Option("-v", "--verbose", help="Tell more on standard error.")
    ] = False,
    version: Annotated[  # noqa: ARG001 - answered by its callback
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version."
        ),
    ] = False,
) -> None:
    """Set up messages for every command."""
    from pipeline.cpu import prepare
    from pipeline.lean import leave_out_spacy_commands

    prepare()
    leave_out_spacy_commands()
    logging.basicConfig(
        level=logging.DEBUG if verbose else logging.WARNING,
        format=f"{NAME}: %(message)s",
        force=True,
    )
    if not verbose:
        # It names no page; the one that it cannot read is rejected by name.
        logging.getLogger("trafilatura").setLevel(logging.CRITICAL)


__all__ = ["DEFAULT_OUTPUT", "NAME", "AsJson", "NoProgress", "Output", "app", "examples"]
