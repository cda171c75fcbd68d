"""Which persons of several articles are one, and which are not."""

from __future__ import annotations

import pytest

from pipeline.stages.normalize import normalize
from tests.stages.normalize.records import Trip, Who, persons, thing, told

P, FM = "President", "Foreign Minister"

SAME = {
    "accents": (Who("Recep Tayyip Erdogan", "TUR", P), Who("Recep Tayyip Erdoğan", "TUR", P)),
    "hyphen": (Who("Kassym-Jomart Tokayev", "KAZ", P), Who("Kassym Jomart Tokayev", "KAZ", P)),
    "transliteration": (Who("Kairat Umarov", "KAZ"), Who("Qairat Umarov", "KAZ")),
    "russian y": (Who("Sergey Andreev", "RUS", FM), Who("Sergei Andreyev", "RUS", FM)),
    "letter": (Who("Bakhtiyor Saidakhmedov", "UZB", FM), Who("Bakhtiyor Saidakhmetov", "UZB", FM)),
    "fuller": (Who("Shovgi Mehdizade", "AZE"), Who("Shovgi Kamal Oglu Mehdizade", "AZE")),
    "one country unknown": (Who("Mirko Hadzic", None), Who("Mirko Hadžić", "SRB", FM)),
    "particle": (Who("Hamad el-Kaabi", "ARE", FM), Who("Hamad Kaabi", "ARE", FM)),
    "short form": (Who("Tom Hargreaves", "AUS"), Who("Thomas Hargreaves", "AUS", FM)),
    "middle initial": (Who("Carol Whitfield", "USA", FM), Who("Carol J. Whitfield", "USA", FM)),
    "known leader": (Who("Jokowi", "IDN", P), Who("Joko Widodo", "IDN", P)),
    "word order": (Who("Tran Viet Hai", "VNM", FM), Who("Viet Hai Tran", "VNM", FM)),
    "surname with office": (Who("Umarov", "KAZ", FM), Who("Kairat Umarov", "KAZ", FM)),
    "organization's head": (Who("Ingrid Solberg", "NOR"), Who("Ingrid Solberg", "NATO", FM)),
    "surname in another spelling": (Who("Umaroff", "KAZ", FM), Who("Kairat Umarov", "KAZ", FM)),
    "surname twice": (Who("Umarov", "KAZ", FM), Who("Umarov", "KAZ", FM)),
    "feminine ending kept": (Who("Nigora Yusupova", "UZB"), Who("Nigora Yusupova", "UZB", FM)),
    "belarusian": (Who("Alyaksandr Kuzmenka", "BLR", P), Who("Alexander Kuzmenko", "BLR", P)),
}

APART = {
    "given name": (Who("Hun Sen", "KHM", P), Who("Hun Manet", "KHM", P)),
    "sex": (Who("Leyla Aliyeva", "AZE"), Who("Leyla Aliyev", "AZE")),
    "given name's sex": (Who("Fernando Rivas", "PER"), Who("Fernanda Rivas", "PER")),
    "king's number": (Who("Hassan Idris II", "MAR"), Who("Hassan Idris III", "MAR")),
    "son": (Who("Ferdinand Marcos", "PHL", P), Who("Ferdinand Marcos Jr.", "PHL", P)),
    "country": (Who("John Smith", "GBR", FM), Who("John Smith", "NZL", FM)),
    "surname alone, other country": (Who("Umarov", "UZB", FM), Who("Kairat Umarov", "KAZ", FM)),
    "surname alone, other office": (Who("Umarov", "KAZ", P), Who("Kairat Umarov", "KAZ", FM)),
    "surname alone, no office": (Who("Umarov", "KAZ"), Who("Kairat Umarov", "KAZ", FM)),
    "two surnames without office": (Who("Dosymkul", "KAZ"), Who("Dosymkul", "KAZ")),
    "pinyin": (Who("Zhang Hanyu", "CHN"), Who("Zhang Hanju", "CHN")),
    "vietnamese": (Who("Nguyen Van Khanh", "VNM"), Who("Nguyen Van Hanh", "VNM")),
    "order of given names": (Who("Thomas James", None), Who("James Thomas", "GBR")),
    "middle initials": (Who("George H. W. Bush", "USA"), Who("George W. Bush", "USA")),
    "letter, other office": (Who("Ana Petersen", "DNK", FM), Who("Ana Pedersen", "DNK", P)),
    "letter, no country": (Who("Ana Petersen", None), Who("Ana Pedersen", "DNK")),
    "spouses": (Who("Joe Biden", "USA", P), Who("Jill Biden", "USA", "First Lady")),
    "short words": (Who("Li Qiang", "CHN"), Who("Li Qian", "CHN")),
}


