"""Make `airports.csv`: `python -m pipeline.reference.make_airports FILE`.

FILE is the table of airports of the package airportsdata, which is used once and not kept. Taken
are the airports for travellers from abroad, and all of capitals; of each only its names, city and
country. Names that mean airports of several countries are left out.
"""

from __future__ import annotations

import csv
import io
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from pipeline.lexicon import load_table
from pipeline.reference.countries import capital
from pipeline.reference.fold import fold
from pipeline.reference.make_places import alpha_3
from pipeline.reference.places import PACKAGE, Landmark, find_place

#: "Dhaka / Hazrat Shahjalal International Airport": what is behind the stroke is the name.
_CITY_BEFORE = re.compile(r"^[^/]+ / ")
_NAME = re.compile(r"(?P<own>[^/()]+?)(?P<abroad> (?:International|Intl))?(?: Airport)?")
_ABROAD = re.compile(r"\b(?:International|Intl)\b")
#: What is left of a name without its city that names no airport by itself.
_VAGUE = frozenset({"city", "north", "south", "east", "west", "central", "new", "regional"})
#: A shorter rest than this is no name.
_SHORTEST = 4

Row = Mapping[str, str]


def airports(rows: Iterable[Row]) -> list[Landmark]:
    """Return the airports of a source's rows by each of their names, sorted."""
    named: defaultdict[str, dict[str, Landmark]] = defaultdict(dict)
    for row in rows:
        country = alpha_3().get(row["country"])
        if country is None or not row["iata"] or not (_is_abroad(row) or _is_seat(row, country)):
            continue
        for name in _names(row):
            airport = Landmark(name=name, country=country, city=_city(row["city"], country))
            named[fold(name)].setdefault(country, airport)
    by_hand = {_key(row.name) for row in load_table(PACKAGE, "landmarks.csv", Landmark)}
    told = (_only(by_country) for key, by_country in named.items() if key not in by_hand)
    return sorted((row for row in told if row is not None), key=lambda row: (row.name, row.country))


def _key(name: str) -> str:
    return fold(name).replace(" international airport", " airport")


def _is_abroad(row: Row) -> bool:
    return _ABROAD.search(row["name"]) is not None


def _is_seat(row: Row, country: str) -> bool:
    """Tell an airport of a capital, which need not be called international."""
    return row["name"].endswith(" Airport") and fold(row["city"]) == fold(capital(country) or "")


def _names(row: Row) -> Iterator[str]:
    """Yield "Budapest Ferenc Liszt Airport" and the name without the city.

    That it may be called international as well, `make_places` adds.
    """
    found = _NAME.fullmatch(_CITY_BEFORE.sub("", row["name"]))
    if found is None:
        return
    own, city = found["own"], row["city"]
    rest = own[len(city) :].lstrip(" -") if city and own.startswith(f"{city} ") else ""
    further = [rest] if len(rest) >= _SHORTEST and not set(fold(rest).split()) & _VAGUE else []
    for name in (own, *further):
        yield f"{name} Airport"


def _city(name: str, country: str) -> str | None:
    """Return a city by its usual name; None where it is none that we know."""
    known = (place for place in find_place(name) if place.country == country)
    return next((place.name for place in known if place.kind == "city"), None)


def _only(by_country: Mapping[str, Landmark]) -> Landmark | None:
    """Return the one airport of a name, or that of a capital among several countries'."""
    rows = list(by_country.values())
    seats = [row for row in rows if row.city and fold(row.city) == fold(capital(row.country) or "")]
    return next((found[0] for found in (rows, seats) if len(found) == 1), None)


def as_csv(rows: Iterable[Landmark]) -> str:
    """Return rows as CSV text with a header line."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(Landmark.model_fields)
    writer.writerows((row.name, row.country, row.city) for row in rows)
    return out.getvalue()


def main() -> None:
    """Write the table beside this file."""
    with Path(sys.argv[1]).open(encoding="utf-8", newline="") as file:
        table = as_csv(airports(csv.DictReader(file)))
    (Path(__file__).parent / "airports.csv").write_text(table, encoding="utf-8")


if __name__ == "__main__":
    main()
