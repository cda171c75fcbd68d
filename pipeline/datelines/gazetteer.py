"""Whether a name is that of a place that a dateline could stand for."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Literal

from pipeline.lexicon import Row, load_table
from pipeline.reference.countries import country_forms
from pipeline.reference.places import find_place

#: Cities of fewer people are hardly ever datelines, and their names are often common words.
MIN_POPULATION = 15_000


class DatelineWords(Row):
    """A row of `dateline_words.toml`."""

    kind: Literal["agency", "place", "word"]
    names: tuple[str, ...]


@cache
def agency_names() -> frozenset[str]:
    """Return the codes by which an agency stands in a dateline without brackets."""
    return _words("agency")


@cache
def _words(kind: str) -> frozenset[str]:
    rows = load_table("pipeline.datelines", "dateline_words.toml", DatelineWords)
    names = (name for row in rows if row.kind == kind for name in row.names)
    return frozenset(names if kind == "agency" else map(_fold, names))


def is_place(name: str, *, city: bool = False) -> bool:
    """Tell whether every place of a dateline ("GENEVA/KYIV") is a city or country of the world.

    Args:
        city: countries that are no cities ("Senegal: …" is a headline's way) do not do.
    """
    parts = [_fold(part.strip()) for part in name.split("/")]
    return all(_is_city(part) or (not city and part in _countries()) for part in parts)


def is_country_name(name: str) -> bool:
    """Tell whether a place is named as a country is, be it a city as well ("Singapore")."""
    return _fold(name) in _countries()


def _is_city(folded: str) -> bool:
    if folded in _words("word"):
        return False
    # Somewhere a small town is called Senegal; in news the country is meant.
    if folded in _words("place"):
        return True
    if folded in _countries() and not any(place.capital for place in find_place(folded)):
        return False
    return any(
        place.kind == "city" and (place.capital or place.population >= MIN_POPULATION)
        for place in find_place(folded)
    )


@cache
def _countries() -> frozenset[str]:
    return frozenset(_fold(row.form) for row in country_forms() if row.kind in ("name", "former"))


def _fold(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.replace("’", "'"))
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return plain.casefold().replace("-", " ").strip(" .")
