"""Readers of what is longer than a day: weeks, months, quarters, years, seasons, decades."""

from __future__ import annotations

import re
from datetime import date, timedelta

from models.date import Anchor
from pipeline.stages.dates import periods, placing
from pipeline.stages.dates.hit import Hit, Reading
from pipeline.stages.dates.holidays import feast_value, holiday_days
from pipeline.stages.dates.periods import Period
from pipeline.stages.dates.read_days import full_year, month_day_of, read_numeric, year_of
from pipeline.stages.dates.scene import Scene


def month(hit: Hit, scene: Scene) -> list[Reading]:
    """Read "June 2013", "last March", "March"."""
    number = int(hit.value("m"))
    if hit.has("y") or hit.has("n") or hit.holds("year"):
        year, anchor = year_of(hit, scene)
        year = spoken_year(hit) if hit.has("n") else year
        if year is None:
            return hit.reading(Period(f"XXXX-{number:02d}", "month"), "none")
        return hit.reading(periods.month(year, number), anchor)
    if hit.has("r"):
        return hit.reading(*_stepped_month(number, int(hit.value("r")), scene))
    if hit.has("k"):
        return hit.reading(*_month_from(number, int(hit.value("k")), hit, scene))
    return hit.reading(*placing.month(number, scene, first=hit.first, last=hit.last))


def _stepped_month(number: int, step: int, scene: Scene) -> tuple[Period, Anchor]:
    """Return "last March", "this March", "next March"."""
    known = scene.published
    if known.year is None:
        return Period(f"XXXX-{number:02d}", "month"), "none"
    now = known.month or 1
    if step < 0:
        year = known.year if number < now else known.year - 1
    elif step > 0:
        year = known.year if number > now else known.year + 1
    else:
        year = known.year
    return periods.month(year, number), "publication"


def _month_from(number: int, step: int, hit: Hit, scene: Scene) -> tuple[Period, Anchor]:
    event = scene.last_event(hit.first, fine=False)
    if event is None or event.period.earliest is None:
        return _stepped_month(number, step, scene)
    base = event.period.earliest
    year = base.year
    if step > 0 and number <= base.month:
        year += 1
    if step < 0 and number >= base.month:
        year -= 1
    return periods.month(year, number), "context"


def months(hit: Hit, scene: Scene) -> list[Reading]:
    """Read months that share a year: dashed they are one range, else each its own."""
    captures = hit.all("m")
    year, anchor = year_of(hit, scene)
    found: list[tuple[Period, Anchor]] = []
    for capture in captures:
        number = int(hit.value_of(capture))
        if year:
            found.append((periods.month(year, number), anchor))
        else:
            found.append(placing.month(number, scene, first=hit.first, last=hit.last))
    if "-" in hit.tokens.forms[captures[0].last : captures[-1].first]:
        first, last = found[0][0], found[-1][0]
        if year and first.earliest and last.earliest and first.earliest > last.earliest:
            first = periods.month(year - 1, first.earliest.month)
        return hit.reading(periods.between(first, last), found[0][1])
    return [
        Reading(
            "DATE",
            period,
            where,
            hit.first if at == 0 else capture.first,
            hit.last if at == len(captures) - 1 else capture.last,
        )
        for at, ((period, where), capture) in enumerate(zip(found, captures, strict=True))
    ]


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
    tens = int(digits[0]) if digits else int(hit.value("q"))
    if not digits and tens < 2:
        return []
    return hit.reading(periods.decade((190 if tens >= 3 else 200) + tens), "explicit")


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


def unit(hit: Hit, scene: Scene) -> list[Reading]:
    """Read "last week", "the following year", "the same day", "the end of the month"."""
    name = hit.value("u") or "year"
    if hit.has("k"):
        return hit.reading(*_from_context(name, int(hit.value("k")), hit, scene))
    step = int(hit.value("r")) if hit.has("r") else 0
    if name == "day" and step:
        if step < 0 or not hit.holds("next"):
            return []
        return hit.reading(*_from_context("day", 1, hit, scene))
    if name == "weekend":
        return hit.reading(*_weekend(step, hit, scene))
    if hit.holds("the") and hit.word("r") == "next":
        if scene.direction(hit.first, hit.last) == "past":
            return hit.reading(*_from_context(name, step, hit, scene))
    if not hit.has("r") and name in ("day", "week") and not hit.holds("in", "end"):
        return []
    return hit.reading(*scene.shifted(name, step))


def _weekend(step: int, hit: Hit, scene: Scene) -> tuple[Period, Anchor]:
    """Return last weekend (the one just past), this one, the next."""
    base = scene.published.date
    if base is None:
        return scene.unplaced("weekend"), "none"
    way = scene.direction(hit.first, hit.last)
    back = -1 if base.isoweekday() < 6 else 0
    if step < 0:
        return periods.shift(base, "weekend", -1), "publication"
    if step > 0 and hit.word("r") == "next" and base.isoweekday() < 4:
        return periods.shift(base, "weekend", 1), "publication"
    if step > 0:
        return periods.shift(base, "weekend", 1 + back), "publication"
    return periods.shift(base, "weekend", back if way == "past" else 0), "publication"


