"""`inspect` over a folder made by hand; needs no model."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest
from rich.console import Console

from pipeline.cli.select import days_of
from pipeline.cli.tables import COLUMNS, GIVE_WAY, fitting, print_table
from pipeline.cli.whole import print_article, print_record
from pipeline.results import Results
from tests.cli.conftest import call
from tests.records import EVIL, FORMULA, write_folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_folder(tmp_path_factory.mktemp("results"))


def ids(folder: Path, table: str, *arguments: str) -> list[str]:
    result = call("inspect", table, *arguments, "--json", "-o", folder)
    assert result.exit_code == 0, result.output
    return [record["id"] for record in json.loads(result.stdout)]


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        ([], ["visit-fiji", "visit-japan"]),
        (["--country", "jpn"], ["visit-japan"]),
        (["--country", "ZAF"], ["visit-fiji"]),
        (["--country", "south africa"], ["visit-fiji"]),
        (["--person", "dlamini"], ["visit-fiji"]),
        (["--person", "foreign minister nia"], ["visit-fiji"]),
        (["--person", "Ana"], []),
        (["--status", "planned"], ["visit-japan"]),
        (["--since", "2025"], ["visit-japan"]),
        (["--until", "2024-05"], ["visit-fiji"]),
        (["--since", "2025-10-31", "--until", "2026"], ["visit-japan"]),
        (["--since", "2025-11"], []),
        (["--article", "article-suva"], ["visit-fiji"]),
        (["--confidence", "0.7"], ["visit-fiji"]),
        (["--text", "october KEITÀ"], ["visit-japan"]),
        (["--text", "person-omar"], []),
        (["--country", "FJI", "--status", "planned"], []),
        (["--limit", "1"], ["visit-fiji"]),
    ],
)
def test_visits_are_filtered(folder: Path, arguments: list[str], found: list[str]) -> None:
    assert ids(folder, "visits", *arguments) == found


@pytest.mark.parametrize(
    ("table", "arguments", "found"),
    [
        ("upgrades", ["--level", "Strategic partnership"], ["upgrade-fiji"]),
        ("upgrades", ["--level", "comprehensive"], []),
        ("upgrades", ["--country", "ZAF", "--since", "2024-05-16"], ["upgrade-fiji"]),
        ("entities", ["--person", "omar keita"], ["person-omar"]),
        ("entities", ["--article", "article-suva"], ["person-nia", "country-fji"]),
        ("dates", ["--since", "2024-05-16", "--until", "2024-05-16"], ["date-thursday"]),
        ("articles", ["--since", "2025"], ["article-tokyo"]),
        ("ledger", ["--status", "planned"], ["visit-japan-0001"]),
        ("ledger", ["--article", "article-suva", "--limit", "1"], ["upgrade-fiji-0001"]),
        ("relations", ["--country", "FJI"], ["relation-FJI-ZAF-001"]),
        ("relations", ["--level", "strategic", "--until", "2023"], []),
        ("conflicts", ["--text", "start"], ["visit-fiji-start-001", "visit-fiji-start-002"]),
        ("conflicts", ["--article", "article-tokyo"], ["visit-fiji-start-002"]),
        ("articles", ["--text", "日本"], ["article-tokyo"]),
    ],
)
def test_other_tables_are_filtered(
    folder: Path, table: str, arguments: list[str], found: list[str]
) -> None:
    assert ids(folder, table, *arguments) == found


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["visits", "--level", "strategic"], "visits have none"),
        (["dates", "--country", "FJI"], "dates have none"),
        (["visits", "--since", "soon"], "no date like"),
        (["visits", "--status", "done"], "'done' is none of completed"),
        (["visits", "--country", "Fijii"], "no code of a country"),
        (["visits", "--country", "Congo"], "COD or COG?"),
        (["visits", "--until", "2024-02-30"], "no date like"),
        (["visits", "--confidence", "2"], "less than or equal to 1"),
        (["visits", "visit-"], "2 begin with"),
        (["visits", "trip"], "no 'trip'"),
        (["--country", "FJI"], "want a table"),
    ],
)
def test_wrong_filters(folder: Path, arguments: list[str], told: str) -> None:
    result = call("inspect", *arguments, "-o", folder)
    assert result.exit_code == 2
    assert told in " ".join(result.stderr.replace("│", " ").split())


def test_days_of_partial_dates() -> None:
    assert days_of("2024") == ("2024-01-01", "2024-12-31")
    assert days_of("2024-02") == ("2024-02-01", "2024-02-29")
    assert days_of("2024-02-03") == ("2024-02-03", "2024-02-03")


@pytest.mark.parametrize("width", [60, 80, 100, 160])
@pytest.mark.parametrize("table", COLUMNS)
def test_tables_fit_the_screen(folder: Path, table: str, width: int) -> None:
    from models import Reject
    from pipeline.stages.write.writer import OUTPUTS

    kind = Reject if table == "rejects" else OUTPUTS[table]
    out = io.StringIO()
    screen = Console(file=out, width=width, markup=False, highlight=False, emoji=False)
    print_table(screen, table, Results(folder).read(table, kind), most=None)
    lines = out.getvalue().splitlines()
    assert lines
    assert max(map(len, lines)) <= width
    if table == "visits" and width >= 80:
        header = lines[0].split()
        assert {"id", "visitor", "origin", "destination", "start", "status"} <= set(header)
        assert "visit-fiji" in out.getvalue()


def test_what_gives_way_are_columns() -> None:
    assert set(GIVE_WAY) <= {name for columns in COLUMNS.values() for name in columns}
    assert fitting("visits", 1000) == tuple(COLUMNS["visits"])
    assert len(fitting("visits", 10)) >= 2


def test_a_record_is_shown_with_its_sentence_and_rule(folder: Path) -> None:
    told = call("inspect", "visits", "visit-f", "-o", folder).stdout
    assert "article-suva 0–83, rule visit" in told
    assert "[Nia Dlamini|PERSON ZAF] visited [Fiji|COUNTRY FJI] on [Thursday|DATE" in " ".join(
        told.split()
    )
    assert "Rule visit of visits/verbs.toml fires on:" in told
    assert "start 2024-05-16 (taken) article-suva" in " ".join(told.split())


def test_marks_are_coloured_on_a_terminal(folder: Path) -> None:
    results = Results(folder)
    out = io.StringIO()
    screen = Console(file=out, width=100, force_terminal=True, color_system="standard")
    print_record(screen, results.visits[0], results)
    coloured = re.findall(r"\x1b\[[0-9;]+m([^\x1b]+)\x1b\[0m", out.getvalue())
    assert {"Nia Dlamini", "Fiji", "Thursday"} <= set(coloured)


def test_an_article_is_shown_with_its_records(folder: Path) -> None:
    told = " ".join(call("inspect", "articles", "article-suva", "-o", folder).stdout.split())
    assert "visited [Fiji|COUNTRY FJI] on [Thursday|DATE 2024-05-16]. ⟦V1⟧" in told
    assert "strategic partnership. ⟦U1⟧" in told
    assert "V1 Nia Dlamini ZAF → FJI (Suva), 2024-05-16, completed" in told
    told = call("inspect", "upgrades", "upgrade-fiji", "-o", folder).stdout
    assert "[strategic partnership|LEVEL]" in " ".join(told.split())


@pytest.mark.parametrize("table", COLUMNS)
def test_nothing_shown_commands_a_terminal(folder: Path, table: str) -> None:
    shown = call("inspect", table, "-o", folder).stdout
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", shown)


@pytest.mark.parametrize("table", ["articles", "rejects"])
def test_json_commands_no_terminal_and_says_the_same(folder: Path, table: str) -> None:
    shown = call("inspect", table, "--json", "-o", folder).stdout
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", shown)
    assert json.loads(shown) == json.loads((folder / f"{table}.json").read_text("utf-8"))


def test_an_article_with_escape_codes_is_only_text(folder: Path) -> None:
    results = Results(folder)
    out = io.StringIO()
    screen = Console(file=out, width=400, markup=False, highlight=False, emoji=False)
    print_article(screen, results.articles["article-suva"], results)
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", out.getvalue())
    assert "<script>alert('x')</script>" in out.getvalue()
    assert FORMULA in out.getvalue()
    assert "\x1b" in EVIL
