"""Whether the event beside a date is past or to come, from the verb that governs the date.

With a parsed Doc the governing verb is followed up the tree; without one, or where the tree says
nothing, the nearest cue of tense.toml in the sentence decides.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from typing import Literal

from spacy.tokens import Doc, Token

from pipeline.lexicon import Rule, load_table

Direction = Literal["past", "future"]

_BOUNDARY = re.compile(r"(?<![A-Z])(?<!\b[A-Z][a-z])[.!?][\"'”’)]*\s+(?=[\"'“‘(]?[A-Z0-9])|\n\s*\n")
_ABBREVIATION = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Gen|Sen|Rep|Gov|Lt|Col|St|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
    r"|No|vs|Inc|Corp|Co|Ltd)\.\s+$"
)
_CLAUSE_BREAK = re.compile(r"[;:—]|, (?:and|but|while|which|who|when|where|after|before) ")

#: How far from a date its sentence is looked for, in characters.
REACH = 400


class Cue(Rule):
    """A row of tense.toml."""

    direction: Direction
    pattern: str


@lru_cache(maxsize=1)
def _cues() -> re.Pattern[str]:
    rows = load_table("pipeline.stages.dates", "tense.toml", Cue)
    parts = [f"(?P<{row.direction}_{at}>{row.pattern})" for at, row in enumerate(rows)]
    return re.compile(r"(?<![\w'’-])(?:" + "|".join(parts) + r")(?![\w-])")


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


def surface_direction(text: str, start: int, end: int) -> Direction | None:
    """Return the direction that the cues around a date give.

    >>> surface_direction("He will meet the king on Monday.", 25, 31)
    'future'
    """
    first, last = sentence_bounds(text, start, end)
    before = _nearest(text[first:start])
    return before or _first(text[end:last])


def _nearest(stretch: str) -> Direction | None:
    found: Direction | None = None
    for match in _cues().finditer(stretch):
        found = _direction(match)
    return found


def _first(stretch: str) -> Direction | None:
    match = _cues().search(stretch)
    return _direction(match) if match else None


def _direction(match: re.Match[str]) -> Direction:
    return "past" if (match.lastgroup or "").startswith("past") else "future"


class Tenses:
    """The directions of one text.

    Args:
        text: what the offsets count in.
        doc: the parsed text, or None.
    """

    def __init__(self, text: str, doc: Doc | None = None) -> None:
        self._text = text
        parsed = doc is not None and doc.has_annotation("DEP") and len(doc.text) == len(text)
        self._doc = doc if parsed else None
        self._starts: list[int] = []

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """Return the bounds of the sentence around a stretch."""
        token = self._token(start)
        if token is None:
            return sentence_bounds(self._text, start, end)
        sent = token.sent
        return sent.start_char, max(sent.end_char, end)

    def direction(self, start: int, end: int) -> Direction | None:
        """Return past or future, None where nothing tells."""
        token = self._token(start)
        if token is not None:
            found = _governed(token, end)
            if found:
                return found
        return surface_direction(self._text, start, end)

    def _token(self, start: int) -> Token | None:
        if self._doc is None:
            return None
        if not self._starts:
            self._starts = [token.idx for token in self._doc]
        at = bisect_right(self._starts, start) - 1
        return self._doc[at] if at >= 0 else None


def _governed(token: Token, end: int) -> Direction | None:
    """Climb from a date to the first verb that tells; at most eight steps."""
    at = token
    for _ in range(8):
        if at.pos_ in ("VERB", "AUX") and not token.idx <= at.idx < end:
            found = _of_verb(at)
            if found:
                return found
        if at.head is at:
            return None
        at = at.head
    return None


def _of_verb(verb: Token) -> Direction | None:
    helpers = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    lemmas = {child.lower_ for child in helpers}
    if lemmas & {"will", "'ll", "’ll", "would", "shall", "may", "might", "could", "wo"}:
        return "future"
    if "to" in lemmas and verb.dep_ != "ROOT":
        return "future"
    if verb.lower_ in ("due", "scheduled", "slated", "expected", "set", "planned"):
        return "future"
    tagged = [verb.tag_, *(child.tag_ for child in helpers)]
    if "VBD" in tagged or ("VBN" in tagged and lemmas & {"has", "have", "had", "'s", "'ve"}):
        return "past"
    if verb.tag_ == "VBN" and not helpers:
        return "past"
    return None
