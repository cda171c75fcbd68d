"""What a heading is, by its print, its place and its grammar."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc

from pipeline.headings import (
    headline_end,
    is_capitalized,
    is_headline_plan,
    is_in_capitals,
    is_noun_of_headline,
    is_verb_of_headline,
    is_verbless,
    lines_above,
)
from tests.discourse.parsed import VOCAB, parsed, token_of

BECOME = "Peru/NNP/nsubj/3 ,/,/punct/1 become/VBP/ROOT/0 partners/NNS/attr/3"


def lines(*told: str, gap: str = "\n") -> Doc:
    """Return a text of lines, each of which is a sentence."""
    words, starts = [], []
    for number, line in enumerate(told):
        parts = line.split() + ([gap] if number + 1 < len(told) else [])
        words += parts
        starts += [True, *[False] * (len(parts) - 1)]
    return Doc(VOCAB, words=words, spaces=[False] * len(words), sent_starts=starts)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("MINISTER ARRIVES IN LIMA FOR TALKS", True),
        ("MINISTER ARRIVES", False),  # too few letters
        ("NATO and the EU hold talks on trade", False),
    ],
)
def test_heading_in_capitals(text: str, told: bool) -> None:
    assert is_in_capitals(text) is told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Peru and Chad Raise Their Ties", True),
        ("Peru and Chad Raise Their Ties.", False),
        ("Peru and Chad raise their ties", False),
        ("Peru Raises Ties", False),  # three words may be a name
    ],
)
def test_heading_with_a_capital_on_each_word(text: str, told: bool) -> None:
    assert is_capitalized(text) is told


@pytest.mark.parametrize(
    ("told", "count"),
    [
        (("Mora in Oslo", "She arrived ."), 1),
        (("Norway", "Mora in Oslo", "She arrived ."), 2),
        (("Mora arrived .", "She left ."), 0),
        (("Mora :", "She left ."), 0),
        (("Mora in Oslo",), 0),  # with nothing below it is the text
        (("a b", "c d", "e f", "g h", "i j ."), 3),
    ],
)
def test_where_the_headline_ends(told: tuple[str, ...], count: int) -> None:
    doc = lines(*told)
    sentences = list(doc.sents)
    assert headline_end(doc.text, sentences) == (sentences[count - 1].end if count else 0)


def test_lines_above_a_dateline() -> None:
    text = "Mora lands in Oslo.\nBy Ann\nOSLO, May 3 -"
    found = [text[start:end] for start, end in lines_above(text, 0, len(text))]
    assert found == ["Mora lands in Oslo.\n"]


def test_line_without_a_verb() -> None:
    assert is_verbless(parsed("Visits/NNS/ROOT/0 of/IN/prep/1 ministers/NNS/pobj/2")[:])
    assert not is_verbless(parsed("Ministers/NNS/nsubj/2 came/VBD/ROOT/0")[:])


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (BECOME, True),
        (f"{BECOME} ./,/punct/3", False),
        ("So/RB/advmod/3 Peru/NNP/nsubj/3 becomes/VBZ/ROOT/0 one/CD/attr/3", False),
    ],
)
def test_verb_of_a_headline(line: str, told: bool) -> None:
    verb = next(token for token in parsed(line) if token.dep_ == "ROOT")
    assert is_verb_of_headline(verb) is told


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Peru/NNP/nsubj/3 to/TO/aux/3 cut/VB/ROOT/0 ties/NNS/dobj/3 :/,/punct/3", True),
        ("Peru/NNP/nsubj/4 to/TO/aux/4 be/VB/auxpass/4 cut/VBN/ROOT/0 off/RP/prt/4", True),
        ("Asked/VBD/ROOT/0 Peru/NNP/nsubj/4 to/TO/aux/4 cut/VB/ccomp/1 ties/NNS/dobj/4", False),
        ("Peru/NNP/nsubj/3 will/MD/aux/3 cut/VB/ROOT/0 ties/NNS/dobj/3", False),
        ("Ministers/NNS/nsubj/3 to/TO/aux/3 cut/VB/ROOT/0 ties/NNS/dobj/3", False),
    ],
)
def test_plan_of_a_headline(line: str, told: bool) -> None:
    assert is_headline_plan(token_of(line, "cut")) is told


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Saudi/JJ/amod/2 prince/NN/ROOT/0 to/TO/aux/4 visit/VB/relcl/2 Egypt/NNP/dobj/4", True),
        ("(/,/punct/2 LEAD/NNP/ROOT/0 )/,/punct/2 prince/NN/appos/2", True),
        ("We/PRP/nsubj/2 saw/VBD/ROOT/0 Ann/NNP/dobj/2 ,/,/punct/3 prince/NN/appos/3", False),
    ],
)
def test_noun_of_a_headline(line: str, told: bool) -> None:
    assert is_noun_of_headline(token_of(line, "prince")) is told
