"""A headless browser for the tests of what is looked at in one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MISSING = (
    "no Chromium or Chrome on the path: tests in a browser are left out "
    "(on Debian: apt-get install chromium)"
)
#: What axe-core calls more than a nuisance.
SERIOUS = frozenset({"serious", "critical"})


@contextmanager
def headless_browser() -> Iterator[Browser]:
    """Start a browser; skip the test where there is none."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip(MISSING)
    with sync_playwright() as playwright:
        # The sandbox wants rights that a container's root does not have.
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()


@dataclass
class Visited:
    """A page, and what it did meanwhile."""

    page: Page
    requests: list[str] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)

    def violations(self) -> list[str]:
        """Return the rules of axe-core that the page seriously breaks, with the first place."""
        found: list[dict[str, Any]] = Axe().run(self.page).response["violations"]
        return [
            f"{each['id']}: {each['nodes'][0]['html'][:200]}"
            for each in found
            if each["impact"] in SERIOUS
        ]

    def overflow(self) -> int:
        """Return by how many pixels the page is wider than the screen."""
        width = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        return int(self.page.evaluate(width))


@contextmanager
def visiting(
    browser: Browser, url: str, *, width: int = 1280, height: int = 900, dark: bool = False
) -> Iterator[Visited]:
    """Open a page, and note its requests, its errors and what it logs."""
    page = browser.new_page(
        viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light"
    )
    visited = Visited(page)

    def listen(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            visited.troubles.append(f"{message.type}: {message.text}")

    page.on("console", listen)
    page.on("pageerror", lambda error: visited.troubles.append(f"uncaught: {error}"))
    page.on("dialog", lambda dialog: visited.troubles.append(f"dialog: {dialog.message}"))
    page.on("request", lambda request: visited.requests.append(request.url))
    page.set_default_timeout(30_000)
    page.goto(url)
    try:
        yield visited
    finally:
        page.close()


__all__ = ["Visited", "headless_browser", "visiting"]
