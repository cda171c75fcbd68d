"""Score temporal expressions on a folder of TimeML files, by the TempEval-3 convention.

A found expression matches a gold one strictly when their spans are equal, relaxed when they share
a character; each gold expression is matched once. Type and value scores are the relaxed F1 times
the share of matched pairs with the right type or value (UzZaman et al. 2013).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from xml.etree import ElementTree

from models import DateExpression
from pipeline.errors import ReaderError
from pipeline.evaluation.timexes import in_timeml
from pipeline.stages.dates.find import find_dates

#: Text and partial publication date to expressions.
Finder = Callable[[str, str | None], Sequence[DateExpression]]


@dataclass(frozen=True)
class Timex:
    """A gold expression; offsets count code points of the document's text."""

    start: int
    end: int
    text: str
    type: str
    value: str


@dataclass(frozen=True)
class TimemlDocument:
    """A `.tml` file: its text, its creation date where it gives one, its expressions."""

    name: str
    text: str
    published: str | None
    timexes: tuple[Timex, ...]


@dataclass(frozen=True)
class Miss:
    """A pair, a missed gold expression or a false find that does not agree in span and value."""

    document: str
    gold: Timex | None
    found: DateExpression | None
    context: str


@dataclass
class Counts:
    """How many expressions were asked for, found, and right."""

    gold: int = 0
    found: int = 0
    strict: int = 0
    relaxed: int = 0
    type: int = 0
    value: int = 0

    def f1(self, matched: int) -> float:
        """Return F1 of a number of right finds."""
        total = self.gold + self.found
        return 2 * matched / total if total else 1.0

    def scores(self) -> dict[str, float]:
        """Return the four F1 scores, with precision and recall of the relaxed match."""
        return {
            "precision": self.relaxed / self.found if self.found else 1.0,
            "recall": self.relaxed / self.gold if self.gold else 1.0,
            "strict": self.f1(self.strict),
            "relaxed": self.f1(self.relaxed),
            "type": self.f1(self.type),
            "value": self.f1(self.value),
        }


@dataclass
class TimemlReport:
    """Scores over a folder: all types together, and each gold type alone (DATE, TIME, …)."""

    documents: int = 0
    characters: int = 0
    seconds: float = 0.0
    counts: dict[str, Counts] = field(default_factory=dict)
    misses: list[Miss] = field(default_factory=list)

    def text(self, *, misses: bool = False) -> str:
        """Return the report as lines of a table; with `misses` also what disagrees."""
        speed = self.characters / self.seconds if self.seconds else 0.0
        lines = [
            (
                f"{self.documents} documents, {self.characters:,} characters, "
                f"{speed:,.0f} characters a second"
            ),
            (
                f"{'':10}{'gold':>6}{'found':>7}{'P':>7}{'R':>7}"
                f"{'strict':>8}{'relaxed':>9}{'type':>7}{'value':>7}"
            ),
        ]
        for name, counts in self.counts.items():
            one = {key: 100 * score for key, score in counts.scores().items()}
            lines.append(
                f"{name:10}{counts.gold:>6}{counts.found:>7}{one['precision']:>7.1f}"
                f"{one['recall']:>7.1f}{one['strict']:>8.1f}{one['relaxed']:>9.1f}"
                f"{one['type']:>7.1f}{one['value']:>7.1f}"
            )
        if misses:
            lines += [_miss_line(miss) for miss in self.misses]
        return "\n".join(lines)

    def as_dict(self) -> dict[str, object]:
        """Return the scores as plain data, for JSON."""
        return {
            "documents": self.documents,
            "characters": self.characters,
            "scores": {name: counts.scores() for name, counts in self.counts.items()},
        }


def _miss_line(miss: Miss) -> str:
    gold = f"{miss.gold.text!r} {miss.gold.type} {miss.gold.value}" if miss.gold else "-"
    found = (
        f"{miss.found.text!r} {miss.found.type} {miss.found.value} [{miss.found.rule}]"
        if miss.found
        else "-"
    )
    return f"{miss.document}\tgold {gold}\tfound {found}\t… {miss.context} …".replace("\n", " ")


