"""What TimeML takes a stretch of text for, of what the dates stage keeps as one."""

from __future__ import annotations

import pytest

from pipeline.evaluation.timexes import in_timeml
from pipeline.stages.dates.find import find_dates

#: Sentences with the text, type and value of each stretch, as read on 16 August 2024.
CUT = [
    (
        "It runs on August 6-8.",
        [("August 6", "DATE", "2024-08-06"), ("8", "DATE", "2024-08-08")],
    ),
    (
        "He came on 16 to 18 May 2012.",
        [("16", "DATE", "2012-05-16"), ("18 May 2012", "DATE", "2012-05-18")],
    ),
    ("It was so in 2008-12.", [("2008", "DATE", "2008"), ("12", "DATE", "2012")]),
    (
        "Sales rose in May-June 2012.",
        [("May", "DATE", "2012-05"), ("June 2012", "DATE", "2012-06")],
    ),
    (
        "It opened on Monday (12 August).",
        [("Monday", "DATE", "2024-08-12"), ("12 August", "DATE", "2024-08-12")],
    ),
    (
        "It blew at 6 p.m. (1700 GMT) Monday.",
        [
            ("6 p.m.", "TIME", "2024-08-12T18:00"),
            ("1700 GMT", "TIME", "2024-08-12T18:00"),
            ("Monday", "DATE", "2024-08-12"),
        ],
    ),
    ("Two days later he left.", [("Two days", "DURATION", "P2D")]),
    ("An hour or so later he left.", [("An hour or so", "DURATION", "PT1H")]),
    ("A week before, he had met her.", [("A week", "DURATION", "P1W")]),
    ("He had met her the day before.", [("the day", "DATE", "2024-08-15")]),
]

#: Sentences of which nothing is cut.
WHOLE = [
    ("It fell in the winter of 2012-13.", "the winter of 2012-13"),
    ("It fell in the academic year 2012-13.", "the academic year 2012-13"),
    ("Sales rose over the December-to-February period.", "the December-to-February period"),
    ("It opened on Monday (12).", "Monday (12)"),
    ("A day earlier he left.", "A day earlier"),
    ("He left two days ago.", "two days ago"),
    ("He left the day after tomorrow.", "the day after tomorrow"),
    ("It took 12 to 18 months.", "12 to 18 months"),
]


@pytest.mark.parametrize(("text", "expected"), CUT, ids=[text for text, _ in CUT])
def test_what_timeml_marks_apart(text: str, expected: list[tuple[str, str, str]]) -> None:
    found = in_timeml(find_dates(text, published="2024-08-16"))
    assert [(one.text, one.type, one.value) for one in found] == expected
    assert [text[one.start : one.end] for one in found] == [words for words, _, _ in expected]


@pytest.mark.parametrize(("text", "words"), WHOLE, ids=[text for text, _ in WHOLE])
def test_what_stays_whole(text: str, words: str) -> None:
    assert [one.text for one in in_timeml(find_dates(text, published="2024-08-16"))] == [words]
