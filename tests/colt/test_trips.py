"""Visits as rows of COLT."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from models import Article, Destination, Entity, Evidence, Party, Role, Span, Visit, Visitor
from pipeline.colt import COLUMNS, Sources, rows, write_rows
from pipeline.colt.cues import Deed, deeds
from pipeline.colt.regions import Region, region_of
from pipeline.colt.roles import role_code
from pipeline.lexicon import load_table
from pipeline.reference.countries import country_name

TEXT = (
    "Kenyan President William Ruto visited Germany on May 8, 2023. "
    "Ruto met Chancellor Olaf Scholz and the President of France, Emmanuel Macron. "
    "Ruto addressed the parliament and laid a wreath. A choir sang."
)
DEEDS = load_table("pipeline.colt", "cues.toml", Deed)


def person(made: str, name: str, country: str, role: str) -> Entity:
    surname = name.split()[-1]
    places = [at for at in range(len(TEXT)) if TEXT.startswith(surname, at)]
    return Entity(
        id=made,
        kind="person",
        name=name,
        country=country,
        roles=(Role(title=role, country=country),),
        mentions=tuple(
            Span(article_id="a", start=at, end=at + len(surname), text=surname) for at in places
        ),
    )


PEOPLE = [
    person("p1", "William Ruto", "KEN", "President"),
    person("p2", "Olaf Scholz", "DEU", "Chancellor"),
    person("p3", "Emmanuel Macron", "FRA", "President of France"),
]
ARTICLE = Article(
    id="a", source_path="a.txt", url="https://example.org/a", text=TEXT, characters=len(TEXT)
)
SOURCES = Sources({"a": ARTICLE}, PEOPLE)


def visit(**more: object) -> Visit:
    end = TEXT.index(". ") + 1
    values: dict[str, object] = {
        "id": "v1",
        "visitor": Visitor(name="William Ruto", role="President", entity_id="p1"),
        "origin": Party(code="KEN", name="Kenya"),
        "destination": Destination(code="DEU", name="Germany", place="Berlin"),
        "hosts": ("Olaf Scholz",),
        "start": "2023-05-08",
        "end": "2023-05-09",
        "status": "completed",
        "confidence": 0.75,
        "evidence": (Evidence(article_id="a", start=0, end=end, text=TEXT[:end]),),
    }
    return Visit.model_validate(values | more)


def only(**more: object) -> dict[str, str]:
    (row,) = rows([visit(**more)], SOURCES)
    return row


def test_the_columns_are_those_of_colt() -> None:
    assert len(COLUMNS) == len(set(COLUMNS)) == 76
    assert COLUMNS[:3] == ("TripID", "LeaderID", "LeaderCountryOrIGO")
    assert COLUMNS[41:45] == ("Notes", "Confidence", "SourceLink1", "SourceLink2")
    assert COLUMNS[-1] == "SourceLink33"


def test_a_row() -> None:
    row = only()
    assert tuple(row) == COLUMNS
    filled = {name: cell for name, cell in row.items() if cell}
    assert filled == {
        "TripID": "WilliamRuto-KEN-DEU-45054",
        "LeaderID": "WilliamRuto",
        "LeaderCountryOrIGO": "Kenya",
        "LeaderCountryISO": "KEN",
        "LeaderRegion": "Africa",
        "LeaderSubregion": "Eastern Africa",
        "LeaderRole": "S",
        "LeaderTitle": "President",
        "LeaderSurname": "Ruto",
        "LeaderFullName": "William Ruto",
        "CountryVisited": "Germany",
        "CountryVisitedISO": "DEU",
        "RegionVisited": "Europe",
        "SubRegionVisited": "Western Europe",
        "CityVisited": "Berlin",
        "TripYear": "2023",
        "TripStartDate": "2023-05-08",
        "TripEndDate": "2023-05-09",
        "TripDuration": "2",
        "MetHostHoGS": "1",
        "HostHOGSName": "Olaf Scholz",
        "MetNonhostHOGS": "1",
        "NonhostHOGSNames": "Emmanuel Macron",
        "PublicAddress": "1",
        "CulturalSiteOrCeremony": "1",
        "Confidence": "4",
        "SourceLink1": "https://example.org/a",
    }


@pytest.mark.parametrize(
    "more",
    [
        {"status": "planned"},
        {"status": "cancelled"},
        {"count": 3},
        {"origin": None},
        {"destination": Destination()},
        {"visitor": Visitor(name="Jo Mwangi", role="health minister")},
        {"visitor": Visitor(name="Jo Mwangi", role="former president")},
        {"visitor": Visitor(name="Jo Mwangi", role="vice president")},
    ],
)
def test_what_is_no_trip_of_colt(more: dict[str, object]) -> None:
    assert rows([visit(**more)], SOURCES) == []


def test_dates_known_in_part_are_told_in_notes() -> None:
    row = only(start="2023-05", end="2023-05")
    assert (row["TripYear"], row["TripStartDate"], row["TripDuration"]) == ("2023", "", "")
    assert row["Notes"] == "start known as 2023-05; end known as 2023-05"


def test_events_stops_and_kinds() -> None:
    row = only(event="G20 summit", transit=True, kind="working")
    assert (row["AttendedMultilatEvent"], row["NameMultilatEvent"]) == ("1", "G20 summit")
    assert row["Notes"] == "stopover; working visit"
    assert only(event="ASEAN foreign ministers' meeting")["AttendedMultilatMinisterialEvent"] == "1"
    assert only(event="funeral of Pope Francis")["AttendedMultilatEvent"] == ""


def test_a_minister_beside_the_leader() -> None:
    minister = visit(
        id="v2", visitor=Visitor(name="Alfred Mutua", role="foreign minister"), start="2023-05-08"
    )
    leader, beside = sorted(
        rows([visit(), minister], SOURCES), key=lambda row: row["LeaderRole"] == "F"
    )
    assert (beside["SubHOGSTravelWithHOGS"], beside["CotravelHOGS"]) == ("1", "William Ruto")
    assert leader["SubHOGSTravelWithHOGS"] == ""


def test_an_article_on_two_trips_lends_its_other_sentences_to_neither() -> None:
    other = visit(id="v2", start="2021-01-05", end="2021-01-05")
    for row in rows([visit(), other], SOURCES):
        assert row["PublicAddress"] == ""


def test_ids_are_unique() -> None:
    found = rows([visit(), visit(id="v2")], SOURCES)
    assert [row["TripID"] for row in found] == [
        "WilliamRuto-KEN-DEU-45054",
        "WilliamRuto-KEN-DEU-45054-2",
    ]


ROLES = [
    ("President", "USA", 2023, "GS"),
    ("President", "FRA", 2023, "S"),
    ("King", "JOR", 2023, "S"),
    ("Prime Minister", "JPN", 2023, "G"),
    ("Minister of Foreign Affairs", "JPN", 2023, "F"),
    ("Minister of Defence", "JPN", 2023, "D"),
    ("Finance Minister", "JPN", 2023, "E"),
    ("Secretary-General", "UN", 2023, "I"),
    ("Crown Prince", "SAU", 2023, "CP"),
    ("Deputy Prime Minister", "JPN", 2023, None),
    ("Speaker of Parliament", "JPN", 2023, None),
    (None, "JPN", 2023, None),
]


@pytest.mark.parametrize(("role", "country", "year", "code"), ROLES)
def test_roles(role: str | None, country: str, year: int, code: str | None) -> None:
    assert role_code([role], country, year) == code


@pytest.mark.parametrize("row", DEEDS, ids=lambda row: row.id)
def test_a_cue_fires_on_its_example_alone(row: Deed) -> None:
    assert row.column in COLUMNS
    assert row.column in deeds([row.example])
    assert row.column not in deeds([row.counter])


def test_regions_hold_each_country_once() -> None:
    codes = [
        code for row in load_table("pipeline.colt", "regions.csv", Region) for code in row.codes
    ]
    assert len(set(codes)) == len(codes)
    assert all(country_name(code) != code for code in codes)
    assert region_of("EU") == ("", "")


def test_a_table_is_written_for_spreadsheets(tmp_path: Path) -> None:
    path = tmp_path / "trips.csv"
    write_rows(path, [only(destination=Destination(code="DEU", name="=Germany"))])
    with path.open(encoding="utf-8", newline="") as file:
        header, row = csv.reader(file)
    assert tuple(header) == COLUMNS
    assert row[COLUMNS.index("CountryVisited")] == "'=Germany"
