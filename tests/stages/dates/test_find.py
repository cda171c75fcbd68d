"""Sentences of our own against what must be found in them."""

from __future__ import annotations

from itertools import pairwise
from time import process_time

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from models import Article
from pipeline.stage import Case as StageCase
from pipeline.stages.dates.find import find, find_dates
from tests.stages.dates import cases

PUBLISHED = "2024-08-16"

WORDS = [
    *("18", "August", "2024", "-", ",", "of", "the", "last", "next", "two", "days", "ago", "May"),
    *("Monday", "(", ")", ".", "'97", "1950s", "to", "and", "5", "p.m.", "first", "quarter"),
    *("week", "\n", "\n\n", "99999999999", "12/31/99", "0000", "31", "Feb", "every", "early"),
    *("Easter", "weekend", "year", "earlier", "half", "summer", "fiscal", "century", "later"),
]


def answers(text: str, published: str | None) -> list[cases.Answer]:
    return [
        (found.text, found.type, found.value, found.earliest, found.latest)
        for found in find_dates(text, published=published)
    ]


@pytest.mark.parametrize(("text", "expected"), cases.KNOWN, ids=[case[0] for case in cases.KNOWN])
def test_published(text: str, expected: list[cases.Answer]) -> None:
    assert answers(text, PUBLISHED) == expected


@pytest.mark.parametrize(("text", "expected"), cases.UNKNOWN)
def test_unpublished(text: str, expected: list[cases.Answer]) -> None:
    assert answers(text, None) == expected


@pytest.mark.parametrize(("text", "expected"), cases.MONTH_KNOWN)
def test_month_of_publication(text: str, expected: list[cases.Answer]) -> None:
    assert answers(text, "2024-08") == expected


@pytest.mark.parametrize("text", cases.NOTHING)
def test_no_date(text: str) -> None:
    assert answers(text, PUBLISHED) == []


@pytest.mark.parametrize(
    ("text", "flags"),
    [
        ("He will fly on Monday, August 18, 2024.", ("weekday_mismatch",)),
        ("He will fly on Sunday, August 18, 2024.", ()),
        ("He flew on Wednesday (31) to Lima.", ()),
        ("He flew on Tuesday (31) to Lima.", ("weekday_mismatch",)),
        ("He flew on February 30 to Lima.", ("no_such_day",)),
        ("He flew on 31 June 2023 to Lima.", ("no_such_day",)),
    ],
)
def test_flags(text: str, flags: tuple[str, ...]) -> None:
    (found,) = find_dates(text, published=PUBLISHED)
    assert found.flags == flags
    if flags == ("no_such_day",):
        assert found.earliest is None


@pytest.mark.parametrize(
    ("text", "anchor"),
    [
        ("He came on 3 May 2013.", "explicit"),
        ("He came on 3 May.", "publication"),
        ("He came on Monday.", "publication"),
        ("Talks in June 2013 failed. In November he came.", "context"),
        ("They now trade.", "none"),
    ],
)
def test_anchor(text: str, anchor: str) -> None:
    assert find_dates(text, published=PUBLISHED)[-1].anchor == anchor


def test_offsets_and_ids() -> None:
    text = "\n".join(case[0] for case in cases.KNOWN)
    found = find_dates(text, published=PUBLISHED, article_id="article-1")
    assert all(text[one.start : one.end] == one.text for one in found)
    assert len({one.id for one in found}) == len(found)
    assert all(one.id.startswith("date-") for one in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert found == find_dates(text, published=PUBLISHED, article_id="article-1")


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(WORDS),
        max_size=25,
    ),
    st.sampled_from([None, "2024", "2024-02", "2024-02-29", "0001-01-01", "9999-12-31"]),
)
def test_any_order_of_words_is_read_without_error(words: list[str], published: str | None) -> None:
    text = " ".join(words)
    for found in find_dates(text, published=published):
        assert text[found.start : found.end] == found.text


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_read_without_error(text: str) -> None:
    for found in find_dates(text, published=PUBLISHED):
        assert text[found.start : found.end] == found.text


