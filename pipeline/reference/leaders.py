"""Who leads which country or organization: a named person's party where the text gives none.

One row an office held, years inclusive, the end open while it is held. The table is for telling
the country of "Xi Jinping" or "Orban", no chronicle: where a text names the country, that counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache

from pydantic import Field

from pipeline.lexicon import Row, Values, load_table
from pipeline.reference.fold import fold
from pipeline.reference.offices import person_titles

PACKAGE = "pipeline.reference"


class Leader(Row):
    """One office of one person; `office` is a class of `offices.toml`."""

    name: str
    code: str = Field(min_length=2, max_length=32)
    office: str
    start: int = Field(ge=1890, le=2100)
    end: int | None = Field(default=None, ge=1890, le=2100)
    aliases: Values = ()

    def held_in(self, year: int) -> bool:
        """Tell whether the office was held in a year, or in the one before or after it."""
        return self.start - 1 <= year <= (9999 if self.end is None else self.end + 1)


class NameSpelling(Row):
    """One of many spellings of a given name in Latin letters, and the usual one, both folded."""

    spelling: str
    usual: str


#: Names are written family name first; so are Korean and Chinese ones under an organization's
#: code, which their hyphen gives away ("Ban Ki-moon").
FAMILY_FIRST = frozenset({"CHN", "HKG", "KOR", "MAC", "PRK", "TWN"})
_FEW_FAMILY_NAMES = FAMILY_FIRST | {"KHM", "LAO", "MMR", "SGP", "VNM"}
_FAMILY_FIRST_NAME = re.compile(r"\w+ \w+-[a-z]\w*")
_SUFFIX = re.compile(r",? (?:Jr|Sr|II|III|IV|V|VI)\.?$")
PARTICLES = frozenset(
    {"al", "bin", "da", "de", "del", "den", "der", "di", "do", "dos", "du", "el", "la", "le"}
    | {"ould", "ter", "van", "von", "zu", "abu", "ben", "ibn"}
)


#: What stands between a name and the father's.
_FILIATION = frozenset({"bin", "ibn", "bint"})
_PLAIN_DROPPED = frozenset({"al", "el", "jr", "sr", "ii", "iii", "ul", "ur"})


@cache
def leaders() -> tuple[Leader, ...]:
    """Return every row, sorted by code, office and start."""
    return load_table(PACKAGE, "leaders.csv", Leader)


@cache
def leaders_by_name() -> Mapping[str, tuple[Leader, ...]]:
    """Return the rows by folded name and alias, each in order of their start."""
    return _index((name, row) for row in leaders() for name in (row.name, *row.aliases))


@cache
def leaders_by_surname() -> Mapping[str, tuple[Leader, ...]]:
    """Return the rows by folded surname, with and without its particle or first half.

    "Ursula von der Leyen" stands under "leyen" and "von der leyen", "Enrique Peña Nieto" under
    "nieto" and "pena nieto". Several people of several countries share a surname.
    """
    return _index((key, row) for row in leaders() for key in _surnames(row))


@lru_cache(maxsize=20_000)
def leaders_named(name: str) -> tuple[Leader, ...]:
    """Return the rows of a whole name, by its exact spelling or else by a near one.

    Near are names that differ in titles, initials, a "Jr." or "al-", in the spelling of a common
    given name ("Mohamed", "Muhammad"), and, last, those of one person with the same first and
    last word ("Mokgweetsi Eric Masisi") who are not told to be another's child.
    """
    exact = leaders_by_name().get(fold(name))
    if exact is not None:
        return exact
    words = _plain_words(name)
    while len(words) > 2 and words[0] in _title_words():
        words = words[1:]
    if len(words) < 2:
        return ()
    near = _by_plain_words().get(words)
    if near is not None:
        return near
    father, rows = _father(words), _by_outer_words().get((words[0], words[-1]), ())
    return tuple(row for row in rows if father in {"", _father(_plain_words(row.name)) or father})


def _father(words: Sequence[str]) -> str:
    """Return the "hamad" of "Mohammed bin Hamad Al Nahyan", or an empty string."""
    at = next((i for i, word in enumerate(words[:-1]) if word in _FILIATION), -1)
    return words[at + 1] if at > 0 else ""


def leader_code(name: str, *, year: int | None = None) -> str | None:
    """Return the code of a named person, by whole name or alias, else by a surname of one code.

    A person of several offices ("António Guterres") has the code of the one held in `year`, or
    last. Two people of one whole name and time have none.
    """
    rows = leaders_named(name)
    by_surname = not rows
    if by_surname and fold(name) not in given_names():
        rows = leaders_by_surname().get(fold(name), ())
    if year is not None:
        rows = tuple(row for row in rows if row.held_in(year)) or rows
    codes = {row.code for row in rows}
    if len(codes) == 1:
        return codes.pop()
    if by_surname or len({fold(row.name) for row in rows}) != 1:
        return None
    return max(rows, key=lambda row: row.start).code


@cache
def given_names() -> frozenset[str]:
    """Return the folded first words of names: "charles" alone is rather a given name."""
    names = (row.name for row in leaders() if row.code not in FAMILY_FIRST)
    return frozenset(fold(name).split()[0] for name in names if len(name.split()) > 1)


@cache
def name_spellings() -> Mapping[str, str]:
    """Return the usual spelling of each unusual one of a given name, folded."""
    rows = load_table(PACKAGE, "name_spellings.csv", NameSpelling)
    return {row.spelling: row.usual for row in rows}


@cache
def _title_words() -> frozenset[str]:
    return frozenset(word for row in person_titles() for word in fold(row.form).split())


def _plain_words(name: str) -> tuple[str, ...]:
    """Return the words of a name without initials, suffixes and articles, usually spelled."""
    words = (name_spellings().get(word, word) for word in fold(name).split())
    return tuple(word for word in words if len(word) > 1 and word not in _PLAIN_DROPPED)


@cache
def _by_plain_words() -> Mapping[tuple[str, ...], tuple[Leader, ...]]:
    return _of_one_person(
        (_plain_words(name), row) for row in leaders() for name in (row.name, *row.aliases)
    )


@cache
def _by_outer_words() -> Mapping[tuple[str, ...], tuple[Leader, ...]]:
    """Return the rows by first and last word, where the last is a family name of its own.

    Names of East Asia repeat too few of them, and "Mohammed … Hassan" is many people's.
    """
    words = (
        (_plain_words(name), row)
        for row in leaders()
        for name in (row.name, *row.aliases)
        if row.code not in _FEW_FAMILY_NAMES and not _FAMILY_FIRST_NAME.fullmatch(name)
    )
    return _of_one_person(
        ((key[0], key[-1]), row)
        for key, row in words
        if len(key) > 1 and key[-1] not in given_names()
    )


def _of_one_person(
    pairs: Iterable[tuple[tuple[str, ...], Leader]],
) -> dict[tuple[str, ...], tuple[Leader, ...]]:
    """Return the rows by key, without the keys that more than one person has."""
    found: dict[tuple[str, ...], list[Leader]] = {}
    for key, row in pairs:
        if len(key) > 1:
            found.setdefault(key, []).append(row)
    return {
        key: _in_order(rows)
        for key, rows in found.items()
        if len(rows) == 1 or len({fold(row.name) for row in rows}) == 1
    }


def _surnames(row: Leader) -> Iterator[str]:
    name = _SUFFIX.sub("", row.name)
    if row.code in FAMILY_FIRST or _FAMILY_FIRST_NAME.fullmatch(name):
        yield name.split()[0]
        return
    words = fold(name).split()
    if len(words) < 2 or row.office in ("royal", "pope"):
        return
    yield words[-1]
    first = len(words) - 1
    while first > 1 and words[first - 1] in PARTICLES:
        first -= 1
    if first < len(words) - 1:
        yield " ".join(words[first:])
    elif len(words) > 2:
        yield " ".join(words[-2:])


def _index(pairs: Iterable[tuple[str, Leader]]) -> dict[str, tuple[Leader, ...]]:
    found: dict[str, list[Leader]] = {}
    for name, row in pairs:
        found.setdefault(fold(name), []).append(row)
    return {key: _in_order(rows) for key, rows in found.items()}


def _in_order(rows: Sequence[Leader]) -> tuple[Leader, ...]:
    """Return rows in order of their start, each once; most names are of one."""
    if len(rows) == 1:
        return tuple(rows)
    return tuple(sorted(dict.fromkeys(rows), key=lambda row: row.start))
