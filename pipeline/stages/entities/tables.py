"""The tables of the entities stage, loaded once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Literal

from pipeline.lexicon import Row, WordList, load_table, word_lists
from pipeline.reference.offices import office_modifiers

PACKAGE = "pipeline.stages.entities"


class Modifier(Row):
    """A word before an office and what it does to it."""

    word: str
    effect: str


class Generic(Row):
    """An office so general that it covers others; `covers` lists their classes, `*` all."""

    form: str
    kind: str
    plural: Literal["yes", "no"]
    covers: str = ""


class HeadedOffice(Row):
    """What one may head for a land, and which office that is; what is said of it, and what not."""

    headed: str
    form: str
    kind: str
    example: str
    counter: str


class InstitutionWord(Row):
    """A word of which names of institutions are made, lower case."""

    word: str


class NameWord(Row):
    """A word that stands before, inside or after names, lower case."""

    word: str
    effect: str


class NotName(Row):
    """A word that is never part of a person's name when it starts one, lower case."""

    word: str


class Group(Row):
    """A noun that after "the two" or "both" means parties, or persons who stand for them."""

    noun: str
    refers: Literal["parties", "persons"]
    #: The class of office that persons of this noun hold, "" where it may be any.
    holders: str = ""


class Region(Row):
    """A part of the world larger than a country; it lies in none."""

    form: str


#: Returns one of the word lists of this stage, or all the words of several.
word_set = word_lists(PACKAGE, "words.toml")


@cache
def sexes() -> Mapping[str, str]:
    """Return whether a folded given name is "female" or "male", where it is but one of them."""
    rows = load_table(PACKAGE, "given_names.toml", WordList)
    return {name: row.id for row in rows for name in row.words}


@lru_cache(maxsize=1)
def callings() -> frozenset[str]:
    """Return the nouns for a person by work, family or part, lower-case lemmas."""
    return word_set("occupation", "kin", "calling")


@lru_cache(maxsize=1)
def modifiers() -> Mapping[str, str]:
    """Return the words before an office and what each does to it."""
    effects = {
        row.form: "former" if row.kind in {"former", "late"} else "none"
        for row in office_modifiers()
        if " " not in row.form
    }
    rows = load_table(PACKAGE, "modifiers.csv", Modifier)
    return effects | {row.word: row.effect for row in rows}


@lru_cache(maxsize=1)
def generic_offices() -> tuple[Generic, ...]:
    """Return the offices that cover others ("leader", "visitor")."""
    return load_table(PACKAGE, "generic_offices.csv", Generic)


@lru_cache(maxsize=1)
def headed_offices() -> Mapping[str, HeadedOffice]:
    """Return the offices of who heads a part of a state by the noun for it ("diplomacy")."""
    return {row.headed: row for row in load_table(PACKAGE, "headed_offices.csv", HeadedOffice)}


@lru_cache(maxsize=1)
def covered_classes() -> Mapping[str, frozenset[str]]:
    """Return the classes of office that each general class covers ("leader": heads of state)."""
    found: dict[str, frozenset[str]] = {}
    for row in generic_offices():
        found[row.kind] = found.get(row.kind, frozenset()) | frozenset(row.covers.split())
    return found


@lru_cache(maxsize=1)
def institution_words() -> frozenset[str]:
    """Return the words of which names of institutions are made, lower case."""
    rows = load_table(PACKAGE, "institution_words.csv", InstitutionWord)
    return frozenset(row.word for row in rows)


@lru_cache(maxsize=1)
def name_words() -> Mapping[str, frozenset[str]]:
    """Return the words of each effect: `honorific`, `particle`, `facility`, `ship`."""
    rows = load_table(PACKAGE, "name_words.csv", NameWord)
    effects = {row.effect for row in rows}
    return {
        effect: frozenset(row.word for row in rows if row.effect == effect) for effect in effects
    }


@lru_cache(maxsize=1)
def not_names() -> frozenset[str]:
    """Return the words that no name starts with."""
    return frozenset(row.word for row in load_table(PACKAGE, "not_names.csv", NotName))


@lru_cache(maxsize=1)
def group_nouns() -> Mapping[str, str]:
    """Return what each noun of a group refers to: `parties` or `persons`."""
    return {row.noun: row.refers for row in load_table(PACKAGE, "groups.csv", Group)}


@cache
def group_holders() -> Mapping[str, str]:
    """Return the class of office of those whom a noun of a group means, where it is of one."""
    return {row.noun: row.holders for row in load_table(PACKAGE, "groups.csv", Group)}


@lru_cache(maxsize=1)
def world_regions() -> frozenset[str]:
    """Return the names of the parts of the world that lie in no country."""
    return frozenset(row.form for row in load_table(PACKAGE, "regions.csv", Region))


__all__ = [
    "PACKAGE",
    "Generic",
    "Group",
    "InstitutionWord",
    "Modifier",
    "NameWord",
    "NotName",
    "Region",
    "callings",
    "covered_classes",
    "generic_offices",
    "group_holders",
    "group_nouns",
    "headed_offices",
    "institution_words",
    "modifiers",
    "name_words",
    "not_names",
    "sexes",
    "word_set",
    "world_regions",
]
