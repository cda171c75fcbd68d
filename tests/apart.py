"""How much a story is changed by what stands beside it and is none of it.

    python -m tests.apart [SEED]

Two trials over the sentences of the tests, which are read rightly by themselves:

- *asides*: a sentence that tells of nothing ("Rain fell all day.") is put between two of a row's
  sentences, or between two of an article's;
- *stories*: a row is put as a paragraph of its own between two paragraphs of an article that
  tells of other people in other countries.

No record may change. What changes rightly cannot be told from what does not (a "he" behind the
other story may well mean its hero), so that the figures never reach naught.
"""

from __future__ import annotations

import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from models import Entity, Upgrade, Visit
from tests.reading import PUBLISHED, Reader, Reading
from tests.sentences import Sentence, load_sentences

ARTICLES = Path(__file__).parents[1] / "corpus" / "articles"
STAGES = Path(__file__).parent / "stages"
#: Sentences that tell of nobody and nothing, in the manners of news.
ASIDES = (
    "Rain fell all day.",
    "Traffic was light.",
    "Flags hung from every lamp post.",
    "No details were given.",
    "The hall was full.",
    "The bridge was built in 1987.",
    "Inflation was 4.2 percent last year.",
    "Bakers want cheaper flour.",
    "“We need more time,” one official said.",
    '"This is only a start," an aide told reporters.',
    "“Nobody should be left behind,” a spokesman said.",
    "The central bank kept rates on hold on Wednesday.",
    "A teacher, Tom Ames, had sold his house.",
)
_HEADER = re.compile(r"(?:Title|Headline|Published|Source|Date|Url|By|Author)\b[^\n]*:")
_MONTH = re.compile(r"\b(?:January|February|March|April|June|July|August|September|October"
                    r"|November|December|May \d|(?:Jan|Feb|Aug|Sept|Oct|Nov|Dec)\.)")  # fmt: skip
#: What opens a list or a heading, where a paragraph put between would part what belongs together.
_LISTED = re.compile(r"^[-*•#\d]", re.MULTILINE)
#: Characters of an article's opening in which a day would be that of its dateline.
_OPENING = 160
#: So many draws are made for each case that fits.
_DRAWS = 40

Told = Visit | Upgrade


@dataclass(frozen=True)
class Trial:
    """How many texts were tried, and those in which a record changed."""

    tried: int
    changed: Sequence[str]

    @property
    def rate(self) -> float:
        """The share of texts in which a record changed."""
        return len(self.changed) / self.tried


def rows_of(stage: str) -> list[Sentence]:
    """Return the sentences of a stage's tests that tell of something."""
    tables = sorted((STAGES / stage).glob("*.toml"))
    rows = (row for table in tables if table.stem != "misses" for row in load_sentences(table))
    return [row for row in rows if row.answers and row.published == PUBLISHED]


def bodies() -> list[str]:
    """Return the articles of the corpus that may be parted at any blank line, without headers."""
    found = []
    for path in sorted(ARTICLES.glob("*.txt")):
        paragraphs = re.split(r"\n\s*\n", path.read_text(encoding="utf-8"))
        while paragraphs and _HEADER.match(paragraphs[0]):
            paragraphs.pop(0)
        body = "\n\n".join(paragraph.strip() for paragraph in paragraphs)
        dated = _MONTH.search(body[:_OPENING])
        if len(paragraphs) > 3 and not dated and not _LISTED.search(body):
            found.append(body)
    return found


def _told(reading: Reading) -> Sequence[Told]:
    return [*reading.visits, *reading.upgrades]


def _key(record: Told) -> tuple[object, ...]:
    """Return what a reader would see of a record."""
    if isinstance(record, Visit):
        origin = record.origin.code if record.origin else None
        who = record.visitor.name or record.visitor.role
        days = record.start, record.end
        return who, origin, record.destination.code, *days, record.status, record.count
    parties = ",".join(sorted(party.code for party in record.parties))
    return parties, record.level, record.change, record.date, record.status


