"""Cut found expressions as TimeML does: the ends of a range, and what stands in brackets, apart.

The dates stage keeps "August 6-8" and "Monday (18 March)" as one record each, for what is dated by
them lasts from the one day to the other, or is on that day. TimeML takes a stretch of text for each
(Ferro 2001, sections 4.4.3 and D1.4, which its guidelines follow).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from models import DateExpression
from pipeline.stages.dates.find import find_dates

#: What joins the ends of a range, or the days of a list read as one.
_JOINT = re.compile(r"[-‐‑–—−]|\b(?:to|and|through|till|until)\b")

#: A stretch in brackets, with what may join it to what follows.
_BRACKETED = re.compile(r"\((?P<inner>[^()]*)\)(?: ?(?:on|of)\b)?")
_FULL_YEAR = re.compile(r"\d{4}$")
#: A year that is named by the two in which it lies: "the academic year 2012-13".
_NAMED_YEAR = re.compile(r"(?i)(?:the\s+)?(?:academic|school|fiscal|financial|tax|season|fy)\b")
_DAY_ALONE = re.compile(r"\d{1,2}(?:st|nd|rd|th)?$")

#: What tells on which side of an event a length or a unit lies; to TimeML a signal by itself.
_BEHIND = re.compile(r"(?<=\s)(?:later|afterwards?|before|after|previously)$")

#: One stretch that is named by its first and last month.
_NAMED_BY_ENDS = "months-period"


def in_timeml(found: Iterable[DateExpression]) -> list[DateExpression]:
    """Return the expressions that TimeML marks; offsets as before.

    "August 6-8" is "August 6" and "8"; "the academic year 2012-13" stays whole. Each part keeps the
    interval of the whole.
    """
    return [part for one in found for end in _ends(_offset(one)) for part in _brackets(end)]


def _offset(one: DateExpression) -> DateExpression:
    """Return "two days" of "two days later", a length from one event to another."""
    found = _BEHIND.search(one.text)
    if found is None:
        return one
    part = _part(one, 0, found.start(), value=one.value)
    lengths = [length for length in find_dates(part.text) if length.type == "DURATION"]
    if len(lengths) != 1 or lengths[0].text != part.text:
        return part  # "the day" of "the day before"
    return part.model_copy(update={"type": "DURATION", "value": lengths[0].value})


def _ends(one: DateExpression) -> Iterator[DateExpression]:
    first, slash, last = one.value.partition("/")
    joint = _JOINT.search(one.text)
    named = one.rule == _NAMED_BY_ENDS or (_FULL_YEAR.match(last) and _NAMED_YEAR.match(one.text))
    within = joint is not None and joint.start() > 0 and joint.end() < len(one.text)
    if not slash or joint is None or not within or one.type != "DATE" or named:
        yield one
    else:
        yield _part(one, 0, joint.start(), value=first)
        yield _part(one, joint.end(), len(one.text), value=last)


def _brackets(one: DateExpression) -> Iterator[DateExpression]:
    found = _BRACKETED.search(one.text)
    if found is None or not found.start() or _DAY_ALONE.match(found["inner"]):  # "Monday (18)"
        yield one
        return
    yield _part(one, 0, found.start(), value=one.value)
    yield _part(one, found.start("inner"), found.end("inner"), value=one.value)
    if found.end() < len(one.text):
        day = one.value.partition("T")[0]
        rest = _part(one, found.end(), len(one.text), value=day)
        yield rest.model_copy(update={"type": "DATE"})


def _part(one: DateExpression, start: int, end: int, *, value: str) -> DateExpression:
    """Return a stretch of an expression, without the space around it, as one of its own."""
    while start < end and one.text[start].isspace():
        start += 1
    while start < end and one.text[end - 1].isspace():
        end -= 1
    return one.model_copy(
        update={
            "start": one.start + start,
            "end": one.start + end,
            "text": one.text[start:end],
            "value": value,
        }
    )
