"""Names, days and values by themselves."""

from __future__ import annotations

import pytest

from pipeline.lexicon import load_table
from pipeline.stages.normalize.days import Days, Grain, days_of, trip_days
from pipeline.stages.normalize.ids import distinct_ids
from pipeline.stages.normalize.merge_visits import trip_ends
from pipeline.stages.normalize.names import (
    PACKAGE,
    GivenName,
    Likeness,
    Spelling,
    blocking_keys,
    likeness,
    skeleton,
    surname_of,
    words_of,
)
from pipeline.stages.normalize.sources import voices
from pipeline.stages.normalize.values import combined

LIKE = [
    ("Kassym-Jomart Tokayev", "Qasym Jomart Toqayev", Likeness.VARIANT),
    ("Shavkat Mirziyoyev", "Shavkat Mirziyoev", Likeness.VARIANT),
    ("Volodymyr Zelensky", "Vladimir Zelenskyy", Likeness.VARIANT),
    ("Sadyr Japarov", "Sadyr Zhaparov", Likeness.VARIANT),
    ("Yoon Suk Yeol", "Yoon Seok-youl", Likeness.VARIANT),
    ("Abdel Fattah al-Sisi", "Abdelfattah El-Sisi", Likeness.SAME),
    ("Phạm Minh Chính", "Pham Minh Chinh", Likeness.SAME),
    ("Mohammed bin Salman", "Muhammad bin Salman Al Saud", Likeness.FULLER),
    ("Joe Biden", "Joseph R. Biden", Likeness.FULLER),
    ("Boris Johnson", "Boris Johnston", Likeness.MISSPELT),
    ("J. Petersen", "Jens Petersen", Likeness.FULLER),
    ("Xi Jinping", "Jinping Xi", Likeness.MISSPELT),
]
UNLIKE = [
    ("Kim Jong-un", "Kim Jong-il"),
    ("Bashar al-Assad", "Hafez al-Assad"),
    ("Pierre Trudeau", "Justin Trudeau"),
    ("Mohammed V", "Mohammed VI"),
    ("Le Hoai Trung", "Do Hoai Trung"),
    ("Maria Rivas", "Mario Rivas"),
]


@pytest.mark.parametrize(("one", "other", "kind"), LIKE)
def test_like_names(one: str, other: str, kind: Likeness) -> None:
    assert likeness(one, other) is kind
    assert likeness(other, one) is kind
    assert set(blocking_keys(one)) & set(blocking_keys(other))


@pytest.mark.parametrize(("one", "other"), UNLIKE)
def test_unlike_names(one: str, other: str) -> None:
    assert likeness(one, other) is None
    assert likeness(other, one) is None


def test_every_spelling_does_what_its_example_says() -> None:
    for row in load_table(PACKAGE, "spelling.csv", Spelling):
        assert row.written in row.one.lower(), row
        assert skeleton(row.one.lower()) == skeleton(row.other.lower()), row


def test_no_given_name_is_anothers_form() -> None:
    rows = load_table(PACKAGE, "given_names.csv", GivenName)
    assert [row.name for row in rows] == sorted(row.name for row in rows)
    names = {row.name for row in rows}
    assert not [form for row in rows for form in row.forms if form in names]


def test_what_counts_as_a_surname() -> None:
    assert surname_of("al-Sisi", "EGY") == "sisi"
    assert surname_of("von der Leyen", None) == "leyen"
    assert surname_of("Le Duan", "VNM") is None
    assert words_of("Abdel Fattah al-Sisi") == ("abdel", "fattah", "sisi")


@pytest.mark.parametrize(
    ("partial", "count"), [("2024", 366), ("2024-02", 29), ("2024-02-29", 1), ("1999-12", 31)]
)
def test_days_of(partial: str, count: int) -> None:
    days = days_of(partial)
    assert days is not None
    assert days.last - days.first + 1 == count


