from __future__ import annotations

import pytest

from pipeline import parsing
from pipeline.parsing import SpacyParser
from tests.reading import MODEL, article_of


@pytest.mark.slow
def test_what_is_forgotten_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    articles = [
        article_of(f"President Ana Tora flew to Xyz{n}ville on Monday. They've met.")
        for n in range(12)
    ]
    kept = SpacyParser(MODEL)
    parsed = [kept.parse(article) for article in articles]
    words = [[token.lemma_ for token in kept.read(data)] for data in parsed]
    monkeypatch.setattr(parsing, "FORGET_AFTER", 100)
    forgetting = SpacyParser(MODEL)
    for article, data, lemmas in zip(articles, parsed, words, strict=True):
        assert forgetting.parse(article) == data
        assert [token.lemma_ for token in forgetting.read(data)] == lemmas
        forgetting.release()
    before = len(forgetting._vocab.strings)
    for data in parsed * 3:
        forgetting.read(data)
        forgetting.release()
    assert len(forgetting._vocab.strings) <= before + 20


@pytest.mark.slow
def test_docs_that_are_not_released_stay() -> None:
    parser = SpacyParser(MODEL)
    data = parser.parse(article_of("President Ana Tora flew to Xyzville on Monday."))
    kept = [parser.read(data) for _ in range(3)]
    assert {doc[2].text for doc in kept} == {"Tora"}


@pytest.mark.slow
def test_a_model_that_was_let_go_is_loaded_again() -> None:
    parser = SpacyParser(MODEL)
    article = article_of("The prime minister flew to Jakarta on Monday.")
    before = parser.parse(article)
    parser.release()
    parser.unload()
    assert parser.parse(article) == before
    assert parser.read(before).text.startswith("The prime minister")
