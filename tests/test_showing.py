"""What notebooks show of records, articles, explanations and changes."""

from __future__ import annotations

import re
from html import unescape

import pytest

from models import Visit
from pipeline.api import Extraction
from pipeline.changes import Changes
from pipeline.explain import Explanation, Sentence, Step, Trigger
from pipeline.showing import article_html
from tests.records import EVIL, FORMULA, SUVA, articles, dates, entities, upgrades, visits

TAGS = re.compile(r"</?([a-z]+)")
ALLOWED = {"div", "b", "small", "span", "mark", "table", "thead", "tbody", "tr", "th", "td",
           "caption", "br", "p"}  # fmt: skip


def extraction() -> Extraction:
    suva, _ = articles()
    return Extraction(
        article=suva,
        entities=tuple(entities()),
        dates=tuple(dates()),
        visits=tuple(visits()[:1]),
        upgrades=tuple(upgrades()),
    )


def explanation() -> Explanation:
    suva, _ = articles()
    step = Step("visits", EVIL, "dropped", EVIL, None)
    sentence = Sentence(0, len(EVIL), EVIL, (Trigger(0, 4, EVIL, (step,)),))
    return Explanation(suva, (sentence,))


def changes() -> Changes:
    start = SUVA.index(EVIL)
    proof = (
        visits()[0]
        .evidence[0]
        .model_copy(update={"start": start, "end": start + len(EVIL), "text": EVIL})
    )
    made = Changes()
    made.compare(Visit, [], [visits()[0].model_copy(update={"evidence": (proof,)})])
    return made


@pytest.mark.parametrize(
    "shown",
    [
        extraction()._repr_html_(),
        explanation()._repr_html_(),
        changes()._repr_html_(),
        articles()[0]._repr_html_(),
        visits()[0]._repr_html_(),
        entities()[0]._repr_html_(),
        upgrades()[0].model_copy(update={"level_text": EVIL})._repr_html_(),
    ],
)
def test_nothing_from_an_article_is_more_than_text(shown: str) -> None:
    assert set(TAGS.findall(shown)) <= ALLOWED
    assert not re.search(r"<[^>]*\son\w+=", shown)
    assert "javascript:" not in re.sub(r">[^<]*<", "><", shown)


def test_an_article_keeps_its_text_between_the_marks() -> None:
    made = extraction()
    shown = article_html(
        made.article, entities=made.entities, dates=made.dates, records=list(made.visits)
    )
    assert re.search(r"<mark [^>]*>Nia Dlamini<span [^>]*>PERSON ZAF</span></mark>", shown)
    assert re.search(r"text-decoration:underline[^>]*title='visit-fiji'", shown)
    bare = re.sub(r"<span style='font-size[^>]*>[^<]*</span>", "", shown)
    assert SUVA in unescape(re.sub(r"<[^>]+>", "", bare))


def test_a_record_shows_its_sentences_with_place_and_rule() -> None:
    shown = visits()[0]._repr_html_()
    assert "<b>Visit</b>" in shown
    assert "Nia Dlamini visited Fiji on Thursday." in shown
    assert "article-suva 0–83, rule visit" in shown
    assert "hosts" not in shown


def test_formulas_are_left_as_they_are_read() -> None:
    assert FORMULA in articles()[0]._repr_html_()


def test_no_record_is_said() -> None:
    assert "No visits." in Extraction(articles()[0], (), (), (), ())._repr_html_()
    assert "No record changed." in Changes()._repr_html_()
