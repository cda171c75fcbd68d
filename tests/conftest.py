"""What several test modules share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.reading import Reader


@pytest.fixture(scope="session")
def reader() -> Reader:
    """Return the one reader of the session; it loads the model when first asked to read."""
    from tests.reading import Reader

    return Reader()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return a headless browser; skip where there is none.

    It holds an event loop as long as it runs, so that no other module's test can have one.
    """
    from tests.browsing import headless_browser

    with headless_browser() as started:
        yield started
