from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import VISIT, call

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def article_id(results: Path) -> str:
    listed = json.loads(call("inspect", "articles", "-o", results, "--json").stdout)
    return str(next(article["id"] for article in listed if article["title"] == "Minister in Suva"))


def test_why_tells_the_trigger_the_rule_and_the_record(results: Path, article_id: str) -> None:
    result = call("why", article_id, "-o", results)
    assert result.exit_code == 0, result.output
    told = " ".join(result.stdout.split())
    assert "1 visit and 1 upgrade in it" in told
    assert "[visited] Fiji" in told
    assert (
        "✓ kept “visited” visits rule visit (nouns.toml, verbs.toml): Nia Dlamini ZAF → FJI" in told
    )
    assert "upgrades rule raise (triggers.toml): FJI – ZAF" in told
    assert result.stderr == ""


def test_why_as_json_names_the_records_of_the_run(results: Path, article_id: str) -> None:
    told = json.loads(call("why", article_id, "--json", "-o", results).stdout)
    text = json.loads((results / "articles.json").read_text())
    article = next(each for each in text if each["id"] == article_id)["text"]
    steps = []
    for sentence in told["sentences"]:
        assert article[sentence["start"] : sentence["end"]] == sentence["text"]
        for trigger in sentence["triggers"]:
            assert article[trigger["start"] : trigger["end"]] == trigger["text"]
            steps += trigger["steps"]
    kept = {step["record"]["id"] for step in steps if step["fate"] == "kept"}
    assert len(kept) == 2
    assert not told["stale"]


def test_silence_is_explained(tmp_path: Path) -> None:
    story = tmp_path / "story.txt"
    story.write_text(
        "Published: 2024-05-17\n\n"
        "Tourists visited Fiji on Thursday. Kenyan President William Ruto may visit Fiji. "
        "Fiji did not cut ties with Kenya. Nothing else happened.\n"
    )
    told = " ".join(call("why", story).stdout.split())
    assert "0 visits and 0 upgrades in it" in told
    assert "does it (its subject is “Tourists”)" in told
    assert "hypothetical" in told
    assert "denied: the change is not made" in told
    assert "1 sentence holds no word that may tell" in told
    assert "· no word that may tell" in " ".join(call("why", story, "--all").stdout.split())
    some = call("why", story, "--text", "ruto").stdout
    assert "[visited]" not in some
    assert "Ruto" in some


def test_standard_input_is_explained() -> None:
    result = call("why", "-", stdin=VISIT)
    assert result.exit_code == 0, result.output
    assert "✓ kept" in result.stdout


def test_of_a_file_of_many_the_first_is_explained_and_that_told(tmp_path: Path) -> None:
    line = json.dumps({"text": "Kenyan President William Ruto visited Fiji on Thursday."})
    path = tmp_path / "a.jsonl"
    path.write_text(f"{line}\n")
    assert call("why", path).stderr == ""
    path.write_text(f"{line}\n" * 2)
    result = call("why", path)
    assert result.exit_code == 0, result.output
    assert "holds more articles, of which this explains the first" in result.stderr
    assert "1 visit and 0 upgrades in it" in result.stdout


def test_no_such_article(results: Path) -> None:
    result = call("why", "article-none", "-o", results)
    assert result.exit_code == 2
    assert "no article 'article-none'" in result.stderr


def test_what_other_code_made_is_made_anew(results: Path, article_id: str, tmp_path: Path) -> None:
    shutil.copytree(results, tmp_path / "old")
    with closing(sqlite3.connect(tmp_path / "old" / "communique.db")) as database:
        database.execute("UPDATE artefacts SET fingerprint = 'other', payload = x'00'")
        database.commit()
    result = call("why", article_id, "-o", tmp_path / "old")
    assert result.exit_code == 0, result.output
    assert "were made by other code" in result.stderr
    assert "1 visit and 1 upgrade in it" in result.stdout
    result = call("stage", "visits", "--watch", "-o", tmp_path / "old")
    assert result.exit_code == 2
    assert "was parsed by other code" in result.stderr
