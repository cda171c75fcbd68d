from __future__ import annotations

from importlib.resources import files

import pycountry
import pytest

from pipeline.lexicon import load_table
from pipeline.reference import make_countries
from pipeline.reference.countries import (
    CountryForm,
    capital,
    code_today,
    continent,
    country_codes,
    country_forms,
    country_name,
    country_traps,
    is_country,
    is_own_land,
)
from pipeline.reference.organizations import organization_forms, organization_name

HISTORIC = {country.alpha_4 for country in pycountry.historic_countries}
CODES = {country.alpha_3 for country in pycountry.countries} | {"XKX"} | HISTORIC


def test_tables_are_what_their_script_makes() -> None:
    folder = files("pipeline.reference")
    for file, rows in (
        ("countries.csv", make_countries.as_csv(make_countries.country_forms())),
        ("country_facts.csv", make_countries.as_csv(make_countries.country_facts())),
    ):
        assert (folder / file).read_text(encoding="utf-8") == rows


def test_codes_are_iso_and_rows_are_sorted_and_unique() -> None:
    rows = load_table("pipeline.reference", "countries.csv", CountryForm)
    keys = [(row.code, row.form) for row in rows]
    assert keys == sorted(set(keys))
    assert {code for code, _ in keys} <= CODES
    assert all(is_country(code) for code, _ in keys)


def test_every_country_has_a_name_a_continent_and_nearly_all_an_adjective() -> None:
    named = {row.code for row in country_forms() if row.kind in ("name", "former")}
    adjectives = {row.code for row in country_forms() if row.kind == "adjective"}
    members = [country.alpha_3 for country in pycountry.countries]
    assert set(members) <= named
    assert all(continent(code) for code in members)
    # "Seychellois", "Hong Kong" …; uninhabited and tiny territories go by their name alone.
    assert len(set(members) - adjectives) < 30


@pytest.mark.parametrize(
    ("form", "codes"),
    [
        ("Türkiye", ("TUR",)),
        ("Turkey", ("TUR",)),
        ("Ivory Coast", ("CIV",)),
        ("Cote d’Ivoire", ("CIV",)),
        ("Côte d'Ivoire", ("CIV",)),
        ("Czechia", ("CZE",)),
        ("the Emirates", ("ARE",)),
        ("U.S.", ("USA",)),
        ("United States of America", ("USA",)),
        ("Wales", ("GBR",)),
        ("DR Congo", ("COD",)),
        ("Democratic Republic of the Congo", ("COD",)),
        ("Congo-Brazzaville", ("COG",)),
        ("Congolese", ("COD", "COG")),
        ("Dominican", ("DOM", "DMA")),
        ("Republic of Korea", ("KOR",)),
        ("DPRK", ("PRK",)),
        ("Viet Nam", ("VNM",)),
        ("Lao PDR", ("LAO",)),
        ("Burma", ("MMR",)),
        ("Macedonia", ("MKD",)),
        ("Swaziland", ("SWZ",)),
        ("Holy See", ("VAT",)),
        ("State of Palestine", ("PSE",)),
        ("Kosovo", ("XKX",)),
        ("PRC", ("CHN",)),
        ("Sao Tome and Principe", ("STP",)),
        ("St. Lucia", ("LCA",)),
        ("St Vincent and the Grenadines", ("VCT",)),
        ("Azerbaijanis", ("AZE",)),
        ("Kyrgyz", ("KGZ",)),
        ("Emirati", ("ARE",)),
        ("Britons", ("GBR",)),
        ("Filipina", ("PHL",)),
        ("Bissau-Guinean", ("GNB",)),
        ("I-Kiribati", ("KIR",)),
        ("Ni-Vanuatu", ("VUT",)),
        ("Monegasque", ("MCO",)),
        ("Argentinian", ("ARG",)),
        ("Nigerien", ("NER",)),
        ("Nigerian", ("NGA",)),
        ("Soviet", ("SUHH",)),
        ("USSR", ("SUHH",)),
        ("Czechoslovakia", ("CSHH",)),
        ("East German", ("DDDE",)),
        ("Yugoslavia", ("YUCS",)),
        ("Zaire", ("ZRCD",)),
        ("South Vietnam", ("VNM",)),
        ("West Germany", ("DEU",)),
        ("the Kremlin", ("RUS",)),
        ("Élysée", ("FRA",)),
        ("Zhongnanhai", ("CHN",)),
        ("us", ()),
        ("Strategic Partnership", ()),
    ],
)
def test_forms(form: str, codes: tuple[str, ...]) -> None:
    assert country_codes(form) == codes


