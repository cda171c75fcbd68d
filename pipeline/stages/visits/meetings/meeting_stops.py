"""Further towns of meetings, each with its day: "talks in Lima on Monday, in Quito on Tuesday"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.discourse.timing.days import to_month
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate


def meeting_stops(reader: ArgumentReader, found: Sequence[Candidate]) -> Iterator[Candidate]:
    """Read on in "will hold talks in Lima on 3 May, in Quito on 4 May and in Bogota on 6 May".

    "Held talks in Lima on 3 May and in Quito with the opposition" does not go on.
    """
    reached = {c.destination for c in found}
    for told in found:
        if told.spot is None or told.actor is None or told.destination != told.spot.country:
            continue
        for spot in reader.dated_list(told.spot.end):
            dates = reader.clock.behind(spot.end)
            if not dates or spot.country in {*reached, told.origin, None}:
                continue
            when = reader.clock.when(dates, phase="whole")
            day = when.start if when.start == when.end else None
            when = to_month(when) if "inside" in told.notes else when
            made = replace(told, spot=spot, destination=spot.country, when=when, day=day, hosts=())
            yield made


__all__ = ["meeting_stops"]
