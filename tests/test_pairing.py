"""Pairing of records with answers against all pairings tried one by one."""

from __future__ import annotations

import random
from itertools import permutations

from tests.pairing import quarrels_of_best


def _differing(word: str, answer: str) -> list[str]:
    return [f"{a}>{b}" for a, b in zip(word, answer, strict=True) if a != b]


def _tried(found: list[str], answers: list[str]) -> list[str]:
    paired = [
        [
            each
            for one, answer in zip(order, answers, strict=True)
            for each in _differing(one, answer)
        ]
        for order in permutations(found)
    ]
    return min(paired, key=len)


def _drawn(draw: random.Random, count: int) -> list[str]:
    return ["".join(draw.choices("abc", k=3)) for _ in range(count)]


def test_says_what_the_first_best_of_all_pairings_says() -> None:
    draw = random.Random(5)
    for count in [0, 1, *[4] * 60, *[5] * 60, *[7] * 3]:
        found, answers = _drawn(draw, count), _drawn(draw, count)
        assert quarrels_of_best(found, answers, _differing) == _tried(found, answers)


def test_pairs_rows_too_long_for_that() -> None:
    draw = random.Random(3)
    for count in (12, 40):
        answers = [f"{number:02}" for number in range(count)]
        found = draw.sample(answers, count)
        assert quarrels_of_best(found, answers, _differing) == []
        found[found.index("11")] = "9x"
        assert quarrels_of_best(found, answers, _differing) == ["9>1", "x>1"]
