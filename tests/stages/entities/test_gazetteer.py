"""Table forms found in a Doc, the longest first."""

from __future__ import annotations

import pytest
import spacy

from pipeline.reference.countries import country_forms
from pipeline.reference.leaders import leaders
from pipeline.stages.entities.gazetteer import Gazetteer, cut

BLANK = spacy.blank("en")
FORMS = [
    ("Guinea", "GIN"),
    ("Guinea-Bissau", "GNB"),
    ("Papua New Guinea", "PNG"),
    ("U.S.", "USA"),
    ("Côte d'Ivoire", "CIV"),
    ("Guinea", "ignored"),
    ("", "empty"),
]


def found(text: str, *, lower: bool = False) -> list[tuple[str, str]]:
    gazetteer = Gazetteer(FORMS, lower=lower)
    doc = BLANK.make_doc(text)
    return [(doc[hit.start : hit.end].text, hit.payload) for hit in gazetteer.find(doc)]


@pytest.mark.parametrize(
    ("text", "hits"),
    [
        ("Guinea won.", [("Guinea", "GIN")]),
        ("Guinea-Bissau won.", [("Guinea-Bissau", "GNB")]),
        ("Papua New Guinea won.", [("Papua New Guinea", "PNG")]),
        ("Papua New Delhi lost.", []),
        ("The U.S. and Guinea met.", [("U.S.", "USA"), ("Guinea", "GIN")]),
        ("Côte d'Ivoire won.", [("Côte d'Ivoire", "CIV")]),
        ("Côte d’Ivoire won.", [("Côte d’Ivoire", "CIV")]),
        ("Guinea Guinea-Bissau", [("Guinea", "GIN"), ("Guinea-Bissau", "GNB")]),
        ("Ends in Papua New", []),
        ("guinea pigs", []),
        ("", []),
    ],
)
def test_longest_form_wins(text: str, hits: list[tuple[str, str]]) -> None:
    assert found(text) == hits


def test_lower_case_where_asked_for() -> None:
    assert found("GUINEA and guinea", lower=True) == [("GUINEA", "GIN"), ("guinea", "GIN")]


def test_hits_do_not_overlap() -> None:
    gazetteer = Gazetteer([("a b", 1), ("b c", 2), ("c", 3)])
    doc = BLANK.make_doc("a b c b c")
    assert [(hit.start, hit.end, hit.payload) for hit in gazetteer.find(doc)] == [
        (0, 2, 1),
        (2, 3, 3),
        (3, 5, 2),
    ]


def test_forms_are_cut_as_the_tokenizer_cuts_them() -> None:
    forms = {name for row in leaders() for name in (row.name, *row.aliases)}
    forms |= {form.form for form in country_forms()} | {"cannot", "Sao  Tome", "U.S.", "gonna go"}
    for form in forms:
        assert list(cut(form)) == [token.text for token in BLANK.make_doc(form)], form


@pytest.mark.parametrize("lower", [False, True])
def test_every_form_is_found_by_its_first_token(*, lower: bool) -> None:
    forms = [form.form for form in country_forms()] + ["cannot go", "Gonna, Inc.", "St. Lucia", "x"]
    for form in forms:
        doc = BLANK.make_doc(form)
        hits = [*Gazetteer([(form, form)], lower=lower).find(doc)]
        assert [(hit.start, hit.end) for hit in hits] == [(0, len(doc))], form
