"""What the phrases beside a name tell of the person."""

from __future__ import annotations

import pytest

from pipeline.stages.entities.countries.likely_country import Choice, recording
from tests.reading import Reader, article_of

TEXTS = (
    "Chad's lawyer Moussa Abakar stayed. Frontline economist, Ben Webb, said that Chad would pay.",
    "In Lima, Jon Aho told Peru so. Pablo Quispe, a goalkeeper in Lima, came late.",
    "Peru heard Datuk Ana Soto of Lima. Lima dismissed Ines Roca.",
    "Prosecutors in Peru named Raul Vega as a suspect. Commissioner Tom Ridge told Peru so.",
)


@pytest.fixture(scope="module")
def told(reader: Reader) -> dict[str, Choice]:
    """Return what was weighed of each person."""
    with recording() as choices:
        reader.annotate([article_of(text) for text in TEXTS])
    return {choice[0].name: choice for choice in choices}


@pytest.mark.parametrize(
    ("name", "callings"),
    [
        ("Ben Webb", {"private"}),  # over the comma
        ("Jon Aho", {"bare"}),  # "In Lima," is no calling
        ("Pablo Quispe", {"sport"}),
        ("Ana Soto", {"styled"}),
        ("Ines Roca", {"appointed"}),
        ("Raul Vega", {"bare"}),  # named, but not into an office
    ],
)
def test_callings(told: dict[str, Choice], name: str, callings: set[str]) -> None:
    features = told[name][1][None]
    prefix = "none_is="
    assert {key.removeprefix(prefix) for key in features if key.startswith(prefix)} == callings


def test_countries_in_phrases(told: dict[str, Choice]) -> None:
    (plain,) = (by_code for person, by_code in told.values() if person.name == "Pablo Quispe")
    assert plain["PER"]["phrase_behind"] == 1
    assert "phrase_before" not in plain["PER"]
