"""`communique stage`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from models import Record
from pipeline.changes import Change, Changes
from pipeline.cli.describe import describe, sentences
from pipeline.cli.program import EXIT_SOME_REJECTED, say
from pipeline.cli.progress import progress_bar
from pipeline.cli.rejects import name_rejects
from pipeline.cli.screen import clean, shortened
from pipeline.config import Settings
from pipeline.runner import RunReport, rerun
from pipeline.stages import build_stages

_MARKS = {"appeared": "+", "vanished": "-", "changed": "~"}


def rerun_stage(
    name: str,
    output: Path,
    settings: Settings,
    *,
    article_id: str | None,
    again: bool,
    show_progress: bool,
) -> int:
    """Run a stage again, print what changed, and return the exit status."""
    with progress_bar(show=show_progress) as progress:
        report = rerun(
            build_stages,
            settings,
            output,
            name,
            article_id=article_id,
            again=again,
            progress=progress,
        )
    for line in lines(name, report):
        print(line)
    if (stand := _unchanged(name, report)) and not again:
        say(
            f"{stand:,} article{'s' * (stand > 1)} unchanged: no code, row or table that {name} "
            "reads of them differs from when it made what is stored (--again makes it once more)"
        )
    name_rejects(report.rejects)
    return EXIT_SOME_REJECTED if report.rejects else 0


def lines(name: str, report: RunReport) -> Iterator[str]:
    """Yield what changed, record by record, then the totals."""
    yield from change_lines(name, report.changes)


def _unchanged(name: str, report: RunReport) -> int:
    """Return how many articles a stage left as they are stored."""
    return next(stage.fresh for stage in report.manifest.stages if stage.name == name)


def change_lines(name: str, changes: Changes) -> Iterator[str]:
    """Yield what changed, record by record, then the totals."""
    for kind, found in changes.by_type.items():
        for change in found:
            yield from _change_lines(kind, change)
    if not len(changes):
        yield f"Stage {name}: no record changed."
        return
    for kind, found in changes.by_type.items():
        totals = ", ".join(
            f"{sum(change.kind == word for change in found)} {word}" for word in _MARKS
        )
        yield f"{kind.__name__}: {totals}"


def _change_lines(kind: type[Record], change: Change) -> Iterator[str]:
    yield f"{_MARKS[change.kind]} {change.kind} {kind.__name__}: {describe(change.record)}"
    if change.before is not None and change.after is not None:
        old, new = change.before.model_dump(mode="json"), change.after.model_dump(mode="json")
        for field in change.fields:
            yield f"    {field}: {_value(old[field])} → {_value(new[field])}"
    for sentence in sentences(change.record)[:3]:
        yield f"    “{shortened(clean(sentence), 300)}”"


def _value(value: Any) -> str:
    """Return a field's value in short; of sentences, how many and the rules that read them."""
    if isinstance(value, list) and value and isinstance(value[0], dict):
        rules = sorted({str(each["rule"]) for each in value if each.get("rule")})
        return f"{len(value)}" + (f" ({', '.join(rules)})" if rules else "")
    if isinstance(value, dict):
        return shortened(", ".join(str(each) for each in value.values() if each), 70)
    return "none" if value is None else shortened(str(value), 70)
