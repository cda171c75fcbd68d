"""Days of an agency's diary: "FRIDAY, JUNE 7" over entries, "(to June 9)" and "(final day)"."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache

from spacy.tokens import Doc, Span

from models import Article, DateExpression
from pipeline.discourse.tables import words
from pipeline.discourse.timing.days import When, partial
from pipeline.iso_lengths import DAY
from pipeline.neighbours import text_at
from pipeline.reference.months import WEEKDAYS

#: How many characters beside such a day are looked at.
_RULE = 12
_LAST = frozenset({"final", "last"})
#: From so many days on that head entries a text is no page with its own day alone.
_SEVERAL = 2
_BRACKET = re.compile(r"\((?:to|until|till?|through) [a-z0-9. ]{3,16}\)")
#: What marks an entry of a list.
_MARKS = "-–—•*·▪"
_Dates = Sequence[tuple[int, int, DateExpression]]


def headings(text: str, dates: Sequence[DateExpression]) -> list[tuple[int, str]]:
    """Return where each day in capitals heads entries, with the day: "FRIDAY, JUNE 7", a line.

    A rule of dashes may stand before it, and the first entry behind its "**".
    """
    found = []
    for date in dates:
        if not date.text.isupper() or date.grain != "day":
            continue
        before = text[max(0, date.start - _RULE) : date.start].rstrip(" ")
        behind = text[date.end : date.end + _RULE].lstrip(" :")
        ruled = len(before) > 1 and not before[-2:].strip("-–—* ")
        opens = not before or before.endswith("\n") or ruled
        weekday = WEEKDAYS & set(date.text.lower().replace(",", " ").split())
        pair = partial(date)
        if opens and weekday and behind[:1] in {"", "\n", "*"} and pair and len(pair[0]) == DAY:
            found.append((date.start, pair[0]))
    one = len({day for _, day in found}) < _SEVERAL
    return [] if one and not _is_diary(text) else found


@lru_cache(maxsize=1)  # each of its stories asks anew
def _is_diary(text: str) -> bool:
    """Tell a diary from a page that bears its own day in capitals."""
    lower = text.lower()
    return "diary" in lower or "(final day)" in lower or bool(_BRACKET.search(lower))


def closings(doc: Doc, dates: _Dates) -> list[tuple[int, int, DateExpression]]:
    """Return the dates of brackets like "(to June 9)"."""
    return [told for told in dates if is_closing(doc, *told[:2])]


def closing(doc: Doc, at: int, sentence: Span, dates: _Dates) -> str | None:
    """Return the last day that the next bracket behind token `at` tells: "(to June 9)".

    The bracket may stand behind its full stop; one that opens a sentence is the entry's before.
    """
    for start, _, date in dates:
        pair = partial(date)
        if pair is None or len(pair[1]) != DAY:
            continue
        opens = doc[start - 2].is_sent_start
        own = at < start - 2 < sentence.end and not opens
        if own or (opens and start - 2 == sentence.end):
            return pair[1]
    return None


def is_final(doc: Doc, at: int, sentence: Span) -> bool:
    """Tell "X visits Peru (final day)", also where the bracket stands behind the full stop.

    It is the next bracket behind token `at`, as the last of an entry that tells a last day.
    """
    return _day_of_stay(doc, at, sentence) in _LAST


def is_under_way(doc: Doc, at: int, sentence: Span) -> bool:
    """Tell "X visits Peru (final day)", "(second day)": X has been there for a day."""
    return _day_of_stay(doc, at, sentence) is not None


def _day_of_stay(doc: Doc, at: int, sentence: Span) -> str | None:
    """Return the "final" of the "(final day)", the "second" of the "(second day)" of an entry."""
    for i in range(at + 1, min(sentence.end + 1, len(doc) - 3)):
        if doc[i].text == "(":
            told = tuple(t.lower_ for t in doc[i : i + 4])
            if told[1] in words("day_of_stay") and told[2:] == ("day", ")"):
                return told[1]
            if told[1] in words("closes_entry"):
                return None
    return None


def of_diary(
    at: int,
    heads: Sequence[tuple[int, str]],
    told: When,
    last: str | None,
    *,
    final: bool,
    now: bool,
) -> When:
    """Return the days of an entry at offset `at` below the day that heads it.

    Args:
        told: what the entry itself tells.
        last: the last day that its bracket tells.
        final: whether its bracket says that it ends on the heading's day.
        now: whether it tells what is or is to come, not what was before.
    """
    number = bisect_right(heads, (at, "9"))
    day = heads[number - 1][1] if number else None
    if final and day:
        return When(told.start if told.start != told.end else None, day)
    if last:
        first = told.start if told.start and told.start < last else day
        return When(first if first and first <= last else None, last)
    if day and not told and now:
        return When(day, day)
    return told


def is_closing(doc: Doc, start: int, end: int) -> bool:
    """Tell "(to May 9)"; not "(from May 4 to May 9)" nor "to May 9"."""
    if start < 2 or doc[start - 2].text != "(":
        return False
    shut = text_at(doc, end) == ")" or doc[end - 1].text.endswith(")")
    return shut and doc[start - 1].lower_ in words("closes_entry")


def is_entry_of_day(article: Article, day: str | None, sentence: Span) -> bool:
    """Tell a sentence that opens a marked line below a day: "- X visits Lima", "• Y meets Z".

    Below a day to come, so does one that opens any line.
    """
    text, marked = article.text, sentence.text[:1] in _MARKS
    line = text[text.rfind("\n", 0, sentence.start_char) + 1 : sentence.start_char].strip()
    ahead = bool(day and article.published) and str(day) > str(article.published)
    return not line.strip(_MARKS) and (bool(line) or marked or ahead)


__all__ = [
    "closing",
    "closings",
    "headings",
    "is_closing",
    "is_entry_of_day",
    "is_final",
    "is_under_way",
    "of_diary",
]
