"""Months told one after another, all of the year that is named where the first of them stands."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from functools import lru_cache

from models.date import UP_TO_A_DAY
from pipeline.stages.dates.scene import Event, Scene

#: So many months make a run.
_RUN = 3
#: How far apart two months of a run stand at most, in characters.
_REACH = 500
#: Grains of a date that can head a run.
_HEADS = UP_TO_A_DAY | {"month", "year"}

_NAMES = {name: number for number, name in enumerate(calendar.month_name) if name}
_MONTHS = "|".join(_NAMES)
#: A month with neither day nor year: "in early May", "In May,", and "April saw" at its sentence.
_BARE = re.compile(
    rf"(?:\b(?:[Ii]n|[Dd]uring|[Bb]y)(?: (?:early|mid|late))?[ -](?P<told>{_MONTHS})\b"
    rf"|(?:(?<=[.!?] )|(?<=\n))(?P<saw>{_MONTHS})(?= (?:saw|brought|found)\b))"
    r"(?!,? (?:of )?\d|-\d)"
)
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_SENTENCE_STARTS = re.compile(r"(?:^|[.!?][\"”’)]{0,2}\s{1,3}|\n\s{0,2})$")
#: The year of "the 2019 election" says which one is meant; "his 2019 travels" are all of that year.
_WHICH = re.compile(r"(?i)\b(?:the|an?|since|until|till|before|after)\s+$")


@dataclass(frozen=True)
class _Run:
    """Months told one after another; `start` and `end` are offsets of its first and last."""

    start: int
    end: int


@lru_cache(maxsize=8)
def _runs(text: str) -> tuple[_Run, ...]:
    """Return the runs of a text: three months or more, each later, most opening their sentence."""
    groups: list[list[tuple[int, int, bool]]] = []
    for found in _BARE.finditer(text):
        at = found.start("told") if found["told"] else found.start("saw")
        number = _NAMES[found["told"] or found["saw"]]
        opens = _SENTENCE_STARTS.search(text, max(0, found.start() - 4), found.start()) is not None
        last = groups[-1][-1] if groups else None
        goes_on = last is not None and last[1] <= number and at - last[0] < _REACH
        if last is not None and goes_on and not _YEAR.search(text, last[0], at):
            groups[-1].append((at, number, opens))
        else:
            groups.append([(at, number, opens)])
    return tuple(
        _Run(group[0][0], group[-1][0])
        for group in groups
        if len({number for _, number, _ in group}) >= _RUN
        and sum(opens for _, _, opens in group) >= _RUN - 1
    )


def run_year(scene: Scene, first: int) -> Event | None:
    """Return the date that gives its year to a month in a run of such months.

    "His travels of 2019 began with Botswana in January. In February, he flew to Lima. In March …":
    the year stands in the sentence of the first month or in that right before.
    """
    here = scene.tokens.starts[first]
    run = next((run for run in _runs(scene.text) if run.start <= here <= run.end), None)
    if run is None:
        return None
    event = next((e for e in reversed(scene.timeline) if e.end <= run.start), None)
    if event is None or event.anchor != "explicit" or not event.period.placed:
        return None
    if event.period.grain not in _HEADS or _WHICH.search(scene.text, 0, event.start):
        return None
    _, high = scene.tenses.sentence(event.start, event.end)
    own, _ = scene.tenses.sentence(run.start, run.start)
    return event if own < high or not scene.text[high:own].strip() else None


__all__ = ["run_year"]
