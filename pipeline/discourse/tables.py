"""Word lists that the rules of several stages share."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from pydantic import Field

from pipeline.lexicon import Row, load_table, word_lists

PACKAGE = "pipeline.discourse"


class Land(Row):
    """A noun that may stand for a country: "the kingdom" for Tonga, not for France."""

    noun: str
    code: str = Field(pattern=r"^[A-Z]{3}$")


@lru_cache(maxsize=1)
def land_codes() -> Mapping[str, frozenset[str]]:
    """Return the countries that a noun may stand for; "country" and the like fit any."""
    found: dict[str, set[str]] = {}
    for row in load_table(PACKAGE, "lands.csv", Land):
        found.setdefault(row.noun, set()).add(row.code)
    return {noun: frozenset(codes) for noun, codes in found.items()}


class PartOfWorld(Row):
    """Adjectives of a part of the world, and the countries that lie there."""

    id: str
    words: tuple[str, ...]
    codes: tuple[str, ...]


@lru_cache(maxsize=1)
def parts_of_world() -> Mapping[str, frozenset[str]]:
    """Return the countries of each adjective: those of "Pacific" in "the Pacific nation"."""
    rows = load_table(PACKAGE, "parts_of_world.toml", PartOfWorld)
    return {word: frozenset(row.codes) for row in rows for word in row.words}


class GroupKind(Row):
    """Which class of office the persons of a plural noun hold."""

    noun: str
    kind: str


@lru_cache(maxsize=1)
def group_kinds() -> Mapping[str, frozenset[str]]:
    """Return the classes of office by plural noun ("presidents"); "leaders" has none."""
    found: dict[str, set[str]] = {}
    for row in load_table(PACKAGE, "group_kinds.csv", GroupKind):
        found.setdefault(row.noun, set()).add(row.kind)
    return {noun: frozenset(kinds) for noun, kinds in found.items()}


#: Returns one of the shared word lists, or all the words of several.
words = word_lists(PACKAGE, "words.toml", "edition_words.toml")


__all__ = [
    "GroupKind",
    "Land",
    "PartOfWorld",
    "group_kinds",
    "land_codes",
    "parts_of_world",
    "words",
]
