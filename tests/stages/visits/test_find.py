"""Sentences against the visits that must be found in them.

An answer reads `visitor | origin>destination | when | status | more`. The visitor is a name, or
words of the role in brackets where the text gives no name. `when` is one partial date for both
ends, `start/` or `/end` for one, `start/end`, `-` for none, `?` where the text leaves it open.
Several statuses, parted by commas, mean that readers may differ. More: `kind=`, `count=`,
`place=`, and `first` or `first=no`; the kind must be none and the count 1 where they are not given.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from models import Visit
from models.visit import VisitStatus
from tests.pairing import quarrels_of_best
from tests.reading import Reader
from tests.sentences import Miss, Sentence, fields, load_misses, load_sentences

HERE = Path(__file__).parent
KNOWN = [
    case
    for name in (
        "sentences",
        "presence",
        "elsewhere",
        "destinations",
        "strict",
        "hosts",
        "journeys",
        "tours",
        "together",
        "visitors",
        "described",
        "occasions",
        "held_where",
        "days",
        "status",
        "speech",
        "guest_lists",
        "meetings",
        "events",
        "summits",
        "arrivals_of_many",
        "next_sentences",
        "between_paragraphs",
        "carried_over",
        "no_visits",
        "envoys",
        "missions",
        "politicians",
        "agency_reports",
        "rites",
        "named_again",
        "word_order",
        "other_trips",
        "in_passing",
        "registers",
        "exchanges",
        "releases",
        "headlines",
    )
    for case in load_sentences(HERE / f"{name}.toml")
]
KNOWN_MISSES = load_misses(HERE / "misses.toml")

CODE = r"(?:-|[A-Z][\w -]{1,30})"
ROUTE = re.compile(rf"{CODE}>{CODE}")
DAY = r"\d{4}(?:-\d\d){0,2}"
WHEN = re.compile(rf"[-?]|(?:{DAY})?/?(?:{DAY})?")
#: What a record's field may be where "first", "first=no" or neither is given.
_FIRST = {"": {True}, "no": {False}, "?": {True, False}}
MORE = frozenset({"kind", "count", "place", "first"})

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def ready(reader: Reader) -> Reader:
    reader.prepare(case.text for case in (*KNOWN, *KNOWN_MISSES))
    return reader


def dates_of(when: str) -> tuple[str | None, str | None]:
    if when == "-":
        return None, None
    start, slash, end = when.partition("/")
    return start or None, (end or None) if slash else start


def quarrels(visit: Visit, answer: str) -> list[str]:
    """Return what a visit has otherwise than an answer."""
    visitor, route, when, status, more = fields(answer, count=4)
    wanted = dict(part.partition("=")[::2] for part in split_more(more))
    found: list[str] = []

    def check(field: str, has: object, right: bool) -> None:
        if not right:
            found.append(f"{field}={has}")

    role = (visit.visitor.role or "").lower()
    if visitor.startswith("("):
        check("visitor", visit.visitor.name, visit.visitor.name is None)
        check("role", role, visitor.strip("()") in role)
    else:
        check("visitor", visit.visitor.name or role, visit.visitor.name == visitor)
    origin = visit.origin.code if visit.origin else None
    abroad = visit.destination.code or "-"
    check("route", f"{origin}>{abroad}", f"{origin}>{abroad}" == route)
    ends = visit.start, visit.end
    check("when", ends, when == "?" or ends == dates_of(when))
    check("status", visit.status, status == "?" or visit.status in status.split(","))
    check("kind", visit.kind, visit.kind == wanted.get("kind"))
    check("count", visit.count, visit.count == int(wanted.get("count", 1)))
    check("place", visit.destination.place, wanted.get("place") in {None, visit.destination.place})
    check("first", visit.first, visit.first in _FIRST[wanted.get("first", "?")])
    return found


def split_more(more: str) -> list[str]:
    """Return the parts of the last field; a value may hold spaces, a key may not."""
    parts: list[str] = []
    for word in more.split():
        if "=" in word or word == "first" or not parts:
            parts.append(word)
        else:
            parts[-1] += f" {word}"
    return parts


def errors(visits: list[Visit], answers: tuple[str, ...]) -> list[str]:
    """Return how the visits found differ from those wanted, best paired; empty when right."""
    if len(visits) != len(answers):
        told = [f"{v.visitor.name or v.visitor.role}>{v.destination.code}" for v in visits]
        return [f"{len(answers)} wanted, {len(visits)} found: {told}"]
    return quarrels_of_best(visits, answers, quarrels)


@pytest.mark.parametrize("case", KNOWN, ids=lambda case: case.text[:60])
def test_visits(ready: Reader, case: Sentence) -> None:
    assert errors(ready.read(case.text, case.published).visits, case.answers) == []


@pytest.mark.parametrize("case", KNOWN_MISSES, ids=lambda case: case.text[:60])
def test_known_miss_is_still_one(ready: Reader, case: Miss) -> None:
    """Fails when a miss is mended, so that its sentence is moved to those that must be right."""
    assert errors(ready.read(case.text, case.published).visits, case.answers)
    assert case.reason


@pytest.mark.parametrize("case", [*KNOWN, *KNOWN_MISSES], ids=lambda case: case.text[:60])
def test_answers_are_well_formed(case: Sentence) -> None:
    for answer in case.answers:
        visitor, route, when, status, more = fields(answer, count=4)
        assert visitor
        assert ROUTE.fullmatch(route), answer
        assert WHEN.fullmatch(when), answer
        assert status == "?" or set(status.split(",")) <= set(get_args(VisitStatus)), answer
        assert {part.partition("=")[0] for part in split_more(more)} <= MORE, answer


def test_sentences_are_told_once() -> None:
    texts = [case.text for case in (*KNOWN, *KNOWN_MISSES)]
    assert len(set(texts)) == len(texts)
