"""Readers of lengths of time, steps by a length, what recurs, and vague references."""

from __future__ import annotations

from fractions import Fraction

from models.date import DateType, Grain
from pipeline.stages.dates import periods
from pipeline.stages.dates.hit import Hit, Reading
from pipeline.stages.dates.holidays import feast_value
from pipeline.stages.dates.periods import Period
from pipeline.stages.dates.scene import Scene

#: Letters of the units in a TIMEX3 length; those of the clock follow a T.
LETTERS = {
    "day": "D",
    "night": "D",
    "week": "W",
    "weekend": "WE",
    "month": "M",
    "quarter": "Q",
    "year": "Y",
    "decade": "DE",
    "century": "CE",
    "millennium": "ML",
    "hour": "H",
    "minute": "M",
    "second": "S",
}
_GRAINS: dict[str, Grain] = {
    "day": "day",
    "night": "day",
    "week": "week",
    "weekend": "weekend",
    "month": "month",
    "quarter": "quarter",
    "year": "year",
    "decade": "decade",
    "century": "century",
    "hour": "hour",
    "minute": "minute",
    "second": "second",
}
#: Longer units in years: two decades are P20Y.
YEARS = {"decade": 10, "century": 100, "millennium": 1000}
CLOCK = ("hour", "minute", "second")

#: What a broken number of a unit is counted in.
SMALLER = {"year": ("month", 12), "hour": ("minute", 60), "minute": ("second", 60)}


def length(number: Fraction | None, unit: str) -> Period:
    """Return a length: `P3D`, `PT90M`, `P2Y6M`, `PXY` without a number."""
    grain: Grain = _GRAINS.get(unit, "none")
    if unit == "fortnight":
        return Period(f"P{2 * number if number is not None else 'X'}W", "week")
    mark = "T" if unit in CLOCK else ""
    if number is None:
        return Period(f"P{mark}X{LETTERS[unit]}", grain)
    if unit in YEARS:
        return Period(length(number * YEARS[unit], "year").value, grain)
    if number.denominator == 1:
        return Period(f"P{mark}{number}{LETTERS[unit]}", grain)
    if unit in SMALLER:
        small, size = SMALLER[unit]
        whole, rest = divmod(number * size, size)
        if rest.denominator == 1:
            head = f"{whole}{LETTERS[unit]}" if whole else ""
            return Period(f"P{mark}{head}{rest}{LETTERS[small]}", grain)
    return Period(f"P{mark}{float(number):g}{LETTERS[unit]}", grain)


def counted(hit: Hit) -> tuple[Fraction | None, bool]:
    """Return the number of a counted unit (None for "several") and whether it is sound."""
    if hit.has("n"):
        number = hit.number_of(hit.all("n")[0])
        if number is None:
            return None, False
        tail = hit.tokens.forms[hit.all("u")[0].last : hit.last] if hit.has("u") else ()
        if "half" in tail:
            number += Fraction(1, 2)
        return number, True
    return None, hit.has("v")


def duration(hit: Hit, _scene: Scene) -> list[Reading]:
    """Read "three days", "several months", "years"; "45 years old" is an age and none."""
    unit = hit.value("u")
    number, sound = counted(hit)
    if hit.has("n") and not sound:
        return []
    if number is not None and (number <= 0 or number > 20_000):
        return []
    if unit == "second" and hit.word("u") == "second" and not hit.holds("-", "one"):
        return []
    return hit.reading(length(number, unit), "none", kind="DURATION")


def duration_a(hit: Hit, _scene: Scene) -> list[Reading]:
    """Read "a week", "an hour and a half", "the past year"."""
    unit = hit.value("u")
    if unit in ("second", "weekend", "night", "quarter") and not hit.holds("one"):
        return []
    number = Fraction(3, 2) if hit.holds("half") else Fraction(1)
    kind: DateType = "SET" if number == 1 and _is_rate(hit) else "DURATION"
    return hit.reading(length(number, unit), "none", kind=kind)


def _is_rate(hit: Hit) -> bool:
    """Tell whether "a week" follows what is counted: "four flights a week"."""
    before = hit.tokens.forms[hit.first - 1] if hit.first else ""
    return (
        len(before) > 4
        and before.endswith("s")
        and before.isalpha()
        and hit.tokens.forms[hit.first] in ("a", "an")
        and before not in ("perhaps", "besides", "towards", "versus", "always", "across")
    )


def duration_named(hit: Hit, _scene: Scene) -> list[Reading]:
    """Read "the year" of "the year ended March 31": a length, for its end is told apart."""
    return hit.reading(length(Fraction(1), hit.word("u")), "none", kind="DURATION")


def duration_half(hit: Hit, _scene: Scene) -> list[Reading]:
    """Read "half an hour", "a quarter of a century"."""
    if hit.holds("century") and hit.holds("quarter"):
        return hit.reading(length(Fraction(25), "year"), "none", kind="DURATION")
    if hit.holds("quarters"):
        return hit.reading(length(Fraction(45), "minute"), "none", kind="DURATION")
    unit = hit.value("u")
    return hit.reading(length(Fraction(1, 2), unit), "none", kind="DURATION")


def duration_reach(hit: Hit, _scene: Scene) -> list[Reading]:
    """Read "the past two years", "the next few days"."""
    number, sound = counted(hit)
    if not sound and (hit.has("n") or not hit.holds("last", "past", "first", "recent")):
        return []
    if not sound and hit.holds("past", "recent"):
        return []
    return hit.reading(length(number, hit.value("u")), "none", kind="DURATION")


