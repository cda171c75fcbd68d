"""Which weekdays may lie almost a week ahead: those that are promised, by promises.toml."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from pipeline.lexicon import Rule, load_table
from pipeline.stages.dates.cues import as_opened, as_plain, cue_pattern, is_far, ways_of

#: Where a promise stands: before or behind its day, behind the day of an event, or as its week.
Place = Literal["before", "behind", "of_event", "week"]

_OWNS = ("'s", "’s")
_CLOSES = (": ", "; ")

#: What sets a day by standing right before it, and nothing farther on.
_AHEAD_OF = re.compile(r"ahead of(?: the)? $")
_AHEAD = "ahead of"


class Promise(Rule):
    """A row of promises.toml."""

    where: Literal["before", "behind", "week"]
    pattern: str
    of_event: bool = False


@cache
def _promises(place: Place) -> re.Pattern[str]:
    """Return what promises a day from one place."""
    rows = load_table("pipeline.stages.dates", "promises.toml", Promise)
    told = (row for row in rows if row.where == place or (row.of_event and place == "of_event"))
    wordings = "|".join(row.pattern for row in told)
    if place == "before":
        return re.compile(rf"\b(?:{wordings}) $", re.IGNORECASE)
    return re.compile(rf"(?:{wordings})\b")


def is_promised(before: str, behind: str) -> bool:
    """Tell from its sentence before and behind a weekday whether it may lie almost a week ahead.

    >>> is_promised("He will fly to Oslo on ", ".")
    True
    >>> is_promised("His visit to Oslo on ", " is seen as a success.")
    False
    >>> is_promised("His visit to Oslo lasts until ", ".")
    True
    >>> is_promised("He is visiting Oslo on ", " and Tuesday next week.")
    True
    """
    before = as_plain(before)
    if _promises("week").match(as_plain(behind)) or _promises("before").search(before):
        return True
    before = as_opened(before[_behind_last(before) :])
    told = [cue for cue in cue_pattern().finditer(before) if ways_of(cue)[0] == "sure"]
    if told:
        if told[-1][0].endswith(_AHEAD):
            return _AHEAD_OF.search(before) is not None
        return is_far(told[-1])
    promises = _promises("of_event" if behind.startswith(_OWNS) else "behind")
    cue = next(cue_pattern().finditer(as_plain(behind)), None)
    return cue is not None and is_far(cue) and promises.match(cue[0]) is not None


def _behind_last(text: str) -> int:
    """Return where the part of a sentence begins that stands behind its last colon or semicolon."""
    return max(text.rfind(mark) + len(mark) if mark in text else 0 for mark in _CLOSES)


__all__ = ["Promise", "is_promised"]
