"""Which files packages have, and in which one a file lies."""

from __future__ import annotations

from pathlib import Path

from pipeline.package_files import files_of, lie_in

STAGES = Path(__file__).parents[1] / "pipeline" / "stages"


def test_files_of_code_and_tables_count() -> None:
    found = files_of(["pipeline.stages.visits"])
    assert {STAGES / "visits" / "find.py", STAGES / "visits" / "verbs.toml"} <= found.keys()
    assert not any("__pycache__" in path.parts for path in found)


def test_a_file_lies_in_a_package_and_those_around_it() -> None:
    path = STAGES / "visits" / "find.py"
    assert lie_in(["pipeline.stages.dates", "pipeline.stages"], [path])
    assert not lie_in(["pipeline.stages.dates"], [path])
    assert not lie_in(["pipeline.runner"], [path])  # a module has no files of its own
