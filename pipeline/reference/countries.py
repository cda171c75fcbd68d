"""Countries, territories and former states: their names, adjectives, people and metonyms.

Codes are ISO 3166-1 alpha-3, `XKX` for Kosovo, and ISO 3166-3 alpha-4 for former states:

| code | state | code | state |
| --- | --- | --- | --- |
| ANHH | Netherlands Antilles | RHZW | Rhodesia |
| CSHH | Czechoslovakia | SUHH | Soviet Union |
| CSXX | Serbia and Montenegro | VDVN | North Vietnam |
| DDDE | East Germany | YDYE | South Yemen |
| DYBJ | Dahomey | YUCS | Yugoslavia |
| HVBF | Upper Volta | ZRCD | Zaire |
| PZPA | Panama Canal Zone | | |

References keep the code of a former state; entities, visits and upgrades carry that of the state of
today that carries it on (`code_today`).

A former name of a state that lives on (Burma, Ceylon, West Germany) has that state's code, and so
has South Vietnam: ISO 3166 gave VNM to the Republic of Viet-Nam, VDVN to the Democratic one.

Forms are matched in their own case ("US", not "us") and longest first: `country_traps()` are
phrases that hold a country's name and mean no country ("South China Sea", "Latin America").
"""

from __future__ import annotations

from functools import cache
from typing import Literal

from pydantic import Field

from pipeline.lexicon import Row, load_table
from pipeline.reference.organizations import organization_name

PACKAGE = "pipeline.reference"

FormKind = Literal["name", "adjective", "people", "metonym", "former"]


class CountryForm(Row):
    """One way to write one country."""

    code: str = Field(pattern=r"^[A-Z]{3,4}$")
    form: str
    kind: FormKind


class CountryFact(Row):
    """What is told of a country in one word; `population` only ranks ambiguous forms."""

    code: str = Field(pattern=r"^[A-Z]{3,4}$")
    name: str
    capital: str | None = None
    continent: str
    population: int = Field(default=0, ge=0)


class UsualName(Row):
    """A name or capital as news writes it, where ISO, CLDR or GeoNames have another."""

    code: str = Field(pattern=r"^[A-Z]{3,4}$")
    name: str | None = None
    capital: str | None = None


class CountryTrap(Row):
    """A phrase that holds a country's name and means no country."""

    form: str
    reason: str


@cache
def country_forms() -> tuple[CountryForm, ...]:
    """Return every form of every country, the most populous country first.

    So the first row of an ambiguous form ("Congolese", "Dominican") is the likeliest.
    """
    facts = _facts()
    rows = load_table(PACKAGE, "countries.csv", CountryForm)
    return tuple(sorted(rows, key=lambda row: (-facts[row.code].population, row.code, row.form)))


@cache
def country_traps() -> tuple[CountryTrap, ...]:
    """Return the phrases that hold a country's name and mean no country, sorted."""
    return load_table(PACKAGE, "country_traps.csv", CountryTrap)


def country_codes(form: str) -> tuple[str, ...]:
    """Return the codes that a form stands for, the most populous country first.

    "Congolese" is both Congos', "Dominican" two countries' adjective; most forms have one code.
    """
    return _codes_by_form().get(form, ())


def country_name(code: str) -> str:
    """Return the usual short English name of a country, or of an organization that is a party.

    A code that no table holds comes back as it is.
    """
    fact = _facts().get(code)
    if fact is not None:
        return fact.name
    return organization_name(code) or code


def is_country(code: str) -> bool:
    """Tell whether a code is that of a country, territory or former state."""
    return code in _facts()


def capital(code: str) -> str | None:
    """Return the seat of a country's government as news names it."""
    fact = _facts().get(code)
    return fact.capital if fact else None


def continent(code: str) -> str | None:
    """Return a country's continent by GeoNames: Africa, Asia, Europe, North America and so on."""
    fact = _facts().get(code)
    return fact.continent if fact else None


class CountrySuccessor(Row):
    """The state of today that carries on a former one."""

    code: str = Field(pattern=r"^[A-Z]{4}$")
    successor: str = Field(pattern=r"^[A-Z]{3}$")


def code_today(code: str) -> str:
    """Return the ISO 3166-1 alpha-3 code that records give a country; other codes as they are.

    The Soviet Union is carried on by Russia, Czechoslovakia by Czechia, Yugoslavia by Serbia.
    """
    return _successors().get(code, code)


class CountryTerritory(Row):
    """A territory, and the state of which it is one.

    Greenland and the Faroes are none: their governments receive the state's own as guests.
    """

    code: str = Field(pattern=r"^[A-Z]{3,4}$")
    state: str = Field(pattern=r"^[A-Z]{3}$")


def is_own_land(code: str, of: str) -> bool:
    """Tell whether a country is another, or a territory of it: Puerto Rico of the United States."""
    return code == of or _states().get(code) == of


class CountryDomain(Row):
    """A country's internet domain; those that are sold to anybody (.tv, .co) are left out."""

    domain: str
    code: str


@cache
def country_domains() -> dict[str, str]:
    """Return the codes by top-level domain ("ke" → KEN), by ISO 3166-1 alpha-2."""
    rows = load_table(PACKAGE, "country_domains.csv", CountryDomain)
    return {row.domain: row.code for row in rows}


@cache
def _successors() -> dict[str, str]:
    rows = load_table(PACKAGE, "country_successors.csv", CountrySuccessor)
    return {row.code: row.successor for row in rows}


@cache
def _states() -> dict[str, str]:
    rows = load_table(PACKAGE, "country_territories.csv", CountryTerritory)
    return {row.code: row.state for row in rows}


@cache
def _facts() -> dict[str, CountryFact]:
    return {row.code: row for row in load_table(PACKAGE, "country_facts.csv", CountryFact)}


@cache
def _codes_by_form() -> dict[str, tuple[str, ...]]:
    codes: dict[str, list[str]] = {}
    for row in country_forms():
        codes.setdefault(row.form, []).append(row.code)
    return {form: tuple(found) for form, found in codes.items()}
