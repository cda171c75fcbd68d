from __future__ import annotations

import pytest

from pipeline.reference.countries import is_country
from pipeline.reference.fold import fold
from pipeline.reference.leaders import (
    Leader,
    leader_code,
    leaders,
    leaders_by_name,
    leaders_by_surname,
    leaders_named,
    name_spellings,
)
from pipeline.reference.offices import office_forms, offices
from pipeline.reference.organizations import organization_name

#: Members of the United Nations of which no head need be known every year: too small, or with
#: heads who change twice a year.
SPARSE = {"AND", "SMR", "TUV"}
TERRITORIES = {
    "ABW",
    "AIA",
    "BMU",
    "CUW",
    "CYM",
    "ESH",
    "FRO",
    "GIB",
    "GRL",
    "HKG",
    "MAC",
    "NCL",
} | {"NIU", "PYF", "SXM", "TCA", "VGB"}


def test_codes_and_offices_exist() -> None:
    for row in leaders():
        assert is_country(row.code) or organization_name(row.code), row
        assert row.office in offices(), row


def test_rows_are_sorted_and_unique() -> None:
    keys = [(row.code, row.office, row.start, row.name) for row in leaders()]
    assert keys == sorted(set(keys))


def test_years_run_forward() -> None:
    assert [row for row in leaders() if row.end is not None and row.end < row.start] == []


def test_no_alias_is_an_office() -> None:
    phrases = {form.form for form in office_forms()}
    names = {name for row in leaders() for name in (row.name, *row.aliases)}
    assert {name for name in names if name.lower() in phrases} == set()


def test_no_name_is_its_own_alias() -> None:
    assert [row for row in leaders() if row.name in row.aliases] == []


def test_one_whole_name_is_one_person() -> None:
    shared = {
        name
        for name, rows in leaders_by_name().items()
        if len({row.code for row in rows}) > 1 and len({fold(row.name) for row in rows}) > 1
    }
    # Of Jordan since 1999, of Saudi Arabia from 2005 to 2015; of Belgium from 1993 to 2013, of
    # Monaco since 2005.
    assert shared == {"king abdullah", "albert ii"}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Xi Jinping", "CHN"),
        ("To Lam", "VNM"),
        ("Tô Lâm", "VNM"),
        ("Ilham Aliyev", "AZE"),
        ("MBS", "SAU"),
        ("Lula", "BRA"),
        ("Viktor Orban", "HUN"),
        ("Recep Tayyip Erdoğan", "TUR"),
        ("Abdel Fattah al-Sisi", "EGY"),
        ("Queen Sirikit", "THA"),
        ("Peng Liyuan", "CHN"),
        ("Jill Biden", "USA"),
        ("Pope Francis", "VAT"),
        ("Leonid Brezhnev", "SUHH"),
        ("Josip Broz Tito", "YUCS"),
        ("Erich Honecker", "DDDE"),
        ("Antony Blinken", "USA"),
        ("Surangel Whipps Jr.", "PLW"),
        ("Orban", "HUN"),
        ("von der Leyen", "EU"),
        ("Peña Nieto", "MEX"),
        ("Mnangagwa", "ZWE"),
    ],
)
def test_code_of_a_name(name: str, code: str) -> None:
    assert leader_code(name) == code


@pytest.mark.parametrize(
    ("name", "year", "code"),
    [
        ("Mark Rutte", 2015, "NLD"),
        ("Mark Rutte", 2025, "NATO"),
        ("Mark Rutte", None, "NATO"),
        ("António Guterres", 1999, "PRT"),
        ("Antonio Guterres", 2010, "UNHCR"),
        ("Antonio Guterres", 2020, "UN"),
        ("Donald Tusk", 2016, "EU"),
        ("Donald Tusk", 2024, "POL"),
        ("Moussa Faki", 2020, "AU"),
        ("King Abdullah", 2010, None),
        ("King Abdullah", 2019, "JOR"),
        ("Kim", None, None),
        ("Rasmussen", None, None),
        ("Nobody Inparticular", None, None),
    ],
)
def test_code_of_a_year(name: str, year: int | None, code: str | None) -> None:
    assert leader_code(name, year=year) == code


@pytest.mark.parametrize(
    ("surname", "name"),
    [
        ("xi", "Xi Jinping"),
        ("ban", "Ban Ki-moon"),
        ("moon", "Moon Jae-in"),
        ("lam", "To Lam"),
        ("leyen", "Ursula von der Leyen"),
        ("van rompuy", "Herman Van Rompuy"),
        ("nieto", "Enrique Peña Nieto"),
        ("sisi", "Abdel Fattah el-Sisi"),
        ("marcos", "Ferdinand Marcos Jr."),
    ],
)
def test_surnames(surname: str, name: str) -> None:
    assert name in {row.name for row in leaders_by_surname()[surname]}


@pytest.mark.parametrize(
    ("name", "usual"),
    [
        ("Henry A. Kissinger", "Henry Kissinger"),
        ("Mokgweetsi Eric Keabetswe Masisi", "Mokgweetsi Masisi"),
        ("Julius Kambarage Nyerere", "Julius Nyerere"),
        ("Abdelfattah Sisi", "Abdel Fattah el-Sisi"),
        ("Ahmad Al-Sharaa", "Ahmed al-Sharaa"),
        ("Muhammad Khatami", "Mohammad Khatami"),
        ("Sergei Viktorovich Lavrov", "Sergey Lavrov"),
        ("Surangel Whipps", "Surangel Whipps"),
        ("King Norodom Sihamoni", "Norodom Sihamoni"),
        ("His Excellency Dr. Mohamed Muizzu", "Mohamed Muizzu"),
        ("Kim Smith Jong", None),
        ("Nguyen Anh Hung", None),
        ("Mohamed Ali Hasan", None),
    ],
)
def test_near_names(name: str, usual: str | None) -> None:
    assert {row.name for row in leaders_named(name)} == ({usual} if usual else set())


def test_a_given_name_alone_is_no_surname() -> None:
    assert leader_code("Charles") is None


def test_spellings_are_folded_and_lead_to_usual_ones() -> None:
    spellings = name_spellings()
    assert all(fold(word) == word for pair in spellings.items() for word in pair)
    assert not set(spellings) & set(spellings.values())


def test_big_countries_have_a_head_every_year_since_1950() -> None:
    for code in ("USA", "GBR", "FRA", "JPN", "IND", "VNM", "AUS", "CAN", "NZL", "VAT"):
        assert missing_years(code, 1950) == [], code


def test_most_states_have_a_head_every_year_since_2014() -> None:
    states = {row.code for row in leaders() if is_country(row.code) and len(row.code) == 3}
    with_heads = {
        row.code for row in leaders() if row.office in ("head_of_state", "head_of_government")
    }
    for code in sorted((states & with_heads) - SPARSE - TERRITORIES):
        missing = missing_years(code, 2014)
        assert missing == [], code


def missing_years(code: str, since: int) -> list[int]:
    held: set[int] = set()
    for row in leaders():
        if row.code == code and row.office in ("head_of_state", "head_of_government", "pope"):
            held |= set(range(row.start, (row.end or 2025) + 1))
    return sorted(set(range(since, 2026)) - held)


def test_held_in_allows_a_year_either_side() -> None:
    row = Leader(name="A B", code="FRA", office="head_of_state", start=2000, end=2004)
    assert [year for year in range(1997, 2008) if row.held_in(year)] == list(range(1999, 2006))
