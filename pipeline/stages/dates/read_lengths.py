"""Readers of lengths of time."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from models.date import DateType, Grain
from pipeline.lexicon import word_lists
from pipeline.stages.dates.grammar import PACKAGE
from pipeline.stages.dates.hit import Hit, Reading
from pipeline.stages.dates.periods import Period
from pipeline.stages.dates.scene import Scene

_words = word_lists(PACKAGE, "length_words.toml")
#: Letters of the units in a TIMEX3 length; those of the clock follow a T.
LETTERS = {
    "day": "D",
    "night": "D",
    "week": "W",
    "weekend": "WE",
    "month": "M",
    "quarter": "Q",
    "year": "Y",
    "decade": "E",
    "century": "C",
    "millennium": "L",
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
    if hit.word("v") == "couple":
        return Fraction(2), True
    return None, hit.has("v")


def duration(hit: Hit, _scene: Scene) -> list[Reading]:
    """Read "three days", "several months", "years"; "45 years old" is an age and none."""
    unit = hit.value("u")
    number, sound = counted(hit)
    if hit.has("n") and not sound:
        return []
    if not sound and hit.word("u") == unit:
        number = Fraction(1)  # "a week-long trip"
    if number is not None and (number <= 0 or (number > 20_000 and unit != "year")):
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


def _counts(form: str, hit: Hit) -> bool:
    """Tell whether a word gives a number."""
    names = ("ONES", "TEENS", "TENS", "TIMES", "VAGUE")
    return (
        form[0].isdigit()
        or form in _words("counts_noun")
        or any((name, form) in hit.values for name in names)
    )


def _is_rate(hit: Hit) -> bool:
    """Tell whether "a week" follows what is counted: "four flights a week"."""
    before = hit.tokens.forms[hit.first - 1] if hit.first else ""
    behind = hit.tokens.forms[hit.last : hit.last + 1]
    counts = hit.tokens.forms[max(0, hit.first - 5) : max(0, hit.first - 1)]
    return (
        behind not in (("before",), ("after",))
        and before.isalpha()
        and len(before) > 3
        and hit.tokens.forms[hit.first] in ("a", "an")
        and before not in _words("no_plural")
        and (before.endswith("s") or before in _words("plural_without_s"))
        and any(_counts(form, hit) for form in counts)
    )


#: Units by size.
_SIZES = ("second", "minute", "hour", "day", "week", "month", "year")


def duration_two_units(hit: Hit, _scene: Scene) -> list[Reading]:
    """Read "two hours and 20 minutes": PT2H20M."""
    number, rest = counted(hit)[0], hit.number_of(hit.all("b")[0])
    large, small = hit.value("u"), hit.word("w").removesuffix("s")
    sizes = [_SIZES.index(unit) for unit in (large, small) if unit in _SIZES]
    if number is None or rest is None or len(sizes) < 2 or sizes[0] <= sizes[1]:
        return []
    first, second = length(number, large), length(rest, small)
    tail = second.value[1:]
    if first.value.startswith("PT"):
        tail = tail.removeprefix("T")
    return hit.reading(replace(first, value=first.value + tail), "none", kind="DURATION")


def duration_before_clause(hit: Hit, scene: Scene) -> list[Reading]:
    """Read "decades" of "decades of war", "the years" of "the years that followed"."""
    return [replace(one, last=hit.all("t")[0].first) for one in duration(hit, scene)]


def duration_all(hit: Hit, _scene: Scene) -> list[Reading]:
    """Read "all night", "the whole week"."""
    return hit.reading(length(Fraction(1), hit.value("u")), "none", kind="DURATION")


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
    if not sound and (hit.has("n") or not hit.holds(*_words("needs_no_number"))):
        return []
    if not sound and hit.holds("past", "recent"):
        return []
    return hit.reading(length(number, hit.value("u")), "none", kind="DURATION")


def duration_range(hit: Hit, _scene: Scene) -> list[Reading]:
    """Read "two to three weeks" as its lower bound."""
    number, sound = counted(hit)
    if not sound or number is None or number >= 1000:  # "jailed in 2009 to ten years"
        return []
    return hit.reading(length(number, hit.value("u")), "none", kind="DURATION")


def duration_list(hit: Hit, _scene: Scene) -> list[Reading]:
    """Read "12 and 18 months" as two lengths, the first with the number alone."""
    first, second = hit.all("n")[0], hit.all("b")[0]
    unit = hit.value("u")
    numbers = hit.number_of(first), hit.number_of(second)
    if None in numbers or (numbers[0] or 0) >= 1000:  # "In 2022, three years after the war"
        return []
    return [
        Reading("DURATION", length(numbers[0], unit), "none", first.first, first.last),
        Reading("DURATION", length(numbers[1], unit), "none", second.first, hit.last),
    ]


def vague_time(hit: Hit, _scene: Scene) -> list[Reading]:
    """Read "a while", "some time"."""
    return hit.reading(Period("PXX", "none"), "none", kind="DURATION")
