"""A plan without a model: what the runner, the store and the engines are tested with."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path

import spacy
from spacy.tokens import Doc

from models import Article, DateExpression, Entity, Record, Reject, Span
from models.manifest import Model
from pipeline.config import Settings
from pipeline.errors import LexiconError
from pipeline.plan import ArticleResult, CorpusStage, Plan
from pipeline.stage import Case, Stage
from pipeline.stages.write import FolderWriter

_VOCAB = spacy.blank("en").vocab


class FakeParser:
    name = "parse"
    packages = ("tests.fakes",)
    libraries = ("spacy",)

    def identity(self) -> Model:
        return Model(name="fake", version="1", sha256="0" * 64)

    def parse(self, article: Article, /) -> bytes:
        return article.text.encode()

    def read(self, data: bytes, /) -> Doc:
        return Doc(_VOCAB, words=data.decode().split())

    def words(self, data: bytes, /) -> str:
        return data.decode().lower()

    def let_go(self, doc: Doc, /) -> None:
        pass

    def release(self) -> None:
        pass

    def unload(self) -> None:
        pass


def find_numbers(case: Case) -> Iterator[Record]:
    """Read every number as a year. "boom" breaks it, "kill" ends the process, "wait" waits,
    "hang" never ends."""
    text = case.article.text
    if "boom" in text:
        raise ValueError("boom")
    if "table" in text:
        raise LexiconError("numbers.toml", 3, "no such unit")
    if "kill" in text:
        os._exit(9)
    if "hang" in text:
        re.match(r"(a+)+$", "a" * 40 + "b")
    if "wait" in text:
        time.sleep(0.05)
    for found in re.finditer(r"\b\d+", text):
        yield DateExpression(
            id=f"date-{case.article.id}-{found.start()}",
            article_id=case.article.id,
            start=found.start(),
            end=found.end(),
            text=found[0],
            type="DATE",
            value=found[0],
            anchor="explicit",
        )


def find_names(case: Case) -> Iterator[Record]:
    """Read every capitalised word as a person, with the article's numbers as aliases."""
    numbers = tuple(row.text for row in case.of(DateExpression))
    for found in re.finditer(r"[A-Z]\w+", case.article.text):
        span = Span(article_id=case.article.id, start=found.start(), end=found.end(), text=found[0])
        yield Entity(
            id=f"{case.article.id}-{found[0]}",
            kind="person",
            name=found[0],
            aliases=numbers,
            mentions=(span,),
        )


def merge(results: Iterable[ArticleResult], /) -> Iterator[Record]:
    by_name: dict[str, list[Entity]] = {}
    for result in results:
        for entity in result.rows.get(Entity, ()):
            assert isinstance(entity, Entity)
            by_name.setdefault(entity.name, []).append(entity)
    for name, found in by_name.items():
        yield Entity(
            id=f"person-{name.lower()}",
            kind="person",
            name=name,
            aliases=tuple(sorted({alias for entity in found for alias in entity.aliases})),
            mentions=tuple(span for entity in found for span in entity.mentions),
        )


class FakeWriter(FolderWriter):
    @property
    def outputs(self) -> Mapping[str, type[Record]]:
        return {"articles": Article, "entities": Entity, "dates": DateExpression}


def build_with(*, packages: tuple[str, ...] = ("tests.fakes",)) -> Plan:
    """Return the plan; `packages` are those of the stage that the other builds on."""
    return Plan(
        parser=FakeParser(),
        stages=(
            Stage("numbers", find_numbers, (DateExpression,), (), packages),
            Stage("names", find_names, (Entity,), ("numbers",), ("tests.fakes",)),
        ),
        corpus=CorpusStage("merge", merge, (Entity,), ("names",), ("tests.fakes",)),
        writer=FakeWriter(),
    )


def build(settings: Settings) -> Plan:
    return build_with()


def article(name: str, text: str, **fields: str) -> Article:
    given = {"id": f"article-{name}", "source_path": f"in/{name}.txt", "published": "2024-08-19"}
    return Article.model_validate({**given, "text": text, "characters": len(text), **fields})


def articles(count: int = 12) -> list[Article | Reject]:
    return [article(f"{n:03}", f"Anna met Boris{n % 3} in {1990 + n}") for n in range(count)]


def sums(folder: Path) -> dict[str, str]:
    """Return the sum of each record file: what must not depend on how a run went."""
    return {
        path.name: sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.iterdir())
        if path.suffix in (".json", ".csv") and path.name != "manifest.json"
    }
