"""Years with a title that head the parts of a text: "1997 - SUMMIT", "2003: A new start"."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

#: The year that opens a line, behind its bullet.
_YEAR = re.compile(r"[ \t•*#–—-]{0,8}(?:1[89]|20)\d\d\b")
#: What parts a year from its title: a dash stands apart.
_PARTED = re.compile(r":|[ \t]{0,4}[–—]|[ \t]-")
#: How long a title is, in characters.
_SHORTEST, _LONGEST = 2, 41
#: A text has such headings where there are so many.
_LEAST = 2


def is_title(text: str, behind: str) -> bool:
    """Tell what stands behind a year on its line to be a title, as other years of a text have one.

    " - SUMMIT" fires where "1999 - PEACE" stands over another part; ": Peru visits Chad." does not.
    """
    return _is_title(behind) and _headings(text) >= _LEAST


@lru_cache(maxsize=4)
def _headings(text: str) -> int:
    """Return how many years have a title and stand over something else than the next year."""
    lines = [line for line in text.split("\n") if line.strip()]
    count = 0
    for line, below in pairwise(lines):
        year = _YEAR.match(line)
        if year is not None and _is_title(line[year.end() :]):
            count += _YEAR.match(below) is None
    return count


def _is_title(behind: str) -> bool:
    """Tell " - SUMMIT", ": A new start" from a sentence or the name of a list."""
    parted = _PARTED.match(behind)
    title = behind[parted.end() :].strip() if parted is not None else ""
    ends = title[-1:] not in {":", ","}
    return _SHORTEST <= len(title) <= _LONGEST and ends and not any(c in title for c in ".!?;")


__all__ = ["is_title"]
