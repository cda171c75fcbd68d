"""Words that are passed over tell no change of relations."""

from __future__ import annotations

import pytest

from models import Upgrade
from pipeline.lexicon import load_table
from pipeline.stage import Case
from pipeline.stages.upgrades import candidates
from pipeline.stages.upgrades.find import find
from pipeline.stages.upgrades.tables import PACKAGE, Echo, Trigger, may_tell
from tests.reading import PUBLISHED, Reader

TEXTS = [
    text
    for file, model in (("triggers.toml", Trigger), ("echoes.toml", Echo))
    for row in load_table(PACKAGE, file, model)
    for text in (row.example, row.counter)
]


@pytest.mark.parametrize(
    ("lemma", "pos", "told"),
    [
        ("upgrade", "VERB", True),
        ("establish", "VERB", True),
        ("follow", "VERB", True),
        ("Lima", "PROPN", False),
        ("upgrade", "ADJ", False),
    ],
)
def test_words_that_may_tell(lemma: str, pos: str, *, told: bool) -> None:
    assert may_tell(lemma, pos) is told


@pytest.mark.slow
def test_what_is_passed_over_tells_nothing(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    reader.prepare(TEXTS)
    readings = [reader.read(text, PUBLISHED) for text in TEXTS]
    monkeypatch.setattr(candidates, "may_tell", lambda *_: True)
    for reading in readings:
        rows = {kind: found for kind, found in reading.rows.items() if kind is not Upgrade}
        whole = list(find(Case(reading.article, reading.doc, rows)))
        assert whole == reading.upgrades, reading.article.text
