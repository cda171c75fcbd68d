"""How long a run takes, beside what the model alone takes over the same texts."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from models import Article
from pipeline.config import Settings, load_settings
from pipeline.readers import read_inputs
from pipeline.runner import rerun, run
from pipeline.stages import build_stages

pytestmark = [pytest.mark.bench, pytest.mark.benchmark(group="run")]
CORPUS = Path(__file__).parents[2] / "corpus" / "articles"


def go(folder: Path, settings: Settings) -> None:
    run(build_stages, settings, folder, read_inputs([CORPUS]))


def words() -> int:
    return sum(
        len(item.text.split()) for item in read_inputs([CORPUS]) if isinstance(item, Article)
    )


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("done")
    go(folder, load_settings())
    return folder


def test_bare_spacy(benchmark: BenchmarkFixture) -> None:
    from pipeline.nlp import load_model

    nlp = load_model(load_settings().parse.model)
    texts = [item.text for item in read_inputs([CORPUS]) if isinstance(item, Article)]
    benchmark.extra_info["words"] = words()
    benchmark.pedantic(lambda: list(nlp.pipe(texts)), rounds=3, warmup_rounds=1)


@pytest.mark.parametrize("workers", [1, 2])
def test_first_run(benchmark: BenchmarkFixture, tmp_path: Path, workers: int) -> None:
    settings = load_settings(run={"workers": workers, "batch_characters": 20_000})
    folder = tmp_path / "out"
    benchmark.extra_info["words"] = words()
    benchmark.pedantic(
        lambda: go(folder, settings), setup=lambda: shutil.rmtree(folder, ignore_errors=True),
        rounds=3,
    )  # fmt: skip


def test_run_with_nothing_new(benchmark: BenchmarkFixture, done: Path) -> None:
    benchmark.pedantic(lambda: go(done, load_settings()), rounds=3)


def test_stage_again(benchmark: BenchmarkFixture, done: Path) -> None:
    benchmark.pedantic(lambda: rerun(build_stages, load_settings(), done, "visits"), rounds=3)