def duration_range(hit: Hit, _scene: Scene) -> list[Reading]:
    """Read "two to three weeks" as its lower bound."""
    number, sound = counted(hit)
    if not sound or number is None:
        return []
    return hit.reading(length(number, hit.value("u")), "none", kind="DURATION")


def duration_list(hit: Hit, _scene: Scene) -> list[Reading]:
    """Read "12 and 18 months" as two lengths, the first with the number alone."""
    first, second = hit.all("n")[0], hit.all("b")[0]
    unit = hit.value("u")
    numbers = hit.number_of(first), hit.number_of(second)
    if None in numbers:
        return []
    return [
        Reading("DURATION", length(numbers[0], unit), "none", first.first, first.last),
        Reading("DURATION", length(numbers[1], unit), "none", second.first, hit.last),
    ]


def vague_time(hit: Hit, _scene: Scene) -> list[Reading]:
    """Read "a while", "some time"."""
    return hit.reading(Period("PXX", "none"), "none", kind="DURATION")


def ago(hit: Hit, scene: Scene) -> list[Reading]:
    """Read "three years ago", "two weeks from now", "two days earlier"."""
    unit = hit.value("u")
    number, sound = counted(hit)
    if not sound:
        return []
    back = hit.holds("ago", "earlier", "before", "previously")
    if number is None:
        if hit.has("g"):
            return []
        return hit.reading(Period("PAST_REF" if back else "FUTURE_REF", "none"), "none")
    steps = (-1 if back else 1) * number
    if hit.has("g"):
        return _from_told(unit, steps, hit, scene)
    return _stepped(unit, steps, hit, scene)


def _stepped(unit: str, steps: Fraction, hit: Hit, scene: Scene) -> list[Reading]:
    """Step from publication."""
    if unit in CLOCK:
        hours = steps / {"hour": 1, "minute": 60, "second": 3600}[unit]
        period, anchor = scene.shifted("day", int(hours / 24))
        timed = Period(period.value + "TXX", "hour", period.earliest, period.latest)
        return hit.reading(timed, anchor, kind="TIME")
    unit, steps = _whole_steps(unit, steps)
    return hit.reading(*scene.shifted(unit, int(steps)))


def _whole_steps(unit: str, steps: Fraction) -> tuple[str, Fraction]:
    if unit in YEARS:
        return "year", steps * YEARS[unit]
    if steps.denominator == 1:
        return ("day" if unit == "night" else unit), steps
    if unit == "year":
        return "month", Fraction(round(steps * 12))
    return "day", Fraction(round(steps * {"week": 7, "month": 30, "day": 1}.get(unit, 1)))


def _from_told(unit: str, steps: Fraction, hit: Hit, scene: Scene) -> list[Reading]:
    """Step from the date told before, else from publication."""
    unit, steps = _whole_steps(unit, steps) if unit not in CLOCK else (unit, steps)
    fine = unit in ("day", "week", "weekend", "fortnight")
    event = scene.last_event(hit.first, fine=fine) if unit not in CLOCK else None
    if event and event.period.earliest:
        grain = "day" if unit == "week" and event.period.grain == "day" else unit
        size = 7 if grain != unit else 1
        return hit.reading(
            periods.shift(event.period.earliest, grain, int(steps) * size), "context"
        )
    if unit in CLOCK:
        return _stepped(unit, steps, hit, scene)
    return hit.reading(*scene.shifted(unit, int(steps)))


def year_earlier(hit: Hit, scene: Scene) -> list[Reading]:
    """Read "a year earlier", "the year-ago quarter": from what was told, else from now."""
    event = None if hit.holds("ago") else scene.last_event(hit.first, fine=False)
    base, anchor = scene.shifted("year", -1)
    if event and event.period.earliest:
        base, anchor = periods.shift(event.period.earliest, "year", -1), "context"
    if hit.has("u") and event and event.period.grain == "quarter" and event.period.earliest:
        return hit.reading(periods.shift(event.period.earliest, "quarter", -4), "context")
    return hit.reading(base, anchor)


def from_date(hit: Hit, scene: Scene) -> list[Reading]:
    """Read "two weeks from today", "three days after June 5": the second stays its own date."""
    number, sound = counted(hit)
    if not sound or number is None or not hit.has("x"):
        return []
    steps = -number if hit.holds("before") else number
    period, anchor = scene.shifted("day", int(hit.value("x")))
    if period.earliest is None:
        return hit.reading(scene.unplaced("day"), "none")
    unit, steps = _whole_steps(hit.value("u"), steps)
    if unit in CLOCK:
        return []
    return hit.reading(periods.shift(period.earliest, unit, int(steps)), anchor)


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
    if hit.has("g"):
        value = hit.value("g")
        return f"XXXX-XX-XX{value}" if value.startswith("TN") else value
    if part:
        return f"XXXX-XX-XX{part}"
    number = counted(hit)[0] or Fraction(1)
    if hit.holds("other"):
        number = Fraction(2)
    elif hit.has("o"):
        digits = "".join(char for char in hit.value("o") if char.isdigit())
        number = Fraction(int(digits or 1))
    return length(number, hit.value("u")).value


def set_words(hit: Hit, _scene: Scene) -> list[Reading]:
    """Read "on weekends", "year-on-year"."""
    if hit.holds("weekends"):
        value = "XXXX-WXX-WE"
    elif hit.holds("year"):
        return []
    else:
        value = "P1D"
    return hit.reading(Period(value, "none"), "none", kind="SET")


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
    """Read "at present", "these days"."""
    return hit.reading(Period("PRESENT_REF", "none"), "none")
