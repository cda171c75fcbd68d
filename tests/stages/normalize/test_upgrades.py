"""Which tellings are of one change of level, and at which visit it happened."""

from __future__ import annotations

import pytest

from pipeline.stages.normalize import ArticleRows, normalize
from tests.stages.normalize.records import Step, Trip, only_upgrade, told

PAIR = ("AZE", "VNM")
LAM = Trip("To Lam", ("VNM", "AZE"), "2025-05-07", "2025-05-08", role="General Secretary")


def step(date: str | None = None, status: str = "completed", **more: object) -> Step:
    return Step(PAIR, date=date, status=status, **more)  # type: ignore[arg-type]


CHINA = ("CHN", "SRB")

SAME: dict[str, list[ArticleRows]] = {
    "same day": [told("a1", None, step("2025-05-07")), told("a2", None, step("2025-05-07"))],
    "year and day": [told("a1", None, step("2025")), told("a2", None, step("2025-05-07"))],
    "a day's disagreement": [
        told("a1", None, step("2025-05-08")),
        told("a2", None, step("2025-05-07")),
    ],
    "level not told": [
        told("a1", None, step("2025-05", level=None)),
        told("a2", None, step("2025-05-07")),
    ],
    "one rung of a ladder, more or less fully": [
        told("a1", None, Step(CHINA, "strategic_cooperative_partnership", "2009-08-20")),
        told("a2", None, Step(CHINA, "strategic_partnership", "2009-08")),
    ],
    "undated, years apart": [told("a1", "2030-01-01", step()), told("a2", "2025-05-09", step())],
    "undated joins the dated": [
        told("a1", "2030-01-01", step()),
        told("a2", "2025-05-09", step("2025-05-07")),
    ],
    "proposed, then completed": [
        told("a1", "2024-02-01", step(status="proposed")),
        told("a2", "2025-05-09", step("2025-05-07")),
    ],
    "undated without level, told near": [
        told("a1", "2025-05-12", step(level=None)),
        told("a2", "2025-05-09", step("2025-05-07")),
    ],
}

APART: dict[str, list[ArticleRows]] = {
    "higher level years later": [
        told("a1", None, step("2014")),
        told("a2", None, step("2025", level="comprehensive_strategic_partnership")),
    ],
    "other parties": [
        told("a1", None, step("2025")),
        told("a2", None, Step(("AZE", "KAZ"), date="2025")),
    ],
    "other direction": [
        told("a1", None, step("2025")),
        told("a2", None, step("2025", change="downgrade")),
    ],
    "other year": [told("a1", None, step("2014")), told("a2", None, step("2025"))],
    "level not told, other year": [
        told("a1", None, step("2014", level=None)),
        told("a2", None, step("2025")),
    ],
    "ties cut twice, undated": [
        told("a1", "2002-07-25", step(change="severance", level="diplomatic_relations")),
        told("a2", "2024-01-16", step(change="severance", level="diplomatic_relations")),
    ],
    "told apart within one article": [told("a1", None, step("2025"), step("2025"))],
    "another rung of the day": [
        told("a1", None, step("2025-05-07")),
        told("a2", None, step("2025-05-07", level="comprehensive_strategic_partnership")),
    ],
    "one rung, another year": [
        told("a1", None, Step(CHINA, "strategic_cooperative_partnership", "2009-08")),
        told("a2", None, Step(CHINA, "strategic_partnership", "2013-08")),
    ],
    "proposed after it was done": [
        told("a1", "2026-02-01", step(status="proposed")),
        told("a2", "2025-05-09", step("2025-05-07")),
    ],
}


@pytest.mark.parametrize("rows", SAME.values(), ids=SAME)
def test_one_change(rows: list[ArticleRows]) -> None:
    assert len(only_upgrade(*rows).evidence) == 2


@pytest.mark.parametrize("rows", APART.values(), ids=APART)
def test_two_changes(rows: list[ArticleRows]) -> None:
    made = normalize(rows).upgrades
    assert len(made) == 2
    assert len({upgrade.id for upgrade in made}) == 2


def test_values_of_a_change_merged() -> None:
    upgrade = only_upgrade(
        told("a1", "2025-05-06", step("2025-05", "planned")),
        told("a2", "2025-05-08", step("2025-05-07", previous="comprehensive_partnership")),
        told("a3", "2025-05-09", step(level=None)),
    )
    assert upgrade.level == "strategic_partnership"
    assert upgrade.level_text == "strategic partnership"
    assert upgrade.previous_level == "comprehensive_partnership"
    assert upgrade.date == "2025-05-07"
    assert upgrade.status == "completed"
    assert [proof.article_id for proof in upgrade.evidence] == ["a1", "a2", "a3"]


def test_a_link_of_one_article_leads_to_the_merged_visit() -> None:
    made = normalize(
        (
            told("a1", "2025-05-08", LAM, Step(PAIR, date="2025", at_trip=0)),
            told("a2", "2025-05-09", LAM),
        )
    )
    (visit,), (upgrade,) = made.visits, made.upgrades
    assert upgrade.occasion == visit.id


OCCASIONS: dict[str, tuple[Step, Trip, bool]] = {
    "a day of the visit": (step("2025-05-07"), LAM, True),
    "the day after": (step("2025-05-09"), LAM, True),
    "the month": (step("2025-05"), LAM, True),
    "the year says too little": (step("2025"), LAM, False),
    "another day": (step("2025-05-20"), LAM, False),
    "another pair": (Step(("AZE", "KAZ"), date="2025-05-07"), LAM, False),
    "one pair of three parties": (Step(("AZE", "KAZ", "VNM"), date="2025-05-07"), LAM, True),
    "a visit that was cancelled": (
        step("2025-05-07"),
        Trip("To Lam", ("VNM", "AZE"), "2025-05-07", status="cancelled"),
        False,
    ),
}


@pytest.mark.parametrize(("change", "trip", "linked"), OCCASIONS.values(), ids=OCCASIONS)
def test_a_link_over_two_articles(change: Step, trip: Trip, *, linked: bool) -> None:
    made = normalize((told("a1", "2025-05-21", change), told("a2", "2025-05-09", trip)))
    assert (made.upgrades[0].occasion == made.visits[0].id) is linked


def test_the_highest_visitor_of_the_day_is_the_occasion() -> None:
    minister = Trip("Bui Thanh Son", ("VNM", "AZE"), "2025-05-07", role="Foreign Minister")
    president = Trip("Tran Duc Hoa", ("VNM", "AZE"), "2025-05-07", role="President")
    made = normalize((told("a1", None, step("2025-05-07")), told("a2", None, minister, president)))
    occasion = next(v for v in made.visits if v.id == made.upgrades[0].occasion)
    assert occasion.visitor.name == "Tran Duc Hoa"
