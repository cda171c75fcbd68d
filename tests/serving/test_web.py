"""The web application, asked without a network."""

from __future__ import annotations

import asyncio
import csv
import io
import socket
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

import httpx
import pytest

from pipeline.errors import ConfigError, PipelineError
from pipeline.serving import browse_database
from pipeline.serving.web import MISSING, build_app, guard_csv, is_loopback, open_socket
from tests.records import FORMULA, write_folder

QUERIES = tomllib.loads((files("pipeline.serving") / "metadata.toml").read_text("utf-8"))["queries"]


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return browse_database(write_folder(tmp_path_factory.mktemp("results")))


def ask(
    database: Path, *paths: str, host: str = "127.0.0.1:8001", method: str = "GET", **form: str
) -> list[httpx.Response]:
    async def all_of_them() -> list[httpx.Response]:
        app: Any = build_app(database, host="127.0.0.1")
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url=f"http://{host}") as client:
            return [await client.request(method, path, data=form or None) for path in paths]

    return asyncio.run(all_of_them())


def rows(database: Path, path: str) -> Any:
    (answer,) = ask(database, path)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_tables_facets_and_search(database: Path) -> None:
    told = rows(database, "/communique/visits.json?_shape=objects")
    assert {row["id"] for row in told["rows"]} == {"visit-fiji", "visit-japan"}
    assert {"status", "destination_code", "year"} <= set(told["facet_results"])
    found = rows(database, "/communique/articles.json?_search=dlamini&_shape=array")
    assert [row["id"] for row in found] == ["article-suva"]


def test_queries_answer(database: Path) -> None:
    path = "/communique/visits_to_a_country_in_a_year.json?country=fji&year=2024&_shape=array"
    assert [row["id"] for row in rows(database, path)] == ["visit-fiji"]
    path = "/communique/upgrades_at_visits.json?_shape=array"
    assert [row["id"] for row in rows(database, path)] == ["upgrade-fiji"]
    assert rows(database, "/communique/upgrades_without_an_occasion.json?_shape=array") == []


@pytest.mark.parametrize("name", QUERIES)
def test_every_query_runs_and_hides_no_table(database: Path, name: str) -> None:
    given = "country=FJI&year=2024&name=Nia&first=FJI&second=ZAF&id=visit-fiji"
    told = rows(database, f"/communique/{name}.json?{given}")
    assert told["query_name"] == name
    assert told["ok"]


def test_nothing_can_be_written(database: Path) -> None:
    (answer,) = ask(database, "/communique.json?sql=delete+from+visits")
    assert answer.status_code == 400
    assert len(rows(database, "/communique/visits.json?_shape=array")) == 2


def test_markup_is_text(database: Path) -> None:
    (answer,) = ask(database, "/communique/articles")
    assert "<script>alert" not in answer.text
    assert "&lt;script&gt;alert" in answer.text
    assert "javascript:alert(1)</a>" not in answer.text


def test_cells_of_csv_answers_are_guarded(database: Path) -> None:
    (answer,) = ask(database, "/communique/rejects.csv")
    (row,) = csv.DictReader(io.StringIO(answer.text))
    assert row["detail"] == f"'{FORMULA}"
    assert row["row"] == "3"


def test_numbers_stay_numbers_in_csv() -> None:
    assert guard_csv(b'a,b\r\n-5,"-x"\r\n') == b"a,b\r\n-5,'-x\r\n"


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8001", 200),
        ("localhost:8001", 200),
        ("localhost", 200),
        ("[::1]:8001", 200),
        ("reef.example", 421),
        ("127.0.0.1.reef.example:8001", 421),
    ],
)
def test_only_this_machine_is_answered(database: Path, host: str, status: int) -> None:
    (answer,) = ask(database, "/communique.json", host=host)
    assert answer.status_code == status


@pytest.mark.parametrize(
    ("host", "ours"),
    [("127.0.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("reef", False)],
)
def test_loopback(host: str, ours: bool) -> None:
    assert is_loopback(host) == ours


def test_a_port_that_is_taken() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(ConfigError, match="cannot be listened on"):
            open_socket("127.0.0.1", taken.getsockname()[1])


def test_without_the_extra(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "datasette.app", None)
    with pytest.raises(PipelineError, match=r"pip install 'datasette>=0.65,<1'") as told:
        build_app(database, host="127.0.0.1")
    assert str(told.value) == MISSING