def _from_context(name: str, step: int, hit: Hit, scene: Scene) -> tuple[Period, Anchor]:
    event = scene.last_event(hit.first, fine=name in ("day", "week", "weekend"))
    if event and event.period.earliest:
        return periods.shift(event.period.earliest, name, step), "context"
    return scene.shifted(name, step)


def unit_here(hit: Hit, scene: Scene) -> list[Reading]:
    """Read "over the weekend", "during the week", "in the quarter"."""
    name = hit.value("u") or hit.word("u")
    if name == "weekend":
        return hit.reading(*_weekend(0, hit, scene))
    event = scene.last_event(hit.first, fine=False)
    if name in ("month", "quarter") and event and event.period.grain == name:
        if scene.in_paragraph(event, hit.first):
            return hit.reading(event.period, "context")
    if name == "quarter":
        return hit.reading(*_quarter_near(0, hit, scene))
    return hit.reading(*scene.shifted(name, 0))


def week_of(hit: Hit, scene: Scene) -> list[Reading]:
    """Read "the week of March 6"."""
    found = read_numeric(hit.word("t"), scene) if hit.has("t") else month_day_of(hit, scene)
    if found is None:
        return []
    period, anchor = found
    if period.earliest is None:
        return hit.reading(scene.unplaced("week"), anchor)
    make = periods.weekend if hit.holds("weekend") else periods.week
    return hit.reading(make(period.earliest), anchor)


def season(hit: Hit, scene: Scene) -> list[Reading]:
    """Read "summer 2024", "last winter", "this spring"."""
    code = hit.value("s")
    forms = hit.tokens.forms[hit.first : hit.last]
    told = any(map(hit.has, ("y", "r", "k"))) or "year" in forms
    bare = not told and forms[0] in (hit.word("s"), "the")
    if bare and hit.rule.row.id == "season":
        return []
    if hit.has("y") or "year" in forms:
        told, anchor = year_of(hit, scene)
        if told is None:
            return hit.reading(Period(f"XXXX-{code}", "season"), "none")
        return hit.reading(periods.season(told, code), anchor)
    known = scene.published
    if hit.has("r") and known.year:
        step, start = int(hit.value("r")), periods.SEASON_MONTHS[code]
        now = known.month or 1
        base = known.year - (1 if code == "WI" and now < 3 else 0)
        if step < 0 and start + 2 < now + (12 if base < known.year else 0):
            step = 0
        if step > 0 and start > now:
            step = 0
        return hit.reading(periods.season(base + step, code), "publication")
    return hit.reading(*placing.season(code, scene, first=hit.first, last=hit.last))


def part_of(hit: Hit, scene: Scene) -> list[Reading]:
    """Read the nth quarter, half, week or day of a year or a month, or a bare quarter."""
    number = ordinal(hit) if hit.has("o") else 0
    if hit.has("q"):
        return _token_part(hit, scene)
    name = hit.value("u") if hit.has("u") else "weekday"
    told = any(map(hit.has, "yrkvmi")) or hit.holds("ago")
    if name == "quarter" and number and not told:
        return hit.reading(*_quarter_near(number, hit, scene))
    whole = _whole(hit, scene)
    if whole is None:
        return []
    period, anchor = whole
    if period.earliest is None or period.latest is None:
        code = {"quarter": f"-Q{max(number, 0) or 'X'}", "half": f"-H{max(number, 0) or 'X'}"}
        return hit.reading(Period(period.value + code.get(name, ""), period.grain), anchor)
    part = _nth(name, number, period, hit, scene)
    return hit.reading(part, anchor) if part else []


