"""Dates that head lines: the entries of a chronology, the days of a plan."""

from __future__ import annotations

import re
from calendar import day_name
from functools import cached_property

from pipeline.stages.dates.cues import Direction, first_way

DAYS = frozenset(day_name)
_DAY_LINE = re.compile(rf"^[ –—•*-]*(?P<day>{'|'.join(day_name)}):", re.MULTILINE)
#: A title by which the days below it are to come, and in how many characters of a text it stands.
_AHEAD = re.compile(
    r"\b(?:week|days?|month) ahead\b|\bahead this week\b|\bcoming (?:week|days)\b", re.IGNORECASE
)
_TITLE = 150
#: What stands before the last day of an entry, and in how many characters.
_LAST_DAY = re.compile(r"\((?:to|until|till?|through) $", re.IGNORECASE)
_BRACKET = 12


def heads_line(text: str, start: int, end: int) -> bool:
    """Tell whether a date heads an entry of a chronology ("Jan 11-13: the premier visits …")."""
    behind = text[end : end + 2]
    opens = start == 0 or text[max(0, start - 4) : start].rstrip(" -–—•*").endswith("\n")
    return (opens and behind[:1] == ":") or (opens and behind == " –")


def closes_entry(text: str, start: int, end: int) -> bool:
    """Tell the last day of an entry, in its bracket ("visits Peru (to June 9)")."""
    return (
        text[end : end + 1] == ")"
        and _LAST_DAY.search(text, max(0, start - _BRACKET), start) is not None
    )


def is_day_alone(sentence: str, day: str) -> bool:
    """Tell a weekday that heads what is told below it, as a line of an itinerary."""
    return sentence.strip(" \t\n-–—•*:.") == day and day in DAYS


class Diary:
    """The weekdays of one text that head lines."""

    def __init__(self, text: str) -> None:
        self._text = text

    def direction(self, end: int) -> Direction | None:
        """Return future for the weekday of "Monday: He will fly to Lima", in a plan of some days.

        So for that of "Tuesday: Lima", above "He will meet the king", and for that of "Tuesday:
        Lunch with the king", if another day of the plan tells.

        Args:
            end: the character behind the weekday.
        """
        return self._told(end) or ("future" if self._is_plan or self.is_ahead else None)

    @cached_property
    def is_ahead(self) -> bool:
        """Whether the text's title says that its days are to come: "The week ahead"."""
        return _AHEAD.search(self._text.partition("\n")[0][:_TITLE]) is not None

    @cached_property
    def _is_plan(self) -> bool:
        """Whether the days are told as those to come."""
        ends = [match.end("day") for match in _DAY_LINE.finditer(self._text)]
        ways = {self._told(end) for end in ends}
        return "future" in ways and "past" not in ways

    def _told(self, end: int) -> Direction | None:
        """Return what the line of a day tells, else the first line below it."""
        line, _, below = self._text[end:].partition("\n")
        below = below.lstrip("\n").partition("\n")[0]
        return first_way(line) or (None if _DAY_LINE.match(below) else first_way(below))


__all__ = ["DAYS", "Diary", "closes_entry", "heads_line", "is_day_alone"]
