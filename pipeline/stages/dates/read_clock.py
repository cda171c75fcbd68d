"""The time of day in a match, and times that stand for an entry of a live report."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.stages.dates.hit import Hit, Reading
from pipeline.stages.dates.scene import Scene


def time_of(hit: Hit) -> str | None:
    """Return the time part of a value: `T17:30`, `TMO`, `T24:00`; None without one."""
    if hit.has("c"):
        parts = re.split(r"[:.]", hit.word("c"))
        part = "night" if hit.word("x") == "tonight" else hit.word("p")
        hour = _half_day(int(parts[0]), hit.word("a"), part)
        return "T" + ":".join([f"{hour:02d}", *parts[1:]])
    if hit.has("h"):
        return f"T{_half_day(int(hit.value('h')), hit.word('a'), hit.word('p')):02d}:00"
    if hit.has("g"):
        form = hit.word("g")
        return f"T{form[:2]}:{form[2:]}"
    if "t" in hit.word("t").lower():
        return "T" + hit.word("t").lower().partition("t")[2][:5]
    if hit.has("p"):
        return "T" + hit.value("p")
    if hit.word("x") in ("tonight", "overnight"):
        return "TNI"
    return None


def _half_day(hour: int, half: str, part: str = "") -> int:
    half = half.lower()
    if half.startswith("p") or part in ("afternoon", "evening", "night"):
        return hour % 12 + 12
    if half.startswith("a"):
        return hour % 12
    return hour


def clock_line(hit: Hit, scene: Scene) -> list[Reading]:
    """Read the time that opens an entry of a live report: "09.40 There it is"."""
    period, anchor = scene.shifted("day", 0)
    timed = replace(period, value=f"{period.value}{time_of(hit)}", grain="minute")
    return hit.reading(timed, anchor, kind="TIME")
