"""What tests of reading share: files as they are given, and what is read of them."""

from __future__ import annotations

import gzip
from pathlib import Path

from models import Article, Reject
from pipeline.readers import read_inputs

TEXT = "The president of Peru arrived in Lima’s sister city on Monday.\r\nHe stays two days.\n"


def write(path: Path, content: str | bytes) -> Path:
    data = content if isinstance(content, bytes) else content.encode()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


def articles(*inputs: object, **given: object) -> list[Article]:
    made = list(read_inputs([str(path) for path in inputs], **given))
    assert all(isinstance(row, Article) for row in made), made
    return made


def rejects(*inputs: object, **given: object) -> list[tuple[int | None, str]]:
    made = read_inputs([str(path) for path in inputs], **given)
    return [(row.row, row.reason) for row in made if isinstance(row, Reject)]
