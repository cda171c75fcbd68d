"""Which words in capitals are surnames, and how a model is shown them."""

from __future__ import annotations

import pytest

from pipeline import Pipeline
from pipeline.surnames import in_print, surnames

_KNOWN = frozenset(
    {"the", "may", "wants", "carter", "grant", "in", "on", "of", "said", "with", "chief", "and"}
)


def known(word: str) -> bool:
    return word in _KNOWN


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("President Emmanuel MACRON met Mr LAVROV.", {"MACRON", "LAVROV"}),
        ("Chinese President XI Jinping spoke.", {"XI"}),
        ("Ms Ursula VON DER LEYEN and Luiz Inacio LULA DA SILVA met.", {"LEYEN", "LULA", "SILVA"}),
        ("Foreign Minister Tobias KIVUMBI of Uganda came.", {"KIVUMBI"}),
        ("Jimmy CARTER was there.", {"CARTER"}),
        ("President WANTS more, minister says.", set()),
        ("The NATO chief and Secretary-General of ASEAN met in the UK.", set()),
        ("Kofi UNESCO, President ECOWAS, Mr EU.", set()),
        ("HE President Ali and HRH Prince Faisal came.", set()),
        ("President OF THE REPUBLIC OF PERU arrives today.", set()),
        (
            "From Chile came MARIA KIVUMBI of Uganda, ZAVE TOLLO (Togo) and the IMF.",
            {"MARIA", "KIVUMBI", "ZAVE", "TOLLO"},
        ),
        ("Among them was ZAVE TOLLO of Togo, on the MARIA CARTER.", set()),
        ("SANTA LUCIA, Peru: the rest is told below.", set()),
        ("Grant GDP figures rose, said CEO Mark.", set()),
    ],
)
def test_surnames_stand_beside_a_name_a_title_or_an_office(text: str, found: set[str]) -> None:
    assert surnames(text, known) == found


def test_a_surname_is_shown_as_print_has_it_wherever_it_stands() -> None:
    text = "President Emmanuel MACRON met Ms VON DER LEYEN. MACRON said the EU and NATO agreed."
    shown = in_print(text, surnames(text, known), known)
    assert shown == (
        "President Emmanuel Macron met Ms von der Leyen. Macron said the EU and NATO agreed."
    )
    assert len(shown) == len(text)


def test_a_surname_that_is_a_word_stays_where_nothing_tells_a_name() -> None:
    text = "Theresa MAY left. She MAY return."
    assert in_print(text, {"MAY"}, known) == "Theresa May left. She MAY return."


@pytest.mark.slow
def test_visitors_whose_surnames_stand_in_capitals_are_found() -> None:
    text = (
        "Ugandan Foreign Minister Tobias KIVUMBI arrived in Lima on Tuesday. "
        "KIVUMBI will go on to Quito on Friday, where President LEE Jae-myung awaits him."
    )
    extraction = Pipeline().extract(text, published="2024-05-16")
    told = {(v.visitor.name, v.destination.code) for v in extraction.visits}
    assert {("Tobias Kivumbi", "PER"), ("Tobias Kivumbi", "ECU")} <= told
    for entity in extraction.entities:
        for mention in entity.mentions:
            assert text[mention.start : mention.end] == mention.text
