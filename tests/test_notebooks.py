"""Every notebook runs from its first cell to its last, as it would in Jupyter."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
#: What must be seen in each.
SHOWN = {
    "explore_records": ("1 visits, 1 changes of relations", "vega", "Ferdinand Marcos Jr."),
    "develop_a_stage": ("strategic_partnership", "hold no word", "appeared", "moseyed"),
}

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


def executed(notebook: Path, outputs: Path, folder: Path) -> Any:
    """Return a notebook with the outputs of its cells; a kernel of its own runs it."""
    target = folder / notebook.name
    code = (
        "import nbformat, sys\nfrom nbclient import NotebookClient\n"
        "read = nbformat.read(sys.argv[1], as_version=4)\n"
        "NotebookClient(read, timeout=120, kernel_name='python3').execute(cwd=sys.argv[3])\n"
        "nbformat.write(read, sys.argv[2])\n"
    )
    environment = {
        **os.environ,
        "NOTEBOOK_OUTPUTS": str(outputs),
        "PYTHONPATH": str(ROOT),
        # A kernel of this very Python, not of another that the machine knows.
        "JUPYTER_PREFER_ENV_PATH": "1",
    }
    done = subprocess.run(
        [sys.executable, "-c", code, str(notebook), str(target), str(notebook.parent)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return nbformat.read(target, as_version=4)


@pytest.mark.slow
@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_runs(notebook: Path, outputs: Path, tmp_path: Path) -> None:
    cells = [cell for cell in executed(notebook, outputs, tmp_path).cells
             if cell.cell_type == "code"]  # fmt: skip
    shown = json.dumps([cell.outputs for cell in cells], ensure_ascii=False)
    for words in SHOWN[notebook.stem]:
        assert words in shown
    rich = [output for cell in cells for output in cell.outputs
            if "text/html" in output.get("data", {})]  # fmt: skip
    assert len(rich) >= 3
    assert not any(output.get("name") == "stderr" for cell in cells for output in cell.outputs)


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_are_kept_without_outputs(notebook: Path) -> None:
    read = json.loads(notebook.read_text(encoding="utf-8"))
    for cell in read["cells"]:
        if cell["cell_type"] == "code":
            assert cell["outputs"] == []
            assert cell["execution_count"] is None


def test_there_are_notebooks() -> None:
    assert {path.stem for path in NOTEBOOKS} == set(SHOWN)
