"""For which country an article writes, where nothing tells it but what is named."""

from __future__ import annotations

import pytest
import spacy

from pipeline.stages.entities.countries.home import home_country
from pipeline.stages.entities.spans import PlaceSpan

TOWNS = {
    "Lima": "PER",
    "Oslo": "NOR",
    "Riga": "LVA",
    "Accra": "GHA",
    "Quito": "ECU",
    "Tunis": "TUN",
    "Minsk": "BLR",
    "Seoul": "KOR",
}


@pytest.mark.parametrize("first", TOWNS)
def test_of_equals_the_country_told_of_first_is_home(first: str) -> None:
    # In a set of names and codes any might come first, as the seed of a process has it.
    towns = [first, *(town for town in TOWNS if town != first)]
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    doc = nlp(" ".join(towns))
    places = [PlaceSpan(i, i + 1, town, TOWNS[town], town) for i, town in enumerate(towns)]
    home = home_country(doc, [], [], [], places, [])
    assert home.code == TOWNS[first]
    assert not home.sure
