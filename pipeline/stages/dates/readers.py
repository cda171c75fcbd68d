"""Readers by the name that rules.toml calls them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pipeline.stages.dates import read_amounts, read_days, read_spans
from pipeline.stages.dates.hit import Hit, Reading
from pipeline.stages.dates.scene import Scene

#: Return what a match means; nothing where it is no date after all.
Reader = Callable[[Hit, Scene], list[Reading]]

READERS: Mapping[str, Reader] = {
    reader.__name__: reader
    for reader in (
        read_days.day,
        read_days.days,
        read_days.day_list,
        read_days.dates,
        read_days.weekdays,
        read_days.day_step,
        read_days.clock_line,
        read_days.weekday_of_week,
        read_spans.month,
        read_spans.months,
        read_spans.year,
        read_spans.year_short,
        read_spans.year_words,
        read_spans.year_thousand,
        read_spans.years,
        read_spans.year_list,
        read_spans.decade,
        read_spans.century,
        read_spans.fiscal,
        read_spans.unit,
        read_spans.unit_here,
        read_spans.week_of,
        read_spans.season,
        read_spans.part_of,
        read_spans.holiday,
        read_amounts.ago,
        read_amounts.year_earlier,
        read_amounts.from_date,
        read_amounts.duration,
        read_amounts.duration_a,
        read_amounts.duration_half,
        read_amounts.duration_named,
        read_amounts.duration_reach,
        read_amounts.duration_range,
        read_amounts.duration_list,
        read_amounts.vague_time,
        read_amounts.every,
        read_amounts.set_words,
        read_amounts.ref,
        read_amounts.ref_recent,
        read_amounts.future,
        read_amounts.past,
        read_amounts.present,
    )
}
