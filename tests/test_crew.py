"""Worker processes: where they come from, and what they do besides articles."""

from __future__ import annotations

import errno
import os
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from models import Article
from pipeline.branching import Ready, Seeds, Source, Trunk, workers_of
from pipeline.config import Settings, load_settings
from pipeline.crew import Crew
from pipeline.errors import ModelError, PipelineError
from pipeline.plan import Plan
from pipeline.runner import run
from pipeline.stages import build_stages
from pipeline.warming import warm
from pipeline.worker import Task
from tests import fakes

KINDS: list[Callable[..., Source]] = [Trunk, Seeds]
NAMES = ("parse", "numbers", "names")


def told(loaded_by: int, pipe: Connection) -> None:
    """Tell which process loaded, and which one answers."""
    while True:
        try:
            pipe.send((pipe.recv(), loaded_by, os.getpid()))
        except EOFError:
            return


def loaded() -> Callable[[Connection], None]:
    return partial(told, os.getpid())


def asked(source: Source, what: str) -> tuple[str, int, int]:
    worker = source.worker()
    worker.pipe.send(what)
    answer: tuple[str, int, int] = worker.pipe.recv()
    worker.stop()
    return answer


@pytest.mark.parametrize("kind", KINDS)
def test_each_worker_is_a_process_of_its_own(kind: Callable[..., Source]) -> None:
    source = kind(loaded)
    told = [asked(source, word) for word in ("a", "b")]
    source.close()
    assert [word for word, _, _ in told] == ["a", "b"]
    assert len({os.getpid(), *(pid for *_, pid in told)}) == 3


def test_branches_share_what_one_process_loaded() -> None:
    source = Trunk(loaded)
    (_, one, own), (_, other, own_too) = (asked(source, word) for word in "ab")
    source.close()
    assert one == other
    assert one not in {own, own_too, os.getpid()}


def masked(pipe: Connection) -> None:
    pipe.send(signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, ()))


def ready_masked() -> Callable[[Connection], None]:
    return masked


@pytest.mark.parametrize("kind", KINDS)
def test_the_first_worker_that_is_started_is_kept_from_interrupts(
    kind: Callable[..., Source],
) -> None:
    program = (
        "from pipeline.branching import *\n"
        "from tests.test_crew import ready_masked\n"
        f"source = {kind.__name__}(ready_masked)\n"
        "worker = source.worker()\n"
        "print(worker.pipe.recv())\n"
        "worker.stop()\n"
        "source.close()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout == "True\n"


def test_another_trunk_stands_in_for_a_lost_one() -> None:
    source = Trunk(loaded)
    _, lost, _ = asked(source, "a")
    os.kill(lost, signal.SIGKILL)
    source._process.join()
    _, next_one, _ = asked(source, "b")
    source.close()
    assert next_one != lost


def test_closing_ends_workers_that_are_busy() -> None:
    source = Trunk(busy)
    worker = source.worker()
    pid = worker.pipe.recv()
    source.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    worker.stop()


def busy() -> Callable[[Connection], None]:
    return never_done


def never_done(pipe: Connection) -> None:
    pipe.send(os.getpid())
    while True:
        time.sleep(60)


def test_where_forking_is_not_safe_each_is_started_by_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sys.platform", "darwin")
    assert isinstance(workers_of(loaded), Seeds)


def test_workers_started_by_themselves_make_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.crew.workers_of", Seeds)
    settings = load_settings(run={"workers": 2, "batch_characters": 60})
    run(fakes.build, settings, tmp_path / "two", fakes.articles())
    run(fakes.build, load_settings(), tmp_path / "one", fakes.articles())
    assert fakes.sums(tmp_path / "one") == fakes.sums(tmp_path / "two")


def unusable(settings: Settings) -> Plan:
    raise ModelError("no such pipeline")


def test_what_keeps_workers_from_starting_ends_the_run() -> None:
    crew = Crew(unusable, load_settings(run={"workers": 2}))
    with pytest.raises(PipelineError, match="no such pipeline"):
        list(crew.outcomes([[task("000")]]))
    crew.close()


def dies_at_once(_: Settings) -> Plan:
    os._exit(9)


def test_what_kills_all_that_load_is_told() -> None:
    crew = Crew(dies_at_once, load_settings(run={"workers": 2}))
    with pytest.raises(PipelineError, match="dies while it loads"):
        list(crew.outcomes([task(f"{n:03}")] for n in range(9)))
    crew.close()


def cannot_branch() -> Callable[[Connection], None]:
    def refused() -> int:
        raise BlockingIOError(errno.EAGAIN, "too many processes")

    os.fork = refused
    return partial(told, os.getpid())


def test_a_worker_that_cannot_branch_off_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.crew.workers_of", lambda _: Trunk(cannot_branch))
    crew = Crew(fakes.build, load_settings(run={"workers": 2}))
    with pytest.raises(PipelineError, match="no worker can branch off: too many processes"):
        list(crew.outcomes([[task("000")]]))
    crew.close()


def dies_once(told: Path, half: bytes, ready: Ready) -> Callable[[Connection], None]:
    """Load; the worker that first puts `told` there dies with its first answer begun."""
    serve = ready()

    def served(pipe: Connection) -> None:
        if not told.exists():
            pipe.recv()
            told.touch()
            os.write(pipe.fileno(), half)
            os._exit(9)
        serve(pipe)

    return served


@pytest.mark.parametrize("half", [b"", b"\0\0", struct.pack("!i", 100) + b"x"])
def test_an_article_whose_worker_was_lost_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, half: bytes
) -> None:
    def dying(ready: Ready) -> Source:
        return Trunk(partial(dies_once, tmp_path / "told", half, ready))

    monkeypatch.setattr("pipeline.crew.workers_of", dying)
    crew = Crew(fakes.build, load_settings(run={"workers": 1}))
    outcomes = [one for made in crew.outcomes([[task("000")], [task("001")]]) for one in made]
    crew.close()
    assert (tmp_path / "told").exists()
    assert {one.article_id: one.reject for one in outcomes} == {
        task("000").article.id: None,
        task("001").article.id: None,
    }


