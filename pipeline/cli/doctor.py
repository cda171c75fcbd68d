"""`communique doctor`."""

from __future__ import annotations

from rich.table import Table
from rich.text import Text

from pipeline.cli.screen import console
from pipeline.doctor import examine

_STYLES = {"ok": "green", "missing": "bold red", "wrong": "bold red", "absent": "yellow"}


def print_findings(model: str) -> int:
    """Print what was found; return 1 where something needed is missing, else 0."""
    findings = list(examine(model))
    table = Table(box=None, pad_edge=False, show_header=False)
    for finding in findings:
        state = Text(finding.state.value, style=_STYLES[finding.state.value])
        table.add_row(state, Text(finding.what), Text(finding.detail))
    screen = console()
    screen.print(table)
    for finding in findings:
        if finding.remedy:
            screen.print(Text(f"{finding.what}: {finding.remedy}"))
    hindered = any(finding.hinders for finding in findings)
    screen.print("Something needed is missing." if hindered else "Ready.")
    return int(hindered)
