from __future__ import annotations

import time
from collections import Counter

import pytest

from pipeline.reference.countries import is_country
from pipeline.reference.offices import (
    Office,
    match_offices,
    office_forms,
    office_modifiers,
    office_parties,
    offices,
    person_titles,
    pluralize,
)
from pipeline.reference.organizations import organization_name


def classes(text: str) -> list[tuple[str, str]]:
    return [(text[match.start : match.end], match.form.office) for match in match_offices(text)]


@pytest.mark.parametrize("office", offices().values(), ids=lambda office: office.id)
def test_example_fires_and_counter_does_not(office: Office) -> None:
    assert office.id in {match.form.office for match in match_offices(office.example)}
    assert office.id not in {match.form.office for match in match_offices(office.counter)}


def test_a_written_phrase_stands_in_one_row() -> None:
    written = Counter(
        phrase
        for office in offices().values()
        for phrase in (*office.forms, *office.plurals, *office.abbreviations)
    )
    assert [phrase for phrase, count in written.items() if count > 1] == []


def test_forms_are_lower_case_and_longest_first() -> None:
    forms = office_forms()
    abbreviations = {word for office in offices().values() for word in office.abbreviations}
    lengths = [len(form.form) for form in forms]
    assert lengths == sorted(lengths, reverse=True)
    assert {form.form for form in forms if form.form != form.form.lower()} == {
        *abbreviations,
        *(f"{word}s" for word in abbreviations),
    }


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Azerbaijani Minister of Defence Zakir Hasanov",
            [("Minister of Defence", "defence_minister")],
        ),
        ("the Deputy Prime Minister", [("Deputy Prime Minister", "deputy_head_of_government")]),
        ("the president's visit", [("president", "head_of_state")]),
        ("the president’s wife arrived", [("president’s wife", "spouse")]),
        (
            "Chief Justice of the Supreme Court Inam Karimov",
            [("Chief Justice of the Supreme Court", "chief_justice")],
        ),
        (
            "Secretary-General of the United Nations",
            [("Secretary-General", "head_of_organization")],
        ),
        (
            "General Secretary of the Communist Party of Vietnam",
            [("General Secretary", "party_leader")],
        ),
        (
            "Speaker of the National Assembly Sahiba Gafarova",
            [("Speaker of the National Assembly", "speaker")],
        ),
        (
            "the EU's High Representative for Foreign Affairs and Security Policy",
            [
                (
                    "High Representative for Foreign Affairs and Security Policy",
                    "head_of_organization",
                )
            ],
        ),
        ("heads of state and government", [("heads of state and government", "head_of_state")]),
        ("two foreign ministers met", [("foreign ministers", "foreign_minister")]),
        ("British PM Keir Starmer", [("PM", "head_of_government")]),
        ("at 2 pm on Monday", []),
        ("the general election", []),
        ("Gen. Smith", [("Gen.", "military")]),
        ("It was said by the president.", [("president", "head_of_state")]),
        ("vice-presidents", [("vice-presidents", "vice_president")]),
        ("the Yang di-Pertuan Agong", [("Yang di-Pertuan Agong", "head_of_state")]),
        (
            "Custodian of the Two Holy Mosques",
            [("Custodian of the Two Holy Mosques", "head_of_state")],
        ),
        ("Captain Regent", [("Captain Regent", "head_of_state")]),
        ("Taoiseach Micheál Martin", [("Taoiseach", "head_of_government")]),
        (
            "Chairman of the National People's Congress",
            [("Chairman of the National People's Congress", "speaker")],
        ),
        ("the Prosecutor General", [("Prosecutor General", "prosecutor")]),
        ("US Under Secretary of State", [("Under Secretary of State", "deputy_minister")]),
        ("its Minister for Fisheries", [("Minister for Fisheries", "minister")]),
        ("the Governor of the Central Bank", [("Governor of the Central Bank", "central_banker")]),
        ("partnership and justice", []),
        ("in the National Assembly, Deputy", []),
        (
            "Secretary of State for Foreign, Commonwealth and Development Affairs",
            [
                (
                    "Secretary of State for Foreign, Commonwealth and Development Affairs",
                    "foreign_minister",
                )
            ],
        ),
        (
            "a spokesman for the general. Secretary of the club",
            [("spokesman", "spokesperson"), ("Secretary", "official")],
        ),
    ],
)
def test_longest_phrase_wins(text: str, found: list[tuple[str, str]]) -> None:
    assert classes(text) == found


@pytest.mark.parametrize(
    ("singular", "plural"),
    [
        ("prime minister", "prime ministers"),
        ("minister of defence", "ministers of defence"),
        ("secretary of state", "secretaries of state"),
        ("secretary-general", "secretaries-general"),
        ("attorney general", "attorneys general"),
        ("major general", "major generals"),
        ("chairman of the national assembly", "chairmen of the national assembly"),
        ("chairperson-in-office", "chairpersons-in-office"),
        ("press attaché", "press attachés"),
        ("first lady", "first ladies"),
        ("president-elect", "presidents-elect"),
        ("wife", "wives"),
        ("duchess of kent", "duchesses of kent"),
        ("envoy", "envoys"),
        ("deputy secretary general", "deputy secretaries general"),
    ],
)
def test_plurals(singular: str, plural: str) -> None:
    assert pluralize(singular) == plural


def test_parties_of_offices_are_known_and_their_phrases_offices() -> None:
    forms = {form.form for form in office_forms()}
    assert set(office_parties()) <= forms
    for code in office_parties().values():
        assert is_country(code) or organization_name(code), code
    assert office_parties()["taoiseach"] == "IRL"


def test_small_tables_are_sorted_and_unique() -> None:
    modifiers = [(row.form, row.kind) for row in office_modifiers()]
    titles = [row.form for row in person_titles()]
    assert modifiers == sorted(set(modifiers))
    assert titles == sorted(set(titles))


def test_matching_takes_linear_time() -> None:
    text = "minister of the " * 20_000
    taken: list[float] = []
    # The best of three: collecting garbage may fall into one of them.
    for _ in range(3):
        start = time.process_time()
        assert len(list(match_offices(text))) == 20_000
        taken.append(time.process_time() - start)
    assert min(taken) < 2
