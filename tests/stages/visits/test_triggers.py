"""Words that are passed over tell of no trip."""

from __future__ import annotations

import pytest

from models import Visit
from pipeline.lexicon import Rule, load_table
from pipeline.stage import Case
from pipeline.stages.visits import candidates, openers
from pipeline.stages.visits.find import find
from pipeline.stages.visits.lists.guest_phrases import GuestRule
from pipeline.stages.visits.lists.registers import RegisterRule
from pipeline.stages.visits.openers import may_tell, openers_at
from pipeline.stages.visits.tables import Idiom, NounRule, VerbRule
from pipeline.stages.visits.tours.stop_rules import StopRule
from pipeline.stages.visits.travel.verbless import VerblessRule, verbless
from tests.reading import PUBLISHED, Reader

TABLES: tuple[tuple[str, type[Rule]], ...] = (
    ("verbs.toml", VerbRule),
    ("deeds.toml", VerbRule),
    ("nouns.toml", NounRule),
    ("idioms.toml", Idiom),
    ("guests.toml", GuestRule),
    ("itinerary.toml", StopRule),
    ("verbless.toml", VerblessRule),
    ("registers.toml", RegisterRule),
)
TEXTS = [
    text
    for file, model in TABLES
    for row in load_table("pipeline.stages.visits", file, model)
    for text in (row.example, row.counter)
]


@pytest.mark.parametrize(
    ("lower", "lemma", "pos", "told"),
    [
        ("flew", "fly", "VERB", True),
        ("visits", "visit", "NOUN", True),
        ("lands", "lands", "NOUN", True),
        ("visiting", "visiting", "ADJ", True),
        ("en", "en", "X", True),
        ("in", "in", "ADP", True),
        ("minister", "minister", "NOUN", False),
        ("lima", "Lima", "PROPN", False),
        (";", ";", "PUNCT", False),
    ],
)
def test_words_that_may_tell(lower: str, lemma: str, pos: str, *, told: bool) -> None:
    assert may_tell(lower, lemma, pos) is told


def test_openers_read_at_their_own_words() -> None:
    assert {opener.read for opener in openers_at("in", "in")} >= {verbless}
    assert verbless not in {opener.read for opener in openers_at("invited", "invite")}
    assert not openers_at("minister", "minister")


@pytest.mark.slow
def test_what_is_passed_over_tells_nothing(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    reader.prepare(TEXTS)
    readings = [reader.read(text, PUBLISHED) for text in TEXTS]
    every = openers._openers()
    monkeypatch.setattr(candidates, "may_tell", lambda *_: True)
    monkeypatch.setattr(openers, "openers_at", lambda *_: every)
    for reading in readings:
        rows = {kind: found for kind, found in reading.rows.items() if kind is not Visit}
        whole = list(find(Case(reading.article, reading.doc, rows)))
        assert whole == reading.visits, reading.article.text
