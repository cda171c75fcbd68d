"""Whether the event beside a date is past or to come, by the words around the date alone."""

from __future__ import annotations

import re

from pipeline.signs import APOSTROPHE_S
from pipeline.stages.dates.cues import (
    WAYS,
    Direction,
    as_opened,
    as_plain,
    beside_pattern,
    cue_pattern,
    is_far,
    noun_pattern,
    ways_of,
)

_BOUNDARY = re.compile(r"(?<![A-Z])(?<!\b[A-Z][a-z])[.!?][\"'”’)]*\s+(?=[\"'“‘(]?[A-Z0-9])|\n\s*\n")

_ABBREVIATION = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Gen|Sen|Rep|Gov|Lt|Col|St|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
    r"|No|vs|Inc|Corp|Co|Ltd)\.\s+$"
)

#: What behind the day of a deed tells that it is yet to be done, and what tells of its outcome.
_MEANS = re.compile(r"\b(?:that|means?|shows?|suggests?|raises?|makes?|opens?)\b")

_LOOMS = re.compile(
    r"\b(?:(?:is|are) (?:\w+ )?(?:likely|set|due|expected|awaited|sure|bound)"
    r"|looms?|awaits?|will|could|may|might|should|would|can)\b"
)

#: Words before a date with which what stands behind it tells nothing of it.
_AWAITED = re.compile(
    r"\b(?:ahead of|await\w*|until|[Dd]ue|[Ss]cheduled|[Ee]xpected|planned|set|next)"
    r"(?: in [A-Z]\w+)? (?:for |on )?(?:the )?$"
)

#: What may open the first sentence before what it tells ("LIMA (AP) — His decision on Monday").
_DATELINE = re.compile(r"[A-Z][A-Z .,]+(?:\([A-Za-z]+\) ?)?[—–-]+ ")

#: Before a date that stands in a clause of its own, ahead of its verb ("met X, who on arrival on").
_WHO = re.compile(
    r"\b(?:who|which),? (?:on|upon|after|before|during|in|at|earlier|late|early|following)\b"
    r"[^,;:]{0,60}$"
)

#: Before a date that begins a clause ("he met her and on Monday was due to fly home").
_JOINED = re.compile(r"\b(?:and|but)\s+(?:on\s+)?$")

#: Before a date that opens a joined clause of its own, and the subject of that clause behind it
#: ("he came in March and in July he will go").
_OPENS_JOINED = re.compile(
    r"\b(?:and|but|while|whereas)(?: then)? (?:(?:in|on|by|from)(?: the)? )?(?:early |late |mid-)?$"
)
_ITS_SUBJECT = re.compile(
    r",? (?!(?:to|for|with|at|by|and|or|of|when|where|as|that|who|which) )(?:[\w’'-]+ ){1,5}?"
    r"(?:will|would|is|are|was|were|has|had|[a-z]+ed)\b"
)

#: How far behind a date a cue may stand beside it, in characters.
BESIDE_REACH = 60

#: How far into its sentence a date that belongs to the noun before it may stand, in characters.
NOUN_REACH = 70

#: How far from a date its sentence is looked for, in characters.
REACH = 400


def sentence_bounds(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the sentence around a stretch begins and ends, by punctuation."""
    low = max(0, start - REACH)
    first = low
    for match in _BOUNDARY.finditer(text, low, start):
        if not _ABBREVIATION.search(text, max(low, match.end() - 8), match.end()):
            first = match.end()
    high = min(len(text), end + REACH)
    for match in _BOUNDARY.finditer(text, end, high):
        if not _ABBREVIATION.search(text, max(end, match.end() - 8), match.end()):
            return first, match.start() + 1
    return first, high


def is_of_deed(text: str, first: int, start: int, end: int) -> bool:
    """Tell a date beside a noun for what was done, which no verb behind it puts ahead.

    "His decision on Friday means that polls will follow" is; "His decision on Friday will …" not.
    """
    dateline = _DATELINE.match(text, first, start)
    first = dateline.end() if dateline is not None else first
    if start - first > NOUN_REACH or not noun_pattern().match(as_opened(text[first:start])):
        return False
    if cue_before(text, first, start, end)[0] == "future":
        return False
    behind = as_plain(text[end : end + BESIDE_REACH])
    cue, ahead = next(cue_pattern().finditer(behind), None), _LOOMS.search(behind)
    first = ahead is not None and (cue is None or ahead.start() <= cue.start())
    if ahead is not None and first and not _MEANS.search(behind[: ahead.start()]):
        return False
    return cue is None or cue.start() > 1 or ways_of(cue)[::2] != ("sure", "future")


def direction_beside(text: str, start: int, end: int) -> Direction | None:
    """Return what the words right behind a date tell: "on Sunday issued", "Friday's blast".

    So what has been put off was to come ("a visit in June has been called off").
    """
    match = beside_pattern().match(as_plain(text[end : end + BESIDE_REACH]))
    if match is None or _AWAITED.search(text, max(0, start - 40), start):
        return None
    way = WAYS.get((match.lastgroup or "").partition("_")[0])
    opened = way == "past" or is_far(match) or _JOINED.search(text, max(0, start - 12), start)
    return way if opened else None


def cue_before(
    text: str, first: int, start: int, end: int
) -> tuple[Direction | None, Direction | None]:
    """Return the direction of the cues before a date, and that of a word bound to it ("until")."""
    owner = text[end : end + 2] in APOSTROPHE_S
    first = max(first, *(text.rfind(mark, first, start) for mark in (": ", "; ", ":\n")))
    clause = _WHO.search(text, first, start)
    if clause is not None and cue_pattern().search(as_opened(clause[0])) is None:
        first = clause.start()
    joined = _OPENS_JOINED.search(text, max(first, start - 30), start)
    if joined is not None and _ITS_SUBJECT.match(text, end):
        first = start
    stretch = text[first:start]
    found: Direction | None = None
    bound: Direction | None = None
    for match in cue_pattern().finditer(as_opened(stretch)):
        strength, direction, _ = ways_of(match)
        if strength == "bound":
            bound = None if owner else direction
        elif strength == "sure" or (found is None and not owner):
            found = direction
    return found, bound


__all__ = [
    "BESIDE_REACH",
    "REACH",
    "cue_before",
    "direction_beside",
    "is_of_deed",
    "sentence_bounds",
]
