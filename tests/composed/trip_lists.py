"""Lists of one traveller's trips, in the forms that pages give to lists and tables."""

from __future__ import annotations

import random
from calendar import month_abbr, month_name
from pathlib import Path

from tests.composed.grids import parts
from tests.composed.texts import Composed, Wanted, capitalized

LISTS = Path(__file__).with_name("trip_lists.toml")


def trip_lists(chance: random.Random) -> Composed:
    """A heading and a list of trips, whose year stands in each line, above it or in the heading."""
    part = parts(LISTS)
    guest, *hosts = chance.sample(parts()["people"], chance.randint(4, 7))
    office = chance.choice(parts()["offices"])["one"].title()
    year, told_in = chance.choice((2019, 2021, 2022, 2023)), chance.choice(("line", "top", "above"))
    who, of = f"{guest['adjective']} {office} {guest['name']}", f"{office} {guest['name']}"
    of = f"{of} of {guest['land']}"
    span = f" in {year}" if told_in == "top" else chance.choice(("", " since taking office"))
    heading, (form, mark) = chance.choice(part["headings"]), chance.choice(part["entries"])
    short, wanted, lines = chance.random() < 0.3, list[Wanted](), list[str]()
    for month, host in zip(sorted(chance.sample(range(1, 13), len(hosts))), hosts, strict=True):
        days, start, end = _days(chance, year, month, short=short, dated=told_in == "line")
        wanted.append(
            Wanted(guest["code"], host["code"], start, end, "completed", name=guest["name"])
        )
        line = form.format(
            land=host["land"].removeprefix("the "), town=host["capital"], days=days,
            note=chance.choice(part["notes"]), n=len(lines) + 1,
        )  # fmt: skip
        lines.append(mark.strip("\n") + line.rstrip())
    top = heading.format(
        who=who, Who=capitalized(who), of=of, Of=capitalized(of), office=office, span=span,
        surname=guest["name"].split()[-1],
    )  # fmt: skip
    apart = "\n\n" if "\n" in mark else chance.choice(("\n", "\n\n"))
    told = [capitalized(top), *([str(year)] if told_in == "above" else []), apart.join(lines)]
    told += chance.sample(part["behind"], chance.choice((0, 0, 1)))
    asked = {"heading": heading, "entry": form, "year": told_in, "short": str(short)}
    return Composed("\n\n".join(told), wanted, asked)


def _days(
    chance: random.Random, year: int, month: int, *, short: bool, dated: bool
) -> tuple[str, str, str]:
    """Return days as a list writes them, and the first and last."""
    name = f"{month_abbr[month]}." if short and month != 5 else month_name[month]
    own, behind = (f" {year}", f", {year}") if dated else ("", "")
    if chance.random() < 0.25:
        return name + own, f"{year}-{month:02}", f"{year}-{month:02}"
    first = chance.randint(1, 24)
    last = first + chance.choice((0, 0, 1, 2, 4))
    one = [f"{name} {first}{behind}", f"{first} {name}{own}"]
    dash = chance.choice("-–")
    more = [f"{name} {first}{dash}{last}{behind}", f"{first}{dash}{last} {name}{own}"]
    more.append(f"{name} {first} to {last}{behind}")
    told = chance.choice(one if first == last else more)
    return told, f"{year}-{month:02}-{first:02}", f"{year}-{month:02}-{last:02}"


__all__ = ["trip_lists"]
