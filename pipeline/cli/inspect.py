"""`communique inspect`."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from pathlib import Path

import typer
from rich.table import Table

from models import Article, Record, Reject
from pipeline.cli.screen import clean_json, console
from pipeline.cli.select import Filters
from pipeline.cli.tables import COLUMNS, REJECTS, print_table
from pipeline.cli.whole import legend, print_article, print_record
from pipeline.results import Results
from pipeline.stages.write.writer import OUTPUTS


def show(
    table: str | None,
    record_id: str | None,
    output: Path,
    *,
    filters: Filters,
    most: int | None,
    as_json: bool,
) -> None:
    """Print totals, a table, or one record.

    Raises:
        StoreError: the folder holds no results.
    """
    results = Results(output)
    if table is None:
        if filters != Filters():
            raise typer.BadParameter("filters want a table", param_hint="TABLE")
        _print_totals(results, as_json=as_json)
        return
    kind = Reject if table == REJECTS else OUTPUTS[table]
    records: Iterable[Record] = filters.choose(table, results.read(table, kind))
    if record_id is not None:
        _print_one(_the_one(table, records, record_id), results, as_json=as_json)
    elif as_json:
        _print_json(islice(records, most))
    else:
        print_table(console(), table, records, most=most)


def _the_one(table: str, records: Iterable[Record], record_id: str) -> Record:
    """Return the record of an id or of the only one that begins so."""
    begun = [r for r in records if str(getattr(r, "id", "")).startswith(record_id)]
    exact = [record for record in begun if getattr(record, "id", None) == record_id]
    if len(exact or begun) != 1:
        many = f"{len(begun)} begin with" if begun else "no"
        raise typer.BadParameter(f"{many} {record_id!r} among the {table}", param_hint="ID")
    return (exact or begun)[0]


def _print_one(record: Record, results: Results, *, as_json: bool) -> None:
    if as_json:
        print(clean_json(record.model_dump_json(indent=1)))
        return
    screen = console()
    if screen.is_terminal and not screen.no_color:
        screen.print(legend())
    if isinstance(record, Article):
        print_article(screen, record, results)
    else:
        print_record(screen, record, results)


def _print_totals(results: Results, *, as_json: bool) -> None:
    manifest = results.manifest
    if as_json:
        print(clean_json(manifest.model_dump_json(indent=1)))
        return
    screen = console()
    counts = manifest.input
    screen.print(
        f"{counts.read:,} articles read; {counts.done:,} done in the last run, "
        f"{counts.unchanged:,} unchanged, {counts.rejected:,} rejected"
    )
    totals = Table("stage", "records", "run", "fresh", "seconds", box=None, pad_edge=False)
    for stage in manifest.stages:
        cells = (f"{stage.records:,}", f"{stage.run:,}", f"{stage.fresh:,}", f"{stage.seconds:.2f}")
        totals.add_row(stage.name, *cells)
    screen.print(totals)
    screen.print(f"Tables: {', '.join((*OUTPUTS, REJECTS))}")


def _print_json(records: Iterable[Record]) -> None:
    separator = "["
    for record in records:
        print(separator, clean_json(record.model_dump_json()), sep="\n", end="")
        separator = ","
    print("[]" if separator == "[" else "\n]")


__all__ = ["COLUMNS", "show"]
