"""A table of trips held against another."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pipeline.colt import compare, read_trips
from pipeline.colt.compare import same_person
from pipeline.colt.table import ListedTrip
from pipeline.errors import ReaderError

HERE = ListedTrip(0, "x", "William Ruto", "KEN", "DEU", date(2023, 5, 8), date(2023, 5, 9))


def trip(start: date | None = date(2023, 5, 8), end: date | None = None, **more: str) -> ListedTrip:
    values = {"name": "William Ruto", "origin": "KEN", "destination": "DEU"} | more
    return ListedTrip(2, "t", values["name"], values["origin"], values["destination"], start, end)


FINDINGS = {
    "same": (trip(), "same", 0),
    "the end differs": (trip(end=date(2023, 5, 10)), "dates_differ", 0),
    "a day later": (trip(date(2023, 5, 9)), "dates_differ", 1),
    "a week earlier": (trip(date(2023, 5, 1)), "dates_differ", -7),
    "a month later": (trip(date(2023, 6, 8)), "month_apart", 31),
    "undated": (trip(None), "same", None),
    "a surname": (trip(name="Ruto"), "same", 0),
    "another spelling": (trip(name="William Samoei Ruto"), "same", 0),
    "swapped": (trip(name="Olaf Scholz", origin="DEU", destination="KEN"), "direction_swapped", 0),
}


@pytest.mark.parametrize(("there", "kind", "days"), FINDINGS.values(), ids=FINDINGS)
def test_one_trip_in_both(there: ListedTrip, kind: str, days: int | None) -> None:
    (finding,) = compare([there], [HERE]).findings
    assert (finding.kind, finding.start_days) == (kind, days)


APART = {
    "another year": trip(date(2021, 5, 8)),
    "another leader": trip(name="Alfred Mutua"),
    "another country": trip(destination="FRA"),
    "swapped, another day": trip(date(2023, 5, 15), origin="DEU", destination="KEN"),
}


@pytest.mark.parametrize("there", APART.values(), ids=APART)
def test_two_trips(there: ListedTrip) -> None:
    found = compare([there], [HERE])
    assert [finding.kind for finding in found.findings] == ["only_there", "only_here"]


def test_the_nearest_are_paired_and_the_double_is_named() -> None:
    found = compare([trip(date(2023, 6, 8)), trip(date(2023, 5, 9)), trip()], [HERE])
    assert [(f.kind, f.start_days) for f in found.findings] == [
        ("same", 0),
        ("month_apart", 31),
        ("only_there", None),
    ]


def test_who_is_one() -> None:
    assert same_person(trip(name=""), HERE)
    assert not same_person(trip(name="Isaac Ruto"), HERE)


def table(folder: Path, text: str) -> Path:
    path = folder / "trips.csv"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2023-05-08", date(2023, 5, 8)),
        ("5/8/2023", date(2023, 5, 8)),
        ("25/8/2023", date(2023, 8, 25)),
        ("45054", date(2023, 5, 8)),
        ("soon", None),
        ("", None),
    ],
)
def test_dates_as_tables_write_them(cell: str, day: date | None, tmp_path: Path) -> None:
    header = "LeaderCountryISO,CountryVisitedISO,LeaderSurname,TripStartDate"
    (found,) = read_trips(table(tmp_path, f"{header}\nken,DEU,Ruto,{cell}\n"))
    assert (found.line, found.origin, found.name, found.start) == (2, "KEN", "Ruto", day)


def test_the_day_in_an_id(tmp_path: Path) -> None:
    text = "TripID,LeaderCountryISO,CountryVisitedISO\nRuto-KEN-DEU-45054,KEN,DEU\n"
    assert read_trips(table(tmp_path, text))[0].start == date(2023, 5, 8)


def test_a_table_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(ReaderError, match="CountryVisitedISO"):
        read_trips(table(tmp_path, "a,b\n1,2\n"))
    with pytest.raises(ReaderError):
        read_trips(tmp_path / "none.csv")
