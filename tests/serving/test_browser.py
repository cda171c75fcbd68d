"""Datasette's pages over a run's records in a real browser."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.browsing import visiting
from tests.records import EVIL, write_folder

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = write_folder(tmp_path_factory.mktemp("served"))
    command = [sys.executable, "-m", "pipeline", "serve", "-o", str(folder), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield process.stdout.readline().split()[0]
        process.terminate()


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/visits?status=planned",
        "/articles?_search=fiji",
        "/visits/visit-fiji",
        "/visits_to_a_country_in_a_year?country=FJI&year=2024",
    ],
)
def test_pages_are_for_everyone_and_ask_nobody_else(browser: Browser, url: str, path: str) -> None:
    with visiting(browser, url + path) as visited:
        assert visited.violations() == []
        assert visited.troubles == []
        origin = url.rsplit("/", 1)[0]
        assert [each for each in visited.requests if not each.startswith(origin)] == []


def test_from_the_first_page_to_the_sentence(browser: Browser, url: str) -> None:
    with visiting(browser, url) as visited:
        page = visited.page
        page.get_by_role("link", name="Visits to X in year Y").click()
        page.get_by_label("country").fill("fji")
        page.get_by_label("year").fill("2024")
        page.get_by_role("button", name="Run SQL").click()
        page.get_by_text("Nia Dlamini").wait_for()
        page.goto(f"{url}/visits")
        page.get_by_role("link", name="ZAF", exact=True).first.click()
        page.get_by_role("heading", name='origin_code = "ZAF"').wait_for()
        page.goto(f"{url}/articles?_search=stood")
        page.get_by_text(EVIL.split("\x1b")[0]).first.wait_for()
        assert visited.troubles == []
