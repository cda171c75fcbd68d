"""In which order the model is shown what stands apart, and that all is put back."""

from __future__ import annotations

import pytest

from pipeline.docs import Columns
from pipeline.word_order.columns import in_own_order, without_commas
from pipeline.word_order.openings import before_offices, open_phrases, with_commas
from pipeline.word_order.orders import reading_order
from tests.reading import Reader


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Ruto will on Wednesday host Lungu.", "Ruto on Wednesday will host Lungu."),
        ("He is next Tuesday to visit Peru.", "He next Tuesday is to visit Peru."),
        ("She has this week met the king.", "She this week has met the king."),
        ("He was on May 3 received by the king.", "He on May 3 was received by the king."),
        ("He will also on Monday fly home.", "He on Monday will also fly home."),
        (
            "Ruto will at the invitation of the king visit Oslo.",
            "Ruto at the invitation of the king will visit Oslo.",
        ),
        (
            "Ruto will during his state visit meet the king.",
            "Ruto during his state visit will meet the king.",
        ),
        ("He has, for his part, left for Peru.", "He, for his part, has left for Peru."),
        ("It would (he hoped) upgrade its ties.", "It (he hoped) would upgrade its ties."),
        ("He will be, as planned, received today.", "He, as planned, will be received today."),
        (
            "Ruto will next week, at the king's invitation, visit Oslo.",
            "Ruto next week, at the king's invitation, will visit Oslo.",
        ),
        (
            "Ruto, officials said, left Oslo on Monday. He smiled.",
            "Ruto left Oslo on Monday, officials said,. He smiled.",
        ),
        (
            "He held talks, according to the ministry, in Lima.",
            "He held talks in Lima, according to the ministry,.",
        ),
        (
            "Ruto will, his office said on Monday, travel with his wife to Peru.",
            "Ruto will travel with his wife to Peru, his office said on Monday,.",
        ),
        (
            "He arrived accompanied by his wife in Lima on Monday.",
            "He arrived in Lima on Monday accompanied by his wife.",
        ),
        (
            "He flew, together with two ministers, to Peru, where he met the king.",
            "He flew to Peru, together with two ministers,, where he met the king.",
        ),
        (
            "He landed with his wife shortly after noon in Suva from Lima.",
            "He landed in Suva from Lima with his wife shortly after noon.",
        ),
    ],
)
def test_what_stands_apart_is_shown_together(text: str, shown: str) -> None:
    assert reading_order(text)[0] == shown


@pytest.mark.parametrize(
    "text",
    [
        "Ruto will host Lungu on Wednesday.",
        "Ruto will be in Lima on Monday to attend a summit.",
        "He is on a visit to Peru aimed at trade.",
        "He has on his side a party that voted.",
        "The will of the people, he said, counts.",
        "The states that, as Lima claims, have recognised Kosovo are many.",
        "They broke the cordon and His Majesty would, for an hour, stay inside.",
        "Ruto left Oslo, officials said, and Lungu came.",
        "Ruto arrived in Lima, officials said, the first visit in years.",
        "“Ties will grow, the king said, to new heights,” it read.",
        "He arrived in Lima with ministers from Quito.",
        "He arrived with ministers from a summit in Quito.",
        "He arrived after talks in Quito.",
        "He arrived on Monday for talks on a fire in Quito.",
        "Travel by many Chadians to Quito was restricted.",
        "He flew on to Quito and flew in to Lima.",
        "He flies on the same day to Trinidad and Tobago.",
        "He flew in on Saturday and returns to Peru tomorrow.",
        "He travelled with a letter to President Boric.",
        "He went on a visit to Peru.",
        "He arrived with two ministers in May.",
        "He arrived with two ministers in Lima, the capital, on Monday.",
    ],
)
def test_what_stands_together_is_shown_as_it_is(text: str) -> None:
    assert reading_order(text) == (text, [])


def columns(words: str, heads: list[int], iobs: list[int]) -> Columns:
    told = words.split(" ")
    count = len(told)
    labels = ["PERSON" if iob != 2 else "" for iob in iobs]
    return Columns(
        told,
        [1] * (count - 1) + [0],
        *([*told] for _ in range(5)),
        heads=heads,
        iobs=iobs,
        labels=labels,
    )


