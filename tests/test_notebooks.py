"""Every notebook runs from its first cell to its last over a fresh run."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))

STORY = (
    "HANOI, May 15 – Philippine President Ferdinand Marcos Jr. arrived in Hanoi on Wednesday for a "
    "state visit. Vietnam and the Philippines agreed to lift their ties to an enhanced strategic "
    "partnership.\n"
)


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("notebook")
    (folder / "story.txt").write_text(f"Published: 2024-05-16\n\n{STORY}", encoding="utf-8")
    command = [sys.executable, "-m", "pipeline", "run", str(folder / "story.txt")]
    subprocess.run([*command, "-o", str(folder / "out")], cwd=ROOT, check=True, capture_output=True)
    return folder / "out"


@pytest.mark.slow
@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_runs(notebook: Path, outputs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMMUNIQUE_OUTPUTS", str(outputs))
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    names: dict[str, object] = {}
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    assert code
    for number, source in enumerate(code):
        exec(compile(source, f"{notebook.name}, cell {number}", "exec"), names)
    assert len(names["visits"]) == 1
    assert len(names["upgrades"]) == 1


def test_there_are_notebooks() -> None:
    assert NOTEBOOKS
