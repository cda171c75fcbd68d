"""Rejects on standard error."""

from __future__ import annotations

from collections.abc import Sequence

from models import Reject
from pipeline.cli.program import say

#: So many are named; rejects.json names all.
MOST_NAMED = 20


def name_rejects(rejects: Sequence[Reject]) -> None:
    """Name what was rejected, and why."""
    for reject in rejects[:MOST_NAMED]:
        row = f", row {reject.row}" if reject.row is not None else ""
        say(f"rejected: {reject.source_path}{row}: {reject.reason}: {reject.detail}")
    if len(rejects) > MOST_NAMED:
        say(f"… and {len(rejects) - MOST_NAMED} more, all named in rejects.json")


__all__ = ["name_rejects"]
