"""The report in a real browser: nothing is asked for, everything opens, everyone can use it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pipeline.report import render
from tests.browsing import Visited, visiting
from tests.records import EVIL, FORMULA, write_folder

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = write_folder(tmp_path_factory.mktemp("report"))
    page = folder / "report.html"
    page.write_text(render(folder), encoding="utf-8")
    return page.as_uri()


@contextmanager
def opened(
    browser: Browser, url: str, *, width: int = 1280, height: int = 900, dark: bool = False
) -> Iterator[Visited]:
    with visiting(browser, url, width=width, height=height, dark=dark) as visited:
        visited.page.wait_for_selector("body[data-ready]")
        yield visited
        assert visited.troubles == []
        assert {request.split("#")[0] for request in visited.requests} == {url.split("#")[0]}


def names(visited: Visited) -> list[str]:
    return [name.split("\n")[0] for name in
            visited.page.locator("#visits tbody .open").all_inner_texts()]  # fmt: skip


def test_filter_sort_and_open(browser: Browser, url: str) -> None:
    with opened(browser, url) as visited:
        page = visited.page
        table = page.locator("#visits")
        assert names(visited) == ["Omar Keita", "Nia Dlamini"]  # the latest first
        table.get_by_role("button", name="Visitor").click()
        assert names(visited) == ["Nia Dlamini", "Omar Keita"]
        table.get_by_role("button", name="Visitor").click()
        assert names(visited) == ["Omar Keita", "Nia Dlamini"]
        table.get_by_label("Status").select_option("completed")
        table.get_by_text("1 visit (of 2)").wait_for()
        assert names(visited) == ["Nia Dlamini"]
        table.get_by_role("button", name="Clear").click()
        table.get_by_label("Search").fill("dlamini SUVA")
        table.get_by_text("1 visit (of 2)").wait_for()
        table.get_by_label("Since year").fill("2025")
        table.get_by_text("0 visits (of 2)").wait_for()
        table.get_by_label("Since year").fill("")
        table.get_by_role("button", name="Nia Dlamini").click()
        current = table.locator(".text .told.visit.current")
        current.first.wait_for()
        assert "visited" in " ".join(current.all_inner_texts())
        marks = table.locator(".text mark.entity").all_inner_texts()
        assert [mark.split()[0] for mark in marks] == ["Nia", "Fiji", "Thursday"]
        assert table.locator(".text .told.upgrade").count() == 1
        conflict = table.locator("table.conflicts tbody tr").all_inner_texts()
        assert [row.split("\t")[:2] for row in conflict] == [
            ["start", "2024-05-16 (taken)"],
            ["start", FORMULA],
        ]
        assert EVIL.split("\x1b")[0] in table.locator(".text").inner_text()
        assert page.locator("script[src], img").count() == 0


def test_plots_are_drawn_and_lead_to_the_table(browser: Browser, url: str) -> None:
    with opened(browser, url) as visited:
        page = visited.page
        for name in ("visits-time", "upgrades-time", "matrix", "graph"):
            page.locator(f"[data-plot={name}]").scroll_into_view_if_needed()
            page.wait_for_selector(f"[data-plot={name}][data-drawn]")
        drawn = page.locator("[data-plot] svg").evaluate_all("all => all.map(s => s.outerHTML)")
        assert len(drawn) == 4
        assert not any("NaN" in svg for svg in drawn)
        page.locator("[data-plot=matrix] .mark-rect path").first.click(force=True)
        page.locator("#visits").get_by_text("1 visit (of 2)").wait_for()


def test_links_between_records_and_from_outside(browser: Browser, url: str) -> None:
    with opened(browser, f"{url}#upgrade-fiji") as visited:
        page = visited.page
        page.locator("#upgrades .detail").get_by_role("link", name="visit-fiji").click()
        page.wait_for_selector("#visits .detail .text .current")
        assert page.evaluate("document.activeElement.textContent").startswith("Nia")
        conflicts = page.locator("#conflicts")
        conflicts.get_by_label("Against the record").select_option("contradicts")
        conflicts.get_by_text("1 row (of 2)").wait_for()
        conflicts.get_by_text(FORMULA, exact=True).wait_for()


def test_a_run_that_found_nothing(browser: Browser, tmp_path: Path) -> None:
    nothing = dict.fromkeys(("articles", "visits", "upgrades", "entities", "dates"), ())
    page = write_folder(tmp_path, **nothing) / "report.html"  # type: ignore[arg-type]
    page.write_text(render(tmp_path), encoding="utf-8")
    with opened(browser, page.as_uri()) as visited:
        assert visited.page.locator("#visits").get_by_text("0 visits").count() == 1
        assert visited.page.get_by_text("Nothing to show.").count() == 4
        assert visited.page.locator("[data-plot]").count() == 0


def test_keyboard_alone(browser: Browser, url: str) -> None:
    with opened(browser, url) as visited:
        page = visited.page
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        page.locator("#visits tbody .open").first.focus()
        page.keyboard.press("Enter")
        page.wait_for_selector("#visits .detail .text .current")
        opener = page.locator("#visits tbody .open").first
        assert opener.get_attribute("aria-expanded") == "true"
        detail = opener.get_attribute("aria-controls")
        assert page.locator(f"#{detail}").count() == 1
        page.keyboard.press("Space")
        assert page.locator("#visits .detail").count() == 0


@pytest.mark.parametrize(("dark", "width"), [(False, 1280), (True, 1280), (False, 390)])
def test_everyone_can_read_it(browser: Browser, url: str, dark: bool, width: int) -> None:
    with opened(browser, url, dark=dark, width=width, height=800) as visited:
        page = visited.page
        page.locator("#visits tbody .open").last.click()
        page.wait_for_selector("#visits .detail .text .current")
        for summary in page.locator(".pairs summary").all():
            summary.click()
        for name in ("visits-time", "upgrades-time", "matrix", "graph"):
            page.locator(f"[data-plot={name}]").scroll_into_view_if_needed()
            page.wait_for_selector(f"[data-plot={name}][data-drawn]")
        assert visited.violations() == []
        assert visited.overflow() == 0
