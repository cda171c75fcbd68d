"""Many articles: memory stays flat, time linear, two workers take half as long, little is redone.

The articles are made up out of the sample's (see made_articles.py); each run is a process of its
own. Runs that are held against each other take turns, and ratios of medians are told, so that
other work on the machine weighs on both.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import astuple
from functools import cache
from itertools import cycle
from pathlib import Path
from statistics import median

import pytest

from pipeline.config import load_settings
from tests.benchmarks.made_articles import made_articles, write
from tests.benchmarks.measuring import Cost, Table, communique, measured, size

pytestmark = pytest.mark.bench
ROOT = Path(__file__).parents[2]

#: Short articles of the runs that are held against each other. Few are still so many that they make
#: several batches, and that the model's memory has become what it stays.
FEW, MOST = size(500, full=2_000), size(2_000, full=20_000)
#: Of the store in which little is redone.
STORED = size(2_000, full=10_000)
#: Whole articles that two workers share.
WHOLE = size(400, full=1_000)
#: Turns of short calls, of runs, and of runs over whole articles.
TURNS, RUNS, WHOLE_RUNS = 5, size(2, full=3), size(1, full=3)
MB = 1 << 20


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("scale")


@pytest.fixture(scope="module")
def runs(place: Path) -> Callable[[int, int], tuple[Cost, Path]]:
    """Return what a run over so many short articles cost, and its folder; each is made once."""

    @cache
    def run(count: int, workers: int) -> tuple[Cost, Path]:
        articles = write(place / f"{count}.jsonl", made_articles(count, short=True))
        folder = place / f"out-{count}-{workers}"
        return communique("run", articles, "-o", folder, "--workers", str(workers)), folder

    return run


Runs = Callable[[int, int], tuple[Cost, Path]]


def turns(count: int, *calls: Callable[[], Cost]) -> list[list[Cost]]:
    """Call each in turn, so many times; return what each cost."""
    rounds = [[call() for call in calls] for _ in range(count)]
    return [list(column) for column in zip(*rounds, strict=True)]


def typical(costs: list[Cost]) -> Cost:
    return Cost(*(median(column) for column in zip(*map(astuple, costs), strict=True)))


def least(costs: list[Cost]) -> Cost:
    """Return what calls cost that nothing disturbed."""
    return Cost(*(min(column) for column in zip(*map(astuple, costs), strict=True)))


@pytest.mark.parametrize("workers", [1, 2])
def test_memory_is_flat(runs: Runs, table: Table, workers: int) -> None:
    few, many = runs(FEW, workers)[0].peak, runs(MOST, workers)[0].peak
    what = f"memory at {MOST:,} articles beside {FEW:,}, {workers} worker{'s' * (workers > 1)}"
    table.add(what, f"{many / few:.2f} ({many // MB} MB, {few // MB} MB)", "≤ 1.2")
    assert many <= 1.2 * few


def test_time_is_linear(runs: Runs, table: Table) -> None:
    counts = sorted({FEW, STORED, MOST})
    each = [runs(count, 1)[0].cpu / count * 1000 for count in counts]
    told = ", ".join(f"{cost:.1f}" for cost in each)
    numbers = ", ".join(f"{count:,}" for count in counts)
    table.add(f"processor ms an article, at {numbers}", told, "no more for more")
    assert each[-1] < 1.25 * each[0]


def test_two_workers(place: Path, table: Table) -> None:
    articles = write(place / "long.jsonl", made_articles(WHOLE, first=MOST))

    def run(workers: int) -> Callable[[], Cost]:
        def call() -> Cost:
            folder = place / f"workers-{workers}"
            shutil.rmtree(folder, ignore_errors=True)
            return communique("run", articles, "-o", folder, "--workers", str(workers))

        return call

    one, two = map(least, turns(WHOLE_RUNS, run(1), run(2)))
    dearer = two.cpu / one.cpu
    # Where other work keeps the cores busy the clock says little; nothing of the first process's
    # own work is taken for done beside the workers'.
    shared = one.cpu / (two.own + (two.cpu - two.own) / 2)
    what = f"two workers beside one, {WHOLE:,} whole articles"
    found = f"{one.wall / two.wall:.2f} times as fast, {shared:.2f} by processor time"
    table.add(what, f"{found} ({dearer:.2f} of the work)", "≥ 1.85 on two cores")
    assert dearer < 1.25


def test_a_run_with_nothing_new(runs: Runs, place: Path, table: Table) -> None:
    _, folder = runs(STORED, 1)
    again = typical(
        turns(RUNS, lambda: communique("run", place / f"{STORED}.jsonl", "-o", folder))[0]
    )
    table.add(f"nothing new among {STORED:,}", f"{again.wall:.1f} s (cpu {again.cpu:.1f})", "< 2 s")
    assert again.cpu < 2


def test_one_new_article(runs: Runs, place: Path, table: Table) -> None:
    _, folder = runs(STORED, 1)
    old = place / f"{STORED}.jsonl"
    numbers = iter(range(2 * MOST, 3 * MOST))

    def new() -> Path:
        number = next(numbers)
        return write(place / f"new-{number}.jsonl", made_articles(1, short=True, first=number))

    def among() -> Cost:
        return communique("run", old, new(), "-o", folder)

    def alone() -> Cost:
        return communique("run", new(), "-o", place / f"alone-{next(numbers)}")

    many, one = map(typical, turns(RUNS, among, alone))
    more = f"{many.wall - one.wall:.1f} s more than alone (cpu {many.cpu - one.cpu:.1f})"
    table.add(f"one new article among {STORED:,}", more, "< 2 s more")


def test_a_stage_again(runs: Runs, place: Path, table: Table) -> None:
    whole, folder = runs(STORED, 1)

    tree = place / "program"
    for name in ("pipeline", "models"):
        shutil.copytree(ROOT / name, tree / name, ignore=shutil.ignore_patterns("__pycache__"))
    table_of_verbs = tree / "pipeline" / "stages" / "visits" / "verbs.toml"
    text = table_of_verbs.read_text(encoding="utf-8")
    texts = cycle((text.replace('["arrive", ', '["arrive", "hail", '), text))

    def visits(*options: str) -> Cost:
        return communique("stage", "visits", "-o", folder, *options, program=tree)

    def changed() -> Cost:
        table_of_verbs.write_text(next(texts), encoding="utf-8")
        return visits()

    visits()  # compiles the copy
    costs = turns(2 * RUNS, visits, changed, lambda: visits("--again"))
    told = ("nothing changed", "a verb came or went", "every article again")
    for what, cost in zip(told, map(typical, costs), strict=True):
        found = f"{whole.cpu / cost.cpu:.1f} times as fast"
        table.add(f"`stage visits` over {STORED:,}, {what}, beside the run", found, "≥ 10")


def test_starting(place: Path, table: Table) -> None:
    article = place / "one.txt"
    article.write_text(
        "Published: 2024-08-19\n\nTo Lam visited Beijing on Monday.\n", encoding="utf-8"
    )
    model = load_settings().parse.model
    load = f"import warnings; warnings.simplefilter('ignore'); import spacy; spacy.load({model!r})"
    numbers = iter(range(1_000_000))

    def read_one() -> Cost:
        return communique("run", article, "-o", place / f"one-{next(numbers)}")

    helped, loaded, read = map(
        typical,
        turns(TURNS, lambda: communique("--help"), lambda: measured(["-c", load]), read_one),
    )
    table.add("`communique --help`", f"{helped.wall:.2f} s (cpu {helped.cpu:.2f})", "< 0.3 s")
    ratio = read.cpu / loaded.cpu
    table.add("one short article beside loading the model", f"{ratio:.2f} times", "< 1.3")
    assert helped.cpu < 0.3
