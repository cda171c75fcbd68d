"""Words that a line break cuts in two: "the presi-" at the end of a line, "dent" on the next.

Printed pages and what was scanned from them are set so. A model takes the halves for two words, so
it is shown the word; a hyphen that belongs to the word ("Indo-" before "Pacific") stays.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from pipeline.casing import Known
from pipeline.name_casing import case_words
from pipeline.shown import NO_TEXT

_CUT = re.compile(
    r"(?<![^\W\d_])(?P<left>[^\W\d_]++)(?P<hyphen>-)"
    r"(?P<gap>[ \t\r]*+\n[ \t]*+)(?P<right>[^\W\d_]++)"
)
_LETTERS = re.compile(r"[^\W\d_]++")
#: A half of fewer letters is no word that a compound is made of ("de-", "re-").
_SHORTEST = 3


@dataclass(frozen=True, eq=False)
class _Whole:
    """The words of a text that no line break cuts, gathered when the first is asked for."""

    text: str

    @cached_property
    def words(self) -> frozenset[str]:
        """Runs of letters."""
        return frozenset(_LETTERS.findall(self.text))

    @cached_property
    def compounds(self) -> frozenset[str]:
        """Two runs of letters with a hyphen between."""
        runs = pairwise(_LETTERS.finditer(self.text))
        return frozenset(
            f"{left[0]}-{right[0]}"
            for left, right in runs
            if self.text[left.end() : right.start()] == "-"
        )


def rejoined(text: str, known: Known) -> str:
    """Return a text of the same length in which nothing parts the halves of a word.

    Args:
        known: tells a word of the language, in small letters.
    """
    if "-" not in text or "\n" not in text:
        return text
    whole = _Whole(text)
    return _CUT.sub(lambda cut: _joined(cut, whole, known), text)


def _joined(cut: re.Match[str], whole: _Whole, known: Known) -> str:
    left, hyphen, gap, right = cut.group("left", "hyphen", "gap", "right")
    if not _keeps_hyphen(left, right, whole, known):
        hyphen = NO_TEXT
    return f"{left}{hyphen}{NO_TEXT * len(gap)}{right}"


def _keeps_hyphen(left: str, right: str, whole: _Whole, known: Known) -> bool:
    """Tell a word with a hyphen of its own from one that was cut ("US-China", "ex-king")."""
    shouted = left.isupper() and right.isupper()
    if (right[0].isupper() or (left.isupper() and len(left) > 1)) and not shouted:
        return True
    if known(f"{left}{right}".lower()) or f"{left}{right}" in whole.words:
        return False
    if f"{left}-{right}" in whole.compounds:
        return True
    halves = (left.lower(), right.lower())
    if halves[0] in case_words("prefix") and known(halves[1]):
        return True
    return all(len(half) >= _SHORTEST and known(half) for half in halves)


__all__ = ["rejoined"]
