"""Dates that head the parts of a text or the text itself, not what a sentence tells."""

from __future__ import annotations

from models import DateExpression
from pipeline.datelines.year_titles import is_title
from pipeline.discourse.timing_days import partial


def is_titled(text: str, date: DateExpression) -> bool:
    """Tell a year with a title that heads a part of a text."""
    line_end = text.find("\n", date.end)
    return line_end >= 0 and is_title(text, text[date.end : line_end])


def is_byline(date: DateExpression, published: str | None) -> bool:
    """Tell the day of publication under a headline from the head of a chronology's entry."""
    pair = partial(date)
    return pair is not None and pair[0][:10] == published


__all__ = ["is_byline", "is_titled"]
