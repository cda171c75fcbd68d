"""Blocks are merged again only where their rows, or whom these mean, are others."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings

from models import Record
from pipeline.stages.normalize import ArticleRows, merged_records
from tests.stages.normalize.records import Step, Trip, Who, told
from tests.stages.normalize.test_order import articles, rows_of


class Kept:
    """A memo in memory that counts."""

    def __init__(self) -> None:
        self.blocks: dict[str, tuple[str, str]] = {}
        self.made: list[str] = []

    def get(self, block: str, fingerprint: str, /) -> str | None:
        found = self.blocks.get(block)
        return found[1] if found and found[0] == fingerprint else None

    def put(self, block: str, fingerprint: str, made: str, /) -> None:
        self.blocks[block] = fingerprint, made
        self.made.append(block.replace("\0", " "))


def merged(rows: list[ArticleRows], memo: Kept | None = None) -> list[Record]:
    return list(merged_records(rows, memo=memo))


UMAROV = Trip("Kairat Umarov", ("KAZ", "SRB"), "2024-05-07", role="Foreign Minister")
OTHERS = [
    told("a1", "2024-05-09", UMAROV),
    told("a2", "2024-05-09", Trip("Rui Sa", ("PRT", "AGO"), "2024-05-07")),
    told("a3", "2024-05-09", Step(("AUS", "VNM"), date="2024-03")),
    told("a4", "2024-05-09", Step(("KAZ", "SRB"), date="2024-05-07")),
]


def again_with(*more: ArticleRows) -> list[str]:
    """Return the blocks that are merged when articles are added to the others."""
    memo = Kept()
    merged(OTHERS, memo)
    memo.made.clear()
    rows = [*more, *OTHERS]
    assert merged(rows, memo) == merged(rows)
    return sorted(memo.made)


def test_nothing_new_merges_nothing() -> None:
    assert again_with() == []


def test_a_new_article_merges_the_blocks_that_it_touches() -> None:
    assert again_with(told("b1", "2024-06-01", Trip("Rui Sa", ("PRT", "AGO"), "2024-05"))) == [
        "visits AGO 000001"
    ]
    assert again_with(told("b1", "2024-06-01", Step(("AUS", "VNM"), date="2024-03-07"))) == [
        "upgrades AUS+VNM upgrade"
    ]
    assert (
        again_with(told("b1", "2024-06-01", text="An article that tells of nothing at all.")) == []
    )


def test_a_visit_between_two_parties_touches_their_upgrades() -> None:
    new = told("b1", "2024-05-09", Trip("Ivan Lukic", ("SRB", "KAZ"), "2024-05-07"))
    assert again_with(new) == ["upgrades KAZ+SRB upgrade", "visits KAZ 000001"]


def test_another_name_of_a_visitor_touches_the_visits() -> None:
    fuller = told("b1", "2024-05-09", Who("Kairat Askarovich Umarov", "KAZ", "Foreign Minister"))
    assert again_with(fuller) == ["upgrades KAZ+SRB upgrade", "visits SRB 000001"]


@settings(deadline=None, max_examples=80)
@given(drawn=articles)
def test_what_is_kept_is_what_would_be_made(
    drawn: list[tuple[str | None, list[Trip | Step]]],
) -> None:
    rows = rows_of(drawn)
    memo = Kept()
    merged(rows[: len(rows) // 2], memo)
    assert merged(rows, memo) == merged(rows)
    counts = Counter(memo.made)
    memo.made.clear()
    assert merged(rows[::-1], memo) == merged(rows)
    assert memo.made == []
    assert max(counts.values(), default=0) <= 2
