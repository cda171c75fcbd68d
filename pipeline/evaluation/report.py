"""The counts of a measure, and how they are shown."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from pipeline.evaluation.bcubed import BCubed
from pipeline.evaluation.reliability import Judged, bins, calibration_error

#: In the order of the report: what is counted, and what it is called there.
MEASURES = {
    "visits.loose": "visits: who, whence, whither",
    "visits.strict": "visits: also start, status, count",
    "upgrades.loose": "upgrades: parties, level, change",
    "upgrades.strict": "upgrades: also date, status",
    "persons.name": "persons: whole name",
    "persons.country": "persons: also country",
    "countries.code": "countries",
    "dates.strict": "dates: exact span",
    "dates.relaxed": "dates: overlapping span",
    "dates.type": "dates: also type",
    "dates.value": "dates: also value",
    "dates.interval": "dates: also earliest, latest",
}

#: How well the mentions of one fact are brought together (B-cubed), where gold names facts.
MERGING = {
    "merging.visits": "merging: visits found",
    "merging.upgrades": "merging: upgrades found",
    "merging.all": "merging: all found",
    "merging.whole": "merging: missed and false count too",
}

MissKind = Literal["missed", "false", "inexact"]


@dataclass
class Score:
    """True positives, and how many were found and labelled."""

    right: int = 0
    found: int = 0
    gold: int = 0

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 1 where nothing was found."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of what was labelled that was found; 1 where nothing was labelled."""
        return self.right / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.found + self.gold
        return 2 * self.right / total if total else 1.0

    def to_dict(self) -> dict[str, float]:
        """Return plain numbers, rounded to four places."""
        return {
            "precision": round(self.precision, 4),
            "recall": round(self.recall, 4),
            "f1": round(self.f1, 4),
            "right": self.right,
            "found": self.found,
            "gold": self.gold,
        }


@dataclass(frozen=True)
class Miss:
    """One record missed, falsely found, or found with a wrong field."""

    kind: MissKind
    type: str
    article: str
    part: str
    record: str
    sentence: str
    rule: str = ""


@dataclass
class Tally:
    """The counts over some articles."""

    articles: int = 0
    empty_articles: int = 0
    scores: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    #: Field of a record type -> (agreeing, compared), over loosely matching pairs.
    fields: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    #: Records found in articles that hold none.
    false_in_empty: Counter[str] = field(default_factory=Counter)
    #: Record type -> region -> loose matches.
    regions: dict[str, dict[str, Score]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(Score))
    )
    merging: dict[str, BCubed] = field(default_factory=dict)
    #: Record type -> every record found, with its confidence.
    judged: dict[str, list[Judged]] = field(default_factory=lambda: defaultdict(list))

    def count(self, measure: str, *, right: int, found: int, gold: int) -> None:
        """Add one article's counts."""
        score = self.scores[measure]
        score.right += right
        score.found += found
        score.gold += gold

    def to_dict(self) -> dict[str, Any]:
        """Return plain numbers, rounded to four places."""
        scores: dict[str, dict[str, float]] = {
            name: score.to_dict()
            for name in MEASURES
            if (score := self.scores.get(name)) is not None
        }
        scores |= {
            name: {
                "precision": round(figures.precision, 4),
                "recall": round(figures.recall, 4),
                "f1": round(figures.f1, 4),
                "mentions": figures.mentions,
            }
            for name, figures in self.merging.items()
        }
        fields = {
            name: {"accuracy": round(hits["right"] / hits["all"], 4), "compared": hits["all"]}
            for name, hits in sorted(self.fields.items())
            if hits["all"]
        }
        return {
            "articles": self.articles,
            "empty_articles": self.empty_articles,
            "scores": scores,
            "fields": fields,
            "regions": {
                kind: {name: score.to_dict() for name, score in sorted(regions.items())}
                for kind, regions in sorted(self.regions.items())
            },
            "false_in_empty": {
                kind: round(self.false_in_empty[kind] / self.empty_articles, 4)
                for kind in ("visits", "upgrades")
                if self.empty_articles
            },
            "confidence": {
                kind: {
                    "error": calibration_error(judged),
                    "bins": [asdict(one) for one in bins(judged)],
                }
                for kind, judged in sorted(self.judged.items())
                if judged
            },
        }


