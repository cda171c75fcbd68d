"""How articles are handed out: in smaller batches where several processes share them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from pipeline import article_work
from pipeline.config import Settings, load_settings
from pipeline.engine import Batch, BuildPlan, run_serial
from pipeline.runner import run
from pipeline.worker import Outcome
from tests import fakes


@pytest.mark.parametrize(("workers", "sizes"), [(1, [4, 4, 4]), (2, [1] * 12)])
def test_shared_batches_are_smaller(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, workers: int, sizes: list[int]
) -> None:
    found: list[int] = []

    def noted(batches: Iterable[Batch]) -> Iterator[list[Outcome]]:
        for batch in batches:
            found.append(len(batch))
            yield from run_serial(fakes.build_with(), [batch])

    def shared(
        build: BuildPlan, settings: Settings, batches: Iterable[Batch], *, workers: int
    ) -> Iterator[list[Outcome]]:
        return noted(batches)

    monkeypatch.setattr(article_work, "run_processes", shared)
    monkeypatch.setattr(article_work, "run_serial", lambda _, batches: noted(batches))
    size = len("Anna met Boris0 in 1990")
    options = load_settings(run={"workers": workers, "batch_characters": 4 * size})
    run(fakes.build, options, tmp_path, fakes.articles())
    assert found == sizes
