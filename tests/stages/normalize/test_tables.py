"""What articles disagree on, what each announced when, and the history of a pair's relations."""

from __future__ import annotations

from models import RelationStep
from pipeline.stages.normalize import ArticleRows, normalize
from tests.stages.normalize.records import Step, Trip, only_upgrade, only_visit, told

PAIR = ("AUS", "VNM")


def trip(start: str | None, status: str = "completed", **more: object) -> Trip:
    return Trip("Rui Sa", ("PRT", "AGO"), start, start, status, **more)  # type: ignore[arg-type]


def step(level: str, date: str | None, **more: object) -> Step:
    return Step(PAIR, level, date, **more)  # type: ignore[arg-type]


def test_every_value_told_is_kept_with_its_articles() -> None:
    visit = only_visit(
        told("a1", "2024-04-20", trip("2024-05", "planned")),
        told("a2", "2024-05-08", trip("2024-05-06", kind="working")),
        told("a3", "2024-05-09", trip("2024-05-07", kind="official")),
        told("a4", "2024-05-09", trip("2024-05-06", kind="working")),
    )
    found = {
        field: [(variant.value, variant.articles) for variant in values]
        for field, values in visit.variants.items()
    }
    assert found == {
        "start": [("2024-05-06", ("a2", "a4")), ("2024-05", ("a1",)), ("2024-05-07", ("a3",))],
        "end": [("2024-05-06", ("a2", "a4")), ("2024-05", ("a1",)), ("2024-05-07", ("a3",))],
        "kind": [("working", ("a2", "a4")), ("official", ("a3",))],
        "status": [("completed", ("a2", "a3", "a4")), ("planned", ("a1",))],
    }
    assert (visit.start, visit.kind, visit.status) == ("2024-05-06", "working", "completed")


def test_one_article_disagrees_with_nobody() -> None:
    made = normalize([told("a1", None, trip("2024-05-06"))])
    assert made.visits[0].variants == {}
    assert made.conflicts == ()


def test_conflicts_tell_what_only_says_less() -> None:
    made = normalize(
        [
            told("a1", "2024-04-20", trip("2024-05", "planned")),
            told("a2", "2024-05-08", trip("2024-05-06")),
            told("a3", "2024-05-09", trip("2024-05-06", "cancelled")),
        ]
    )
    rows = {(row.field, row.value): (row.chosen, row.compatible) for row in made.conflicts}
    assert rows["start", "2024-05-06"] == (True, True)
    assert rows["start", "2024-05"] == (False, True)
    assert rows["status", "cancelled"] == (True, True)
    assert rows["status", "completed"] == (False, False)


def test_variants_of_an_upgrade() -> None:
    upgrade = only_upgrade(
        told("a1", "2024-05-08", step("strategic_partnership", "2024-05-06")),
        told("a2", "2024-05-09", step("strategic_partnership", "2024-05-07")),
    )
    assert [variant.value for variant in upgrade.variants["date"]] == ["2024-05-06", "2024-05-07"]


def test_the_ledger_has_announcements_in_order() -> None:
    made = normalize(
        [
            told("a2", "2024-05-08", trip("2024-05-06", text="He came.")),
            told("a1", "2024-04-20", trip("2024-05-06", "planned", text="He will come.")),
            told("a0", None, trip("2024-05-06", text="He has been here.")),
        ]
    )
    assert [(row.number, row.article_id, row.status, row.sentence) for row in made.ledger] == [
        (1, "a0", "completed", "He has been here."),
        (2, "a1", "planned", "He will come."),
        (3, "a2", "completed", "He came."),
    ]
    assert not any(row.phantom for row in made.ledger)


def phantoms(*rows: ArticleRows) -> set[str]:
    return {row.record_id for row in normalize(rows).ledger if row.phantom}


def test_announced_passed_and_never_reported() -> None:
    plan = told("a1", "2024-04-20", trip("2024-05-06", "planned"))
    month = told("a2", "2024-04-20", Trip("Ana Costa", ("PRT", "AGO"), "2024-05", status="planned"))
    assert phantoms(plan, month) == set()
    assert len(phantoms(plan, told("a3", "2024-05-20"))) == 1
    assert len(phantoms(plan, month, told("a3", "2024-05-20"))) == 1
    assert len(phantoms(plan, month, told("a3", "2024-06-01"))) == 2


