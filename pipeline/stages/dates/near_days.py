"""Which weekday is meant where the verb beside it would put it almost a week away.

News writes a bare weekday of the days around it: what only sounds to come of one just over is of
that one ("his visit on Monday is seen as a success"), unless it is promised ("will fly on Monday").
Of the weekdays of 600 real stories that the verb put six days ahead, one in ten lay there.
"""

from __future__ import annotations

import re

from pipeline.stages.dates.cues import as_opened, as_plain, cue_pattern, is_far, ways_of

#: How many days ahead a weekday is of the week just over, unless it is promised.
FAR_DAYS = 5

_OWNS = ("'s", "’s")
_CLOSES = (": ", "; ")

#: What sets a day by standing right before it, and nothing farther on.
_AHEAD_OF = re.compile(r"ahead of(?: the)? $")
_AHEAD = "ahead of"

#: What leads to a day that is yet to come, right before it ("stays until Sunday", "reopens from
#: Monday", "is expected to be called on Sunday").
_LEADS_TO = re.compile(
    r"\b(?:until|till|before|by|from|through|to be \w+(?: on)?) $", re.IGNORECASE
)

#: What promises a day from behind it ("On Tuesday the premier will fly"), or that of an event.
_PROMISES = re.compile(r"(?:will|shall|won['’]t|is|are|flies|departs|leaves for|sets off|heads)\b")
_PROMISES_EVENT = re.compile(r"(?:is|are)\b")

#: What puts the days before it into another week ("on Monday and Tuesday next week").
_NEXT_WEEK = re.compile(r",?(?: (?:and|or|to|through|until|till) [A-Z]\w+day)?,? next week\b")


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
    if _NEXT_WEEK.match(as_plain(behind)) or _LEADS_TO.search(before):
        return True
    before = as_opened(before[_behind_last(before) :])
    told = [cue for cue in cue_pattern().finditer(before) if ways_of(cue)[0] == "sure"]
    if told:
        if told[-1][0].endswith(_AHEAD):
            return _AHEAD_OF.search(before) is not None
        return is_far(told[-1])
    promises = _PROMISES_EVENT if behind.startswith(_OWNS) else _PROMISES
    cue = next(cue_pattern().finditer(as_plain(behind)), None)
    return cue is not None and is_far(cue) and promises.match(cue[0]) is not None


def _behind_last(text: str) -> int:
    """Return where the part of a sentence begins that stands behind its last colon or semicolon."""
    return max(text.rfind(mark) + len(mark) if mark in text else 0 for mark in _CLOSES)


__all__ = ["FAR_DAYS", "is_promised"]
