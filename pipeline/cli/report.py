"""`communique report`."""

from __future__ import annotations

from pathlib import Path

from pipeline.report.page import render
from pipeline.stages.write.atomic import replacing

REPORT_FILE = "report.html"


def write_report(output: Path) -> None:
    """Write the page into the output folder and print where it is."""
    page = render(output)
    with replacing(output / REPORT_FILE) as file:
        file.write(page)
    print(output / REPORT_FILE)
