"""`communique inspect`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import typer
from pydantic import ValidationError
from rich.table import Table
from rich.text import Text

from models import Article, Entity, Record, Reject, Upgrade, Visit
from pipeline.cli.describe import describe, sentences
from pipeline.cli.screen import clean, console, shortened
from pipeline.errors import StoreError
from pipeline.stages.write.flat import flatten
from pipeline.stages.write.writer import OUTPUTS, read_manifest, read_table

REJECTS = "rejects"

#: The columns of each table on the screen, as they are called in its CSV file.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "articles": ("id", "published", "title", "source_path", "characters"),
    "entities": ("id", "kind", "name", "country", "roles", "mention_count"),
    "dates": ("article_id", "text", "type", "value", "earliest", "latest", "anchor"),
    "visits": (
        "id",
        "visitor_name",
        "visitor_role",
        "origin_code",
        "destination_code",
        "destination_place",
        "start",
        "end",
        "kind",
        "status",
        "count",
    ),
    "upgrades": ("id", "party_codes", "change", "level", "date", "status", "evidence_count"),
    REJECTS: ("source_path", "row", "reason", "detail"),
}
#: Columns that are shown whole; others give way where the screen is narrow.
WHOLE = frozenset(
    {"id", "origin_code", "destination_code", "party_codes", "country", "start", "end"}
)


def show(
    table: str | None, record_id: str | None, output: Path, *, country: str | None, as_json: bool
) -> None:
    """Print totals, a table, or one record.

    Raises:
        StoreError: the folder holds no results.
    """
    if table is None:
        _print_totals(output, as_json=as_json)
        return
    records = _records(output, table)
    if country is not None:
        records = _of_country(table, records, country.upper())
    if record_id is not None:
        records = [record for record in records if getattr(record, "id", None) == record_id]
        if not records:
            raise typer.BadParameter(f"no {record_id!r} among the {table}", param_hint="ID")
    if as_json:
        _print_json(records, single=record_id is not None)
    elif record_id is not None:
        _print_whole(next(iter(records)))
    else:
        _print_table(table, records)


def _records(output: Path, table: str) -> Iterable[Record]:
    path = output / f"{table}.json"
    if not path.is_file():
        raise StoreError(f"no {path.name} in {output}: `communique run` makes it")
    return _read(path, Reject if table == REJECTS else OUTPUTS[table])


def _read(path: Path, kind: type[Record]) -> Iterator[Record]:
    try:
        yield from read_table(path, kind)
    except (OSError, ValidationError, UnicodeDecodeError) as error:
        raise StoreError(f"{path} is not as it was written: run again ({error})") from error


def _parties(record: Record) -> set[str | None]:
    if isinstance(record, Visit):
        return {record.origin.code if record.origin else None, record.destination.code}
    if isinstance(record, Upgrade):
        return {party.code for party in record.parties}
    if isinstance(record, Entity):
        return {record.country}
    return set()


def _of_country(table: str, records: Iterable[Record], code: str) -> Iterable[Record]:
    if table not in ("entities", "visits", "upgrades"):
        raise typer.BadParameter(f"{table} have no country", param_hint="--country")
    return (record for record in records if code in _parties(record))


def _print_totals(output: Path, *, as_json: bool) -> None:
    manifest = read_manifest(output)
    if as_json:
        print(manifest.model_dump_json(indent=1))
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


def _print_json(records: Iterable[Record], *, single: bool) -> None:
    lines = (record.model_dump_json(indent=1 if single else None) for record in records)
    if single:
        print(next(lines))
        return
    separator = "["
    for line in lines:
        print(separator, line, sep="\n", end="")
        separator = ","
    print("[]" if separator == "[" else "\n]")


def _print_table(table: str, records: Iterable[Record]) -> None:
    columns = COLUMNS[table]
    shown = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        shown.add_column(column.removesuffix("_code").replace("_", " "), no_wrap=column in WHOLE)
    count = 0
    for record in records:
        cells = record.model_dump() if table == REJECTS else flatten(table, record)
        shown.add_row(*(_cell(cells[column]) for column in columns))
        count += 1
    screen = console()
    if count:
        screen.print(shown)
    screen.print(f"{count:,} {table}")


def _cell(value: Any) -> Text:
    return Text("" if value is None else shortened(str(value), 80))


def _print_whole(record: Record) -> None:
    screen = console()
    screen.print(Text(describe(record), style="bold"))
    skipped = {"evidence", "mentions", "text"} if isinstance(record, Article) else {"evidence"}
    for name, value in record.model_dump(mode="json").items():
        if name not in skipped:
            screen.print(Text(f"{name:>16}  ", style="dim") + Text(_spelled(value)))
    if isinstance(record, Article):
        screen.print(Text(f"\n{clean(record.text)}"))
    for number, sentence in enumerate(sentences(record), start=1):
        span = record.evidence[number - 1]  # type: ignore[attr-defined]  # it has sentences
        where = f"{span.article_id} {span.start}–{span.end} {span.rule}"
        screen.print(Text(f"\n{number}. {clean(where)}", style="dim"))
        screen.print(Text(f"“{sentence}”"))


def _spelled(value: Any) -> str:
    if isinstance(value, Mapping):
        return clean(", ".join(f"{key} {_spelled(each)}" for key, each in value.items() if each))
    if isinstance(value, Sequence) and not isinstance(value, str):
        return clean("; ".join(_spelled(each) for each in value)) or "—"
    return "—" if value is None else clean(str(value))
