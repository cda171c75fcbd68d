"""Temporal expressions."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from models.base import FullDate, Record, Span

DateType = Literal["DATE", "TIME", "DURATION", "SET"]
Anchor = Literal["explicit", "publication", "context", "none"]
Grain = Literal[
    "second",
    "minute",
    "hour",
    "part_of_day",
    "day",
    "weekend",
    "week",
    "month",
    "season",
    "quarter",
    "half",
    "year",
    "decade",
    "century",
    "none",
]

#: Of what lies within one day.
OF_ONE_DAY = frozenset[Grain]({"day", "part_of_day"})
#: Of days and less.
UP_TO_A_DAY = OF_ONE_DAY | {"second", "minute", "hour"}


class DateExpression(Record):
    """One temporal expression (TIMEX3) and the days it covers."""

    id: str
    article_id: str
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    text: str
    type: DateType
    value: str
    earliest: FullDate | None = None
    latest: FullDate | None = None
    anchor: Anchor
    grain: Grain = "none"
    #: What reads oddly, such as `weekday_mismatch` for a "Wednesday (31)" that is no Wednesday.
    flags: tuple[str, ...] = ()
    rule: str = ""


__all__ = ["OF_ONE_DAY", "UP_TO_A_DAY", "Anchor", "DateExpression", "DateType", "Grain", "Span"]
