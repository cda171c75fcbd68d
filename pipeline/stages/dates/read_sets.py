"""Readers of what recurs, and of vague references."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from pipeline.stages.dates.hit import Hit, Reading
from pipeline.stages.dates.holidays import feast_value
from pipeline.stages.dates.periods import Period
from pipeline.stages.dates.read_lengths import counted, length
from pipeline.stages.dates.scene import Scene


def every(hit: Hit, _scene: Scene) -> list[Reading]:
    """Read what recurs: "every July", "twice a year", "weekly", "on Mondays"."""
    return hit.reading(Period(_recurring(hit), "none"), "none", kind="SET")


def _recurring(hit: Hit) -> str:
    part = f"T{hit.value('p')}" if hit.has("p") else ""
    if hit.has("w"):
        part = part or (f"T{hit.value('g')}" if hit.has("g") else "")
        return f"XXXX-WXX-{hit.value('w')}{part}"
    if hit.has("m"):
        day = f"-{int(hit.word('d').rstrip('stndrh')):02d}" if hit.has("d") else ""
        return f"XXXX-{int(hit.value('m')):02d}{day}"
    if hit.has("s"):
        return f"XXXX-{hit.value('s')}"
    if hit.has("e"):
        return feast_value(hit.word("e"))
    if hit.has("g") and hit.has("n"):
        return _multiple(hit)
    if hit.has("g"):
        value = hit.value("g")
        return f"XXXX-XX-XX{value}" if value.startswith("TN") else value
    if part:
        return f"XXXX-XX-XX{part}"
    number = None if hit.has("v") else counted(hit)[0] or Fraction(1)
    if hit.holds("other"):
        number = Fraction(2)
    elif hit.has("o"):
        digits = "".join(char for char in hit.value("o") if char.isdigit())
        number = Fraction(int(digits or 1))
    return length(number, hit.value("u")).value


def _multiple(hit: Hit) -> str:
    """Return the value of "three-yearly", "half-yearly"."""
    value = hit.value("g")
    number = Fraction(1, 2) if hit.word("n") == "half" else counted(hit)[0] or Fraction(1)
    if value == "P1Y" and number.denominator > 1:
        value, number = "P1M", 12 * number
    many = number * int("".join(filter(str.isdigit, value)) or 1)
    return f"P{many}{value[-1]}" if value.startswith("P") and many.denominator == 1 else value


def set_words(hit: Hit, _scene: Scene) -> list[Reading]:
    """Read "on weekends", "year-on-year"."""
    if hit.holds("weekends"):
        value = "XXXX-WXX-WE"
    elif hit.holds("year"):
        return []
    else:
        value = "P1D"
    return hit.reading(Period(value, "none"), "none", kind="SET")


def weekday_any(hit: Hit, _scene: Scene) -> list[Reading]:
    """Read "a Tuesday", "one Friday night": some day of that name."""
    value = f"XXXX-WXX-{hit.value('w')}"
    if hit.has("p"):
        night = Period(f"{value}T{hit.value('p')}", "part_of_day")
        return hit.reading(night, "none", kind="TIME")
    return hit.reading(Period(value, "day"), "none")


def ref(hit: Hit, _scene: Scene) -> list[Reading]:
    """Read "now", "recently", "soon"."""
    return hit.reading(Period(hit.value("g"), "none"), "none")


def ref_recent(hit: Hit, _scene: Scene) -> list[Reading]:
    """Read "recent", "in recent years", "current"."""
    value = "PAST_REF" if hit.word("g") == "recent" else "PRESENT_REF"
    first = hit.all("g")[0].first
    return [Reading("DATE", Period(value, "none"), "none", first, hit.last)]


def future(hit: Hit, _scene: Scene) -> list[Reading]:
    """Read "the near future", "the coming years"."""
    return hit.reading(Period("FUTURE_REF", "none"), "none")


def past(hit: Hit, _scene: Scene) -> list[Reading]:
    """Read "the past", "years ago"."""
    return hit.reading(Period("PAST_REF", "none"), "none")


def present(hit: Hit, _scene: Scene) -> list[Reading]:
    """Read "at present", "these days", the "today" of "today's world"."""
    found = hit.reading(Period("PRESENT_REF", "none"), "none")
    return [replace(one, last=hit.all("t")[0].first) for one in found] if hit.has("t") else found
