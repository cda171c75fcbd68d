"""The quality gate: scores must not fall below pinned floors."""

from __future__ import annotations

import json
from pathlib import Path

from pipeline.errors import ReaderError
from pipeline.evaluation.report import Report

#: Part -> measure -> lowest F1 allowed; `false_in_empty.visits` and `.upgrades` are ceilings.
Floors = dict[str, dict[str, float]]


def load_floors(path: Path) -> Floors:
    """Return the floors of a JSON file.

    Raises:
        ReaderError: the file cannot be read, or is not a mapping of mappings to numbers.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return {
            part: {measure: float(value) for measure, value in floors.items()}
            for part, floors in data.items()
        }
    except (OSError, ValueError, AttributeError, TypeError) as error:
        raise ReaderError(str(path), "bad-floors", str(error)) from error


def failures(report: Report, floors: Floors) -> list[str]:
    """Return a sentence for each score under its floor, over its ceiling or not there."""
    found = []
    for part, limits in floors.items():
        tally = report.tallies.get(part)
        if tally is None:
            found.append(f"{part}: no article of this part was measured")
            continue
        data = tally.to_dict()
        for measure, limit in limits.items():
            if measure.startswith("false_in_empty."):
                value = data["false_in_empty"].get(measure.split(".")[1])
                bad = value is None or value > limit
            else:
                value = data["scores"].get(measure, {}).get("f1")
                bad = value is None or value < limit
            if bad:
                found.append(f"{part}: {measure} is {value}, the limit {limit}")
    return found
