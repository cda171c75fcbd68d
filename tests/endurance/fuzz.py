"""Feed the program made-up and broken input for a while, and tell what it does not stand.

    python -m tests.endurance.fuzz --seconds 600
    python -m tests.endurance.fuzz --case 1234

Each case is made from its number alone. A third of the cases are files, broken; a third are single
sentences that break off; the others are texts. Of a file there must come articles and rejects, and
nothing else; of a text records of which all holds that must, in time, and no error.
"""

from __future__ import annotations

import argparse
import logging
import random
import sys
import tempfile
import time
import traceback
from collections import Counter
from functools import cache
from pathlib import Path

from models import Article, Record, Reject
from pipeline.codec import unpack_rows
from pipeline.config import load_settings
from pipeline.plan import Plan
from pipeline.readers import read_inputs
from pipeline.stages import build_stages
from pipeline.stages.ingest import RawRow, make_article
from pipeline.worker import Task, work
from tests.endurance.odd import SENTENCES, cut_text, good_files, odd_bytes, odd_text
from tests.invariants import broken
from tests.sentences import load_sentences

CORPUS = Path(__file__).parents[2] / "corpus" / "articles"
#: Processor seconds that a case may take, and more for each thousand characters.
SECONDS, SECONDS_PER_THOUSAND = 3.0, 0.5


class FuzzError(AssertionError):
    """A case that the program does not stand."""


@cache
def _plan() -> Plan:
    return build_stages(load_settings())


@cache
def _seeds() -> tuple[str, ...]:
    made = read_inputs([CORPUS])
    return tuple(article.text for article in made if isinstance(article, Article))


@cache
def _sentences() -> tuple[str, ...]:
    """Return the sentences that the tests of the stages read, which hold every construction."""
    tables = sorted((Path(__file__).parents[1] / "stages").glob("*/*.toml"))
    kept = (table for table in tables if table.name != "misses.toml")
    return tuple(row.text for table in kept for row in load_sentences(table))


@cache
def _files() -> dict[str, bytes]:
    return good_files()


def try_case(number: int, scratch: Path) -> str:
    """Try one case; return what kind it was.

    Raises:
        FuzzError: something does not hold; any other error is a finding as well.
    """
    rng = random.Random(number)
    began = time.process_time()
    if rng.random() < 1 / 3:
        suffix = rng.choice(sorted(_files()))
        path = scratch / f"case{suffix}"
        path.write_bytes(odd_bytes(_files()[suffix], rng))
        size = check_file(path)
        kind = suffix
    elif rng.random() < 1 / 2:
        size = check_text(cut_text(rng, _sentences()))
        kind = "cut"
    else:
        size = check_text(odd_text(rng, _seeds()))
        kind = "text"
    spent = time.process_time() - began
    if spent > SECONDS + SECONDS_PER_THOUSAND * size / 1_000:
        raise FuzzError(f"{spent:.1f} s for {size} characters")
    return kind


def check_file(path: Path) -> int:
    """Read a file; return how many characters it gave."""
    size = 0
    for item in read_inputs([path]):
        if not isinstance(item, Article | Reject):
            raise FuzzError(f"a reader yields {item!r}")
        type(item).model_validate_json(item.model_dump_json())
        if isinstance(item, Article):
            size += item.characters
            item.text.encode()
    return size


def check_text(text: str) -> int:
    """Find the records of a text, twice; return its length."""
    article = make_article(RawRow("case.txt", text))
    if isinstance(article, Article):
        found = records_of(article)
        if faults := broken(article, found):
            raise FuzzError("; ".join(faults[:5]))
        if records_of(article) != found:
            raise FuzzError("a second reading gives other records")
    return len(text)


def records_of(article: Article) -> list[Record]:
    """Return all that the stages find in an article.

    Raises:
        FuzzError: a stage fails.
    """
    plan = _plan()
    names = (plan.parser.name, *(stage.name for stage in plan.stages))
    outcome = work(plan, Task(article, doc=None, rows={}, run=names))
    if outcome.reject is not None:
        raise FuzzError(outcome.reject.detail)
    found: list[Record] = []
    for stage in plan.stages:
        for rows in unpack_rows(stage.makes, outcome.made[stage.name].payload).values():
            found += rows
    plan.parser.release()
    return found


def main() -> None:
    """Try case after case; exit with 1 if there are findings."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--first", type=int, default=0, help="number of the first case")
    parser.add_argument("--case", type=int, help="try this one alone")
    given = parser.parse_args()
    logging.disable(logging.WARNING)
    kinds: Counter[str] = Counter()
    findings = 0
    check_text(SENTENCES[0])  # the time for loading the model is no case's
    deadline = time.monotonic() + given.seconds
    number = given.first if given.case is None else given.case
    with tempfile.TemporaryDirectory() as scratch:
        while time.monotonic() < deadline:
            try:
                kinds[try_case(number, Path(scratch))] += 1
            except Exception as error:  # noqa: BLE001 - any is a finding
                findings += 1
                print(f"case {number}: {type(error).__name__}: {error}", flush=True)
                if given.case is not None or not isinstance(error, FuzzError):
                    traceback.print_exc()
            if given.case is not None:
                break
            number += 1
    told = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
    print(f"{kinds.total() + findings} cases ({told}), {findings} findings")
    sys.exit(1 if findings else 0)


if __name__ == "__main__":
    main()
