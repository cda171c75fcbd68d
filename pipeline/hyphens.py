"""Words that a line break cuts in two: "the presi-" at the end of a line, "dent" on the next.

Printed pages and what was scanned from them are set so. A model takes the halves for two words, so
it is shown the word; a hyphen that belongs to the word ("Indo-" before "Pacific") stays.
"""

from __future__ import annotations

import re

from pipeline.casing import Known
from pipeline.shown import NO_TEXT

_CUT = re.compile(
    r"(?<![^\W\d_])(?P<left>[^\W\d_]++)(?P<hyphen>-)"
    r"(?P<gap>[ \t\r]*+\n[ \t]*+)(?P<right>[^\W\d_]++)"
)
#: A half of fewer letters is no word that a compound is made of ("de-", "re-").
_SHORTEST = 3


def rejoined(text: str, known: Known) -> str:
    """Return a text of the same length in which nothing parts the halves of a word.

    Args:
        known: tells a word of the language, in small letters.
    """
    if "-" not in text or "\n" not in text:
        return text
    return _CUT.sub(lambda cut: _whole(cut, text, known), text)


def _whole(cut: re.Match[str], text: str, known: Known) -> str:
    left, hyphen, gap, right = cut.group("left", "hyphen", "gap", "right")
    if not _keeps_hyphen(left, right, text, known):
        hyphen = NO_TEXT
    return f"{left}{hyphen}{NO_TEXT * len(gap)}{right}"


def _keeps_hyphen(left: str, right: str, text: str, known: Known) -> bool:
    """Tell a word with a hyphen of its own from one that was cut."""
    if right[0].isupper():
        return not left.isupper()
    if known(f"{left}{right}".lower()) or f"{left}{right}" in text:
        return False
    if f"{left}-{right}" in text:
        return True
    halves = (left.lower(), right.lower())
    return all(len(half) >= _SHORTEST and known(half) for half in halves)


__all__ = ["rejoined"]
