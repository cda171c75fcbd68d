"""What the program found in one article, as the measure sees it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TypeVar

from pydantic import ValidationError

from models import Article, DateExpression, Entity, Record, Upgrade, Visit
from pipeline.errors import ReaderError

AnyRecord = TypeVar("AnyRecord", bound=Record)


@dataclass(frozen=True)
class Found:
    """An article and the records that have evidence in it."""

    article: Article
    entities: Sequence[Entity] = ()
    dates: Sequence[DateExpression] = ()
    visits: Sequence[Visit] = ()
    upgrades: Sequence[Upgrade] = ()

    @property
    def names(self) -> frozenset[str]:
        """The names by which gold may call the article: its files', with `#id` for a row."""
        files = {
            PurePath(path).name for path in (self.article.source_path, *self.article.other_paths)
        }
        return frozenset(files | {f"{file}#{self.article.id}" for file in files})


def load_outputs(folder: Path) -> tuple[Found, ...]:
    """Return what an output folder holds, article by article.

    A record that was merged over articles counts in each that has evidence for it.

    Raises:
        ReaderError: a record file is missing or broken.
    """
    return arrange(
        _load(folder, "articles", Article),
        entities=_load(folder, "entities", Entity),
        dates=_load(folder, "dates", DateExpression),
        visits=_load(folder, "visits", Visit),
        upgrades=_load(folder, "upgrades", Upgrade),
    )


def arrange(
    articles: Iterable[Article],
    *,
    entities: Iterable[Entity],
    dates: Iterable[DateExpression],
    visits: Iterable[Visit],
    upgrades: Iterable[Upgrade],
) -> tuple[Found, ...]:
    """Return records article by article; a merged one counts in each that has evidence for it."""
    named = _by_article(
        (mention.article_id, each) for each in entities for mention in each.mentions
    )
    dated = _by_article((date.article_id, date) for date in dates)
    visited = _by_article((span.article_id, each) for each in visits for span in each.evidence)
    raised = _by_article((span.article_id, each) for each in upgrades for span in each.evidence)
    return tuple(
        Found(
            article,
            entities=named.get(article.id, ()),
            dates=dated.get(article.id, ()),
            visits=visited.get(article.id, ()),
            upgrades=raised.get(article.id, ()),
        )
        for article in articles
    )


def _load(folder: Path, name: str, model: type[AnyRecord]) -> tuple[AnyRecord, ...]:
    path = folder / f"{name}.json"
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        return tuple(model.model_validate(row) for row in rows)
    except FileNotFoundError as error:
        detail = "no such file; `communique run` writes it"
        raise ReaderError(str(path), "missing", detail) from error
    except (OSError, ValueError, ValidationError) as error:
        raise ReaderError(str(path), "unreadable", str(error)[:300]) from error


def _by_article(pairs: Iterable[tuple[str, AnyRecord]]) -> Mapping[str, Sequence[AnyRecord]]:
    grouped: dict[str, list[AnyRecord]] = defaultdict(list)
    for article_id, record in pairs:
        rows = grouped[article_id]
        if all(row is not record for row in rows):
            rows.append(record)
    return grouped
