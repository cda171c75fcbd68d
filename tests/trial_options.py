"""The options that the trials share which draw texts at random (`python -m tests.perturbed`)."""

from __future__ import annotations

import argparse


def trial_options(
    module: str, doc: str | None, *, draws: int, stdin: bool = True
) -> argparse.ArgumentParser:
    """Return the parser of a trial, to which it adds what it asks for itself.

    Args:
        module: the trial's name below `tests`.
        doc: what it says of itself.
        draws: how many texts it draws where nobody says.
        stdin: whether it takes passages on standard input, too.
    """
    parser = argparse.ArgumentParser(prog=f"python -m tests.{module}", description=doc)
    parser.add_argument("--seed", type=int, default=1, help="draws others (default 1)")
    parser.add_argument("--draws", type=int, default=draws, help=f"texts of each (default {draws})")
    parser.add_argument("--show", type=int, default=0, help="show so many that go wrong")
    if stdin:
        parser.add_argument(
            "--stdin", action="store_true", help="take passages, ===== DATE before each"
        )
    return parser


__all__ = ["trial_options"]
