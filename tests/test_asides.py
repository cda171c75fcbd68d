"""Sentences that tell of nobody and nothing, and those that do."""

from __future__ import annotations

import pytest

from pipeline.asides import is_aside, telling_sentences
from tests.reading import Reader

ASIDES = (
    "Rain fell all day.",
    "The bridge was built in 1987.",
    "“We need more time,” an aide said.",
    '"This is only a start," an official told reporters.',
    "Inflation was 4.2 percent last year.",
    "There was no immediate comment.",
    "Traffic was light on Monday.",
    "“It is a good day for farmers,” a spokesman said.",
    "That is no small sum.",
)
TELLING = (
    "He smiled.",
    "Lima was quiet.",
    "The talks went well.",
    "Many came.",
    "The two left.",
    "It ends in June.",
    "This opened the port to traders on Monday.",
    "The foreign minister smiled.",
    "Two hours later, crowds cheered.",
    "The visit was put off.",
    "Workers cheered in the capital.",
    "Rain and Peru",
    "No deal.",
)


@pytest.mark.parametrize(
    ("told", "aside"), [(t, True) for t in ASIDES] + [(t, False) for t in TELLING]
)
def test_asides(reader: Reader, told: str, aside: bool) -> None:
    doc = reader.read(f"William Ruto landed in Lima. {told} He leaves on Friday.").doc
    between = list(doc.sents)[1]
    assert is_aside(between) == aside
    assert (between in telling_sentences(doc)) != aside


def test_text_of_asides_keeps_its_first(reader: Reader) -> None:
    doc = reader.read("Rain fell all day. Traffic was light.").doc
    assert [s.text for s in telling_sentences(doc)] == ["Rain fell all day."]


def test_story_of_asides_alone_has_a_sentence(reader: Reader) -> None:
    text = "LIMA, May 14 (Reuters) - William Ruto landed.\n\nQUITO, May 14 (Reuters) - It rained."
    assert reader.read(f"{text}\n\nOSLO, May 14 (AFP) - Rain fell all day.").visits is not None