def _keys(records: Iterable[Told]) -> Counter[tuple[object, ...]]:
    return Counter(map(_key, records))


def with_asides(reader: Reader, texts: Sequence[str], rng: random.Random, count: int) -> Trial:
    """Put asides between sentences of texts."""
    cases = list(islice(_parted(reader, texts, rng), count))
    reader.prepare(new for _, new in cases)
    changed = [
        new for text, new in cases
        if _keys(_told(reader.read(text))) != _keys(_told(reader.read(new)))
    ]  # fmt: skip
    return Trial(len(cases), changed)


def _parted(reader: Reader, texts: Sequence[str], rng: random.Random) -> Iterator[tuple[str, str]]:
    for _ in range(_DRAWS * len(texts)):
        text = rng.choice(texts)
        reading = reader.read(text)
        ends = [sentence.end_char for sentence in list(reading.doc.sents)[:-1]]
        cuts = [end for end in ends if text[end - 1] in ".!?" and re.match(" [A-Z]", text[end:])]
        if cuts and _told(reading):
            cut = rng.choice(cuts)
            yield text, f"{text[:cut]} {rng.choice(ASIDES)}{text[cut:]}"


def beside_stories(
    reader: Reader, rows: Sequence[Sentence], rng: random.Random, count: int
) -> Trial:
    """Put rows between paragraphs of articles on other people in other countries."""
    cases = list(islice(_spliced(reader, rows, bodies(), rng), count))
    reader.prepare(new for *_, new in cases)
    changed = []
    for text, row, at, new in cases:
        alone, whole, told = reader.read(text), reader.read(new), reader.read(row.text)
        start, end = at + 2, at + 2 + len(row.text)
        own = _keys(_proven(whole, lambda a, b, s=start, e=end: s <= a and b <= e))
        before = _keys(_proven(whole, lambda _, b, s=start: b <= s))
        if own != _keys(_told(told)) or before != _keys(
            _proven(alone, lambda _, b, s=start: b <= s)
        ):
            changed.append(new)
    return Trial(len(cases), changed)


def _spliced(
    reader: Reader, rows: Sequence[Sentence], texts: Sequence[str], rng: random.Random
) -> Iterator[tuple[str, Sentence, int, str]]:
    plain = [row for row in rows if "\n" not in row.text and not re.match("[A-Z]{3}", row.text)]
    for _ in range(_DRAWS * len(plain)):
        text, row = rng.choice(texts), rng.choice(plain)
        one, other = _ends(reader.read(text)), _ends(reader.read(row.text))
        if other and not one & other:
            at = rng.choice([found.start() for found in re.finditer("\n\n", text)])
            yield text, row, at, f"{text[:at]}\n\n{row.text}{text[at:]}"


def _ends(reading: Reading) -> set[str]:
    """Return the countries and the names of the people that a text tells of."""
    lands = {entity.country for entity in reading.of(Entity) if entity.country}
    return lands.union(*(entity.name.split() for entity in reading.entities("person")))


def _proven(reading: Reading, fits: Callable[[int, int], bool]) -> Iterator[Told]:
    """Yield the records all of whose sentences lie where they should."""
    for record in _told(reading):
        if all(fits(proof.start, proof.end) for proof in record.evidence):
            yield record


def main() -> None:
    """Print the shares of the texts in which a record changed."""
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    reader = Reader()
    for stage in ("visits", "upgrades"):
        rows = rows_of(stage)
        texts = [row.text for row in rows]
        asides = with_asides(reader, texts, random.Random(seed), 600)
        stories = beside_stories(reader, rows, random.Random(seed), 600)
        print(f"{stage}: asides {asides.rate:.1%}, stories {stories.rate:.1%}")
    articles = with_asides(reader, bodies(), random.Random(seed), 300)
    print(f"articles: asides {articles.rate:.1%}")


if __name__ == "__main__":
    main()
