"""Readers of years, fiscal years, decades and centuries."""

from __future__ import annotations

import re

from pipeline.stages.dates import periods
from pipeline.stages.dates.hit import Hit, Reading
from pipeline.stages.dates.periods import Period
from pipeline.stages.dates.scene import Scene
from pipeline.stages.dates.written import full_year, year_of


def year(hit: Hit, _scene: Scene) -> list[Reading]:
    """Read a year."""
    return hit.reading(periods.year(int(hit.word("y"))), "explicit")


def year_short(hit: Hit, scene: Scene) -> list[Reading]:
    """Read "'97"."""
    return hit.reading(periods.year(full_year(hit.word("s"), scene.published.year)), "explicit")


def year_words(hit: Hit, _scene: Scene) -> list[Reading]:
    """Read a year in words, "nineteen ninety-seven"."""
    value = spoken_year(hit)
    return hit.reading(periods.year(value), "explicit") if value else []


def year_thousand(hit: Hit, _scene: Scene) -> list[Reading]:
    """Read "the year two thousand and five"."""
    number = hit.number_of(hit.all("n")[0])
    return hit.reading(periods.year(int(number or 2000)), "explicit")


def spoken_year(hit: Hit) -> int | None:
    """Return the year that number words give, two digits and two digits."""
    parts = [hit.number_of(capture) for capture in hit.all("n")]
    numbers = [int(part) for part in parts if part is not None]
    value = numbers[0] * 100 + sum(numbers[1:])
    return value if 1500 <= value <= 2099 else None


def years(hit: Hit, _scene: Scene) -> list[Reading]:
    """Read "2021-2025" and "2023-24"; a second year that is no later one makes it no range."""
    written = hit.all("y")
    first = int(written[0].forms[0])
    short = first // 100 * 100 + int(hit.word("q")) if hit.has("q") else None
    last = short if short is not None else int(written[1].forms[0])
    if not 1500 <= first < last <= min(2150, first + 150):
        return []
    return hit.reading(periods.between(periods.year(first), periods.year(last)), "explicit")


def year_before_christ(hit: Hit, _scene: Scene) -> list[Reading]:
    """Read "300 B.C.", which no day of the calendar has."""
    return hit.reading(Period(f"BC{int(hit.word('y')):04d}", "year"), "explicit")


def year_of_our_era(hit: Hit, _scene: Scene) -> list[Reading]:
    """Read "AD 79"."""
    number = int(hit.word("y"))
    return hit.reading(periods.year(number), "explicit") if number else []


def century_before_christ(hit: Hit, _scene: Scene) -> list[Reading]:
    """Read "the fifth century B.C."."""
    number = ordinal(hit)
    return hit.reading(Period(f"BC{number - 1:02d}", "century"), "explicit") if number > 0 else []


def year_list(hit: Hit, _scene: Scene) -> list[Reading]:
    """Read "1992 and '96": each year its own."""
    found = [
        Reading("DATE", periods.year(int(one.forms[0])), "explicit", one.first, one.last)
        for one in hit.all("y")
    ]
    (short,) = hit.all("s")
    value = full_year(short.forms[0], int(hit.word("y")))
    return [*found, Reading("DATE", periods.year(value), "explicit", short.first, short.last)]


def decade(hit: Hit, _scene: Scene) -> list[Reading]:
    """Read "the 1950s", "the '80s", "the nineties"."""
    digits = re.sub(r"\D", "", hit.word("q"))
    if len(digits) == 4:
        return hit.reading(periods.decade(int(digits) // 10), "explicit")
    bare = hit.word("q")[:1].isdigit() and hit.all("q")[0].first == hit.first
    if digits and bare and hit.tokens.forms[hit.first - 1 : hit.first] not in (("and",), ("or",)):
        return []
    tens = int(digits[0]) if digits else int(hit.value("q"))
    if not digits and tens < 2:
        return []
    return hit.reading(periods.decade((190 if tens >= 3 else 200) + tens), "explicit")


def decade_of_year(hit: Hit, _scene: Scene) -> list[Reading]:
    """Read "the 1940's"; "the 1941's" is none."""
    number = int(hit.word("y"))
    return hit.reading(periods.decade(number // 10), "explicit") if number % 10 == 0 else []


def century(hit: Hit, scene: Scene) -> list[Reading]:
    """Read "the 17th century", "this century"."""
    if hit.has("r"):
        return hit.reading(*scene.shifted("century", int(hit.value("r"))))
    number = ordinal(hit)
    if hit.holds("twenty") and number < 10:
        number += 20
    if not 1 <= number <= 25:
        return []
    return hit.reading(periods.century(number - 1), "explicit")


def century_list(hit: Hit, _scene: Scene) -> list[Reading]:
    """Read "the 17th and early 18th centuries": each century its own."""
    first, second = hit.all("o")
    numbers = [int(re.sub(r"\D", "", hit.value_of(one)) or 0) for one in (first, second)]
    if not all(1 <= number <= 25 for number in numbers):
        return []
    begin, end = (periods.century(number - 1) for number in numbers)
    return [
        Reading("DATE", begin, "explicit", hit.first, first.last),
        Reading("DATE", end, "explicit", (hit.all("t") or (second,))[0].first, hit.last),
    ]


def ordinal(hit: Hit) -> int:
    """Return the number of a captured ordinal, -1 for the last, 0 without one."""
    word = hit.value("o")
    digits = re.sub(r"[^\d-]", "", word)
    return int(digits) if digits else 0


def fiscal(hit: Hit, scene: Scene) -> list[Reading]:
    """Read a fiscal year as the calendar year whose number it bears; it has no days of its own."""
    if hit.has("y"):
        first = int(hit.word("y"))
        if len(hit.all("y")) > 1 or hit.has("q"):
            return years(hit, scene)
        value = periods.year(first).value
    elif hit.has("f"):
        value = periods.year(full_year(hit.word("f"), scene.published.year)).value
    elif hit.holds("year") and (hit.has("r") or hit.has("k")):
        told, anchor = year_of(hit, scene)
        return hit.reading(Period(f"{told:04d}" if told else "XXXX", "year"), anchor)
    else:
        return []
    return hit.reading(Period(value, "year"), "explicit")


def fiscal_the(hit: Hit, scene: Scene) -> list[Reading]:
    """Read "the full year", "the latest fiscal year": the one told from publication."""
    known = scene.published.year
    if known is None:
        return hit.reading(scene.unplaced("year"), "none")
    return hit.reading(Period(f"{known - hit.holds('latest'):04d}", "year"), "publication")
