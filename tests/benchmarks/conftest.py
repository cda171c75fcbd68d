"""The number libraries are set up as the command line sets them up, before they are imported.

What the benchmarks find is printed as one table at the end.
"""

from __future__ import annotations

import pytest

from pipeline.cpu import prepare
from tests.benchmarks.measuring import Table

prepare()


_TABLE = Table()


@pytest.fixture
def table() -> Table:
    """The one table of all benchmarks."""
    return _TABLE


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if _TABLE.rows:
        terminalreporter.section("communique, measured")
        for line in _TABLE.lines():
            terminalreporter.line(line)
