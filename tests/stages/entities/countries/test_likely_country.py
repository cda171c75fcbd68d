"""The likeliest country of persons to whom the text gives none."""

from __future__ import annotations

import pytest

from pipeline.lexicon import load_table
from pipeline.stages.entities.countries.likely_country import Choice, Weight, recording
from tests.reading import Reader, article_of

TEXTS = {
    # Whose spokesman he is, nobody says; the minister just before him is Malawi's.
    "spokesman": (
        "Malawi wrote to Zambia's railway on Tuesday. Malawi's trade minister Simplex Banda was "
        "content, and spokesman Chikondi Phiri said that it would get more wagons."
    ),
    # Nobody says whose delegate he is; the name does.
    "name": (
        "Delegates of Finland and Portugal sat down in Lisbon on Monday. "
        "Deputy minister Pekka Lehtovaara asked for a second round, and nobody objected."
    ),
    # A man of the street is of no country that is told.
    "nobody": (
        "The foreign minister of Chile, Alberto van Klaveren, landed in Warsaw on Friday. "
        'A taxi driver, Marek, said: "We like visitors."'
    ),
    # Who is met where a guest is, is of that country; who came is not, and one president is enough.
    "host": (
        "Chilean President Ramiro Goyeneche flew to Colombo on Monday. There he held talks with "
        "President Anil Gunasekera and Prime Minister Ranjith Perera of trade in tea."
    ),
    "comer": (
        "COLOMBO, May 3 - Prime Minister Bambang Sutarjo arrived here on Friday from Jakarta. The "
        "Indonesian delegation will stay in Sri Lanka until Sunday, Sri Lankan officials said."
    ),
    # An economist at work is of no country that is told, a party's whip is of that of the news.
    "callings": (
        "Zambia raised its interest rate on Monday. The kwacha fell. Zambia's miners had asked for "
        "less. Few shops in Lusaka were open. Frontline economist, Natasha Mwila, was content. "
        "Commissioner Brian Sakala asked for a debate."
    ),
    # The captain of a country's team is of it.
    "captain": (
        "Peru's team lost again on Sunday. Peru needed two goals. Captain Marco Salas missed three "
        "chances, and Peru's fans in Lima went home early. There was rain."
    ),
    # Ministers of one list are of one country.
    "list": (
        "Zambian officials met in Lusaka with guests from South Africa. South Africa's Trade "
        "Minister Thabo Mokoena was there. Ministers Sipho Dlamini, Lerato Sithole and Palesa "
        "Mutasa came to Zambia on Tuesday."
    ),
}


Countries = dict[str, dict[str, str | None]]


@pytest.fixture(scope="module")
def told(reader: Reader) -> tuple[Countries, list[Choice]]:
    """Return each text's persons with their countries, and the choices that were made."""
    with recording() as choices:
        readings = reader.annotate([article_of(text) for text in TEXTS.values()])
    countries = {
        key: {person.name: person.country for person in reading.entities("person")}
        for key, reading in zip(TEXTS, readings, strict=True)
    }
    return countries, list(choices)


@pytest.mark.parametrize(
    ("key", "person", "code"),
    [
        ("spokesman", "Chikondi Phiri", "MWI"),
        ("name", "Pekka Lehtovaara", "FIN"),
        ("nobody", "Marek", None),
        ("nobody", "Alberto van Klaveren", "CHL"),
        ("host", "Ramiro Goyeneche", "CHL"),
        ("host", "Anil Gunasekera", "LKA"),
        ("host", "Ranjith Perera", "LKA"),
        ("comer", "Bambang Sutarjo", "IDN"),
        ("callings", "Natasha Mwila", None),
        ("callings", "Brian Sakala", "ZMB"),
        ("captain", "Marco Salas", "PER"),
        ("list", "Sipho Dlamini", "ZAF"),
        ("list", "Palesa Mutasa", "ZAF"),
    ],
)
def test_country(
    told: tuple[Countries, list[Choice]], key: str, person: str, code: str | None
) -> None:
    assert told[0][key][person] == code


def test_choices_are_recorded_with_what_tells_for_each(
    told: tuple[Countries, list[Choice]],
) -> None:
    chosen = {person.name: features for person, features in told[1]}
    features = chosen["Pekka Lehtovaara"]
    assert set(features) == {"FIN", "PRT", None}
    assert features["FIN"]["name"] > features["PRT"]["name"]
    assert features["PRT"]["share"] > features["FIN"]["share"]
    assert features[None]["none"] == 1


def test_known_persons_are_not_weighed(told: tuple[Countries, list[Choice]]) -> None:
    assert "Alberto van Klaveren" not in {person.name for person, _ in told[1]}


@pytest.mark.parametrize("table", ["country_weights.csv", "leader_weights.csv"])
def test_weights_are_of_features_that_are_made(
    told: tuple[Countries, list[Choice]], table: str
) -> None:
    made = {name for _, by_code in told[1] for features in by_code.values() for name in features}
    rows = load_table("pipeline.stages.entities", table, Weight)
    plain = {row.feature for row in rows if "=" not in row.feature and "*" not in row.feature}
    assert {"share", "near", "name", "none"} <= plain & made
    assert [row.feature for row in rows] == sorted(row.feature for row in rows)
