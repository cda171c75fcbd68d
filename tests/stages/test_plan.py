"""What the plan says of its stages must be true: a wrong word leaves artefacts stale."""

from __future__ import annotations

import sys
from collections.abc import Iterable

import grimp
import pytest

from pipeline.config import load_settings
from pipeline.fingerprint import COMMON_PACKAGES
from pipeline.plan import CorpusStage
from pipeline.stage import Stage
from pipeline.stages import STAGE_NAMES, build_stages

PLAN = build_stages(load_settings())
STAGES: tuple[Stage | CorpusStage, ...] = (*PLAN.stages, PLAN.corpus)
#: Their code cannot change what a stage finds: messages, and the stage's own parents.
HARMLESS = {"pipeline.errors", "pipeline.stages", "pipeline"}
#: Distribution names of modules that are called otherwise.
DISTRIBUTIONS = {"dateutil": "python-dateutil"}
#: Part of the records themselves, whose artefacts are validated when they are read; and what only
#: tells the type checker something.
IMPLIED = {"pydantic", "typing_extensions"}


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("pipeline", "models", include_external_packages=True, cache_dir=None)


def within(module: str, packages: Iterable[str]) -> bool:
    return any(module == package or module.startswith(f"{package}.") for package in packages)


def reached(graph: grimp.ImportGraph, stage: Stage | CorpusStage) -> set[str]:
    """Return all that a stage's own modules import, at once or by way of others."""
    own = f"pipeline.stages.{stage.name}"
    found: set[str] = set()
    for module in {own, *graph.find_descendants(own)}:
        found |= graph.find_upstream_modules(module)
    return found


@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.name)
def test_packages_hold_all_that_a_stage_imports(
    graph: grimp.ImportGraph, stage: Stage | CorpusStage
) -> None:
    ours = {module for module in reached(graph, stage) if within(module, ("pipeline", "models"))}
    packages = (*stage.packages, *COMMON_PACKAGES)
    missing = {module for module in ours if not within(module, packages)} - HARMLESS
    assert not missing, f"add to the packages of {stage.name}"


def test_packages_hold_all_that_the_parser_imports(graph: grimp.ImportGraph) -> None:
    reached = {"pipeline.parsing", *graph.find_upstream_modules("pipeline.parsing")}
    ours = {module for module in reached if within(module, ("pipeline", "models"))}
    packages = (*PLAN.parser.packages, *COMMON_PACKAGES)
    # The sums of the model's files name it; how they are taken changes no parse.
    harmless = {*HARMLESS, "pipeline.fingerprint"}
    missing = {module for module in ours if not within(module, packages)} - harmless
    assert not missing, "add to the packages of the parser"


@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.name)
def test_libraries_hold_all_that_a_stage_imports(
    graph: grimp.ImportGraph, stage: Stage | CorpusStage
) -> None:
    modules = {module for module in reached(graph, stage) if "." not in module}
    foreign = modules - set(sys.stdlib_module_names) - {"pipeline", "models"} - IMPLIED
    named = {DISTRIBUTIONS.get(module, module) for module in foreign}
    assert named <= set(stage.libraries), f"add to the libraries of {stage.name}"


def test_a_stage_needs_only_what_comes_before() -> None:
    seen: set[str] = set()
    for stage in STAGES:
        assert set(stage.needs) <= seen
        seen.add(stage.name)


def test_names() -> None:
    assert (*(stage.name for stage in STAGES), PLAN.writer.name) == STAGE_NAMES


def test_all_that_is_written_is_made() -> None:
    made = {kind for stage in STAGES for kind in stage.makes}
    assert {kind for name, kind in PLAN.writer.outputs.items() if name != "articles"} <= made