@pytest.mark.parametrize("partial", [None, "2023-02-29", "0000"])
def test_no_days(partial: str | None) -> None:
    assert days_of(partial) is None


def test_grain_of_a_trip() -> None:
    assert trip_days("2024-05-06", "2024-05-12")[1] is Grain.WEEK
    assert trip_days("2024-05-07", "2024-05-13")[1] is Grain.DAY
    assert trip_days("2024", "2024-05")[1] is Grain.MONTH
    assert trip_days(None, None) == (None, Grain.NONE)
    assert trip_days("2024-05-01", "2024-05-12")[1] is Grain.WEEK
    assert trip_days("2024-05-28", "2024-06") == trip_days("2024-05-28", None)
    assert Days(1, 2).gap(Days(5, 9)) == Days(5, 9).gap(Days(1, 2)) == 3


ENDS = {
    "most precise": ([("2024-05", "2024-05"), ("2024-05-07", "2024-05-08")], (7, 8)),
    "most told": ([("2024-05-07",) * 2, ("2024-05-08",) * 2, ("2024-05-08",) * 2], (8, 8)),
    "a day inside a span": ([("2024-05-06", "2024-05-08")] + [("2024-05-07",) * 2] * 3, (6, 8)),
    "a week around a span": ([("2024-05-06", "2024-05-12"), ("2024-05-07", "2024-05-09")], (7, 9)),
    "a week around a day": ([("2024-05-06", "2024-05-12"), ("2024-05-08",) * 2], (8, 8)),
    "a tour around a leg": ([("2024-05-01", "2024-05-12"), ("2024-05-08", "2024-05-09")], (8, 9)),
    "a day of a long visit": ([("2024-05-01", "2024-05-12"), ("2024-05-08",) * 2], (1, 12)),
    "start and end apart": ([("2024-05-07", None), (None, "2024-05-09")], (7, 9)),
    "ends that cross": ([("2024-05-08", None), (None, "2024-05-07")], (8, 8)),
}


@pytest.mark.parametrize(("told", "days"), ENDS.values(), ids=ENDS)
def test_trip_ends(told: list[tuple[str | None, str | None]], days: tuple[int, int]) -> None:
    votes = [(start, end, str(voice)) for voice, (start, end) in enumerate(told)]
    assert trip_ends(votes) == tuple(f"2024-05-{day:02}" for day in days)
    assert trip_ends(votes[::-1]) == trip_ends(votes)


@pytest.mark.parametrize("coarse", ["2024-05", "2024"])
def test_a_month_says_nothing_of_the_ends_of_a_trip_whose_start_is_known(coarse: str) -> None:
    assert trip_ends([("2024-05-07", None, "a"), (coarse, coarse, "b")]) == ("2024-05-07", None)
    assert trip_ends([(None, "2024-06-07", "a"), ("2024-05", "2024-05", "b")]) == (
        "2024-05",
        "2024-06-07",
    )


def test_nothing_told_of_the_ends() -> None:
    assert trip_ends([(None, None, "a")]) == (None, None)
    assert trip_ends([("2024-05-07", None, "a")]) == ("2024-05-07", None)


def test_ids_of_equals_differ_by_place() -> None:
    alone = list(distinct_ids("visit", [(("x",), "b")]))
    both = list(distinct_ids("visit", [(("x",), "c"), (("x",), "b")]))
    assert both[1] == alone[0] != both[0]


def test_voices_are_shared_round_corners() -> None:
    found = voices({"a": {"1"}, "b": {"2"}, "c": {"1", "2"}, "d": {"3"}})
    assert found == {"a": "a", "b": "a", "c": "a", "d": "d"}


def test_confidence_never_sinks() -> None:
    assert combined([(0.4, "a")]) == 0.4
    assert combined([(0.4, "a"), (0.1, "a")]) == 0.4
    assert combined([(0.4, "a"), (0.5, "b")]) == 0.7
    assert combined([(0.98, "a"), (0.98, "b")]) == 0.99
