"""A table written in parts and joined is the table written at once."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from models import DateExpression
from pipeline.distributed.work import Ranges
from pipeline.stages.write import FolderWriter
from pipeline.stages.write.parts import PartFiles, join_parts, read_part, write_part


def date(number: int) -> DateExpression:
    text = ["May", "in May;\r\n2024", '"May", =1+1'][number % 3]
    return DateExpression(
        id=f"date-{number}",
        article_id="a",
        start=number,
        end=number + len(text),
        text=text,
        type="DATE",
        value="XXXX-05",
        anchor="none",
    )


@pytest.mark.parametrize("sizes", [(), (3,), (1, 2, 4)])
def test_parts(tmp_path: Path, sizes: tuple[int, ...]) -> None:
    whole, joined = tmp_path / "whole", tmp_path / "joined"
    whole.mkdir(), joined.mkdir()
    records = [date(number) for number in range(sum(sizes))]
    parts, at = [], 0
    for number, size in enumerate(sizes):
        files = PartFiles(*(tmp_path / f"{number}.{name}" for name in ("lines", "rows", "parquet")))
        assert write_part("dates", records[at : at + size], files) == size
        parts.append(files)
        at += size
    made = join_parts(
        joined,
        "dates",
        lines=(part.lines.open("rb") for part in parts),
        rows=(part.rows.open("rb") for part in parts),
    )
    assert made == FolderWriter().write_table(whole, "dates", records)
    for name in made:
        assert (joined / name).read_bytes() == (whole / name).read_bytes()
    assert sum(pq.read_table(part.parquet).num_rows for part in parts) == len(records)
    read = []
    for part in parts:
        with part.lines.open("rb") as lines:
            read += read_part("dates", lines)
    assert read == records


def test_ranges() -> None:
    ranges = Ranges({"table/articles": (0, ["f", "m"]), "table/dates": (3, [])})
    placed = [ranges("table/articles", key) for key in ("a", "f", "g", "m", "z")]
    assert placed == [0, 1, 1, 2, 2]
    assert ranges("table/dates", "a") == 3
    assert [ranges.table(bucket) for bucket in (0, 2, 3)] == [
        ("articles", 0),
        ("articles", 2),
        ("dates", 0),
    ]