@pytest.mark.parametrize(
    "piece",
    [
        "the first second third ",
        "18 - 18 - ",
        "May 1, 2, 3, and ",
        "a hundred and twenty - five and ",
        "at least more than up to ",
        "Monday ( Tuesday ( ",
        "to be to be to be ",
        "In 2013 and 2014 and ",
        "''''''",
        "1,111,111,",
        "\n \n ",
        "A B C D E F ",
    ],
)
def test_time_grows_with_the_text_and_no_faster(piece: str) -> None:
    find_dates(piece, published=PUBLISHED)
    size = 20_000
    begin = process_time()
    find_dates(piece * (size // len(piece)), published=PUBLISHED)
    small = process_time() - begin
    begin = process_time()
    find_dates(piece * (4 * size // len(piece)), published=PUBLISHED)
    assert process_time() - begin < 12 * small + 0.5


def test_find_reads_a_case() -> None:
    text = "The premier will arrive on Monday."
    article = Article(
        id="article-1", source_path="a.txt", text=text, published=PUBLISHED, characters=len(text)
    )
    (found,) = find(StageCase(article=article, doc=spacy.blank("en")(text), rows={}))
    assert (found.article_id, found.value) == ("article-1", "2024-08-19")


def test_entries_of_a_chronology_take_the_year_of_its_heading() -> None:
    text = (
        "The ministry's calendar of 2007:\n\nJan 11-13: The premier visits Cebu.\n\n"
        "• June 8 – He attends a summit."
    )
    found = [(date.text, date.value, date.anchor) for date in find_dates(text, published="2008-06")]
    assert found == [
        ("2007", "2007", "explicit"),
        ("Jan 11-13", "2007-01-11/2007-01-13", "context"),
        ("June 8", "2007-06-08", "context"),
    ]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        # Years and months that head lines, whether or not a blank line parts these.
        (
            "Peru\n1998\nMay: The king comes\nJune: He goes.\n2008\nJune 4: A.\nJune 6: B.",
            ["1998", "1998-05", "1998-06", "2008", "2008-06-04", "2008-06-06"],
        ),
        ("Year Name\n1998 King Olav\n2011 Queen Ana\n2014 Ana Ruiz", ["1998", "2011", "2014"]),
        ("2016: Tone Skog\n2015: Piero Luna", ["2016", "2015"]),
        # A month and its year over two lines, one who bears the name of a month.
        ("They met in January\n2011 before the rest.", ["2011-01"]),
        ("Talks with Theresa\nMay went on in 2018.", ["2018"]),
        ("The queen left.\nMay: I will go in 2018.", ["2018"]),
    ],
)
def test_what_heads_the_lines_of_a_chronology(text: str, values: list[str]) -> None:
    assert [date.value for date in find_dates(text, published=None)] == values


def test_a_year_in_a_sentence_is_no_heading() -> None:
    found = find_dates("In 2003 he left.\n\nMay 5: He came.", published="2024-06-01")
    assert [date.value for date in found] == ["2003", "2024-05-05"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "he came on Mon\xadday, 3 Ap\xadril 2023.",
            [("Mon\xadday, 3 Ap\xadril 2023", "2023-04-03")],
        ),
        (
            "he came in Septem-\n  ber 2023 for state-\nowned firms",
            [("Septem-\n  ber 2023", "2023-09")],
        ),
        (
            "he may come in may; in march 2023 they sat in the sun",
            [("may", "2024-05"), ("march 2023", "2023-03")],
        ),
        ("WORKERS WILL MARCH IN LIMA IN MARCH 2023", [("MARCH 2023", "2023-03")]),
    ],
)
def test_print_of_other_kinds(text: str, found: list[tuple[str, str]]) -> None:
    dates = find_dates(text, published="2024-04-16")
    assert [(date.text, date.value) for date in dates] == found
    assert all(text[date.start : date.end] == date.text for date in dates)
