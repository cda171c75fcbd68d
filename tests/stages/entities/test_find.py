"""Sentences against the persons, parties and references that must be found in them.

Answers come in six forms. `P name=CODE; name=CODE` is the whole list of persons with their
countries (`-` for none). `C CODE,CODE` is the whole list of countries and parties in any form.
`R words | name | CODE` is whom those words (the second "Lam" as `Lam#2`) refer to: a name, `-` for
an office without one, or `members` for a group, whose parties then follow. `K name | class; class`
is the sorted classes of the offices that a person is given. `O name; name` is the whole list of
organizations, parties among them, and `L name=CODE` that of places, both in text order.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from models import Reference
from tests.reading import Reader, Reading
from tests.sentences import Miss, Sentence, fields, load_misses, load_sentences

HERE = Path(__file__).parent
KNOWN = load_sentences(HERE / "sentences.toml")
KNOWN_MISSES = load_misses(HERE / "misses.toml")
PARTIES = frozenset({"country", "organization"})

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def ready(reader: Reader) -> Reader:
    reader.prepare(case.text for case in (*KNOWN, *KNOWN_MISSES))
    return reader


def persons_of(reading: Reading) -> str:
    found = {person.name: person.country or "-" for person in reading.entities("person")}
    return "; ".join(f"{name}={code}" for name, code in found.items())


def parties_of(reading: Reading) -> str:
    named = {r.country for r in reading.references if r.kind in PARTIES}
    return ",".join(sorted(code for code in named if code))


def bodies_of(reading: Reading) -> str:
    return "; ".join(body.name for body in reading.entities("organization"))


def places_of(reading: Reading) -> str:
    found = {place.name: place.country or "-" for place in reading.entities("place")}
    return "; ".join(f"{name}={code}" for name, code in found.items())


def offset_of(text: str, words: str) -> tuple[int, int]:
    quoted, _, nth = words.partition("#")
    start = -1
    for _ in range(int(nth or 1)):
        start = text.index(quoted, start + 1)
    return start, start + len(quoted)


def described(reference: Reference, wanted: str) -> tuple[str, str]:
    if wanted == "members":
        return "members", ",".join(sorted(reference.members))
    return reference.name or "-", reference.country or "-"


def error_of(reading: Reading, answer: str) -> str | None:
    form, _, rest = answer.partition(" ")
    if form == "P":
        has = persons_of(reading)
        return None if has == rest.strip() else f"persons: {has}"
    if form == "C":
        has = parties_of(reading)
        return None if has == rest.strip() else f"parties: {has}"
    if form in {"O", "L"}:
        has = bodies_of(reading) if form == "O" else places_of(reading)
        return None if has == rest.strip() else f"{form}: {has}"
    if form == "K":
        name, kinds, *_ = fields(rest, count=2)
        named = [person for person in reading.entities("person") if person.name == name]
        has = "; ".join(sorted({role.kind or "-" for one in named for role in one.roles}))
        return None if has == kinds else f"offices of {name}: {has}"
    assert form == "R", answer
    words, name, code, _ = fields(rest, count=3)
    start, end = offset_of(reading.article.text, words)
    there = [r for r in reading.references if r.end == end and r.start >= start - len("the ")]
    told = [described(reference, name) for reference in there if reference.kind != "place"]
    return None if (name, code) in told else f"{words}: {told}"


def errors(reading: Reading, answers: tuple[str, ...]) -> list[str]:
    """Return the answers that a reading does not give; empty when all are right."""
    return [error for answer in answers if (error := error_of(reading, answer))]


@pytest.mark.parametrize("case", KNOWN, ids=lambda case: case.text[:60])
def test_entities(ready: Reader, case: Sentence) -> None:
    assert case.answers
    assert errors(ready.read(case.text, case.published), case.answers) == []


@pytest.mark.parametrize("case", KNOWN_MISSES, ids=lambda case: case.text[:60])
def test_known_miss_is_still_one(ready: Reader, case: Miss) -> None:
    """Fails when a miss is mended, so that its sentence is moved to those that must be right."""
    assert errors(ready.read(case.text, case.published), case.answers)
    assert case.reason


def test_sentences_are_told_once() -> None:
    texts = [case.text for case in (*KNOWN, *KNOWN_MISSES)]
    assert len(set(texts)) == len(texts)
