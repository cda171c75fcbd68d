"""Years with a title that head the parts of a text: "1997 - SUMMIT", "2003: A new start"."""

from __future__ import annotations

import re

_LEAD = r"(?m)^[ \t•*#–—-]*"
_YEAR = r"(?:1[89]|20)\d\d"
_TITLE = r"(?::|[ \t]*[–—]|[ \t]-)[ \t]*[^\n.!?;]{1,40}[^\n.!?;:,][ \t]*"
_BEHIND = re.compile(_TITLE)
#: A heading over something else than the next one, which in a mere list of years it is not.
_HEADING = re.compile(rf"{_LEAD}{_YEAR}{_TITLE}\n\s*(?!{_LEAD[5:]}{_YEAR}\b)\S")
#: A text has such headings where there are so many.
_LEAST = 2


def is_title(text: str, behind: str) -> bool:
    """Tell what stands behind a year on its line to be a title, as other years of a text have one.

    " - SUMMIT" fires where "1999 - PEACE" stands over another part; ": Peru visits Chad." does not.
    """
    return bool(_BEHIND.fullmatch(behind)) and len(_HEADING.findall(text)) >= _LEAST


__all__ = ["is_title"]