def test_the_first_row_of_an_ambiguous_form_is_the_most_populous_country() -> None:
    first: dict[str, str] = {}
    for row in country_forms():
        first.setdefault(row.form, row.code)
    assert (first["Congolese"], first["Dominican"]) == ("COD", "DOM")


@pytest.mark.parametrize(
    ("code", "name", "seat", "part"),
    [
        ("VNM", "Vietnam", "Hanoi", "Asia"),
        ("USA", "United States", "Washington", "North America"),
        ("KOR", "South Korea", "Seoul", "Asia"),
        ("CIV", "Ivory Coast", "Yamoussoukro", "Africa"),
        ("AZE", "Azerbaijan", "Baku", "Asia"),
        ("XKX", "Kosovo", "Pristina", "Europe"),
        ("VAT", "Vatican", "Vatican City", "Europe"),
        ("SUHH", "Soviet Union", "Moscow", "Europe"),
        ("EU", "European Union", None, None),
        ("ASEAN", "ASEAN", None, None),
        ("QQQ", "QQQ", None, None),
    ],
)
def test_facts(code: str, name: str, seat: str | None, part: str | None) -> None:
    assert (country_name(code), capital(code), continent(code)) == (name, seat, part)


def test_traps_hold_no_whole_form() -> None:
    forms = {row.form for row in country_forms()}
    traps = [row.form for row in country_traps()]
    assert traps == sorted(set(traps))
    assert not forms & set(traps)


def test_organizations_are_sorted_unique_and_no_countries() -> None:
    rows = [(row.code, row.form) for row in organization_forms()]
    assert rows == sorted(set(rows))
    # The Palestinian Authority and the PLO speak for Palestine.
    assert {code for code, _ in rows if is_country(code)} == {"PSE"}
    forms = [form for _, form in rows]
    assert len(forms) == len(set(forms))


def test_every_organization_has_one_usual_name() -> None:
    usual = [row.code for row in organization_forms() if row.usual]
    assert len(usual) == len(set(usual))
    assert set(usual) | {"PSE"} == {row.code for row in organization_forms()}
    assert organization_name("UN") == "United Nations"


@pytest.mark.parametrize(
    ("form", "code", "kind"),
    [
        ("European Commission", "EU", "name"),
        ("Brussels", "EU", "metonym"),
        ("U.N.", "UN", "abbreviation"),
        ("NATO", "NATO", "abbreviation"),
        ("Organization of Turkic States", "OTS", "name"),
        ("Palestinian Authority", "PSE", "name"),
        ("ASEAN Secretary-General", "ASEAN", "head"),
    ],
)
def test_organization_forms(form: str, code: str, kind: str) -> None:
    found = [(row.code, row.kind) for row in organization_forms() if row.form == form]
    assert found == [(code, kind)]


@pytest.mark.parametrize(
    ("code", "today"),
    [("SUHH", "RUS"), ("YUCS", "SRB"), ("DDDE", "DEU"), ("FRA", "FRA"), ("ASEAN", "ASEAN")],
)
def test_former_states_have_a_code_of_today(code: str, today: str) -> None:
    assert code_today(code) == today


@pytest.mark.parametrize(("code", "of"), [("PRI", "USA"), ("NCL", "FRA"), ("PER", "PER")])
def test_own_lands(code: str, of: str) -> None:
    assert is_own_land(code, of)
    assert not is_own_land(code, "FJI")


def test_a_state_is_no_land_of_its_territory() -> None:
    assert not is_own_land("USA", "PRI")


def test_every_successor_is_a_country_of_today() -> None:
    former = {row.code for row in country_forms() if len(row.code) == 4} - {"ANHH"}
    assert {code_today(code) for code in former} <= {
        row.code for row in country_forms() if len(row.code) == 3
    }
