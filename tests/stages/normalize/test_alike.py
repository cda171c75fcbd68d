"""Likenesses of names that were worked out before are those that would be worked out now."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.memo import Scratch
from pipeline.stages.normalize import alike as module
from pipeline.stages.normalize.alike import Bearer, alike, alike_again, told_of
from pipeline.stages.normalize.sightings import Person

NAMES = [
    *("kairat umarov", "qairat umarov", "k umarov", "kairat serik umarov", "daniyar umarov"),
    *("ana petersen", "ana pedersen", "petersen ana", "joko widodo"),
]
#: What a person may be told of besides the name: country, body, leader, office.
HOMES = [
    *(("KAZ", "", "", ""), ("KAZ", "", "", "president"), ("", "NATO", "", "secretary")),
    *(("UZB", "", "", ""), ("", "", "", ""), ("IDN", "", "joko widodo|IDN", "president")),
]


def person(name: str, country: str, body: str, leader: str, kind: str) -> Person:
    return Person(
        names={name},
        countries={country} - {""},
        bodies={body} - {""},
        leaders={leader} - {""},
        kinds={kind} - {""},
    )


PERSONS = [person(name, *home) for name in NAMES for home in HOMES]
SOME = st.sets(st.integers(0, len(PERSONS) - 1), max_size=12)


@settings(deadline=None, max_examples=60)
@given(steps=st.lists(SOME, min_size=1, max_size=5))
def test_persons_come_and_go(steps: list[set[int]]) -> None:
    with Scratch() as memo:
        for step in steps:
            now = [PERSONS[number] for number in sorted(step)]
            assert alike_again(now, memo=memo) == alike(now)


def test_who_comes_back_is_held_against_who_came_meanwhile() -> None:
    """All persons of a drawer may go; nothing that is told of them may be kept then."""
    with Scratch() as memo:
        for step in ({0, 31}, {0, 1, 2, 3, 32}, {31, 32}):
            now = [PERSONS[number] for number in sorted(step)]
            assert alike_again(now, memo=memo) == alike(now)


@given(chosen=SOME)
def test_every_two_with_like_names_are_found(chosen: set[int]) -> None:
    now = [PERSONS[number] for number in sorted(chosen)]
    pairs = ((one, other) for one in range(len(now)) for other in range(one + 1, len(now)))
    kinds = {pair: module.likeness_of(now[pair[0]], now[pair[1]]) for pair in pairs}
    assert alike(now) == {pair: kind for pair, kind in kinds.items() if kind is not None}


def test_only_who_is_new_is_held_against_others(monkeypatch: pytest.MonkeyPatch) -> None:
    held: list[Sequence[Bearer]] = []
    likeness_of = module.likeness_of

    def counting(one: Bearer, other: Bearer) -> object:
        held.append((one, other))
        return likeness_of(one, other)

    monkeypatch.setattr(module, "likeness_of", counting)
    with Scratch() as memo:
        alike_again(PERSONS, memo=memo)
        assert held
        held.clear()
        alike_again(PERSONS, memo=memo)
        assert held == []
        new = person("kairat s umarov", "KAZ", "", "", "")
        alike_again([*PERSONS, new], memo=memo)
        assert held
        assert all(new in pair for pair in held)


def test_all_that_is_told_of_a_person_tells_them_apart() -> None:
    """What `likeness_of` may read and what its results are kept under are the same."""
    plain = person("kairat umarov", "KAZ", "NATO", "umarov|KAZ", "president")
    fields = Bearer.__annotations__
    assert fields
    for field in fields:
        other = person("kairat umarov", "KAZ", "NATO", "umarov|KAZ", "president")
        getattr(other, field).add("more")
        assert told_of(other) != told_of(plain), field
    assert len({told_of(each) for each in PERSONS}) == len(PERSONS)
