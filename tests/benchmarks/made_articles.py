"""Any number of articles, put together from the paragraphs of the sample ones."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path

from models import Article
from pipeline.readers import read_inputs
from pipeline.segments import segments

CORPUS = Path(__file__).parents[2] / "corpus" / "articles"
_CITIES = ("SUVA", "LIMA", "ACCRA", "OSLO", "HANOI", "QUITO", "DAKAR", "RIGA")
_MONTHS = ("Jan", "Feb", "March", "April", "May", "June", "July", "Aug")


def made_articles(count: int, *, seed: int = 1) -> Iterator[dict[str, str]]:
    """Yield rows of a JSONL file; the same for the same seed."""
    draw = random.Random(seed)
    read = [item for item in read_inputs([CORPUS]) if isinstance(item, Article)]
    paragraphs = [
        item.text[start:end].replace("\n", " ")
        for item in read
        for start, end in segments(item.text, cut=item.body_start)
        if end - start > 120
    ]
    for number in range(count):
        day, month = draw.randint(1, 28), draw.choice(_MONTHS)
        opening = f"{draw.choice(_CITIES)}, {month} {day} (Wire {number}) – "
        body = "\n\n".join(draw.sample(paragraphs, draw.randint(4, 8)))
        published = f"2024-{_MONTHS.index(month) + 1:02}-{day:02}"
        yield {"id": f"made-{number:06}", "published": published, "text": opening + body}


def write_made(path: Path, count: int, *, seed: int = 1) -> Path:
    """Write made articles to a JSONL file."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in made_articles(count, seed=seed))
    return path
