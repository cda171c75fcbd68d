"""What parts of the world are called: "the Middle East", "Asian" countries."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from pipeline.lexicon import Rule, load_table
from pipeline.reference.countries import continent
from pipeline.stages.visits.tables import PACKAGE


class RegionRule(Rule):
    """A part of the world, in lower case, the adjectives of its countries, and its continents."""

    words: tuple[str, ...]
    adjectives: tuple[str, ...]
    continents: tuple[str, ...]


@lru_cache(maxsize=1)
def region_names() -> Mapping[str, frozenset[str]]:
    """Return the names and the adjectives of all regions, and the words that these are made of."""
    rows = load_table(PACKAGE, "regions.toml", RegionRule)
    names = frozenset(word for row in rows for word in row.words)
    adjectives = frozenset(word for row in rows for word in row.adjectives)
    words = frozenset(word for name in names | adjectives for word in name.split())
    return {"name": names, "adjective": adjectives, "word": words}


def names_region(text: str) -> bool:
    """Tell whether a text names a part of the world: "a tour of the Gulf", "his Asian trip"."""
    found = re.findall(r"[a-z]+", text.lower())
    names = region_names()
    if names["word"].isdisjoint(found):
        return False
    told = f" {' '.join(found)} "
    return any(f" {name} " in told for kind in ("name", "adjective") for name in names[kind])


def lies_elsewhere(country: str, text: str) -> bool:
    """Tell Peru of a text on "a tour of Europe": it lies on no continent of what that names."""
    told = f" {' '.join(re.findall(r'[a-z]+', text.lower()))} "
    named = [
        row
        for row in load_table(PACKAGE, "regions.toml", RegionRule)
        if any(f" {name} " in told for name in (*row.words, *row.adjectives))
    ]
    return bool(named) and all(continent(country) not in row.continents for row in named)


__all__ = ["RegionRule", "lies_elsewhere", "names_region", "region_names"]
