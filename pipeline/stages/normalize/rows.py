"""What is kept of an article's records until all that belong together are there."""

from __future__ import annotations

import hashlib

from models import Article, Entity, Record, Upgrade, Visit
from models.base import PartialDate
from pipeline.stages.normalize.sources import Source, source_from


class SourcedRow(Record):
    """A row and the article that it is of."""

    article_id: str
    published: PartialDate | None = None
    opening: str
    #: Hash of all that the row tells, the numbers of sightings aside.
    digest: str = ""

    @property
    def source(self) -> Source:
        """Return the article as a source."""
        return source_from(self.article_id, self.published, self.opening)


class VisitRow(SourcedRow):
    """A visit as one article tells of it."""

    visit: Visit
    #: Its place among the article's visits.
    order: int
    #: Number of the visitor's sighting, and of each host's, None for who is not among the persons.
    visitor: int | None
    hosts: tuple[int | None, ...]
    event: str | None


class UpgradeRow(SourcedRow):
    """An upgrade as one article tells of it."""

    upgrade: Upgrade


class EntityRow(SourcedRow):
    """An entity of one article; `number` is that of a person's sighting."""

    entity: Entity
    number: int | None = None


def row_digest(record: Record, article: Article, source: Source, *more: str) -> str:
    """Return a hash of a record, its article's date and opening, and what else is told."""
    parts = (record.model_dump_json(), article.id, article.published or "", source.opening, *more)
    return hashlib.blake2b("\0".join(parts).encode(), digest_size=16).hexdigest()


__all__ = ["EntityRow", "SourcedRow", "UpgradeRow", "VisitRow", "row_digest"]