def read_timeml(path: Path) -> TimemlDocument:
    """Read a `.tml` file.

    Raises:
        ReaderError: it is no XML or has no TEXT element.
    """
    try:
        # Gold files are the caller's own; expat bounds the growth of entities by itself.
        root = ElementTree.parse(path).getroot()  # noqa: S314
    except (ElementTree.ParseError, OSError) as error:
        raise ReaderError(str(path), "bad-timeml", str(error)) from error
    body = root.find(".//TEXT")
    if body is None:
        raise ReaderError(str(path), "bad-timeml", "no TEXT element")
    parts: list[str] = []
    timexes = tuple(_walk(body, parts))
    created = next(
        (
            element.get("value", "")
            for element in root.iter("TIMEX3")
            if element.get("functionInDocument") in ("CREATION_TIME", "PUBLICATION_TIME")
        ),
        "",
    )
    return TimemlDocument(path.stem, "".join(parts), _partial(created), timexes)


def _partial(value: str) -> str | None:
    """Return the calendar part of a creation time, None where it is not one."""
    day = value.partition("T")[0]
    pieces = day.split("-")
    if not all(piece.isdigit() for piece in pieces) or len(pieces[0]) != 4:
        return None
    return "-".join(pieces[:3])


def _walk(element: ElementTree.Element, parts: list[str]) -> Iterator[Timex]:
    """Gather text into `parts` and yield the expressions with their offsets."""
    begin = sum(map(len, parts))
    parts.append(element.text or "")
    for child in element:
        yield from _walk(child, parts)
        parts.append(child.tail or "")
    if element.tag == "TIMEX3":
        text = "".join(parts)[begin:]
        if text.strip():
            end = begin + len(text)
            yield Timex(begin, end, text, element.get("type", ""), element.get("value", ""))


def evaluate_timeml(folder: Path, *, find: Finder | None = None) -> TimemlReport:
    """Score a finder on all `.tml` files under a folder.

    Args:
        folder: walked recursively, in sorted order.
        find: what to score; by default the dates stage on bare text and creation date, its
            ranges cut into their ends.

    Raises:
        ReaderError: the folder holds no `.tml` file, or one that cannot be read.
    """
    paths = sorted(folder.rglob("*.tml")) if folder.is_dir() else [folder]
    if not paths:
        raise ReaderError(str(folder), "empty", "no .tml files")
    finder = find or (lambda text, published: in_timeml(find_dates(text, published=published)))
    report = TimemlReport(counts={"all": Counts()})
    for path in paths:
        document = read_timeml(path)
        begin = perf_counter()
        found = finder(document.text, document.published)
        report.seconds += perf_counter() - begin
        report.documents += 1
        report.characters += len(document.text)
        _score(document, found, report)
    return report


def _score(document: TimemlDocument, found: Sequence[DateExpression], report: TimemlReport) -> None:
    pairs = _pair(document.timexes, found)
    of_found = {id(one): gold for gold, one in pairs if one is not None and gold is not None}
    for gold, one in pairs:
        for name in {"all", gold.type}:
            counts = report.counts.setdefault(name, Counts())
            counts.gold += 1
            if one is not None:
                counts.relaxed += 1
                counts.strict += (gold.start, gold.end) == (one.start, one.end)
                counts.type += gold.type == one.type
                counts.value += gold.value == one.value
        if one is None or (gold.start, gold.end, gold.value) != (one.start, one.end, one.value):
            report.misses.append(_miss(document, gold, one, gold))
    for one in found:
        matched = of_found.get(id(one))
        for name in {"all", matched.type if matched else one.type}:
            report.counts.setdefault(name, Counts()).found += 1
        if matched is None:
            report.misses.append(_miss(document, None, one, one))


def _miss(
    document: TimemlDocument,
    gold: Timex | None,
    found: DateExpression | None,
    one: Timex | DateExpression,
) -> Miss:
    context = document.text[max(0, one.start - 70) : one.end + 50]
    return Miss(document.name, gold, found, " ".join(context.split()))


def _pair(
    golds: Sequence[Timex], found: Sequence[DateExpression]
) -> list[tuple[Timex, DateExpression | None]]:
    """Give each gold expression the found one that shares most of it, each found one once."""
    pairs: list[tuple[Timex, DateExpression | None]] = []
    used: set[int] = set()
    for gold in golds:
        best, most = None, 0
        for one in found:
            shared = min(gold.end, one.end) - max(gold.start, one.start)
            if id(one) not in used and shared > most:
                best, most = one, shared
        if best is not None:
            used.add(id(best))
        pairs.append((gold, best))
    return pairs
