"""Which paragraphs are of different matters, by the people and countries that they name."""

from __future__ import annotations

import pytest

from pipeline.matters.linked import Matters


def matters(*paragraphs: str, open_ended: frozenset[int] = frozenset()) -> Matters:
    """Read paragraphs given by their names: countries in capitals, people with a capital letter.

    A paragraph is closed where it names people, and none of them by "he".
    """
    told = [(n, name) for n, names in enumerate(paragraphs) for name in names.split()]
    lands = [(n, name) for n, name in told if name.isupper()]
    people = [(n, name) for n, name in told if name.istitle()]
    leaning = {n for n, name in told if name == "he"}
    closed = {n for n, _ in people} - leaning
    return Matters(lands, people, closed=closed, open_ended=open_ended)


@pytest.mark.parametrize(
    ("paragraphs", "apart"),
    [
        (["Ann PER", "Bob MLI"], True),
        (["Ann PER", "Bob PER"], False),
        (["Ann PER", "Bob MLI", "MLI PER"], False),  # by way of a third
        (["Ann PER", "he MLI"], False),  # "he" may be Ann
        (["Ann PER", "MLI"], False),  # tells of nobody
        (["Ann PER", "MLI", "MLI"], True),
        (["Ann PER", ""], False),
    ],
)
def test_paragraphs_without_a_name_in_common_are_apart(paragraphs: list[str], apart: bool) -> None:
    assert matters(*paragraphs).are_apart(0, 1) is apart


def test_a_paragraph_that_leaves_open_where_it_is_set_may_be_of_any_matter() -> None:
    assert not matters("Ann PER", "Bob MLI", open_ended=frozenset({1})).are_apart(0, 1)


@pytest.mark.parametrize(
    ("paragraphs", "elsewhere"),
    [
        (["Ann PER", "Bob MLI"], True),
        (["Ann PER", "MLI"], False),  # a country of which nobody is told may be Ann's
        (["Ann PER", "Bob MLI", "Ann MLI"], False),
        (["Ann", "Bob MLI"], False),  # Ann may be of any country
        (["Ann PER", "Bob"], False),  # nothing names the country
    ],
)
def test_a_country_is_told_of_elsewhere_where_others_alone_are_of_it(
    paragraphs: list[str], elsewhere: bool
) -> None:
    assert matters(*paragraphs).tells_elsewhere(0, "MLI") is elsewhere
