"""Sentences against the changes of relations that must be found in them.

An answer reads `parties | level | change | date | status`. The level is `-` where only "ties were
upgraded"; with a question mark before it, none will do as well. A change, date or status of `?`
is left open; several, parted by commas, mean that readers may differ.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest

from models import Upgrade
from models.upgrade import Change, UpgradeStatus
from tests.pairing import quarrels_of_best
from tests.reading import Reader
from tests.sentences import Miss, Sentence, fields, load_misses, load_sentences

HERE = Path(__file__).parent
KNOWN = load_sentences(HERE / "sentences.toml")
KNOWN_MISSES = load_misses(HERE / "misses.toml")

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def ready(reader: Reader) -> Reader:
    reader.prepare(case.text for case in (*KNOWN, *KNOWN_MISSES))
    return reader


def fits(has: str | None, wanted: str) -> bool:
    if wanted.startswith("?"):
        return wanted == "?" or has in {None, wanted[1:]}
    return (has or "-") in wanted.split(",")


def quarrels(upgrade: Upgrade, answer: str) -> list[str]:
    """Return what an upgrade has otherwise than an answer."""
    parties, level, change, date, status, _ = fields(answer, count=5)
    has = ",".join(sorted(party.code for party in upgrade.parties))
    found = [f"parties={has}"] if has != ",".join(sorted(parties.split(","))) else []
    for field, value, wanted in (
        ("level", upgrade.level, level),
        ("change", upgrade.change, change),
        ("date", upgrade.date, date),
        ("status", upgrade.status, status),
    ):
        if not fits(value, wanted):
            found.append(f"{field}={value}")
    return found


def errors(upgrades: list[Upgrade], answers: tuple[str, ...]) -> list[str]:
    """Return how the changes found differ from those wanted, best paired; empty when right."""
    if len(upgrades) != len(answers):
        told = [(",".join(p.code for p in u.parties), u.level, u.change) for u in upgrades]
        return [f"{len(answers)} wanted, {len(upgrades)} found: {told}"]
    return quarrels_of_best(upgrades, answers, quarrels)


@pytest.mark.parametrize("case", KNOWN, ids=lambda case: case.text[:60])
def test_upgrades(ready: Reader, case: Sentence) -> None:
    assert errors(ready.read(case.text, case.published).upgrades, case.answers) == []


@pytest.mark.parametrize("case", KNOWN_MISSES, ids=lambda case: case.text[:60])
def test_known_miss_is_still_one(ready: Reader, case: Miss) -> None:
    """Fails when a miss is mended, so that its sentence is moved to those that must be right."""
    assert errors(ready.read(case.text, case.published).upgrades, case.answers)
    assert case.reason


@pytest.mark.parametrize("case", [*KNOWN, *KNOWN_MISSES], ids=lambda case: case.text[:60])
def test_answers_are_well_formed(case: Sentence) -> None:
    for answer in case.answers:
        parties, level, change, date, status, _ = fields(answer, count=5)
        assert len(parties.split(",")) >= 2
        assert re.fullmatch(r"[-?]|\??[a-z_,]+", level), answer
        assert change == "?" or set(change.split(",")) <= set(get_args(Change)), answer
        assert re.fullmatch(r"[-?]|\d{4}(-\d\d){0,2}(,-)?", date), answer
        assert status == "?" or set(status.split(",")) <= set(get_args(UpgradeStatus)), answer


def test_sentences_are_told_once() -> None:
    texts = [case.text for case in (*KNOWN, *KNOWN_MISSES)]
    assert len(set(texts)) == len(texts)


def test_no_record_hangs_on_the_order_of_a_set() -> None:
    # Python orders a set of strings by a seed that differs from process to process.
    code = (
        "import json; from pipeline import Pipeline\n"
        "text = 'Mongolia raised its ties with Japan to a strategic partnership. '\n"
        "text += 'Germany joins China (2008) and Russia (2012).'\n"
        "found = Pipeline().extract(text, published='2024-08-16').upgrades\n"
        "print(json.dumps([[party.code for party in one.parties] for one in found]))"
    )
    told = set()
    for seed in ("3", "4"):  # {JPN, MNG} and {MNG, JPN}
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        call = [sys.executable, "-c", code]
        done = subprocess.run(call, capture_output=True, text=True, check=True, env=environment)
        told.add(done.stdout)
    assert len(told) == 1
    assert len(json.loads(told.pop())) == 3
