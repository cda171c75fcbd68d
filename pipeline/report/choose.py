"""What of an output folder the page holds, and what it leaves out and says so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from models import Article, Entity, Upgrade, Visit
from pipeline.marking import Mark, marks_by_article
from pipeline.results import Results

#: How much one page holds and stays quick; the store and the files hold all.
MOST_RECORDS = 20_000
MOST_ARTICLES = 5_000
MOST_PERSONS = 5_000
MOST_OTHERS = 2_000

Told = Visit | Upgrade


@dataclass(frozen=True)
class Limits:
    """How many of each kind a page holds."""

    records: int = MOST_RECORDS
    articles: int = MOST_ARTICLES
    persons: int = MOST_PERSONS
    others: int = MOST_OTHERS


@dataclass(frozen=True)
class Chosen:
    """The records and articles of a page, the latest first, and how many were left out."""

    visits: tuple[Visit, ...]
    upgrades: tuple[Upgrade, ...]
    articles: tuple[Article, ...]
    persons: tuple[Entity, ...]
    marks: dict[str, list[Mark]]
    totals: dict[str, int]
    left_out: dict[str, int]


def choose(results: Results, limits: Limits) -> Chosen:
    """Choose the latest records, and the articles that they stand on first."""
    told = latest_first([*results.visits, *results.upgrades])[: limits.records]
    visits = tuple(record for record in told if isinstance(record, Visit))
    upgrades = tuple(record for record in told if isinstance(record, Upgrade))
    articles, articles_read = _articles(results, told, limits.articles)
    shown = {article.id for article in articles}
    persons, entities = _entities(results, shown)
    ranked = sorted(persons, key=lambda person: (-len(person.mentions), person.name, person.id))
    totals = {
        "visits": len(results.visits),
        "upgrades": len(results.upgrades),
        "persons": len(persons),
        "articles": articles_read,
    }
    kept = {
        "visits": len(visits),
        "upgrades": len(upgrades),
        "persons": min(len(ranked), limits.persons),
        "articles": len(articles),
    }
    dates = (date for date in results.dates if date.article_id in shown)
    return Chosen(
        visits=visits,
        upgrades=upgrades,
        articles=articles,
        persons=tuple(ranked[: limits.persons]),
        marks=marks_by_article(entities, dates),
        totals=totals,
        left_out={name: totals[name] - kept[name] for name in totals if totals[name] > kept[name]},
    )


def latest_first(records: Iterable[Told]) -> list[Told]:
    """Return records by day, the latest first, those without one last."""

    def day(record: Told) -> tuple[str, str]:
        told = record.date if isinstance(record, Upgrade) else record.start or record.end
        return told or "", record.id

    return sorted(records, key=day, reverse=True)


def _articles(results: Results, told: Iterable[Told], most: int) -> tuple[tuple[Article, ...], int]:
    """Return the articles that records stand on, the most needed first, then others."""
    needed = Counter(span.article_id for record in told for span in record.evidence[:1])
    further = Counter(span.article_id for record in told for span in record.evidence[1:])
    order = [*(article for article, _ in needed.most_common()), *further]
    wanted = set(list(dict.fromkeys(order))[:most])
    proving: list[Article] = []
    others: list[Article] = []
    count = 0
    for article in results.read("articles", Article):
        count += 1
        if article.id in wanted:
            proving.append(article)
        elif len(wanted) + len(others) < most:
            others.append(article)
    found = [*proving, *others][:most]
    found.sort(key=lambda article: (article.published or "", article.id), reverse=True)
    return tuple(found), count


def _entities(results: Results, shown: set[str]) -> tuple[list[Entity], list[Entity]]:
    """Return the persons, and all entities with their mentions in the articles shown."""
    persons: list[Entity] = []
    mentioned: list[Entity] = []
    for entity in results.entities:
        if entity.kind == "person":
            persons.append(entity)
        inside = tuple(span for span in entity.mentions if span.article_id in shown)
        if inside:
            mentioned.append(entity.model_copy(update={"mentions": inside}))
    return persons, mentioned


def places_of(record: Told) -> Iterator[tuple[str, str]]:
    """Yield the codes and names of the countries that a record is of."""
    if isinstance(record, Upgrade):
        yield from ((party.code, party.name) for party in record.parties)
        return
    if record.origin is not None:
        yield record.origin.code, record.origin.name
    if record.destination.code is not None:
        yield record.destination.code, record.destination.name or record.destination.code


__all__ = [
    "MOST_ARTICLES",
    "MOST_RECORDS",
    "Chosen",
    "Limits",
    "choose",
    "latest_first",
    "places_of",
]
