"""What several test modules share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.reading import Reader


@pytest.fixture(scope="session")
def reader() -> Reader:
    """Return the one reader of the session; it loads the model when first asked to read."""
    from tests.reading import Reader

    return Reader()
