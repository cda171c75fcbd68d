"""Records as tables that fit the screen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from models import Record
from pipeline.cli.screen import shortened
from pipeline.stages.write.flat import flatten

REJECTS = "rejects"

#: The columns of each table on the screen, as its CSV file calls them, in order, each with the
#: width that it needs at least. Where the screen is too narrow those of `GIVE_WAY` are left out.
COLUMNS: Mapping[str, Mapping[str, int]] = {
    "articles": {"id": 24, "published": 10, "title": 24, "source_path": 16, "characters": 10},
    "entities": {"id": 20, "kind": 8, "name": 18, "country": 7, "roles": 16, "mention_count": 8},
    "dates": {
        "article_id": 24,
        "text": 12,
        "type": 8,
        "value": 10,
        "earliest": 10,
        "latest": 10,
        "anchor": 11,
    },
    "visits": {
        "id": 22,
        "visitor_name": 16,
        "visitor_role": 16,
        "origin_code": 6,
        "destination_code": 11,
        "destination_place": 12,
        "start": 10,
        "end": 10,
        "kind": 8,
        "status": 9,
        "count": 5,
        "confidence": 10,
    },
    "upgrades": {
        "id": 24,
        "party_codes": 10,
        "change": 8,
        "level": 16,
        "date": 10,
        "status": 9,
        "confidence": 10,
        "evidence_count": 8,
    },
    "ledger": {
        "record_id": 22,
        "number": 6,
        "published": 10,
        "status": 9,
        "phantom": 7,
        "sentence": 30,
    },
    "conflicts": {
        "record_id": 22,
        "field": 12,
        "value": 16,
        "chosen": 6,
        "compatible": 10,
        "articles": 16,
    },
    "relations": {
        "party": 5,
        "other_party": 5,
        "date": 10,
        "change": 8,
        "from_level": 16,
        "to_level": 16,
        "level_rank": 5,
        "contradictions": 16,
    },
    REJECTS: {"source_path": 16, "row": 4, "reason": 10, "detail": 16},
}
#: What is left out first.
GIVE_WAY = (
    "articles",
    "contradictions",
    "level_rank",
    "number",
    "evidence_count",
    "count",
    "confidence",
    "characters",
    "anchor",
    "kind",
    "destination_place",
    "visitor_role",
    "end",
    "source_path",
    "roles",
    "latest",
    "type",
    "mention_count",
    "change",
)
#: Columns whose cells are never broken over lines.
WHOLE = frozenset(
    {"id", "article_id", "record_id", "party", "other_party", "origin_code", "destination_code",
     "country", "start", "end", "date", "published", "earliest", "latest", "status"}
)  # fmt: skip
#: Between two columns, in characters.
GAP = 2
#: Characters of one cell.
CELL = 80


def fitting(table: str, width: int) -> tuple[str, ...]:
    """Return the columns of a table that a screen of a width holds side by side."""
    widths = dict(COLUMNS[table])
    for name in GIVE_WAY:
        if sum(widths.values()) + GAP * (len(widths) - 1) <= width:
            break
        if len(widths) > 2:
            widths.pop(name, None)
    return tuple(widths)


def print_table(
    screen: Console, table: str, records: Iterable[Record], *, most: int | None
) -> None:
    """Print records as rows, at most so many, then how many there are."""
    rows = [record.model_dump() if table == REJECTS else flatten(table, record)
            for record in records]  # fmt: skip
    columns = fitting(table, screen.width)
    shown = rows if most is None else rows[:most]
    if shown:
        screen.print(_table(columns, shown))
    more = f", {len(shown):,} of them shown" if len(shown) < len(rows) else ""
    screen.print(f"{len(rows):,} {table}{more}")
    hidden = [name for name in COLUMNS[table] if name not in columns]
    if shown and hidden:
        screen.print(Text(f"Too narrow for: {', '.join(map(_heading, hidden))}", style="dim"))


def _table(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> Table:
    made = Table(box=None, pad_edge=False, header_style="bold", padding=(0, GAP, 0, 0))
    for column in columns:
        made.add_column(_heading(column), no_wrap=column in WHOLE, overflow="fold")
    for row in rows:
        made.add_row(*(_cell(row[column]) for column in columns))
    return made


def _heading(column: str) -> str:
    return column.removesuffix("_code").removesuffix("_codes").replace("_", " ")


def _cell(value: Any) -> Text:
    return Text("" if value is None else shortened(str(value), CELL))


__all__ = ["COLUMNS", "REJECTS", "fitting", "print_table"]
