"""Make up articles by the thousand out of the sample's: `python made_articles.py 20000 out.jsonl`.

Each is one of the sample's articles with other days, most with other persons, some with a paragraph
of another, so that words, names and facts recur and grow in number as they do in real news: half of
a doubled number of articles is not known from the first half.
"""

from __future__ import annotations

import json
import random
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from models import Article
from pipeline.readers import read_inputs

CORPUS = Path(__file__).parents[2] / "corpus" / "articles"
MONTHS = [date(2024, month, 1).strftime("%B") for month in range(1, 13)]
Row = dict[str, object]
#: A day as the sample writes it; where it is no day of the calendar it stays.
DAY = re.compile(rf"\b({'|'.join(MONTHS)}) (\d{{1,2}})\b(?!,? \d{{4}})")
YEAR = re.compile(r"\b(19[5-9]\d|20[0-2]\d)\b")
#: An officeholder; the words of the name are put in place of by others.
OFFICE = (
    r"(?:President|Minister|Premier|Chancellor|Secretary|King|Queen|Ambassador|Secretary-General)"
)
NAME = re.compile(rf"\b{OFFICE} ((?:[A-Z][a-zé]+[ ,.])+)")
SYLLABLES = [c + v for c in "bdfgklmnprstvz" for v in "aeiou"]
#: Weeks by which an article's days are moved, and how many articles share a set of persons.
WEEKS, SHARING = 520, 40
#: Paragraphs of an article that is wanted short.
FEW = 2


@cache
def sample() -> tuple[Article, ...]:
    """Return the articles of the sample."""
    return tuple(item for item in read_inputs([CORPUS]) if isinstance(item, Article))


@cache
def names() -> frozenset[str]:
    """Return the words of officeholders' names in the sample."""
    found = (match[1] for article in sample() for match in NAME.finditer(article.text))
    words = (word.strip(" ,.") for name in found for word in name.split())
    return frozenset(word for word in words if len(word) > 3 and word not in MONTHS)


def made_articles(count: int, *, short: bool = False, first: int = 0) -> Iterator[Row]:
    """Yield rows of so many articles; the first of more are the same ones.

    Args:
        short: of two paragraphs, to have many in little time.
        first: number of the first one.
    """
    return (_article(number, short=short) for number in range(first, first + count))


def _article(number: int, *, short: bool) -> Row:
    chance = random.Random(number)
    base = chance.choice(sample())
    paragraphs = base.text.split("\n\n")
    if chance.random() < 0.3:
        other = chance.choice(chance.choice(sample()).text.split("\n\n"))
        paragraphs.insert(chance.randrange(1, len(paragraphs) + 1), other)
    weeks = chance.randrange(-WEEKS, WEEKS)
    text = "\n\n".join(paragraphs[:FEW] if short else paragraphs)
    text = _renamed(_moved(text, weeks), chance, number)
    return {
        "id": f"made-{number:07}",
        "title": _renamed(base.title or "", random.Random(number), number),
        "published": _published(base, weeks),
        "source": base.source,
        "text": text,
    }


def _published(base: Article, weeks: int) -> str | None:
    if base.published is None or len(base.published) != len("2024-08-16"):
        return base.published
    return (date.fromisoformat(base.published) + timedelta(weeks=weeks)).isoformat()


def _moved(text: str, weeks: int) -> str:
    """Return a text with its days so many weeks later, and its years with them."""

    def day(match: re.Match[str]) -> str:
        try:
            told = date(2024, MONTHS.index(match[1]) + 1, int(match[2]))
        except ValueError:
            return match[0]
        later = told + timedelta(weeks=weeks)
        return f"{MONTHS[later.month - 1]} {later.day}"

    years = round(weeks / 52)
    return YEAR.sub(lambda match: str(int(match[0]) + years), DAY.sub(day, text))


def _renamed(text: str, chance: random.Random, number: int) -> str:
    """Return a text with other persons' names; a third of the articles keep theirs."""
    if chance.random() < 1 / 3:
        return text
    crew = chance.randrange(max(1, number // SHARING) + 1)
    words = re.split(r"(\w+)", text)
    return "".join(_name(word, crew) if word in names() else word for word in words)


def _name(word: str, crew: int) -> str:
    chance = random.Random(f"{word} {crew}")
    return "".join(chance.choices(SYLLABLES, k=chance.choice((2, 2, 3)))).capitalize()


def write(path: Path, rows: Iterable[Row]) -> Path:
    """Write rows as JSON lines."""
    with path.open("w", encoding="utf-8") as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    return path


def main(arguments: Sequence[str]) -> None:
    """Write so many articles into a file; `short` makes them short."""
    write(Path(arguments[1]), made_articles(int(arguments[0]), short="short" in arguments))


if __name__ == "__main__":
    main(sys.argv[1:])
