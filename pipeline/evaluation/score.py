"""Score what was found against what was labelled, article by article."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from models import Article, DateExpression, Entity, Upgrade, Visit
from pipeline.evaluation.assign import assign
from pipeline.evaluation.bcubed import merging_scores
from pipeline.evaluation.compare import (
    STRICT_UPGRADE,
    STRICT_VISIT,
    loose_upgrade,
    loose_visit,
    same_person,
    upgrade_fields,
    visit_fields,
)
from pipeline.evaluation.found import Found, load_outputs
from pipeline.evaluation.gold import GoldArticle, GoldDate, GoldUpgrade, GoldVisit, load_gold
from pipeline.evaluation.regions import region_of
from pipeline.evaluation.reliability import Judged
from pipeline.evaluation.report import Miss, MissKind, Report, Tally
from pipeline.reference.countries import is_country

AnyGold = TypeVar("AnyGold", GoldVisit, GoldUpgrade)
AnyFound = TypeVar("AnyFound", Visit, Upgrade)


def evaluate(gold_folder: Path, outputs: Path, *, part: str | None = None) -> Report:
    """Measure an output folder against a folder of gold; only labelled articles count.

    Args:
        gold_folder: JSON files of hand-labelled answers.
        outputs: folder that `communique run` wrote.
        part: `dev` or `test` alone; all of it by default.

    Raises:
        ReaderError: gold or outputs are missing or broken.
    """
    return score(load_gold(gold_folder, part=part), load_outputs(outputs))


def score(golds: Sequence[GoldArticle], founds: Iterable[Found]) -> Report:
    """Measure what was found in some articles against their gold."""
    by_name = {name: found for found in founds for name in found.names}
    parts = sorted({gold.part for gold in golds})
    report = Report({name: Tally() for name in ([*parts, "all"] if len(parts) > 1 else parts)})
    for gold in golds:
        found = by_name.get(gold.article)
        if found is None:
            report.absent.append(gold.article)
            found = Found(Article(id="", source_path=gold.article, text="", characters=0))
        tallies = [report.tallies[name] for name in (gold.part, "all") if name in report.tallies]
        _Scorer(gold, found, tallies, report).run()
    for name, tally in report.tallies.items():
        tally.merging = merging_scores([g for g in golds if name in (g.part, "all")], by_name)
    return report


class _Scorer:
    """Scores one article into the tallies that it counts for."""

    def __init__(
        self, gold: GoldArticle, found: Found, tallies: Sequence[Tally], report: Report
    ) -> None:
        self.gold, self.found, self.tallies, self.report = gold, found, tallies, report

    def run(self) -> None:
        for tally in self.tallies:
            tally.articles += 1
            tally.empty_articles += self.gold.is_empty
            if self.gold.is_empty:
                tally.false_in_empty["visits"] += len(self.found.visits)
                tally.false_in_empty["upgrades"] += len(self.found.upgrades)
        if self.gold.visits is not None:
            self._records("visits", self.gold.visits, self.found.visits, loose_visit, visit_fields,
                          STRICT_VISIT)  # fmt: skip
        if self.gold.upgrades is not None:
            self._records("upgrades", self.gold.upgrades, self.found.upgrades, loose_upgrade,
                          upgrade_fields, STRICT_UPGRADE)  # fmt: skip
        self._persons()
        self._countries()
        self._dates()

    def _count(self, measure: str, right: int, found: int, gold: int) -> None:
        for tally in self.tallies:
            tally.count(measure, right=right, found=found, gold=gold)

    def _miss(
        self, kind: MissKind, what: str, record: object, sentence: str = "", rule: str = ""
    ) -> None:
        self.report.misses.append(
            Miss(kind, what, self.gold.article, self.gold.part, str(record), sentence, rule)
        )

    def _records(
        self,
        kind: str,
        golds: Sequence[AnyGold],
        founds: Sequence[AnyFound],
        loose: Callable[[AnyGold, AnyFound], bool],
        fields: Callable[[AnyGold, AnyFound], Mapping[str, bool]],
        strict: Sequence[str],
    ) -> None:
        """Score visits or upgrades: the same method, other comparisons."""
        scores = [[_weight(g, f, loose, fields, strict) for f in founds] for g in golds]
        pairs = assign(scores)
        exact = 0
        for row, column in pairs:
            gold, found = golds[row], founds[column]
            agreeing = fields(gold, found)
            exact += all(agreeing[name] for name in strict)
            for tally in self.tallies:
                for name, agrees in agreeing.items():
                    tally.fields[f"{kind}.{name}"].update(all=1, right=int(agrees))
            wrong = [name for name, agrees in agreeing.items() if not agrees]
            if wrong:
                said = ", ".join(
                    f"{n} {_value(gold, n)!r} found {_value(found, n)!r}" for n in wrong
                )
                self._miss(
                    "inexact", kind, f"{describe(gold)} — {said}", gold.evidence, _rule(found)
                )
        self._count(f"{kind}.loose", len(pairs), len(founds), len(golds))
        self._count(f"{kind}.strict", exact, len(founds), len(golds))
        rows, columns = {row for row, _ in pairs}, {column for _, column in pairs}
        self._regions(kind, golds, founds, rows)
        for tally in self.tallies:
            tally.judged[kind] += [
                Judged(found.confidence, column in columns, found.id)
                for column, found in enumerate(founds)
            ]
        for row, gold in enumerate(golds):
            if row not in rows:
                self._miss("missed", kind, describe(gold), gold.evidence)
        for column, found in enumerate(founds):
            if column not in columns:
                self._miss("false", kind, describe(found), self._sentence(found), _rule(found))

    def _regions(
        self,
        kind: str,
        golds: Sequence[AnyGold],
        founds: Sequence[AnyFound],
        right: Collection[int],
    ) -> None:
        """Count loose matches by region; a pair lies in one, as its places agree."""
        for tally in self.tallies:
            regions = tally.regions[kind]
            for row, gold in enumerate(golds):
                regions[region_of(gold)].gold += 1
                regions[region_of(gold)].right += row in right
            for found in founds:
                regions[region_of(found)].found += 1

    def _sentence(self, found: Visit | Upgrade) -> str:
        here = [span.text for span in found.evidence if span.article_id == self.found.article.id]
        return next(iter(here), "")

    def _persons(self) -> None:
        if self.gold.persons is None:
            return
        founds = [entity for entity in self.found.entities if entity.kind == "person"]
        scores = [
            [
                (1.0 + (gold.country == found.country))
                * same_person(gold, found, elsewhere=self._elsewhere(found))
                for found in founds
            ]
            for gold in self.gold.persons
        ]
        pairs = assign(scores)
        right = 0
        for row, column in pairs:
            gold, found = self.gold.persons[row], founds[column]
            agrees = gold.country == found.country
            right += agrees
            if not agrees:
                said = f"{gold.name}: country {gold.country} found {found.country}"
                self._miss("inexact", "persons", said)
        self._count("persons.name", len(pairs), len(founds), len(self.gold.persons))
        self._count("persons.country", right, len(founds), len(self.gold.persons))
        rows, columns = {row for row, _ in pairs}, {column for _, column in pairs}
        for row, gold in enumerate(self.gold.persons):
            if row not in rows:
                self._miss("missed", "persons", f"{gold.name} ({gold.country}), {gold.role}")
        for column, found in enumerate(founds):
            if column not in columns:
                self._miss("false", "persons", f"{found.name} ({found.country})")

    def _elsewhere(self, entity: Entity) -> bool:
        return any(span.article_id != self.found.article.id for span in entity.mentions)

    def _countries(self) -> None:
        if self.gold.countries is None:
            return
        gold = {code for code in self.gold.countries if is_country(code)}
        countries = (entity for entity in self.found.entities if entity.kind == "country")
        found = {
            entity.country for entity in countries if entity.country and is_country(entity.country)
        }
        self._count("countries.code", len(gold & found), len(found), len(gold))
        for code in sorted(gold - found):
            self._miss("missed", "countries", code)
        for code in sorted(found - gold):
            self._miss("false", "countries", code, self._mention_of(code))

    def _mention_of(self, code: str) -> str:
        spans = (
            span
            for entity in self.found.entities
            if entity.kind == "country" and entity.country == code
            for span in entity.mentions
            if span.article_id == self.found.article.id
        )
        first = next(spans, None)
        text = self.found.article.text
        return text[max(0, first.start - 60) : first.end + 60] if first else ""

    def _dates(self) -> None:
        """Score temporal expressions by the TempEval-3 convention.

        Type, value and interval count where spans overlap and the attribute agrees too.
        """
        if self.gold.dates is None:
            return
        text, founds = self.found.article.text, self.found.dates
        golds: list[tuple[GoldDate, tuple[int, int]]] = []
        for gold in self.gold.dates:
            span = gold.span(text)
            if span is None and text:
                self.report.problems.append(f"{self.gold.article}: no {gold.text!r} no. {gold.nth}")
            elif span is not None:
                golds.append((gold, span))
        pairs = assign([[_overlap(span, found) for found in founds] for _, span in golds])
        right = dict.fromkeys(("strict", "relaxed", "type", "value", "interval"), 0)
        for row, column in pairs:
            (gold, span), found = golds[row], founds[column]
            agreeing = {
                "strict": span == (found.start, found.end),
                "relaxed": True,
                "type": gold.type == found.type,
                "value": (gold.value or "") == found.value,
                "interval": (gold.earliest, gold.latest) == (found.earliest, found.latest),
            }
            for name, agrees in agreeing.items():
                right[name] += agrees
            if wrong := [name for name, agrees in agreeing.items() if not agrees]:
                said = f"{_describe_date(gold)} — {', '.join(wrong)}: found {_describe_date(found)}"
                self._miss("inexact", "dates", said, _around(text, *span), found.rule)
        absent = len(self.gold.dates) if not text else len(golds)
        for name, hits in right.items():
            self._count(f"dates.{name}", hits, len(founds), absent)
        self._date_misses(golds, founds, pairs)

    def _date_misses(
        self,
        golds: Sequence[tuple[GoldDate, tuple[int, int]]],
        founds: Sequence[DateExpression],
        pairs: Sequence[tuple[int, int]],
    ) -> None:
        text = self.found.article.text
        rows, columns = {row for row, _ in pairs}, {column for _, column in pairs}
        for row, (gold, span) in enumerate(golds):
            if row not in rows:
                self._miss("missed", "dates", _describe_date(gold), _around(text, *span))
        for column, found in enumerate(founds):
            if column not in columns:
                around = _around(text, found.start, found.end)
                self._miss("false", "dates", _describe_date(found), around, found.rule)


def _weight(
    gold: AnyGold,
    found: AnyFound,
    loose: Callable[[AnyGold, AnyFound], bool],
    fields: Callable[[AnyGold, AnyFound], Mapping[str, bool]],
    strict: Sequence[str],
) -> float:
    """Rank pairs: a loose match first, then what strictness asks, then the other fields."""
    if not loose(gold, found):
        return 0.0
    agreeing = fields(gold, found)
    evidence = any(
        span.text in gold.evidence or gold.evidence in span.text for span in found.evidence
    )
    return (
        100.0
        + sum(10 if name in strict else 1 for name in agreeing if agreeing[name])
        + 5 * evidence
    )


def _overlap(span: tuple[int, int], found: DateExpression) -> float:
    return float(max(0, min(span[1], found.end) - max(span[0], found.start)))


def _around(text: str, start: int, end: int) -> str:
    return f"{text[max(0, start - 60) : start]}[{text[start:end]}]{text[end : end + 60]}"


def _describe_date(date: GoldDate | DateExpression) -> str:
    return f"{date.text!r} {date.type} {date.value} {date.earliest}..{date.latest}"


def describe(record: GoldVisit | GoldUpgrade | Visit | Upgrade) -> str:
    """Return a record as one line."""
    if isinstance(record, GoldVisit | Visit):
        named, role, origin, destination = _trip(record)
        dates = f"{record.start}..{record.end}"
        count = f"×{record.count}" + (" first" if record.first else "")
        return f"{named} ({role}) {origin}→{destination} {dates} {record.status} {count}"
    codes = (party if isinstance(party, str) else party.code for party in record.parties)
    return f"{'–'.join(codes)} {record.level} {record.change} {record.date} {record.status}"


def _trip(record: GoldVisit | Visit) -> tuple[str | None, str | None, str | None, str | None]:
    if isinstance(record, GoldVisit):
        return record.visitor, record.role, record.origin, record.destination
    origin = record.origin.code if record.origin else None
    return record.visitor.name, record.visitor.role, origin, record.destination.code


def _value(record: GoldVisit | GoldUpgrade | Visit | Upgrade, name: str) -> object:
    if name == "role" and isinstance(record, Visit):
        return record.visitor.role
    return getattr(record, name)


def _rule(record: Visit | Upgrade) -> str:
    return ", ".join(sorted({span.rule for span in record.evidence if span.rule}))
