"""Merging, measured by B-cubed: are mentions of one fact in one record, and no others?

A mention is what one article tells of one fact. Gold that names facts (`fact`) says which mentions
are of one; the program says so by the record that has evidence in both articles. For each mention
precision is the share of the mentions in its record that are of its fact, recall the share of the
mentions of its fact that are in its record; both are averaged over the mentions (Bagga and Baldwin
1998). Mentions that the stages before did not find are left out of the first figure, which tells of
merging alone; the second counts them as lost, and false finds as wrong.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from models import Upgrade, Visit
from pipeline.evaluation.assign import assign
from pipeline.evaluation.compare import loose_upgrade, loose_visit
from pipeline.evaluation.found import Found
from pipeline.evaluation.gold import GoldArticle, GoldUpgrade, GoldVisit

Told = TypeVar("Told", Visit, Upgrade)


@dataclass(frozen=True)
class Mention:
    """One fact in one article: as labelled, as found, or both."""

    fact: str | None
    record: str | None


@dataclass(frozen=True)
class BCubed:
    """B-cubed figures over so many mentions."""

    precision: float
    recall: float
    mentions: int

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def merging_scores(golds: Sequence[GoldArticle], by_name: Mapping[str, Found]) -> dict[str, BCubed]:
    """Return the B-cubed figures of articles whose gold names facts, by measure; none for others.

    `merging.visits` and `merging.upgrades` are over the mentions that were found, `merging.all`
    over both, `merging.whole` over all that are labelled or found.
    """
    visits, upgrades = list(_visits(golds, by_name)), list(_upgrades(golds, by_name))
    if not any(mention.fact for mention in (*visits, *upgrades)):
        return {}
    both = [mention for mention in (*visits, *upgrades) if mention.fact and mention.record]
    return {
        "merging.visits": bcubed(m for m in visits if m.fact and m.record),
        "merging.upgrades": bcubed(m for m in upgrades if m.fact and m.record),
        "merging.all": bcubed(both),
        "merging.whole": bcubed([*visits, *upgrades]),
    }


def bcubed(mentions: Iterable[Mention]) -> BCubed:
    """Return the figures of some mentions.

    >>> bcubed([Mention("a", "1"), Mention("a", "1"), Mention("b", "1"), Mention("b", "2")]).recall
    0.75
    """
    rows = list(mentions)
    facts = Counter(row.fact for row in rows if row.fact)
    records = Counter(row.record for row in rows if row.record)
    shared = Counter((row.fact, row.record) for row in rows if row.fact and row.record)
    precision = sum(both**2 / records[record] for (_, record), both in shared.items())
    recall = sum(both**2 / facts[fact] for (fact, _), both in shared.items())
    found, labelled = sum(records.values()), sum(facts.values())
    return BCubed(
        precision=precision / found if found else 1.0,
        recall=recall / labelled if labelled else 1.0,
        mentions=len(rows),
    )


def _visits(golds: Sequence[GoldArticle], by_name: Mapping[str, Found]) -> Iterator[Mention]:
    for gold in golds:
        found = by_name.get(gold.article)
        records = [as_told(v, found.article.id) for v in found.visits] if found else []
        labels = gold.visits or ()
        if any(label.fact for label in labels) or not labels:
            scores = [[_visit_score(label, record, found) for record in records]
                      for label in labels]  # fmt: skip
            yield from _mentions([label.fact for label in labels], records, scores)


def _upgrades(golds: Sequence[GoldArticle], by_name: Mapping[str, Found]) -> Iterator[Mention]:
    for gold in golds:
        found = by_name.get(gold.article)
        records = list(found.upgrades) if found else []
        labels = gold.upgrades or ()
        if any(label.fact for label in labels) or not labels:
            scores = [[_upgrade_score(label, record, found) for record in records]
                      for label in labels]  # fmt: skip
            yield from _mentions([label.fact for label in labels], records, scores)


def _mentions(
    facts: Sequence[str | None], records: Sequence[Visit | Upgrade], scores: list[list[float]]
) -> Iterator[Mention]:
    pairs = dict(assign(scores))
    for row, fact in enumerate(facts):
        yield Mention(fact, records[pairs[row]].id if row in pairs else None)
    for column, record in enumerate(records):
        if column not in pairs.values():
            yield Mention(None, record.id)


def as_told(visit: Visit, article_id: str) -> Visit:
    """Return a merged visit with the values that one article tells where articles disagree.

    So that a visit wrongly merged is still known by what its article says of it.
    """
    told = {
        field: variant.value
        for field, values in visit.variants.items()
        for variant in values
        if article_id in variant.articles
    }
    update: dict[str, object] = {
        name: told[name] for name in ("start", "end", "status", "kind") if name in told
    }
    if "visitor.name" in told:
        update["visitor"] = visit.visitor.model_copy(update={"name": told["visitor.name"]})
    if "origin.code" in told and visit.origin:
        update["origin"] = visit.origin.model_copy(update={"code": told["origin.code"]})
    return visit.model_copy(update=update)


def _visit_score(gold: GoldVisit, found: Visit, where: Found | None) -> float:
    """Rank pairs of one destination: by traveller and by the words on which both stand."""
    if gold.destination != found.destination.code:
        return 0.0
    same, near = loose_visit(gold, found), _share_words(gold.evidence, found, where)
    dates = (gold.start == found.start) + (gold.end == found.end) + (gold.status == found.status)
    return 10.0 * same + 5.0 * near + dates if same or near else 0.0


def _upgrade_score(gold: GoldUpgrade, found: Upgrade, where: Found | None) -> float:
    if set(gold.parties) != {party.code for party in found.parties}:
        return 0.0
    same, near = loose_upgrade(gold, found), _share_words(gold.evidence, found, where)
    agree = (gold.date == found.date) + (gold.level == found.level)
    return 10.0 * same + 5.0 * near + agree if same or near else 0.0


def _share_words(quote: str, found: Visit | Upgrade, where: Found | None) -> bool:
    """Tell whether a record's evidence in an article stands on a quote's words."""
    if where is None or not quote:
        return False
    start = where.article.text.find(quote)
    return start >= 0 and any(
        proof.start < start + len(quote) and start < proof.end
        for proof in found.evidence
        if proof.article_id == where.article.id
    )


__all__ = ["BCubed", "Mention", "as_told", "bcubed", "merging_scores"]
