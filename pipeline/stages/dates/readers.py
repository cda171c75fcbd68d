"""Readers by the name that rules.toml calls them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pipeline.stages.dates import (
    read_clock,
    read_days,
    read_lengths,
    read_months,
    read_parts,
    read_ranges,
    read_sets,
    read_steps,
    read_units,
    read_years,
)
from pipeline.stages.dates.hit import Hit, Reading
from pipeline.stages.dates.scene import Scene

#: Return what a match means; nothing where it is no date after all.
Reader = Callable[[Hit, Scene], list[Reading]]

READERS: Mapping[str, Reader] = {
    reader.__name__: reader
    for reader in (
        read_days.day,
        read_days.day_of_attacks,
        read_days.hours_of_day,
        read_days.day_numbered,
        read_ranges.days,
        read_ranges.day_list,
        read_ranges.dates,
        read_ranges.weekdays,
        read_days.day_step,
        read_clock.clock_line,
        read_days.weekday_of_week,
        read_days.day_of_told_month,
        read_days.stepped_day,
        read_months.month,
        read_months.month_that,
        read_months.months,
        read_months.months_period,
        read_years.year,
        read_years.year_short,
        read_years.year_words,
        read_years.year_thousand,
        read_years.years,
        read_years.year_list,
        read_years.year_before_christ,
        read_years.year_of_our_era,
        read_years.century_before_christ,
        read_years.decade,
        read_years.decade_of_year,
        read_years.century,
        read_years.century_list,
        read_years.fiscal,
        read_years.fiscal_the,
        read_units.unit,
        read_units.unit_here,
        read_units.week_of,
        read_units.before_last,
        read_units.unit_of_event,
        read_units.unit_around,
        read_months.season,
        read_parts.part_of,
        read_parts.quarter_list,
        read_parts.quarter_reported,
        read_months.holiday,
        read_steps.ago,
        read_steps.just_ago,
        read_steps.ago_today,
        read_steps.year_earlier,
        read_steps.period_of_year,
        read_steps.month_of_year,
        read_steps.from_date,
        read_lengths.duration,
        read_lengths.duration_a,
        read_lengths.duration_half,
        read_lengths.duration_named,
        read_lengths.duration_all,
        read_lengths.duration_two_units,
        read_lengths.duration_before_clause,
        read_lengths.duration_reach,
        read_lengths.duration_range,
        read_lengths.duration_list,
        read_lengths.vague_time,
        read_sets.every,
        read_sets.set_words,
        read_sets.weekday_any,
        read_sets.ref,
        read_sets.ref_recent,
        read_sets.future,
        read_sets.past,
        read_sets.present,
    )
}
