from __future__ import annotations

from models import Destination, Evidence, Party, Visit, Visitor
from pipeline.changes import Changes

HERE = Evidence(article_id="a", start=3, end=9, text="came", rule="came")
THERE = Evidence(article_id="a", start=30, end=39, text="went", rule="went")


def visit(id_: str, name: str = "Nia Dlamini", evidence: Evidence = HERE, **more: object) -> Visit:
    return Visit.model_validate(
        {
            "id": id_,
            "visitor": Visitor(name=name),
            "origin": Party(code="ZAF", name="South Africa"),
            "destination": Destination(code="FJI", name="Fiji"),
            "status": "completed",
            "confidence": 0.9,
            "evidence": (evidence,),
            **more,
        }
    )


def kinds(before: list[Visit], after: list[Visit]) -> list[tuple[str, tuple[str, ...]]]:
    changes = Changes()
    changes.compare(Visit, before, after)
    return sorted((change.kind, change.fields) for change in changes.by_type.get(Visit, ()))


def test_nothing_changed() -> None:
    assert kinds([visit("1")], [visit("1")]) == []


def test_appeared_and_vanished() -> None:
    assert kinds([], [visit("1")]) == [("appeared", ())]
    assert kinds([visit("1")], []) == [("vanished", ())]


def test_other_values_under_one_id() -> None:
    changed = visit("1", status="planned", first=True)
    assert kinds([visit("1")], [changed]) == [("changed", ("status", "first"))]


def test_the_same_words_under_another_id() -> None:
    assert kinds([visit("1")], [visit("2", start="2024")]) == [("changed", ("id", "start"))]


def test_other_words_or_another_visitor() -> None:
    assert kinds([visit("1")], [visit("2", evidence=THERE)]) == [
        ("appeared", ()),
        ("vanished", ()),
    ]
    assert kinds([visit("1")], [visit("2", name="Ana Tora")]) == [
        ("appeared", ()),
        ("vanished", ()),
    ]