def _whole(hit: Hit, scene: Scene) -> tuple[Period, Anchor] | None:
    """Return the longer period of which a part is named."""
    if hit.has("m"):
        return month(hit, scene)[0].period, month(hit, scene)[0].anchor
    if hit.has("y"):
        return periods.year(int(hit.word("y"))), "explicit"
    if hit.has("i"):
        digits = int(re.sub(r"\D", "", hit.word("i")) or 0)
        if hit.holds("century"):
            return periods.century(digits - 1), "explicit"
        return periods.decade(digits // 10 if digits > 99 else 190 + digits // 10), "explicit"
    if hit.holds("ago"):
        return scene.shifted("year", -1)
    name = hit.value("v")
    if name not in ("year", "month", "quarter", "decade", "century", "week"):
        return None
    if hit.has("k"):
        return _from_context(name, int(hit.value("k")), hit, scene)
    return scene.shifted(name, int(hit.value("r")) if hit.has("r") else 0)


def _nth(name: str, number: int, whole: Period, hit: Hit, scene: Scene) -> Period | None:
    first, last = whole.first, whole.latest or whole.first
    years_long = whole.grain == "year"
    if name == "quarter":
        if number == 0:
            return _same_quarter(first.year, scene)
        number = number % 5 if number > 0 else 4
        return periods.quarter(first.year, number) if years_long and number else None
    if name == "half":
        if whole.grain == "month":
            early = number == 1
            begin, end = (first, first.replace(day=15)) if early else (first.replace(day=16), last)
            return Period(whole.value, "month", begin, end)
        if whole.grain in ("decade", "century"):
            return whole
        number = 2 if number in (2, -1) else 1
        return periods.half(first.year, number) if years_long else None
    if name in ("day", "weekday"):
        return _nth_day(name, number, first, last, hit)
    if name in ("week", "weekend"):
        begin = last - timedelta(days=6) if number < 0 else first + timedelta(days=7 * number - 7)
        if name == "weekend":
            return periods.weekend(begin)
        end = min(begin + timedelta(days=6), last)
        return periods.between(periods.day(begin), periods.day(end)) if begin <= end else None
    if name == "month" and years_long:
        return periods.month(first.year, 12 if number < 0 else number) if number <= 12 else None
    if name == "decade":
        return whole
    return None


def _same_quarter(year_number: int, scene: Scene) -> Period:
    """Return "last year's quarter": the one that a report of publication's time is about."""
    known = scene.published
    base = date(known.year or year_number, known.month or 12, 1)
    reported = periods.shift(base, "quarter", -1)
    return periods.quarter(year_number, int(reported.value[-1]))


def _nth_day(name: str, number: int, first: date, last: date, hit: Hit) -> Period | None:
    if name == "day":
        day = last if number < 0 else first + timedelta(days=number - 1)
        return periods.day(day) if first <= day <= last else None
    weekday = int(hit.values[("WEEKDAY", hit.word("j"))])
    if number < 0:
        return periods.day(last - timedelta(days=(last.isoweekday() - weekday) % 7))
    day = first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (number - 1))
    return periods.day(day) if day <= last else None


def _token_part(hit: Hit, scene: Scene) -> list[Reading]:
    """Read "Q3 2024", "H1"."""
    code, number = hit.word("q")[0].upper(), int(hit.word("q")[1])
    if code == "H" and number > 2:
        return []
    told = None
    anchor: Anchor = "explicit"
    if hit.has("y") or hit.has("f"):
        told = full_year(hit.word("y") or hit.word("f"), scene.published.year)
    elif hit.has("v"):
        period, anchor = scene.shifted("year", int(hit.value("r")))
        told = period.earliest.year if period.earliest else None
    elif code == "Q":
        return hit.reading(*_quarter_near(number, hit, scene))
    else:
        told, anchor = scene.published.year, "publication"
    if told is None:
        return hit.reading(Period(f"XXXX-{code}{number}", "quarter"), "none")
    make = periods.quarter if code == "Q" else periods.half
    return hit.reading(make(told, number), anchor)


def _quarter_near(number: int, hit: Hit, scene: Scene) -> tuple[Period, Anchor]:
    """Return a bare quarter: by the news habit the last one that is over, unless to come."""
    known = scene.published
    if known.year is None or known.month is None:
        return Period(f"XXXX-Q{number or 'X'}", "quarter"), "none"
    now = (known.month - 1) // 3 + 1
    if number == 0:
        base = date(known.year, known.month, 1)
        return periods.shift(base, "quarter", -1), "publication"
    if number < 0:
        return periods.shift(date(known.year, known.month, 1), "quarter", -1), "publication"
    way = scene.direction(hit.first, hit.last)
    told = known.year
    if number > now and way == "past":
        told -= 1
    if number > now and way is None and number - now > 1:
        told -= 1
    if number < now - 1 and way == "future":
        told += 1
    return periods.quarter(told, number) if number <= 4 else scene.unplaced(
        "quarter"
    ), "publication"


def holiday(hit: Hit, scene: Scene) -> list[Reading]:
    """Read a feast by its name: in its year, or the nearest by the direction of the verb."""
    name = hit.word("e")
    told: int | None = None
    anchor: Anchor = "publication"
    if hit.has("y") or (hit.holds("year") and hit.has("r")):
        told, anchor = year_of(hit, scene)
    if told is None:
        told, anchor = _feast_year(name, hit, scene)
    found = holiday_days(name, told) if told else None
    if found is None:
        return hit.reading(Period(feast_value(name), "day"), "none")
    first, last = periods.day(found[0]), periods.day(found[1])
    return hit.reading(first if first == last else periods.between(first, last), anchor)


def _feast_year(name: str, hit: Hit, scene: Scene) -> tuple[int | None, Anchor]:
    known = scene.published
    if known.year is None:
        event = scene.story(hit.first)
        if event and event.period.earliest and scene.in_sentence(event, hit.first):
            return event.period.earliest.year, "context"
        return None, "none"
    base = known.date
    if base is None:
        return known.year, "publication"
    step = int(hit.value("r")) if hit.has("r") else None
    way = {-1: "past", 1: "future"}.get(step or 0) or scene.direction(hit.first, hit.last)

    def cost(number: int) -> int:
        found = holiday_days(name, number)
        if found is None:
            return 10_000
        gap = (found[0] - base).days
        wrong = (way == "past" and gap > 0) or (way == "future" and (found[1] - base).days < 0)
        return abs(gap) + (200 if wrong else 0)

    return min((known.year - 1, known.year, known.year + 1), key=cost), "publication"
