"""What the words around a verb or noun of travel say, on parses built by hand."""

from __future__ import annotations

import pytest

from pipeline.discourse.denials import is_negated
from pipeline.discourse.factuality import fact_of_noun, fact_of_verb, governing_verb
from pipeline.discourse.suppositions import is_hypothetical
from pipeline.discourse.verb_forms import tense_of
from tests.discourse.parsed import token_of

PAST = "He/PRP/nsubj/2 visited/VBD/ROOT/0 Lima/NNP/dobj/2"
FUTURE = "He/PRP/nsubj/3 will/MD/aux/3 visit/VB/ROOT/0 Lima/NNP/dobj/3"
PRESENT = "He/PRP/nsubj/2 visits/VBZ/ROOT/0 Lima/NNP/dobj/2"
GOING_ON = "He/PRP/nsubj/3 is/VBZ/aux/3 visiting/VBG/ROOT/0 Lima/NNP/dobj/3"
WAS_GOING_ON = "He/PRP/nsubj/3 was/VBD/aux/3 visiting/VBG/ROOT/0 Lima/NNP/dobj/3"
PERFECT = "He/PRP/nsubj/3 has/VBZ/aux/3 visited/VBN/ROOT/0 Lima/NNP/dobj/3"
DENIED = "He/PRP/nsubj/4 did/VBD/aux/4 not/RB/neg/4 visit/VB/ROOT/0 Lima/NNP/dobj/4"
NEVER = "He/PRP/nsubj/4 has/VBZ/aux/4 never/RB/advmod/4 visited/VBN/ROOT/0 Lima/NNP/dobj/4"
NO_ONE = "No/DT/det/2 minister/NN/nsubj/3 visited/VBD/ROOT/0 Lima/NNP/dobj/3"
MAY = "He/PRP/nsubj/3 may/MD/aux/3 visit/VB/ROOT/0 Lima/NNP/dobj/3"
CAN = "He/PRP/nsubj/3 can/MD/aux/3 visit/VB/ROOT/0 Lima/NNP/dobj/3"
IF = "He/PRP/nsubj/2 spoke/VBD/ROOT/0 if/IN/mark/5 they/PRP/nsubj/5 visited/VBD/advcl/2"
PLANS = "He/PRP/nsubj/2 plans/VBZ/ROOT/0 to/TO/aux/4 visit/VB/xcomp/2 Lima/NNP/dobj/4"
HOPES = "He/PRP/nsubj/2 hopes/VBZ/ROOT/0 to/TO/aux/4 visit/VB/xcomp/2 Lima/NNP/dobj/4"
INVITED = "They/PRP/nsubj/2 invited/VBD/ROOT/0 him/PRP/dobj/2 to/TO/aux/5 visit/VB/xcomp/2"
INVITATION = (
    "He/PRP/nsubj/2 accepted/VBD/ROOT/0 an/DT/det/4 invitation/NN/dobj/2 to/TO/aux/6 visit/VB/acl/4"
)
SAID_WOULD = "She/PRP/nsubj/2 said/VBD/ROOT/0 he/PRP/nsubj/5 would/MD/aux/5 visit/VB/ccomp/2"
BEGAN = "He/PRP/nsubj/2 began/VBD/ROOT/0 visiting/VBG/xcomp/2 Lima/NNP/dobj/3"


@pytest.mark.parametrize(
    ("line", "verb", "tense"),
    [
        (PAST, "visited", "past"),
        (PERFECT, "visited", "past"),
        (FUTURE, "visit", "future"),
        (PRESENT, "visits", "present"),
        (GOING_ON, "visiting", "progressive"),
        (WAS_GOING_ON, "visiting", "past"),
        (DENIED, "visit", "past"),
        (PLANS, "visit", "infinitive"),
        (BEGAN, "visiting", "none"),
    ],
)
def test_tense(line: str, verb: str, tense: str) -> None:
    assert tense_of(token_of(line, verb)) == tense


@pytest.mark.parametrize(
    ("line", "verb", "negated"),
    [
        (DENIED, "visit", True),
        (NEVER, "visited", True),
        (NO_ONE, "visited", True),
        (PAST, "visited", False),
        (PERFECT, "visited", False),
    ],
)
def test_negation(line: str, verb: str, negated: bool) -> None:
    assert is_negated(token_of(line, verb)) is negated


