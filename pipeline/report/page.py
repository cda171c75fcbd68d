"""The report: one self-contained page over the files of an output folder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from pydantic import ValidationError

from models import Article, Entity, Evidence, Record, Reject, Upgrade, Visit
from pipeline.errors import StoreError
from pipeline.stages.write.writer import read_manifest, read_table

#: Rows of one table on the page; the files hold all.
MOST_ROWS = 5_000
#: Characters of the article shown on each side of a sentence.
AROUND = 240
#: Evidence shown of one record.
MOST_EVIDENCE = 8


@dataclass(frozen=True)
class Quote:
    """A sentence in its place in the article."""

    before: str
    sentence: str
    after: str
    rule: str
    article: Article | None
    link: str | None


@dataclass(frozen=True)
class Shown:
    """A record and the sentences that prove it."""

    record: Record
    quotes: tuple[Quote, ...]
    more: int


def render(folder: Path) -> str:
    """Return the page of an output folder.

    Raises:
        StoreError: the folder holds no results, or not as they were written.
    """
    manifest = read_manifest(folder)
    visits = _table(folder, "visits", Visit)
    upgrades = _table(folder, "upgrades", Upgrade)
    wanted = {span.article_id for record in (*visits, *upgrades) for span in _evidence(record)}
    articles = _table(folder, "articles", Article)
    texts = {article.id: article for article in articles if article.id in wanted}
    persons = [entity for entity in _table(folder, "entities", Entity) if entity.kind == "person"]
    environment = Environment(
        loader=PackageLoader("pipeline.report", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["period"] = period
    context: Mapping[str, Any] = {
        "manifest": manifest,
        "totals": _totals(visits, upgrades, persons, articles),
        "visits": _shown(_latest_first(visits), texts),
        "upgrades": _shown(_latest_first(upgrades), texts),
        "persons": persons[:MOST_ROWS],
        "articles": articles[:MOST_ROWS],
        "rejects": _table(folder, "rejects", Reject)[:MOST_ROWS],
        "most_rows": MOST_ROWS,
        "safe_link": safe_link,
    }
    return environment.get_template("page.html.jinja").render(context)


def _latest_first(records: Iterable[Visit | Upgrade]) -> list[Visit | Upgrade]:
    """Return records by day, the latest first, those without one last."""

    def day(record: Visit | Upgrade) -> tuple[str, str]:
        told = record.date if isinstance(record, Upgrade) else record.start or record.end
        return told or "", record.id

    return sorted(records, key=day, reverse=True)


def _table(folder: Path, name: str, kind: type[Any]) -> list[Any]:
    path = folder / f"{name}.json"
    try:
        return list(read_table(path, kind))
    except (OSError, ValidationError, UnicodeDecodeError) as error:
        raise StoreError(f"{path} is not as it was written: `communique run` again") from error


def _totals(
    visits: Sequence[Visit],
    upgrades: Sequence[Upgrade],
    persons: Sequence[Entity],
    articles: Sequence[Article],
) -> dict[str, int]:
    return {
        "visits": len(visits),
        "upgrades": len(upgrades),
        "persons": len(persons),
        "articles": len(articles),
    }


def _evidence(record: Record) -> tuple[Evidence, ...]:
    found: tuple[Evidence, ...] = getattr(record, "evidence", ())
    return found[:MOST_EVIDENCE]


def _shown(records: Iterable[Record], articles: Mapping[str, Article]) -> list[Shown]:
    return [
        Shown(
            record,
            tuple(_quotes(record, articles)),
            len(getattr(record, "evidence", ())) - len(_evidence(record)),
        )
        for record in islice(records, MOST_ROWS)
    ]


def _quotes(record: Record, articles: Mapping[str, Article]) -> Iterator[Quote]:
    for span in _evidence(record):
        article = articles.get(span.article_id)
        text = article.text if article else ""
        before = text[max(0, span.start - AROUND) : span.start]
        after = text[span.end : span.end + AROUND]
        if span.start > AROUND:
            before = "…" + before
        if span.end + AROUND < len(text):
            after += "…"
        link = safe_link(article.url if article else None)
        yield Quote(before, span.text, after, span.rule, article, link)


def safe_link(url: str | None) -> str | None:
    """Return a url that may be followed: a web page's, never a script."""
    return url if url and url.lower().startswith(("http://", "https://")) else None


def period(record: Visit) -> str:
    """Return when a visit took place, in one cell."""
    if record.start == record.end:
        return record.start or ""
    return f"{record.start or '…'} – {record.end or '…'}"