@pytest.mark.parametrize("pair", SAME.values(), ids=SAME)
def test_one_person(pair: tuple[Who, Who]) -> None:
    rows = told("a1", "2024-05-01", pair[0]), told("a2", "2024-06-01", pair[1])
    assert len(persons(normalize(rows))) == 1


@pytest.mark.parametrize("pair", APART.values(), ids=APART)
def test_two_persons(pair: tuple[Who, Who]) -> None:
    rows = told("a1", "2024-05-01", pair[0]), told("a2", "2024-06-01", pair[1])
    assert len(persons(normalize(rows))) == 2


def test_a_surname_that_two_may_bear_is_neither() -> None:
    rows = (
        told("a1", "2024-05-01", Who("Umarov", "KAZ", "deputy minister")),
        told("a2", "2024-05-01", Who("Kairat Umarov", "KAZ", "deputy minister")),
        told("a3", "2024-05-01", Who("Daniyar Umarov", "KAZ", "deputy minister")),
    )
    assert len(persons(normalize(rows))) == 3


def test_a_short_name_that_fits_two_is_neither() -> None:
    rows = (
        told("a1", "2024-05-01", Who("Ahmed Saleh", None)),
        told("a2", "2024-05-01", Who("Ahmed Saleh Hamdan", "YEM")),
        told("a3", "2024-05-01", Who("Ahmed Saleh Qasim", "YEM")),
    )
    assert len(persons(normalize(rows))) == 3


def test_an_initial_that_fits_two_is_neither() -> None:
    rows = (
        told("a1", "2024-05-01", Who("J. Petersen", "DNK")),
        told("a2", "2024-05-01", Who("Jens Petersen", "DNK")),
        told("a3", "2024-05-01", Who("Jytte Petersen", "DNK")),
    )
    assert len(persons(normalize(rows))) == 3


def test_an_unknown_country_is_not_chosen_among_two() -> None:
    rows = (
        told("a1", "2024-05-01", Who("John Smith", None)),
        told("a2", "2024-05-01", Who("John Smith", "GBR")),
        told("a3", "2024-05-01", Who("John Smith", "NZL")),
    )
    assert len(persons(normalize(rows))) == 3


def test_a_surname_many_years_later_is_another_holder_of_the_office() -> None:
    rows = (
        told("a1", "1998-05-01", Who("Kairat Umarov", "KAZ", FM)),
        told("a2", "2024-05-01", Who("Umarov", "KAZ", FM)),
    )
    assert persons(normalize(rows)) == ["Kairat Umarov", "Umarov"]


def test_what_one_article_tells_apart_stays_apart() -> None:
    rows = (
        told("a1", "2024-05-01", Who("Sergei Andreyev", "RUS", FM), Who("Sergey Andreev", "RUS")),
        told("a2", "2024-05-01", Who("Sergei Andreyev", "RUS", FM)),
    )
    assert len(persons(normalize(rows))) == 2


