"""The stages, in order."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING

from models import (
    Conflict,
    DateExpression,
    Entity,
    LedgerEntry,
    Record,
    Reference,
    RelationStep,
    Upgrade,
    Visit,
)
from pipeline.fingerprint import find_model, library_version
from pipeline.memo import Group, Memo
from pipeline.plan import ArticleInput, ArticleResult, CorpusStage, Plan
from pipeline.share import Share
from pipeline.stage import Case, Find, KeyedTable, Stage

if TYPE_CHECKING:
    from pipeline.config import Settings
    from pipeline.stages.normalize import ArticleRows

#: The distribution; its version stands in the records' provenance.
PROGRAM = "communique"
#: Names of the stages that `communique stage` takes.
STAGE_NAMES = ("entities", "dates", "visits", "upgrades", "normalize", "write")
#: What the stages depend on that read trips and changes of relations, besides their own folder.
_READS_TRIPS = (
    "pipeline.datelines",
    "pipeline.discourse",
    "pipeline.headings",
    "pipeline.run_on_lists",
    "pipeline.iso_lengths",
    "pipeline.labels",
    "pipeline.recorder",
    "pipeline.reference",
    "pipeline.matters",
    "pipeline.signs",
    "pipeline.weekdays",
)


def build_stages(settings: Settings) -> Plan:
    """Return the program's plan: how articles are parsed, what is found, how it is written."""
    from pipeline.parsing import SpacyParser
    from pipeline.stages.write import FolderWriter

    return Plan(
        parser=SpacyParser(settings.parse.model),
        stages=(
            Stage(
                name="entities",
                find=_find_of("pipeline.stages.entities.find"),
                makes=(Entity, Reference),
                needs=(),
                packages=(
                    "pipeline.stages.entities",
                    "pipeline.labels",
                    "pipeline.reference",
                    "pipeline.recorder",
                    "pipeline.signs",
                    "pipeline.styles",
                    "pipeline.matters",
                ),
                libraries=("spacy", "rapidfuzz", "tomli"),
            ),
            Stage(
                name="dates",
                find=_find_of("pipeline.stages.dates.find"),
                makes=(DateExpression,),
                needs=(),
                packages=(
                    "pipeline.stages.dates",
                    "pipeline.iso_lengths",
                    "pipeline.datelines",
                    "pipeline.labels",
                    "pipeline.signs",
                    "pipeline.weekdays",
                    "pipeline.word_order",
                ),
                libraries=("spacy", "holidays", "python-dateutil", "tomli"),
            ),
            Stage(
                name="visits",
                find=_find_of("pipeline.stages.visits.find"),
                makes=(Visit,),
                needs=("entities", "dates"),
                packages=("pipeline.stages.visits", *_READS_TRIPS),
                libraries=("spacy", "tomli"),
                keyed=(
                    _of_visits("verbs.toml", "lemmas", ("hold", "invite", "<any>"), "verbs"),
                    _of_visits("deeds.toml", "lemmas", ("hold", "invite", "<any>"), "verbs"),
                    _of_visits("nouns.toml", "lemmas", ("visit",), "nouns"),
                    _of_visits("idioms.toml", "words", (), "idioms"),
                    _of_visits("kinds.toml", "words"),
                ),
            ),
            Stage(
                name="upgrades",
                find=_find_of("pipeline.stages.upgrades.find"),
                makes=(Upgrade,),
                needs=("entities", "dates", "visits"),
                packages=("pipeline.stages.upgrades", *_READS_TRIPS),
                libraries=("spacy", "tomli"),
            ),
        ),
        corpus=CorpusStage(
            name="normalize",
            combine=partial(normalized, model=settings.parse.model),
            makes=(Entity, Visit, Upgrade, Conflict, LedgerEntry, RelationStep),
            needs=("entities", "visits", "upgrades"),
            packages=(
                "pipeline.stages.normalize",
                "pipeline.iso_lengths",
                "pipeline.reference",
                "pipeline.memo",
                "pipeline.share",
            ),
            libraries=("rapidfuzz", "tomli", PROGRAM),
            reads=(Entity, Visit, Upgrade),
            update=partial(updated, model=settings.parse.model),
        ),
        writer=FolderWriter(parquet=settings.write.parquet),
    )


def _of_visits(
    file: str, column: str, always: tuple[str, ...] = (), asked_as: str | None = None
) -> KeyedTable:
    return KeyedTable("pipeline.stages.visits", file, column, always, asked_as)


def _find_of(module: str) -> Find:
    """Return a module's `find`, imported when the first article is there: it brings spaCy."""

    def find(case: Case) -> Iterable[Record]:
        found: Find = importlib.import_module(module).find
        return found(case)

    return find


def normalized(results: Iterable[ArticleResult], /, *, model: str) -> Iterable[Record]:
    """Bring the rows of all articles together as the normalize stage wants them."""
    from pipeline.stages.normalize import merged_records

    return merged_records(map(_rows_of, results), made_by=_made_by(model))


def updated(
    articles: Iterable[ArticleInput], /, *, model: str, memo: Memo, share: Share
) -> Iterable[Group]:
    """Bring the rows of all articles together, and merge again only what changed."""
    from pipeline.stages.normalize import Told, merged_groups

    def told(article: ArticleInput) -> Told:
        return Told(article.article_id, article.content, lambda: partial(_read, article.load()))

    return merged_groups(map(told, articles), memo=memo, made_by=_made_by(model), share=share)


def _read(result: Callable[[], ArticleResult]) -> ArticleRows:
    return _rows_of(result())


def _rows_of(result: ArticleResult) -> ArticleRows:
    from pipeline.stages.normalize import ArticleRows

    return ArticleRows(
        article=result.article,
        entities=result.of(Entity),
        dates=(),  # merging reads none of them
        visits=result.of(Visit),
        upgrades=result.of(Upgrade),
    )


def _made_by(model: str) -> tuple[str, ...]:
    return f"{PROGRAM} {library_version(PROGRAM)}", f"{model} {find_model(model).version}"


__all__ = ["STAGE_NAMES", "build_stages"]
