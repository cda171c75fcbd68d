"""Runs over a local Ray of two processors give the bytes that the local engine gives."""

from __future__ import annotations

import json
import os
import shutil
from functools import partial
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.stages.write.types import columns_of
from pipeline.stages.write.writer import OUTPUTS
from tests.distributed.calls import (
    ROOT,
    ended,
    kill_actor,
    kill_driver,
    run,
    start,
    wait_for,
    words,
)
from tests.fakes import sums

pytest.importorskip("ray", reason="the extra `ray` is not installed: `make test-ray` tests it")
pytestmark = pytest.mark.slow

#: So many articles of the sample, beside all of those that tell of the same facts.
MANY = 24
CORPUS = ROOT / "corpus"


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("in")
    sample = sorted(path for path in (CORPUS / "articles").rglob("*") if path.is_file())
    same = sorted((CORPUS / "merging" / "articles").iterdir())
    for path in (*sample[:: len(sample) // MANY], *same):
        shutil.copy(path, folder / path.name)
    return folder


@pytest.fixture(scope="module")
def expected(inputs: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("local")
    run([inputs], folder, engine="local")
    return sums(folder)


@pytest.fixture(scope="module")
def done(inputs: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ray")
    run([inputs], folder, engine="ray")
    return folder


def extracted(folder: Path) -> dict[str, int]:
    """Return the blocks that are worked off, with the time of each file."""
    return {
        path.name: path.stat().st_mtime_ns
        for path in (folder / "ray" / "extracted").glob("*.parquet")
    }


def some_are_done(folder: Path, count: int) -> bool:
    return len(list((folder / "ray" / "extracted" / "by").glob("*.json"))) >= count


def test_the_same_bytes(done: Path, expected: dict[str, str]) -> None:
    assert sums(done) == expected
    assert len(extracted(done)) > 4


def test_merging_was_spread_over_blocks(done: Path) -> None:
    merged = done / "ray" / "merged"
    blocks = {
        folder.name.split("-")[0]: len(list(folder.glob("0*.json"))) for folder in merged.iterdir()
    }
    assert all(blocks[name] > 1 for name in ("link", "house", "join", "describe", "merge"))
    links = json.loads(next(merged.glob("components-*/done.json")).read_text())
    assert sum(shard["rows"] for shard in links["shards"]) > 1


def test_tables_are_parquet_in_parts(done: Path) -> None:
    for table, kind in OUTPUTS.items():
        parts = done / "ray" / "tables" / table
        frame = pd.read_parquet(parts)
        named = json.loads((done / f"{table}.json").read_text())
        assert len(frame) == len(named)
        assert [str(each) for each in frame.columns] == [c.name for c in columns_of(table, kind)]
        assert list(frame["id"]) == [each["id"] for each in named]
    assert len(list((done / "ray" / "tables" / "dates").iterdir())) > 1


def test_the_store_is_that_of_a_local_run(done: Path, inputs: Path, tmp_path: Path) -> None:
    shutil.copytree(done, tmp_path / "out")
    told = run([inputs], tmp_path / "out", engine="local")
    assert "nothing is new" in told
    assert sums(tmp_path / "out") == sums(done)


def test_again_and_with_one_more(done: Path, inputs: Path, tmp_path: Path) -> None:
    folder, more = tmp_path / "out", tmp_path / "more.txt"
    shutil.copytree(done, folder)
    before = extracted(folder)
    assert "nothing is new" in run([inputs], folder, engine="ray")
    assert extracted(folder) == before
    more.write_text("Kenyan President Nia Dlamini arrived in Suva on Friday for a state visit.\n")
    run([inputs, more], folder, engine="ray")
    after = extracted(folder)
    assert len(before.items() - after.items()) <= 1  # the block in which there was room
    assert len(after.items() - before.items()) == 1
    local = tmp_path / "local"
    run([inputs, more], local, engine="local")
    assert sums(folder) == sums(local)


def test_a_worker_that_is_killed(inputs: Path, tmp_path: Path, expected: dict[str, str]) -> None:
    process = start(*words([inputs], tmp_path, "ray"))
    wait_for(process, partial(some_are_done, tmp_path, 2))
    before = extracted(tmp_path)
    kill_actor(process)
    out, _ = ended(process)
    assert "0 rejected" in out
    assert before.items() <= extracted(tmp_path).items()
    assert sums(tmp_path) == expected


def test_a_run_that_is_killed_goes_on(
    inputs: Path, tmp_path: Path, expected: dict[str, str]
) -> None:
    process = start(*words([inputs], tmp_path, "ray"))
    wait_for(process, partial(some_are_done, tmp_path, 3))
    kill_driver(process)
    before = extracted(tmp_path)
    notes = [
        json.loads(path.read_text()) for path in (tmp_path / "ray/extracted/by").glob("*.json")
    ]
    told = run([inputs], tmp_path, engine="ray")
    finished = sum(note["complete"] for note in notes)
    assert f"{finished} unchanged" in told
    assert all(
        extracted(tmp_path)[Path(note["path"]).name] == before[Path(note["path"]).name]
        for note in notes
    )
    assert sums(tmp_path) == expected


def test_tables_of_other_file_systems(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    texts = [
        f"PARIS, May {n} – Kenyan President Nia Dlamini visited France on Monday."
        for n in range(1, 7)
    ]
    table = {
        "id": ["a", "a", "c", "d", None, "f"],
        "text": [texts[0], texts[1], None, texts[2], texts[3], "  "],
        "published": ["2024-05-02"] * 6,
    }
    pq.write_table(pa.table(table), folder / "one.parquet")
    rows = [
        json.dumps({"id": "a", "text": texts[0], "published": "2024-05-02"}),  # comes again
        "{not json",
        json.dumps({"id": "e", "text": texts[4]}),
        json.dumps(["a", "list"]),
        json.dumps({"id": "c", "text": texts[5], "published": "2024-05-09"}),
    ]
    (folder / "two.jsonl").write_text("\n".join(rows) + "\n")
    given = [f"file://{folder}/*.parquet", f"file://{folder}/two.jsonl"]
    run(given, tmp_path / "local", engine="local", expected=1)
    told = run(given, tmp_path / "ray", engine="ray", expected=1)
    assert sums(tmp_path / "ray") == sums(tmp_path / "local")
    assert f"rejected: file://{folder}/two.jsonl, row 2: bad-json" in told
    assert f"rejected: file://{folder}/one.parquet, row 3: no-text" in told
    named = {
        (Path(each["source_path"]).name, each["row"])
        for each in json.loads((tmp_path / "ray" / "rejects.json").read_text())
    }
    assert named == {("one.parquet", 3), ("one.parquet", 6), ("two.jsonl", 2), ("two.jsonl", 4)}


def test_standard_input(tmp_path: Path) -> None:
    story = tmp_path / "story.txt"
    story.write_text("SUVA, May 17 – Kenyan President Nia Dlamini visited Fiji on Thursday.\n")
    for engine in ("local", "ray"):
        ended(start(*words(["-"], tmp_path / engine, engine), stdin=story))
    assert json.loads((tmp_path / "ray" / "visits.json").read_text())
    assert sums(tmp_path / "ray") == sums(tmp_path / "local")


def test_an_article_that_kills_its_process_is_rejected_alone(tmp_path: Path) -> None:
    files = []
    for number in range(8):
        files.append(tmp_path / f"{number}.txt")
        files[-1].write_text(f"Anna Novak visited Kenya in {2010 + number}.\n")
    files[3].write_text("Anna Novak came to kill the process.\n")
    files[5].write_text("Anna Novak came to break the stage.\n")
    out, _ = ended(
        start(str(tmp_path / "out"), *map(str, files), module="tests.distributed.poisoned")
    )
    # Ray tells of what died by lines of its own.
    killed, broken = (line for line in out.splitlines() if line.startswith(str(tmp_path)))
    assert killed.startswith(f"{files[3]} parse-failed")
    assert "its process died" in killed
    assert f"{files[5]} entities-failed" in broken
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text())
    assert manifest["input"] == {"read": 8, "done": 6, "rejected": 2, "unchanged": 0}


def test_interrupted(inputs: Path, tmp_path: Path) -> None:
    import signal

    process = start(*words([inputs], tmp_path, "ray"))
    wait_for(process, partial(some_are_done, tmp_path, 1))
    os.kill(process.pid, signal.SIGINT)
    _, error = ended(process, expected=130)
    assert "goes on" in error or "resume" in error
