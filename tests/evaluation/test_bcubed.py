"""B-cubed, by hand and over a small folder of merged records."""

from __future__ import annotations

import pytest

from models import Article, Destination, Evidence, Party, Variant, Visit, Visitor
from pipeline.evaluation.bcubed import BCubed, Mention, as_told, bcubed, merging_scores
from pipeline.evaluation.found import Found
from pipeline.evaluation.gold import GoldArticle, GoldVisit


def mentions(*pairs: str) -> list[Mention]:
    """Return mentions written "fact record", a dash for none."""
    split = (pair.split() for pair in pairs)
    return [Mention(*(None if name == "-" else name for name in pair)) for pair in split]


@pytest.mark.parametrize(
    ("pairs", "precision", "recall"),
    [
        (["a 1", "a 1", "b 2"], 1.0, 1.0),
        (["a 1", "a 1", "b 1"], (2 / 3 + 2 / 3 + 1 / 3) / 3, 1.0),
        (["a 1", "a 2", "b 3"], 1.0, (1 / 2 + 1 / 2 + 1) / 3),
        (["a 1", "a -"], 1.0, 1 / 4),
        (["a 1", "- 1"], 1 / 4, 1.0),
        (["a 1", "- 2"], 1 / 2, 1.0),
        (["a -"], 1.0, 0.0),
        ([], 1.0, 1.0),
    ],
)
def test_figures(pairs: list[str], precision: float, recall: float) -> None:
    found = bcubed(mentions(*pairs))
    assert found.precision == pytest.approx(precision)
    assert found.recall == pytest.approx(recall)


def test_f1() -> None:
    assert BCubed(0.5, 1.0, 4).f1 == pytest.approx(2 / 3)
    assert BCubed(0.0, 0.0, 4).f1 == 0.0


TEXTS = {
    "a": "Rui Sa will visit Angola on May 6.",
    "b": "Rui Sa visited Angola on Monday. Ana Costa came to Luanda in June.",
}


def proof(article: str, words: str) -> Evidence:
    start = TEXTS[article].index(words)
    return Evidence(article_id=article, start=start, end=start + len(words), text=words)


def visit(made: str, name: str, *evidence: Evidence, **more: object) -> Visit:
    return Visit(
        id=made,
        visitor=Visitor(name=name),
        origin=Party(code="PRT", name="Portugal"),
        destination=Destination(code="AGO", name="Angola"),
        status="completed",
        confidence=0.5,
        evidence=evidence,
        **more,  # type: ignore[arg-type]
    )


def label(fact: str, name: str, words: str) -> GoldVisit:
    return GoldVisit(
        visitor=name, origin="PRT", destination="AGO", status="completed", evidence=words, fact=fact
    )


GOLD = [
    GoldArticle(article="a.txt", visits=(label("1", "Rui Sa", TEXTS["a"]),), upgrades=()),
    GoldArticle(
        article="b.txt",
        visits=(
            label("1", "Rui Sa", "Rui Sa visited Angola on Monday."),
            label("2", "Ana Costa", "Ana Costa came to Luanda in June."),
        ),
    ),
]


def measured(*visits: Visit) -> dict[str, BCubed]:
    founds = {
        f"{name}.txt": Found(
            Article(id=name, source_path=f"{name}.txt", text=text, characters=len(text)),
            visits=[v for v in visits if any(e.article_id == name for e in v.evidence)],
        )
        for name, text in TEXTS.items()
    }
    return merging_scores(GOLD, founds)


def test_records_that_are_right() -> None:
    first = visit("v1", "Rui Sa", proof("a", TEXTS["a"]), proof("b", "Rui Sa visited Angola"))
    second = visit("v2", "Ana Costa", proof("b", "Ana Costa came to Luanda"))
    scores = measured(first, second)
    assert scores["merging.whole"] == BCubed(1.0, 1.0, 3)
    assert scores["merging.visits"] == scores["merging.all"] == BCubed(1.0, 1.0, 3)


def test_one_record_of_two_facts() -> None:
    """A record that swallowed another is known by its words and by what its article told."""
    wrong = visit("v1", "Rui Sa", proof("a", TEXTS["a"]), proof("b", "Ana Costa came to Luanda"))
    rest = visit("v2", "Rui Sa", proof("b", "Rui Sa visited Angola"))
    scores = measured(wrong, rest)
    assert scores["merging.visits"].precision == pytest.approx(2 / 3)
    assert scores["merging.visits"].recall == pytest.approx(2 / 3)


def test_what_was_not_found_counts_in_the_whole_alone() -> None:
    scores = measured(visit("v1", "Rui Sa", proof("a", TEXTS["a"])))
    assert scores["merging.visits"] == BCubed(1.0, 1.0, 1)
    assert scores["merging.whole"].recall == pytest.approx(1 / 2 / 3)


def test_gold_without_facts_has_no_such_measure() -> None:
    bare = GoldArticle(article="a.txt", visits=(GoldVisit(status="completed"),))
    assert merging_scores([bare], {}) == {}


def test_what_an_article_told() -> None:
    merged = visit(
        "v1",
        "Rui Sa",
        proof("a", TEXTS["a"]),
        start="2024-05-06",
        variants={
            "start": (
                Variant(value="2024-05-06", articles=("b",)),
                Variant(value="2024-05", articles=("a",)),
            ),
            "visitor.name": (
                Variant(value="Rui Sa", articles=("b",)),
                Variant(value="Sa", articles=("a",)),
            ),
        },
    )
    told = as_told(merged, "a")
    assert (told.start, told.visitor.name) == ("2024-05", "Sa")
    assert as_told(merged, "b").start == "2024-05-06"
