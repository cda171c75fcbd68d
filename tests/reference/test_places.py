from __future__ import annotations

import subprocess
import sys
from importlib.resources import files

import pytest

from pipeline.lexicon import load_table
from pipeline.reference import make_airports, make_places
from pipeline.reference.countries import capital, continent, is_country
from pipeline.reference.fold import fold, unaccent
from pipeline.reference.places import Landmark, Place, PlaceAlias, find_place, opens_place


def test_table_is_what_its_script_makes() -> None:
    table = (files("pipeline.reference") / "places.csv").read_text(encoding="utf-8")
    assert table == make_places.as_csv(make_places.place_rows())


def test_airports_are_named_by_each_of_their_names_and_no_name_of_two_countries() -> None:
    rows = [
        {"iata": "BUD", "name": "Budapest Ferenc Liszt International Airport", "city": "Budapest"},
        {"iata": "DAC", "name": "Chittagong / Shah Amanat Intl", "city": "Sylhet"},
        {"iata": "", "name": "Nowhere International Airport", "city": "Pécs"},
        {"iata": "MPM", "name": "Maputo Airport", "city": "Maputo"},
        {"iata": "BEW", "name": "Beira Airport", "city": "Beira"},
        {"iata": "XAA", "name": "Two Seas International Airport", "city": "Debrecen"},
        {"iata": "XBB", "name": "Two Seas International Airport", "city": "Chittagong"},
    ]
    countries = ("HU", "BD", "HU", "MZ", "MZ", "HU", "BD")
    rows = [row | {"country": code} for row, code in zip(rows, countries, strict=True)]
    assert [(row.name, row.country, row.city) for row in make_airports.airports(rows)] == [
        ("Budapest Ferenc Liszt Airport", "HUN", "Budapest"),
        ("Ferenc Liszt Airport", "HUN", "Budapest"),
        ("Maputo Airport", "MOZ", "Maputo"),
        ("Shah Amanat Airport", "BGD", "Sylhet"),
    ]


@pytest.mark.parametrize(
    ("file", "model"),
    [
        ("place_aliases.csv", PlaceAlias),
        ("landmarks.csv", Landmark),
        ("airports.csv", Landmark),
    ],
)
def test_hand_tables_are_sorted_unique_and_of_countries(
    file: str, model: type[PlaceAlias | Landmark]
) -> None:
    rows = load_table("pipeline.reference", file, model)
    keys = [tuple(row.model_dump().values())[:2] for row in rows]
    assert keys == sorted(set(keys))
    assert all(is_country(row.country) for row in rows)


@pytest.mark.parametrize(
    ("name", "usual", "country"),
    [
        ("Baku", "Baku", "AZE"),
        ("HANOI", "Hanoi", "VNM"),
        ("Ha Noi", "Hanoi", "VNM"),
        ("Saigon", "Ho Chi Minh City", "VNM"),
        ("Kiev", "Kyiv", "UKR"),
        ("Rangoon", "Yangon", "MMR"),
        ("Naypyidaw", "Nay Pyi Taw", "MMR"),
        ("Nur-Sultan", "Astana", "KAZ"),
        ("Marrakech", "Marrakesh", "MAR"),
        ("St. Petersburg", "Saint Petersburg", "RUS"),
        ("Macao", "Macau", "MAC"),
        ("Washington", "Washington", "USA"),
        ("Washington, D.C.", "Washington", "USA"),
        ("New York", "New York City", "USA"),
        ("Bombay", "Mumbai", "IND"),
        ("Calcutta", "Kolkata", "IND"),
        ("Madras", "Chennai", "IND"),
        ("Paris", "Paris", "FRA"),
        ("London", "London", "GBR"),
        ("San Jose", "San José", "CRI"),
        ("Tripoli", "Tripoli", "LBY"),
        ("Geneva", "Geneva", "CHE"),
        ("Davos", "Davos", "CHE"),
        ("Bali", "Bali", "IDN"),
        ("Crimea", "Crimea", "UKR"),
        ("Tibet", "Tibet", "CHN"),
        ("California", "California", "USA"),
        ("Ontario", "Ontario", "CAN"),
        ("Gujarat", "Gujarat", "IND"),
        ("Hokkaido", "Hokkaido", "JPN"),
        ("Stepanakert", "Stepanakert", "AZE"),
    ],
)
def test_first_place_of_a_name(name: str, usual: str, country: str) -> None:
    place = find_place(name)[0]
    assert (unaccent(place.name), place.country) == (unaccent(usual), country)


@pytest.mark.parametrize(
    ("name", "country", "city"),
    [
        ("Great Hall of the People", "CHN", "Beijing"),
        ("Noi Bai", "VNM", "Hanoi"),
        ("Elysee", "FRA", "Paris"),
        ("Hyderabad House", "IND", "New Delhi"),
        ("Heydar Aliyev International Airport", "AZE", "Baku"),
        ("Kenneth Kaunda Airport", "ZMB", "Lusaka"),
        ("Murtala Muhammed International Airport", "NGA", "Lagos"),
        ("Andrews Air Force Base", "USA", "Washington"),
        ("Mar-a-Lago", "USA", "Palm Beach"),
    ],
)
def test_landmarks_name_their_city(name: str, country: str, city: str) -> None:
    place = find_place(name)[0]
    assert (place.kind, place.country, place.city) == ("landmark", country, city)


def test_capitals_come_first_then_the_most_populous() -> None:
    places = find_place("Kingston")
    assert places[0].country == "JAM"
    ranks = [(not place.capital, -place.population) for place in places]
    assert ranks == sorted(ranks)


def test_every_capital_is_found() -> None:
    # Diego Garcia is no city; Melekeok and San Marino's like are too small for GeoNames' list.
    members = [code for code in make_places.alpha_3().values() if continent(code) is not None]
    lost = [
        code
        for code in members
        if (seat := capital(code)) and code not in {place.country for place in find_place(seat)}
    ]
    assert lost == []


@pytest.mark.parametrize(
    ("word", "apart", "opens"),
    [
        ("Lima", True, True),
        ("New", True, True),
        ("NEW", True, True),
        ("St.", True, True),
        ("Élysée", True, True),
        ("Ha", False, True),  # "Ha-Noi" is three tokens
        ("Ministers", True, False),
        ("Limas", True, False),
        ("Tripo", True, False),
        ("Tripo", False, True),  # "Tripo'li", whatever cuts it
    ],
)
def test_words_with_which_a_place_may_begin(word: str, *, apart: bool, opens: bool) -> None:
    assert opens_place(word, apart=apart) == opens
    assert not (find_place(word) and not opens_place(word, apart=apart))


@pytest.mark.parametrize("name", ["", ",", "Strategic Partnership", "Putin", "To Lam", "zzz"])
def test_no_place(name: str) -> None:
    assert find_place(name) == ()


def test_a_place_is_frozen_and_compared_by_value() -> None:
    assert find_place("Baku")[0] == Place(
        name="Baku", country="AZE", population=find_place("baku")[0].population, capital=True
    )


def test_loading_is_fast() -> None:
    program = (
        "import time; from pipeline.reference import places; start = time.process_time(); "
        "places.find_place('Baku'); print(time.process_time() - start)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert float(done.stdout) < 0.3


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Élysée", "elysee"),
        ("St. John's", "st johns"),
        ("Nuku‘alofa", "nukualofa"),
        ("Ha-Noi", "ha noi"),
        ("Đà Nẵng", "da nang"),
        ("İzmir", "izmir"),
        ("Łódź", "lodz"),
        ("  New   York ", "new york"),
    ],
)
def test_fold(name: str, key: str) -> None:
    assert fold(name) == key
