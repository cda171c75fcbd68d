"""Merging with the help of other processes makes the records of merging alone."""

from __future__ import annotations

from functools import partial

from hypothesis import given, settings

from pipeline.memo import Scratch
from pipeline.stages.normalize import ArticleRows, Told, merged_groups, merged_records
from pipeline.stages.normalize.occasions import Occasions
from pipeline.stages.normalize.shelf import Shelf
from tests.carrying import carried
from tests.stages.normalize.records import Step, Trip, told
from tests.stages.normalize.test_memo import in_order
from tests.stages.normalize.test_order import articles, rows_of


def same(rows: ArticleRows) -> ArticleRows:
    return rows


def shared(rows: list[ArticleRows], *, held_rows: int) -> list[str]:
    inputs = (Told(one.article.id, repr(one), partial(partial, same, one)) for one in rows)
    with Scratch() as memo:
        groups = merged_groups(inputs, memo=memo, share=carried, held_rows=held_rows)
        return in_order([record for group in groups for record in group.records])


RAISED = [
    told("a1", "2024-05-09", Trip("Kairat Umarov", ("KAZ", "SRB"), "2024-05-07", role="President")),
    told("a2", "2024-05-09", Step(("KAZ", "SRB"), date="2024-05-07")),
    told("a3", "2024-05-09", Step(("AUS", "VNM"), date="2024-03")),
]


def test_an_upgrade_finds_the_visit_that_another_article_tells() -> None:
    alone = in_order(list(merged_records(RAISED)))
    assert any('"occasion":"visit-' in record for record in alone)
    for held_rows in (1, 100):
        assert shared(RAISED, held_rows=held_rows) == alone


@settings(deadline=None, max_examples=20)
@given(drawn=articles)
def test_help_changes_nothing(drawn: list[tuple[str | None, list[Trip | Step]]]) -> None:
    rows = rows_of(drawn)
    assert shared(rows, held_rows=2) == in_order(list(merged_records(rows)))


def test_rows_come_packed_as_they_were_put() -> None:
    for held in (1, 100):
        with Shelf(int, held_rows=held) as shelf:
            for block, place, row in (("b", "1", "3"), ("a", "2", "2"), ("a", "1", "1")):
                shelf.put_packed(block, place, row)
            assert list(shelf.packed_blocks()) == [("a", ["1", "2"]), ("b", ["3"])]
            assert list(shelf.blocks()) == [("a", [1, 2]), ("b", [3])]


def test_occasions_around_some_parties_tell_of_no_others() -> None:
    few = Occasions([]).around(["KAZ", "SRB"], ["visit-1"])
    assert list(few.between(["KAZ", "SRB"])) == []
    assert few.event("visit-1") is None
