"""Dates that head the parts of a text or the text itself, not what a sentence tells."""

from __future__ import annotations

import re

from models import DateExpression
from pipeline.datelines.year_titles import is_title
from pipeline.discourse.timing.days import partial

#: What stands behind the date of a caption: who took the picture, or for whom.
_CREDIT = re.compile(r"[.,]?\s*(?:\([A-Z][^)\n]{0,40}\)|(?:Photo|Image|Picture|Credit)s?\b)")

#: What may mark the line of an entry, the year of its date, and what stands behind that.
_MARKS = " \t•*·#–—-_|("
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_ENTRY = re.compile(r"\.?\)?(?::|—| [–-]| \||[ \t]+(?=[A-Z]))")


def is_titled(text: str, date: DateExpression) -> bool:
    """Tell a year with a title that heads a part of a text."""
    line_end = text.find("\n", date.end)
    return line_end >= 0 and is_title(text, text[date.end : line_end])


def is_credited(text: str, date: DateExpression) -> bool:
    """Tell the date at the end of a caption, behind which is told who took the picture.

    "X meets Y in Lima. July 2020. (Reuters)", "… May 3. Photo: Reuters".
    """
    line_start = text.rfind("\n", 0, date.start) + 1
    inside = bool(text[line_start : date.start].strip())
    return inside and _CREDIT.match(text, date.end) is not None


def is_byline(date: DateExpression, published: str | None) -> bool:
    """Tell the day of publication under a headline from the head of a chronology's entry."""
    pair = partial(date)
    return pair is not None and pair[0][:10] == published


def opens_entry(text: str, start: int, end: int) -> bool:
    """Tell the date of "3 June 1990: A meets B", "• June 1990 – A meets B", "1990 A meets B".

    It opens its line and names its year; what follows is a sentence of its own.

    Args:
        start: where the date begins, or the first of two that make one range.
        end: where it ends.
    """
    line_start = text.rfind("\n", 0, start) + 1
    if text[line_start:start].strip(_MARKS) or not _YEAR.search(text, start, end):
        return False
    return _ENTRY.match(text, end) is not None


__all__ = ["is_byline", "is_credited", "is_titled", "opens_entry"]
