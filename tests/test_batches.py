"""How articles are handed out: in smaller batches where several processes share them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from models import Article, Record, Reject
from pipeline.config import load_settings
from pipeline.crew import Crew, _Work
from pipeline.engine import Alone, Batch, work_batch
from pipeline.intake import FIRST, Intake, take_in
from pipeline.progress import Silent
from pipeline.runner import run
from pipeline.stage import Case, Stage
from pipeline.store import Store
from pipeline.worker import Outcome, Task
from tests import fakes


@pytest.mark.parametrize(("workers", "sizes"), [(1, [4, 4, 4]), (2, [1] * 12)])
def test_shared_batches_are_smaller(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, workers: int, sizes: list[int]
) -> None:
    found: list[int] = []

    def noted(batches: Iterable[Batch]) -> Iterator[list[Outcome]]:
        for batch in batches:
            found.append(len(batch))
            yield work_batch(fakes.build_with(), batch)

    monkeypatch.setattr(Crew, "outcomes", lambda _, batches: noted(batches))
    monkeypatch.setattr(Alone, "outcomes", lambda _, batches: noted(batches))
    size = len("Anna met Boris0 in 1990")
    options = load_settings(run={"workers": workers, "batch_characters": 4 * size})
    run(fakes.build, options, tmp_path, fakes.articles())
    assert found == sizes


def test_each_stage_reads_all_articles_of_a_batch_before_the_next() -> None:
    read: list[str] = []

    def noting(stage: Stage) -> Stage:
        def find(case: Case) -> Iterable[Record]:
            read.append(f"{stage.name} {case.article.id}")
            return stage.find(case)

        return replace(stage, find=find)

    plan = fakes.build_with()
    plan = replace(plan, stages=tuple(map(noting, plan.stages)))
    articles = [fakes.article("a", "Anna 1990"), fakes.article("b", "boom"), fakes.article("c", "")]
    tasks = [Task(each, None, {}, ("parse", "numbers", "names")) for each in articles]
    made = work_batch(plan, tasks)
    assert read == [
        *(f"numbers article-{name}" for name in "abc"),
        *(f"names article-{name}" for name in "ac"),  # of "b" the stage before it failed
    ]
    assert [outcome.article_id for outcome in made] == [each.id for each in articles]
    assert [outcome.reject is None for outcome in made] == [True, False, True]


def test_many_batches_go_out_together_and_the_last_in_parts() -> None:
    tasks = [Task(each, None, {}, ("parse",)) for each in fakes.articles(200)]
    work = _Work(iter([tasks[at : at + 4] for at in range(0, 200, 4)]), workers=2)
    while work.prepare():
        pass
    given = []
    while (batch := work.next()) is not None:
        given.append(batch)
        while work.prepare():
            pass
    assert [task for batch in given for task in batch] == tasks
    assert [len(batch) for batch in given[:3]] == [16, 16, 16]
    assert [len(batch) for batch in given[-9:]] == [4] + [1] * 8


def test_work_begins_when_a_few_articles_are_read(tmp_path: Path) -> None:
    read: list[Article | Reject] = []

    def inputs() -> Iterator[Article | Reject]:
        for one in fakes.articles(100):
            read.append(one)
            yield one

    with Store(tmp_path, create=True) as store:
        taken = take_in(store, inputs(), progress=Silent(), intake=Intake())
        assert len(next(taken)) == len(read) == FIRST
        assert len(next(taken)) == 100 - FIRST