@pytest.mark.parametrize(
    ("kinds", "kept"),
    [
        (["head_of_state", "head_of_organization", "head_of_state"], "head_of_state"),
        (["head_of_organization", "head_of_state", "head_of_organization"], "head_of_organization"),
        (["head_of_state", "head_of_organization"], "head_of_organization"),
    ],
    ids=["most are of the state", "most are of the union", "equals by the alphabet"],
)
def test_one_title_of_two_classes_is_of_the_class_most_told(kinds: list[str], kept: str) -> None:
    rows = (
        told(f"a{n}", f"2024-05-0{n + 1}", Who("Amadou Diarra", "MLI", P, kind=kind))
        for n, kind in enumerate(kinds)
    )
    (person,) = normalize(tuple(rows)).entities
    assert [role.kind for role in person.roles] == [kept]


def test_values_of_a_person_merged() -> None:
    rows = (
        told("a1", "2024-05-01", Who("ISMAIL OMAR DIRIR", "DJI", FM, ("Dirir",))),
        told("a2", "2024-05-02", Who("Ismail Omar Dirir", "DJI", P)),
        told("a3", "2024-05-03", Who("Ismaïl Omar Dirir", None)),
        told("a4", "2024-05-03", Who("Ismaïl Omar Dirir", "DJI", P)),
    )
    (person,) = normalize(rows).entities
    assert person.name == "Ismaïl Omar Dirir"
    assert person.aliases == ("Dirir", "ISMAIL OMAR DIRIR", "Ismail Omar Dirir")
    assert person.country == "DJI"
    assert [role.title for role in person.roles] == [P, FM]
    assert [mention.article_id for mention in person.mentions] == ["a1", "a2", "a3", "a4"]


def test_the_most_told_country_wins_and_a_reprint_has_no_weight() -> None:
    reprint = "The wire told the same story in the same words to whoever paid for it that day."
    rows = (
        told("a1", "2024-05-01", Who("Ingrid Solberg", "NATO", FM), text=reprint),
        told("a2", "2024-05-01", Who("Ingrid Solberg", "NATO", FM), text=reprint),
        told("a3", "2024-05-01", Who("Ingrid Solberg", "NATO", FM), text=reprint),
        told("a4", "2024-05-01", Who("Ingrid Solberg", "NOR", FM)),
        told("a5", "2024-05-01", Who("Ingrid Solberg", "NOR", FM)),
    )
    (person,) = normalize(rows).entities
    assert person.country == "NOR"
    assert len(person.mentions) == 5


def test_a_visit_points_to_the_merged_person() -> None:
    made = normalize(
        (
            told("a1", "2024-05-10", Trip("Kairat Umarov", ("KAZ", "SRB"), role=FM)),
            told("a2", "2024-05-10", Who("Umarov", "KAZ", FM)),
        )
    )
    (person,), (visit,) = made.entities, made.visits
    assert visit.visitor.entity_id == person.id
    assert len(person.mentions) == 2


def test_countries_organizations_and_places_by_code_or_name() -> None:
    rows = (
        told("a1", None, others=[
            thing("a1", "country", "Vietnam", "VNM", "Vietnamese"),
            thing("a1", "organization", "Agency of Rivers and Lakes", "AZE", "ARL"),
            thing("a1", "place", "Tripoli", "LBY"),
            thing("a1", "organization", "Foreign Ministry", "AZE"),
        ]),
        told("a2", None, others=[
            thing("a2", "country", "Viet Nam", "VNM", "Hanoi"),
            thing("a2", "organization", "ARL", "AZE"),
            thing("a2", "place", "Tripoli", "LBN"),
            thing("a2", "organization", "Foreign Ministry", "VNM"),
        ]),
    )  # fmt: skip
    made = normalize(rows).entities
    told_twice = [e.name for e in made if len(e.mentions) == 2]
    assert sorted(told_twice) == ["Agency of Rivers and Lakes", "Vietnam"]
    assert len(made) == 6
    vietnam = next(e for e in made if e.name == "Vietnam")
    assert vietnam.aliases == ("Hanoi", "Viet Nam", "Vietnamese")
