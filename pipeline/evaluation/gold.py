"""Hand-labelled answers: one JSON file an article.

A key that is absent ("dates") was not labelled, and its record type is not scored there.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError

from models.base import FullDate, PartialDate, Record
from models.date import DateType
from models.upgrade import Change, UpgradeStatus
from models.visit import VisitStatus
from pipeline.errors import ReaderError

Part = Literal["dev", "test"]


class GoldVisit(Record):
    """A trip that the article tells of."""

    visitor: str | None = None
    role: str | None = None
    origin: str | None = None
    destination: str | None = None
    place: str | None = None
    start: PartialDate | None = None
    end: PartialDate | None = None
    kind: str | None = None
    status: VisitStatus
    first: bool = False
    count: int = Field(default=1, ge=0)
    evidence: str = ""
    #: Name of the trip; equal in all articles of the folder that tell of it.
    fact: str | None = None


class GoldUpgrade(Record):
    """A change in the level of relations that the article tells of."""

    parties: tuple[str, ...]
    level: str | None = None
    level_text: str | None = None
    previous_level: str | None = None
    change: Change
    date: PartialDate | None = None
    status: UpgradeStatus
    evidence: str = ""
    #: Name of the change; equal in all articles of the folder that tell of it.
    fact: str | None = None


class GoldPerson(Record):
    """A named person."""

    name: str
    country: str | None = None
    role: str | None = None


class GoldDate(Record):
    """A temporal expression: the `nth` occurrence, from 1, of these words in the text."""

    text: str
    nth: int = Field(default=1, ge=1)
    type: DateType
    value: str | None = None
    earliest: FullDate | None = None
    latest: FullDate | None = None

    def span(self, text: str) -> tuple[int, int] | None:
        """Return the offsets of the expression in its article's text, None if it isn't there."""
        start = -1
        for _ in range(self.nth):
            start = text.find(self.text, start + 1)
            if start < 0:
                return None
        return start, start + len(self.text)


class GoldArticle(Record):
    """The answers for one article; None where a type was not labelled."""

    #: File name in the articles' folder; `name#id` for a row of a table.
    article: str
    part: Part = "dev"
    visits: tuple[GoldVisit, ...] | None = None
    upgrades: tuple[GoldUpgrade, ...] | None = None
    persons: tuple[GoldPerson, ...] | None = None
    countries: tuple[str, ...] | None = None
    dates: tuple[GoldDate, ...] | None = None

    @property
    def is_empty(self) -> bool:
        """Whether a reader found neither a visit nor an upgrade."""
        return self.visits == () and self.upgrades == ()


def load_gold(folder: Path, *, part: str | None = None) -> tuple[GoldArticle, ...]:
    """Return the labelled articles of a folder, or of its part `dev` or `test`, by file name.

    Raises:
        ReaderError: there is no such folder, no gold in it, or a file does not fit the format.
    """
    if not folder.is_dir():
        raise ReaderError(str(folder), "missing", "no such folder of gold")
    articles = [_load(path) for path in sorted(folder.glob("*.json"))]
    if not articles:
        raise ReaderError(str(folder), "empty", "no *.json in it")
    doubled = {
        gold.article for gold in articles if sum(gold.article == g.article for g in articles) > 1
    }
    if doubled:
        raise ReaderError(str(folder), "bad-gold", f"labelled twice: {', '.join(sorted(doubled))}")
    return tuple(gold for gold in articles if part in (None, gold.part))


def _load(path: Path) -> GoldArticle:
    try:
        return GoldArticle.model_validate(json.loads(path.read_text(encoding="utf-8")))
    except ValidationError as error:
        causes = (
            f"{'.'.join(str(step) for step in cause['loc'])}: {cause['msg']}"
            for cause in error.errors()[:3]
        )
        raise ReaderError(str(path), "bad-gold", "; ".join(causes)) from error
    except (OSError, ValueError) as error:
        raise ReaderError(str(path), "bad-gold", str(error)) from error
