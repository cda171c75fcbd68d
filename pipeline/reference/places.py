"""Cities, regions and landmarks, and the country that each lies in.

`places.csv` holds seventy thousand names. It is kept as sorted lines and read by bisection, so
that loading takes a few milliseconds and only the rows that are asked for become objects.
"""

from __future__ import annotations

import csv
from functools import lru_cache
from typing import Literal

from pydantic import Field, ValidationError

from pipeline.errors import LexiconError
from pipeline.lexicon import Row, find_lines, has_line_from
from pipeline.reference.countries import capital
from pipeline.reference.fold import fold
from pipeline.reference.organizations import organization_forms

PACKAGE = "pipeline.reference"
TABLE = "places.csv"

PlaceKind = Literal["city", "region", "landmark"]


class Place(Row):
    """A place by its usual name; `city` is where a landmark stands, if in a city."""

    name: str
    country: str = Field(pattern=r"^[A-Z]{3}$")
    population: int = Field(default=0, ge=0)
    capital: bool = False
    kind: PlaceKind = "city"
    city: str | None = None


class PlaceRow(Place):
    """A row of the table: a place under one of its folded names."""

    key: str


class PlaceAlias(Row):
    """Another name of a city, by its name in GeoNames and its country."""

    alias: str
    name: str
    country: str


class Landmark(Row):
    """A palace, airport or quarter of a city, or, without a city, a region or island."""

    name: str
    country: str
    city: str | None = None


@lru_cache(maxsize=1 << 14)
def find_place(name: str) -> tuple[Place, ...]:
    """Return the places of a name, capitals first and then by population.

    Case, accents and hyphens do not count; exonyms and former names lead to the usual one:
    "Saigon" → Ho Chi Minh City.
    """
    key = fold(name)
    found = find_lines(PACKAGE, TABLE, key) if key else ()
    return tuple(_place(number, line) for number, line in found)


@lru_cache(maxsize=1 << 10)
def seat_of(country: str) -> str | None:
    """Return a country's capital by its usual name as a place: "Ulan Bator" for Ulaanbaatar."""
    name = capital(country)
    own = (place.name for place in find_place(name or "") if place.country == country)
    return next(own, name)


@lru_cache(maxsize=1 << 8)
def seat_of_body(code: str) -> Place | None:
    """Return the headquarters of a body of states, None where `landmarks.csv` holds none."""
    names = (row.form for row in organization_forms() if row.code == code)
    told = (place for name in names for place in find_place(f"{name} headquarters"))
    return next(told, None)


@lru_cache(maxsize=1 << 10)
def seat_population(country: str) -> int:
    """Return how many people live in a country's capital; 0 where no table tells."""
    own = (place for place in find_place(capital(country) or "") if place.country == country)
    return max((place.population for place in own), default=0)


@lru_cache(maxsize=1 << 14)
def opens_place(word: str, *, apart: bool) -> bool:
    """Tell whether the name of a place may begin with a word: "New", "Lima", not "Ministers".

    Args:
        apart: whether a space stands behind it.
    """
    key = fold(word)
    ends = (f"{key},", f"{key} ") if apart else (key,)
    return any(has_line_from(PACKAGE, TABLE, end) for end in ends)


def _place(number: int, line: str) -> Place:
    """Read one line of the table, whose columns begin with the key."""
    cells = next(csv.reader([line]))[1:]
    given = {column: cell for column, cell in zip(Place.model_fields, cells, strict=True) if cell}
    try:
        return Place.model_validate(given)
    except ValidationError as error:
        raise LexiconError(TABLE, number, str(error)) from error
