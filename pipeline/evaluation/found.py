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
    entities = _by_article(
        (mention.article_id, entity)
        for entity in _load(folder, "entities", Entity)
        for mention in entity.mentions
    )
    dates = _by_article((date.article_id, date) for date in _load(folder, "dates", DateExpression))
    visits = _by_article(
        (span.article_id, visit)
        for visit in _load(folder, "visits", Visit)
        for span in visit.evidence
    )
    upgrades = _by_article(
        (span.article_id, upgrade)
        for upgrade in _load(folder, "upgrades", Upgrade)
        for span in upgrade.evidence
    )
    return tuple(
        Found(
            article,
            entities=entities.get(article.id, ()),
            dates=dates.get(article.id, ()),
            visits=visits.get(article.id, ()),
            upgrades=upgrades.get(article.id, ()),
        )
        for article in _load(folder, "articles", Article)
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
