"""The bridge to COLT, the Country and Organizational Leader Travel data: export and comparison."""

from pipeline.colt.columns import COLUMNS
from pipeline.colt.compare import Comparison, Finding, compare
from pipeline.colt.sources import Sources
from pipeline.colt.table import read_trips, write_rows
from pipeline.colt.trips import rows

__all__ = [
    "COLUMNS",
    "Comparison",
    "Finding",
    "Sources",
    "compare",
    "read_trips",
    "rows",
    "write_rows",
]
