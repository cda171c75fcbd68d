"""The article as read."""

from __future__ import annotations

from pydantic import Field

from models.base import PartialDate, PublishedBy, Record


class Article(Record):
    """One news article, decoded, with broken Unicode repaired and nothing else changed."""

    id: str
    source_path: str
    title: str | None = None
    text: str
    published: PartialDate | None = None
    published_by: PublishedBy | None = None
    url: str | None = None
    source: str | None = None
    language: str | None = None
    characters: int = Field(ge=0)
    #: Where the same article was read again: paths beside `source_path`, sorted.
    other_paths: tuple[str, ...] = ()
    #: End of the dateline in `text` (0 where it has none); the first sentence starts behind it.
    body_start: int = Field(default=0, ge=0)
    #: The dateline's place as written ("HANOI"), or null.
    dateline_place: str | None = None
    #: The dateline's day, its year taken from the publication date where it writes none, or null.
    #: Relative dates in the text are told from it: a page is often dated later than its story.
    dateline_date: PartialDate | None = None


class Reject(Record):
    """An input row that could not be made an article, or an article that could not be done."""

    source_path: str
    row: int | None = None
    reason: str
    detail: str = ""
