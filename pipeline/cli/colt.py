"""`communique export` and `communique compare`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import get_args

import typer
from rich.table import Table
from rich.text import Text

from pipeline.cli.screen import clean, clean_json, console
from pipeline.colt import Comparison, Finding, Sources, compare, read_trips, rows, write_rows
from pipeline.colt.compare import FindingKind
from pipeline.colt.table import ListedTrip, listed
from pipeline.colt.trips import Row
from pipeline.results import Results

_TITLES: dict[FindingKind, str] = {
    "same": "the same in both",
    "dates_differ": "dates differ",
    "month_apart": "the same trip a month apart",
    "direction_swapped": "direction swapped",
    "only_there": "only there",
    "only_here": "only here",
}


def export_colt(results: Path, file: Path) -> None:
    """Write the trips of a run as a table of COLT, and print how many there are."""
    if file.is_dir() or not file.parent.is_dir():
        raise typer.BadParameter(f"{file} cannot be written", param_hint="--output")
    found = _rows(results)
    write_rows(file, found)
    print(f"{len(found):,} trips: {file}")


def _rows(folder: Path) -> list[Row]:
    results = Results(folder)
    return rows(results.visits, Sources(results.articles, results.entities))


def compare_trips(file: Path, results: Path, *, as_json: bool) -> None:
    """Hold a table of trips against those of a run, and print what differs."""
    if not file.is_file():
        problem = "is no file" if file.exists() else "does not exist"
        raise typer.BadParameter(f"{file} {problem}", param_hint="FILE")
    found = compare(read_trips(file), [listed(row) for row in _rows(results)])
    if as_json:
        told = json.dumps(_as_json(found), indent=1, ensure_ascii=False, default=str)
        print(clean_json(told))
        return
    screen = console()
    for kind in get_args(FindingKind):
        findings = found.of(kind)
        screen.print(Text(f"{len(findings):,} {_TITLES[kind]}", style="bold"))
        if findings and kind != "same":
            screen.print(_table(findings))


def _as_json(found: Comparison) -> dict[str, object]:
    counts = {kind: len(found.of(kind)) for kind in get_args(FindingKind)}
    return {"counts": counts, "findings": [asdict(finding) for finding in found.findings]}


def _table(findings: list[Finding]) -> Table:
    made = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 2))
    for column in ("leader", "trip", "there", "here", "days", "line", "id"):
        made.add_column(column, overflow="fold")
    for finding in findings:
        made.add_row(*(Text(clean(cell)) for cell in _cells(finding)))
    return made


def _cells(finding: Finding) -> Iterator[str]:
    trip = finding.there or finding.here
    assert trip is not None  # a finding has one of the two
    yield trip.name or "—"
    yield f"{trip.origin} → {trip.destination}"
    yield _days(finding.there)
    yield _days(finding.here)
    shifts = [days for days in (finding.start_days, finding.end_days) if days]
    yield "/".join(f"{days:+d}" for days in dict.fromkeys(shifts))
    yield str(finding.there.line) if finding.there else ""
    yield trip.trip_id


def _days(trip: ListedTrip | None) -> str:
    if trip is None:
        return ""
    ends = [str(day) for day in (trip.start, trip.end) if day is not None]
    return " to ".join(dict.fromkeys(ends)) or "no date"
