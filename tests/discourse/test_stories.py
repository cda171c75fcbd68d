"""How a digest is cut into the stories that it prints, and what two of them tell is told once."""

from __future__ import annotations

import pytest
import spacy

from models import Article
from pipeline import Pipeline
from pipeline.datelines.dateline import further_datelines
from pipeline.discourse.stories import Story
from pipeline.discourse.text import Text
from pipeline.stage import Case

DIGEST = """WORLD BRIEFS

OSLO, May 15 (NTB) – Kenyan President William Ruto arrived here on Tuesday.

Envoy brings a letter

ACCRA, May 15 (GNA) – Togolese Foreign Minister Robert Dussey arrived on Tuesday with a letter.

He leaves on Friday.

HANOI, May 15 (VNA) – Kenya's William Ruto, who arrived in Oslo on Tuesday, will visit here soon.
"""


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return Pipeline()


def trips(pipeline: Pipeline, text: str) -> set[tuple[str | None, str | None]]:
    found = pipeline.extract(text, published="2024-05-16").visits
    return {(visit.visitor.name, visit.destination.code) for visit in found}


def places(text: str) -> list[str | None]:
    return [line.place for line in further_datelines(text, 0)]


def test_each_story_is_set_where_its_own_dateline_says(pipeline: Pipeline) -> None:
    assert trips(pipeline, DIGEST) == {
        ("William Ruto", "NOR"),
        ("Robert Dussey", "GHA"),
        ("William Ruto", "VNM"),
    }


def test_a_trip_that_two_stories_report_is_one_with_the_sentences_of_both(
    pipeline: Pipeline,
) -> None:
    found = pipeline.extract(DIGEST, published="2024-05-16").visits
    (oslo,) = (visit for visit in found if visit.destination.code == "NOR")
    assert [DIGEST[e.start : e.end] for e in oslo.evidence] == [e.text for e in oslo.evidence]
    assert any("arrived here" in e.text for e in oslo.evidence)
    assert any("arrived in Oslo" in e.text for e in oslo.evidence)


def test_a_change_that_two_stories_report_is_one(pipeline: Pipeline) -> None:
    text = (
        "LIMA – Peru and Ghana established a strategic partnership on 14 May 2024, Peru said.\n\n"
        "ACCRA – Ghana and Peru established a strategic partnership on 14 May 2024, Ghana said.\n"
    )
    (change,) = pipeline.extract(text, published="2024-05-16").upgrades
    assert len({evidence.start for evidence in change.evidence}) == 2


def test_the_host_of_a_story_receives_where_its_dateline_says(pipeline: Pipeline) -> None:
    text = (
        "BRUSSELS – Farmers blocked two roads on Tuesday.\n\n"
        "Talks on fish\n\n"
        "LIMA – Norwegian Foreign Minister Espen Barth Eide met with Peruvian President Dina "
        "Boluarte on Wednesday to speak of fish.\n"
    )
    assert ("Espen Barth Eide", "PER") in trips(pipeline, text)


def test_datelines_are_found_at_the_head_of_lines_alone() -> None:
    assert places(DIGEST) == ["OSLO", "ACCRA", "HANOI"]
    assert places("He flew on.\n\nQUITO, where it rained, was quiet.") == []
    assert places("The tour:\nLima, May 4: Talks with the premier.\nQuito, May 5: A dinner.") == []
    assert places("It was said that OSLO – in May – is cold.") == []
    assert places("THE NEWS\n\nLIMA. THE PREMIER ARRIVED HERE ON MONDAY FOR A VISIT.") == []
    assert places("Text.\n\nBaku, December 19, AZERTAC – The president left.") == ["Baku"]


def test_a_page_of_datelines_is_read_in_linear_time() -> None:
    text = "LIMA – He came.\n\n" * 20_000
    assert len(places(text)) == 19_999


def test_tokens_around_a_story_are_of_its_first_or_its_last_sentence() -> None:
    doc = spacy.blank("en")("One sat . \n\n Two stood . Three ran . Four fell .")
    for token in doc:
        token.is_sent_start = token.i == 0 or doc[token.i - 1].text in {".", "\n\n "}
    article = Article(id="a", source_path="a.txt", text=doc.text, characters=len(doc.text))
    case = Case(article, doc, {})
    starts = [token.i for token in doc if token.text in {"One", "Two", "Three", "Four"}]
    middle = Text(case, Story(article, starts[1], starts[3]))
    assert [sentence.text for sentence in middle.sentences] == ["Two stood .", "Three ran ."]
    assert list(middle.sentence_of) == [int(i >= starts[2]) for i in range(len(doc))]
    assert middle.sentence_of[-1] == 1
    whole = Text(case)
    assert list(whole.sentence_of) == [sum(i >= at for at in starts[1:]) for i in range(len(doc))]
