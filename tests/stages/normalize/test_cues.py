"""What sentences say besides: each row's example fires, its counter does not."""

from __future__ import annotations

import pytest

from models import Destination, Evidence, Visit, Visitor
from pipeline.lexicon import load_table
from pipeline.stages.normalize.cues import PACKAGE, Cue, event_named, events_of, says

ROWS = load_table(PACKAGE, "cues.toml", Cue)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_a_row_fires_on_its_example_alone(row: Cue) -> None:
    assert says(row.kind, [row.example])
    assert not says(row.kind, [row.counter])


def test_ids_are_unique() -> None:
    assert len({row.id for row in ROWS}) == len(ROWS)


EVENTS = {
    "Rama flew to Jakarta on Monday to attend the 43rd ASEAN Summit.": "43rd ASEAN Summit",
    "He will be in Kazan for the BRICS summit in October.": "BRICS summit",
    "She spoke at the Munich Security Conference.": "Munich Security Conference",
    "The king was in Rome for the funeral of Pope Francis.": "funeral of Pope Francis",
    "They met ahead of a summit with the premier.": None,
    "He visited the conference hall.": None,
    "The leaders held a bilateral summit in Seoul.": None,
}


@pytest.mark.parametrize(("sentence", "name"), EVENTS.items())
def test_events(sentence: str, name: str | None) -> None:
    assert event_named(sentence) == name


def test_an_event_is_of_the_destination_named_beside_it() -> None:
    sentence = "He went to Angola, then to Johannesburg for the BRICS summit, then to Mozambique."

    def visit(code: str, name: str, place: str | None = None) -> Visit:
        return Visit(
            id=code,
            visitor=Visitor(name="Rui Sa"),
            destination=Destination(code=code, name=name, place=place),
            status="completed",
            confidence=0.5,
            evidence=(Evidence(article_id="a", start=0, end=9, text=sentence),),
        )

    visits = [
        visit("AGO", "Angola"),
        visit("ZAF", "South Africa", "Johannesburg"),
        visit("MOZ", "Mozambique"),
    ]
    assert events_of(visits) == {"ZAF": "BRICS summit"}
