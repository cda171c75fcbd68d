"""Signs of print that several rules ask for."""

from __future__ import annotations

#: What parts a clause, an apposition or an entry from the rest; agencies type two hyphens for it.
DASHES = frozenset({"–", "—", "--"})
#: The same, and the hyphen that many type for a dash.
STROKES = DASHES | {"-"}

__all__ = ["DASHES", "STROKES"]