@pytest.mark.parametrize(
    "text",
    [
        "In May| Francis visited Lima.",
        "On 5 May| Francis visited Lima and in July| Macron came.",
        "On May 5, 2023| Francis visited Lima.",
        "In 2023| Xi visited Moscow.",
        "Late on Friday| Lula also met him.",
        "In New York| Mayor Ana Ruiz met him.",
        "In San Francisco| Xi later met Biden.",
        "After talks in Berlin| Orban flew home. Back in Budapest| Orban spoke.",
        "Since becoming president in May| Tinubu has visited Paris.",
        "At the summit in Addis Ababa| Abiy hosted them.",
        "In the United States| President Ruiz holds talks.",
        "In addition to Peru| Fijian President Ana Ruiz and two ministers will visit Chile.",
        "Speaking in Lima| New Zealand Prime Minister Ana Ruiz, a farmer, said so.",
    ],
)
def test_a_comma_is_shown_behind_an_opening_phrase(text: str) -> None:
    bare = text.replace("|", "")
    assert with_commas(bare, open_phrases(bare)) == text.replace("|", ",")


@pytest.mark.parametrize(
    "text",
    [
        "In May, Francis visited Lima.",
        "In May he visited Lima.",
        "In New York City officials said so.",
        "After meeting Georgia Meloni said so.",
        "After meeting April Ryan said so.",
        "Visiting Fijian Foreign Minister Josefa Tuilagi opened the road.",
        "He met Theresa May in Lima.",
        "In South Korean President Kim's office they met.",
        "In Theresa May Britain had a premier.",
        "On Good Friday Francis led prayers.",
        "In Lima Peru's president will meet him.",
    ],
)
def test_no_comma_is_shown_elsewhere(text: str) -> None:
    assert open_phrases(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "H.E. Ana Ruiz| President of the Republic of Peru",
        "- His Excellency Luis Rojas| Vice President of Chile",
        "3. Thabo Mbeki| President of South Africa",
        "South African President of the Senate",
        "H.E. the President of the Republic of Peru",
        "Former Vice President of Peru",
        "In Lima Prime Minister of State for Trade spoke",
    ],
)
def test_a_comma_is_shown_between_a_name_and_its_office(text: str) -> None:
    bare = text.replace("|", "")
    assert with_commas(bare, before_offices(bare)) == text.replace("|", ",")


def test_shown_commas_are_taken_out_again() -> None:
    read = columns("In May, Francis left", [3, -1, 1, 0], [2, 3, 3, 2])
    read.words[1:2] = ["May", ","]
    read.spaces = [1, 0, 1, 1, 0]
    read.heads = [4, -1, 2, 1, 0]
    read.iobs = [2, 3, 2, 3, 2]
    for name in ("tags", "pos", "morphs", "lemmas", "deps"):
        setattr(read, name, [*read.words])
    read.labels = ["", "DATE", "", "PERSON", ""]
    told = without_commas(read, [6])
    assert told is not None
    assert told.words == ["In", "May", "Francis", "left"]
    assert told.spaces == [1, 1, 1, 0]
    assert told.heads == [3, -1, 1, 0]
    assert told.labels == ["", "DATE", "PERSON", ""]


def test_a_name_that_reaches_over_a_shown_comma_is_not_cut() -> None:
    read = columns("May , Francis", [0, -1, -2], [3, 1, 1])
    assert without_commas(read, [4]) is None


def test_words_are_put_back_with_their_heads() -> None:
    text = "Ruto will on Monday host"
    _, steps = reading_order(f"{text} Lungu")
    # Ruto on Monday will host Lungu: "on" hangs on the name before it.
    read = columns("Ruto on Monday will host Lungu", [4, -1, -1, 1, 0, -1], [3, 2, 2, 2, 2, 3])
    told = in_own_order(read, steps)
    assert told is not None
    assert told.words == ["Ruto", "will", "on", "Monday", "host", "Lungu"]
    assert told.heads == [4, 3, 2, -1, 0, -1]
    assert told.tags == told.words
    assert told.spaces == [1, 1, 1, 1, 1, 0]


def test_two_sentences_are_not_put_back() -> None:
    _, steps = reading_order("Ruto will on Monday host Lungu")
    read = columns("Ruto on Monday will host Lungu", [0, -1, -1, 1, 0, -1], [2] * 6)
    assert in_own_order(read, steps) is None


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "Peru's Ana Soto will,  she said in Lima,  visit Oslo (Norway) on\nMonday.",
        "MEXICO CITY — Ms. SOTO will on May 3 re-establish ties &amp; host Mr. RUIZ.[1]",
        "He arrived, accompanied by J. D. Ruiz of the U.S., in Lima.",
    ],
)
def test_offsets_hold(reader: Reader, text: str) -> None:
    doc = reader.read(text).doc
    assert len(doc.text) == len(text)
    words = [token for token in doc if token.is_title]
    assert all(text.startswith(token.text, token.idx) for token in words)
