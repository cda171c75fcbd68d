"""Tables of trips in COLT's form: written, and read as others write them."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from pipeline.colt.columns import COLUMNS
from pipeline.colt.trips import Row
from pipeline.errors import ReaderError
from pipeline.stages.write.atomic import replacing
from pipeline.stages.write.flat import guarded

#: Columns without which a row is no trip.
NEEDED = ("LeaderCountryISO", "CountryVisitedISO")
_EXCEL_DAY_0 = date(1899, 12, 30)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_SLASHED = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")


@dataclass(frozen=True)
class ListedTrip:
    """A row of a table of trips."""

    #: Its line in the file, from 2; of our own rows 0.
    line: int
    trip_id: str
    name: str
    origin: str
    destination: str
    start: date | None
    end: date | None


def write_rows(path: Path, found: Iterable[Row]) -> None:
    """Write rows in COLT's columns, whole or not at all.

    Raises:
        StoreError: the file cannot be written.
    """
    with replacing(path) as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for row in found:
            writer.writerow([guarded(row[column]) for column in COLUMNS])


def read_trips(path: Path) -> list[ListedTrip]:
    """Return the trips of a table in COLT's columns; a column more or less does not matter.

    Raises:
        ReaderError: it cannot be read, or lacks the codes of the countries.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = set(NEEDED) - set(reader.fieldnames or ())
            if missing:
                raise ReaderError(str(path), "no-trips", f"no column {', '.join(sorted(missing))}")
            return [listed(row, line) for line, row in enumerate(reader, start=2)]
    except (OSError, csv.Error, UnicodeDecodeError) as error:
        raise ReaderError(str(path), "unreadable", str(error)) from error


def listed(row: Row, line: int = 0) -> ListedTrip:
    """Return a row as a trip."""
    cells = {name: (value or "").strip() for name, value in row.items() if isinstance(value, str)}
    start = _date(cells.get("TripStartDate", "")) or _serial(cells.get("TripID", ""))
    return ListedTrip(
        line=line,
        trip_id=cells.get("TripID", ""),
        name=cells.get("LeaderFullName") or cells.get("LeaderSurname", ""),
        origin=cells.get("LeaderCountryISO", "").upper(),
        destination=cells.get("CountryVisitedISO", "").upper(),
        start=start,
        end=_date(cells.get("TripEndDate", "")),
    )


def _date(cell: str) -> date | None:
    """Return a date written 2024-05-16, 5/16/2024 (the month first) or as a spreadsheet's day."""
    try:
        if found := _ISO.match(cell):
            return date(*map(int, found.groups()))
        if found := _SLASHED.match(cell):
            first, second, year = map(int, found.groups())
            return date(year, second, first) if first > 12 else date(year, first, second)
        return _EXCEL_DAY_0 + timedelta(days=int(float(cell))) if cell else None
    except (ValueError, OverflowError):
        return None


def _serial(trip_id: str) -> date | None:
    """Return the day in a trip's id: `…-USA-JPN-45323`."""
    found = re.search(r"-(\d{5})(?:-\d+)?$", trip_id)
    return _date(found[1]) if found else None


__all__ = ["ListedTrip", "listed", "read_trips", "write_rows"]
