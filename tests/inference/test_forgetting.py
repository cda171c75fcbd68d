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
    assert [forgetting.parse(article) for article in articles] == parsed
    assert [[token.lemma_ for token in forgetting.read(data)] for data in parsed] == words
    before = len(forgetting._vocab.strings)
    for data in parsed * 3:
        forgetting.read(data)
    assert len(forgetting._vocab.strings) <= before + 20