def test_what_was_reported_or_called_off_is_no_phantom() -> None:
    plan = told("a1", "2024-04-20", trip("2024-05-06", "planned"))
    late = told("a3", "2024-07-01")
    assert phantoms(plan, told("a2", "2024-05-08", trip("2024-05-06")), late) == set()
    assert phantoms(plan, told("a2", "2024-05-01", trip("2024-05-06", "cancelled")), late) == set()
    assert phantoms(told("a1", "2024-04-20", trip("2024-05-06", "invited")), late) == set()
    upgrade = told("a1", "2024-04-20", step("strategic_partnership", "2024-05", status="planned"))
    assert len(phantoms(upgrade, late)) == 1


def history(*rows: ArticleRows) -> list[RelationStep]:
    return list(normalize(rows).relations)


def test_a_history_climbs_its_ladder() -> None:
    steps = history(
        told("a1", None, step("comprehensive_strategic_partnership", "2024-03-07")),
        told("a2", None, step("strategic_partnership", "2018")),
        told("a3", None, step("diplomatic_relations", "1973", change="establishment")),
    )
    assert [(s.date, s.from_level, s.to_level, s.level_rank) for s in steps] == [
        ("1973", None, "diplomatic_relations", 2),
        ("2018", None, "strategic_partnership", 2),
        ("2024-03-07", "strategic_partnership", "comprehensive_strategic_partnership", 3),
    ]
    assert not any(s.skipped or s.contradictions for s in steps)


def test_skipped_rungs_are_named() -> None:
    steps = history(
        told("a1", None, step("comprehensive_partnership", "2013")),
        told("a2", None, step("comprehensive_strategic_partnership", "2023-09")),
    )
    assert [s.skipped for s in steps] == [(), ("strategic",)]


def test_what_does_not_fit_is_flagged() -> None:
    steps = history(
        told("a1", None, step("comprehensive_strategic_partnership", "2016")),
        told("a2", None, step("strategic_partnership", "2020", previous="alliance")),
        told("a3", None, step("diplomatic_relations", "1973", change="establishment")),
        told("a4", None, step("diplomatic_relations", "1975", change="establishment")),
    )
    assert [s.contradictions for s in steps] == [
        (),
        ("established, while diplomatic_relations stood",),
        (),
        (
            "raised from alliance, while comprehensive_strategic_partnership stood",
            "raised to strategic_partnership, which is below comprehensive_strategic_partnership",
        ),
    ]


def test_envoys_lowered_fit_relations_that_stand() -> None:
    steps = history(
        told("a1", None, step("diplomatic_relations", "1991", change="establishment")),
        told("a2", None, step("charge_d_affaires", "2021-11", change="downgrade")),
        told("a3", "2020-01-01", step("diplomatic_relations", None, change="establishment")),
    )
    assert not any(s.contradictions for s in steps)


def test_ties_cut_and_mended() -> None:
    steps = history(
        told("a1", None, step("diplomatic_relations", "1973", change="establishment")),
        told("a2", None, step("diplomatic_relations", "1980", change="severance")),
        told("a3", None, step("diplomatic_relations", "1990", change="restoration")),
    )
    assert [(s.from_level, s.to_level) for s in steps] == [
        (None, "diplomatic_relations"),
        ("diplomatic_relations", None),
        (None, "diplomatic_relations"),
    ]
    assert not any(s.contradictions for s in steps)


def test_a_level_told_again_is_reaffirmed_or_disputed() -> None:
    again = step("strategic_partnership", "2015", text="They reaffirmed their partnership.")
    (only,) = history(
        told("a1", None, step("strategic_partnership", "2009")), told("a2", "2015-03-02", again)
    )
    assert (only.reaffirmed_on, only.contradictions) == (("2015-03-02",), ())
    (disputed,) = history(
        told("a1", None, step("strategic_partnership", "2009")),
        told("a2", None, step("strategic_partnership", "2010")),
    )
    assert disputed.contradictions == ("also told as new in 2010",)


def test_plans_are_no_history() -> None:
    assert history(told("a1", None, step("strategic_partnership", "2027", status="planned"))) == []


def test_of_three_parties_each_pair_has_a_history() -> None:
    three = Step(("AUS", "NZL", "VNM"), date="2020")
    pairs = [(s.party, s.other_party) for s in history(told("a1", None, three))]
    assert pairs == [("AUS", "NZL"), ("AUS", "VNM"), ("NZL", "VNM")]
