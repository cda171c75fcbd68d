"""Text from articles on a terminal: never more than text."""

from __future__ import annotations

import re
import sys

from rich.console import Console

#: Control characters, among them those that start a terminal's escape codes, and those that
#: turn the direction of what follows.
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
#: Those of them that may stand bare in JSON.
_HIGH_CONTROLS = re.compile(r"[\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def clean(text: str) -> str:
    """Return a text in which nothing can command a terminal."""
    return _CONTROLS.sub("\N{REPLACEMENT CHARACTER}", text)


def clean_json(text: str) -> str:
    """Return JSON that says the same and in which nothing can command a terminal.

    JSON's own writers escape the first control characters; of the others some do as much.
    """
    return _HIGH_CONTROLS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def console() -> Console:
    """Return the console for results: as wide as the screen, wider where nobody looks."""
    width = None if sys.stdout.isatty() else 160
    return Console(markup=False, highlight=False, emoji=False, width=width)


def shortened(text: str, characters: int = 160) -> str:
    """Return a text on one line, cut where it is longer."""
    line = " ".join(clean(text).split())
    return line if len(line) <= characters else line[: characters - 1].rstrip() + "…"
