"""The direction of a date by the words around it alone, as where no parse tells a verb."""

from __future__ import annotations

from pipeline.stages.dates.cues import Direction, first_way
from pipeline.stages.dates.surface_tense import (
    cue_before,
    direction_beside,
    is_of_deed,
    sentence_bounds,
)


def surface_direction(text: str, start: int, end: int) -> Direction | None:
    """Return the direction that the cues around a date give, those before it first.

    >>> surface_direction("He will meet the king on Monday.", 25, 31)
    'future'
    """
    first, last = sentence_bounds(text, start, end)
    beside = direction_beside(text, start, end)
    if beside:
        return beside
    if is_of_deed(text, first, start, end):
        return "past"
    found, bound = cue_before(text, first, start, end)
    return found or first_way(text[end:last].partition("”")[0]) or bound