@pytest.mark.parametrize(
    ("line", "verb", "hypothetical"),
    [
        (MAY, "visit", True),
        (IF, "visited", True),
        (PAST, "visited", False),
        (PLANS, "visit", False),
    ],
)
def test_hypotheses(line: str, verb: str, hypothetical: bool) -> None:
    assert is_hypothetical(token_of(line, verb)) is hypothetical


@pytest.mark.parametrize(
    ("line", "verb", "status"),
    [
        (PAST, "visited", "completed"),
        (PERFECT, "visited", "completed"),
        (WAS_GOING_ON, "visiting", "completed"),
        (BEGAN, "visiting", "completed"),
        (PRESENT, "visits", "ongoing"),
        (GOING_ON, "visiting", "ongoing"),
        (FUTURE, "visit", "planned"),
        (PLANS, "visit", "planned"),
        (SAID_WOULD, "visit", "planned"),
        (INVITATION, "visit", "planned"),
        (INVITED, "visit", "invited"),
        (HOPES, "visit", None),
        (MAY, "visit", None),
        (CAN, "visit", None),
        (IF, "visited", None),
        (DENIED, "visit", None),
        (NEVER, "visited", None),
        (NO_ONE, "visited", None),
    ],
)
def test_fact_of_verb(line: str, verb: str, status: str | None) -> None:
    assert fact_of_verb(token_of(line, verb)).status == status


def test_what_is_no_trip_has_a_reason() -> None:
    for line, verb in ((MAY, "visit"), (CAN, "visit"), (HOPES, "visit"), (DENIED, "visit")):
        assert fact_of_verb(token_of(line, verb)).reason


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("He/PRP/nsubj/2 made/VBD/ROOT/0 a/DT/det/4 visit/NN/dobj/2", "completed"),
        ("He/PRP/nsubj/3 will/MD/aux/3 make/VB/ROOT/0 a/DT/det/5 visit/NN/dobj/3", "planned"),
        ("He/PRP/nsubj/2 cancelled/VBD/ROOT/0 a/DT/det/4 visit/NN/dobj/2", "cancelled"),
        ("He/PRP/nsubj/2 called/VBD/ROOT/0 off/RP/prt/2 a/DT/det/5 visit/NN/dobj/2", "cancelled"),
        ("He/PRP/nsubj/2 postponed/VBD/ROOT/0 a/DT/det/4 visit/NN/dobj/2", "postponed"),
        (
            "A/DT/det/2 visit/NN/nsubjpass/4 was/VBD/auxpass/4 cancelled/VBN/ROOT/0",
            "cancelled",
        ),
        (
            "He/PRP/nsubj/2 praised/VBD/ROOT/0 the/DT/det/5 upcoming/JJ/amod/5 visit/NN/dobj/2",
            "planned",
        ),
        (
            "They/PRP/nsubj/2 spoke/VBD/ROOT/0 before/IN/prep/2 the/DT/det/5 visit/NN/pobj/3",
            "planned",
        ),
        (
            "They/PRP/nsubj/2 spoke/VBD/ROOT/0 after/IN/prep/2 the/DT/det/5 visit/NN/pobj/3",
            "completed",
        ),
        (
            "They/PRP/nsubj/2 invited/VBD/ROOT/0 him/PRP/dobj/2 on/IN/prep/2 visit/NN/pobj/4",
            "invited",
        ),
        ("He/PRP/nsubj/2 proposed/VBD/ROOT/0 a/DT/det/4 visit/NN/dobj/2", None),
        ("He/PRP/nsubj/2 made/VBD/ROOT/0 no/DT/det/4 visit/NN/dobj/2", None),
        (
            "He/PRP/nsubj/4 did/VBD/aux/4 not/RB/neg/4 make/VB/ROOT/0 a/DT/det/6 visit/NN/dobj/4",
            None,
        ),
    ],
)
def test_fact_of_noun(line: str, status: str | None) -> None:
    assert fact_of_noun(token_of(line, "visit")).status == status


def test_governing_verb() -> None:
    line = "They/PRP/nsubj/2 spoke/VBD/ROOT/0 after/IN/prep/2 the/DT/det/5 visit/NN/pobj/3"
    verb = governing_verb(token_of(line, "visit"))
    assert verb is not None
    assert verb.text == "spoke"
    assert governing_verb(token_of("visit/NN/ROOT/0", "visit")) is None