@dataclass
class Report:
    """A measure over a gold folder: counts by part and over all, and what went wrong."""

    tallies: dict[str, Tally]
    misses: list[Miss] = field(default_factory=list)
    #: Labelled articles that are not among the outputs; all their records count as missed.
    absent: list[str] = field(default_factory=list)
    #: Gold that cannot be scored, such as a date whose words are not in the text.
    problems: list[str] = field(default_factory=list)

    def to_dict(self, *, misses: bool = False) -> dict[str, Any]:
        """Return the report as JSON would hold it."""
        data: dict[str, Any] = {name: tally.to_dict() for name, tally in self.tallies.items()}
        data["absent"], data["problems"] = self.absent, self.problems
        if misses:
            data["misses"] = [asdict(miss) for miss in self.misses]
        return data

    def to_text(self, *, misses: bool = False) -> str:
        """Return the report as a person reads it."""
        lines = [line for name, tally in self.tallies.items() for line in _table(name, tally)]
        lines += [f"not in the outputs: {name}" for name in self.absent]
        lines += [f"gold that cannot be scored: {problem}" for problem in self.problems]
        if misses:
            lines += [line for miss in self.misses for line in _miss_lines(miss)]
        return "\n".join(lines)


def _table(name: str, tally: Tally) -> Iterator[str]:
    yield f"{name}: {tally.articles} articles, {tally.empty_articles} of them with nothing to find"
    yield f"  {'':36} {'P':>6} {'R':>6} {'F1':>6}   {'right':>5} {'found':>5} {'gold':>5}"
    for measure, label in MEASURES.items():
        score = tally.scores.get(measure)
        if score is not None:
            yield (
                f"  {label:36} {score.precision:6.3f} {score.recall:6.3f} {score.f1:6.3f}"
                f"   {score.right:5d} {score.found:5d} {score.gold:5d}"
            )
    for measure, figures in tally.merging.items():
        yield (
            f"  {MERGING[measure]:36} {figures.precision:6.3f} {figures.recall:6.3f} "
            f"{figures.f1:6.3f}   {figures.mentions:5d} mentions"
        )
    accuracies = [
        f"{field} {hits['right'] / hits['all']:.2f}"
        for field, hits in sorted(tally.fields.items())
        if hits["all"]
    ]
    if accuracies:
        yield "  fields: " + ", ".join(accuracies)
    for kind, regions in sorted(tally.regions.items()):
        yield from _region_lines(kind, regions)
    if tally.empty_articles:
        rates = (
            f"{tally.false_in_empty[kind] / tally.empty_articles:.2f} {kind}"
            for kind in ("visits", "upgrades")
        )
        yield f"  false finds an article with nothing to find: {', '.join(rates)}"
    for kind, judged in sorted(tally.judged.items()):
        yield from _reliability_lines(kind, judged)
    yield ""


def _region_lines(kind: str, regions: Mapping[str, Score]) -> Iterator[str]:
    """Yield loose matches by the continent of a visit's destination, an upgrade's first party."""
    if not regions:
        return
    yield f"  {kind} by region"
    for name, score in sorted(regions.items(), key=lambda item: (-item[1].gold, item[0])):
        yield (
            f"    {name:34} {score.precision:6.3f} {score.recall:6.3f} {score.f1:6.3f}"
            f"   {score.right:5d} {score.found:5d} {score.gold:5d}"
        )


def _reliability_lines(kind: str, judged: Sequence[Judged]) -> Iterator[str]:
    """Yield what the confidence of records says, and how often they are right."""
    if not judged:
        return
    label = f"confidence of {kind}, off by {calibration_error(judged):.2f}"
    yield f"  {label:36} {'said':>6} {'right':>6} {'records':>9}"
    for one in bins(judged):
        span = f"{one.low:.1f} to {one.high:.1f}"
        yield f"  {span:36} {one.said:6.2f} {one.right:6.2f} {one.records:9d}"


def _miss_lines(miss: Miss) -> Iterator[str]:
    rule = f"  [{miss.rule}]" if miss.rule else ""
    yield f"{miss.kind:7} {miss.type:9} {miss.article} ({miss.part}){rule}"
    yield f"        {miss.record}"
    if miss.sentence:
        yield f"        “{' '.join(miss.sentence.split())}”"
