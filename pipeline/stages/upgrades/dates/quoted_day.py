"""The "today" of words that are quoted: the day of speaking, not that of the report."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.discourse.scene import Scene
from pipeline.signs import ENGLISH_QUOTES
from pipeline.stages.upgrades.candidate import Candidate
from pipeline.stages.upgrades.tables import words

#: What opens or closes a quotation.
_MARK = re.compile(f"[{''.join(sorted(ENGLISH_QUOTES))}]")
_ENDS_WORD = re.compile(r"[\w.,!?…;:’']")


def with_spoken_day(scene: Scene, candidate: Candidate) -> Candidate:
    """Return a candidate without the day that but a quoted "today" gives it, kept as `spoken`.

    "“Today we raise our ties,” he said" may have been said the day before the report, or the one
    of its dateline.
    """
    if candidate.date is None or candidate.status != "completed":
        return candidate
    sentence = scene.sentence(candidate.at)
    told = scene.dates_in(sentence.start_char, sentence.end_char)
    days = [date for date in told if date.earliest == date.latest == candidate.date]
    quoted = (d.text.lower() in words("now_quoted") and _is_quoted(scene, d.start) for d in days)
    if not days or not all(quoted):
        return candidate
    return replace(candidate, date=None, spoken=candidate.date)


def _is_quoted(scene: Scene, at: int) -> bool:
    """Tell an offset inside the quotation marks of its paragraph."""
    text = scene.article.text
    start = text.rfind("\n", 0, at) + 1
    last = max((m.start() for m in _MARK.finditer(text, start, at)), default=None)
    if last is None or text[last] != '"':
        return last is not None and text[last] == "“"
    # A straight mark opens a quotation where no word ends before it.
    return last == start or not _ENDS_WORD.match(text[last - 1])


__all__ = ["with_spoken_day"]