def test_an_article_that_kills_twice_is_rejected() -> None:
    crew = Crew(fakes.build, load_settings(run={"workers": 1}))
    outcomes = [one for made in crew.outcomes([[task("000", "Kill kill 1990")]]) for one in made]
    crew.close()
    assert [one.reject is not None for one in outcomes] == [True]


def task(name: str, text: str = "Anna left in 1990") -> Task:
    article = fakes.article(name, text)
    assert isinstance(article, Article)
    return Task(article, None, {}, NAMES)


@pytest.fixture
def crew() -> Iterator[Crew]:
    """Two workers that have done what there was."""
    crew = Crew(fakes.build, load_settings(run={"workers": 2}))
    list(crew.outcomes([[task("000")], [task("001")]]))
    yield crew
    crew.close()


def squared(number: int) -> tuple[int, int]:
    return number * number, os.getpid()


def test_items_are_shared_and_their_answers_in_order(crew: Crew) -> None:
    answers = list(crew.share(squared, range(100)))
    assert [square for square, _ in answers] == [number * number for number in range(100)]
    assert os.getpid() not in {pid for _, pid in answers}


def test_few_items_are_read_ahead(crew: Crew) -> None:
    read: list[int] = []

    def items() -> Iterator[int]:
        for number in range(100):
            read.append(number)
            yield number

    assert next(crew.share(squared, items()))[0] == 0
    assert len(read) < 20


def test_who_starts_no_worker_does_all_alone() -> None:
    crew = Crew(fakes.build, load_settings(run={"workers": 2}))
    assert {pid for _, pid in crew.share(squared, range(5))} == {os.getpid()}


def test_one_sharing_inside_another_does_not_mix_them_up(crew: Crew) -> None:
    outer = []
    for square, _ in crew.share(squared, range(8)):
        inner = [made for made, _ in crew.share(squared, range(square, square + 3))]
        assert inner == [n * n for n in range(square, square + 3)]
        outer.append(square)
    assert outer == [n * n for n in range(8)]


def deadly(item: tuple[int, int]) -> int:
    number, parent = item
    if number % 3 == 1 and os.getpid() != parent:
        os._exit(9)
    return number


def test_what_workers_die_of_is_done_here(crew: Crew) -> None:
    items = [(number, os.getpid()) for number in range(10)]
    assert list(crew.share(deadly, items)) == list(range(10))


def broken(number: int) -> int:
    raise ValueError(f"{number} is odd") if number % 2 else KeyError(number)


def test_what_cannot_be_done_is_told_as_it_is(crew: Crew) -> None:
    with pytest.raises(ValueError, match="3 is odd"):
        list(crew.share(broken, [3]))


def test_what_is_left_half_way_keeps_nobody(crew: Crew) -> None:
    sharing = crew.share(squared, range(100))
    next(sharing)
    sharing.close()  # type: ignore[attr-defined]  # a generator
    assert [square for square, _ in crew.share(squared, range(4))] == [0, 1, 4, 9]


@pytest.mark.slow
def test_the_warming_article_has_something_for_each_stage(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made: list[dict[str, int]] = []
    work_batch = warm.__globals__["work_batch"]

    def noted(plan: Plan, batch: list[Task]) -> None:
        (outcome,) = work_batch(plan, batch)
        made.append({name: part.records for name, part in outcome.made.items()})

    monkeypatch.setattr("pipeline.warming.work_batch", noted)
    warm(build_stages(load_settings()))
    assert all(made[0].values())
    assert set(made[0]) == {"parse", "entities", "dates", "visits", "upgrades"}
