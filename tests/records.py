"""An output folder made by hand: what the commands that look at records are tested with."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from models import (
    Article,
    DateExpression,
    Destination,
    Entity,
    Evidence,
    Manifest,
    Party,
    Record,
    Reject,
    Role,
    Span,
    Upgrade,
    Visit,
    Visitor,
)
from models.base import Variant
from models.manifest import InputCount, Model, Program, StageCount
from pipeline.stages.normalize.ledger import ledger
from pipeline.stages.normalize.relations import histories_of
from pipeline.stages.normalize.variants import conflicts
from pipeline.stages.write import FolderWriter

#: What an article may hold to be more than text: markup, scripts, escape codes, formulas.
EVIL = "<script>alert('x')</script><img src=x onerror=alert(1)>\"' {{ 7*7 }} &amp; \x1b[31m\x9b2J"
FORMULA = "=HYPERLINK(1)"
SUVA = (
    "SUVA, May 17 – South African Foreign Minister Nia Dlamini visited Fiji on Thursday. "
    "Fiji and South Africa agreed to upgrade their ties to a strategic partnership. "
    f"{EVIL} stood in the way."
)
TOKYO = "Malian President Omar Keita will visit Japan in October 2025. 日本は彼を待つ。"


def span_of(article: Article, words: str) -> Span:
    start = article.text.index(words)
    return Span(article_id=article.id, start=start, end=start + len(words), text=words)


def proof_of(article: Article, words: str, rule: str) -> Evidence:
    return Evidence(**span_of(article, words).model_dump(), rule=rule)


def articles() -> tuple[Article, Article]:
    suva = Article(
        id="article-suva",
        source_path=f"in/{FORMULA}.txt",
        title=f"{FORMULA} {EVIL}",
        text=SUVA,
        published="2024-05-17",
        url="javascript:alert(1)",
        source=EVIL,
        characters=len(SUVA),
    )
    tokyo = Article(
        id="article-tokyo",
        source_path="in/tokyo.txt",
        title="President to see Tokyo",
        text=TOKYO,
        published="2025-01-02",
        url="https://reef.example/tokyo",
        characters=len(TOKYO),
    )
    return suva, tokyo


def visits() -> list[Visit]:
    suva, tokyo = articles()
    return [
        Visit(
            id="visit-fiji",
            visitor=Visitor(name="Nia Dlamini", role="Foreign Minister", entity_id="person-nia"),
            origin=Party(code="ZAF", name="South Africa"),
            destination=Destination(code="FJI", name="Fiji", place="Suva"),
            start="2024-05-16",
            end="2024-05-16",
            status="completed",
            confidence=0.9,
            evidence=(proof_of(suva, SUVA.split(". ")[0] + ".", "visit"),),
            variants={
                "start": (
                    Variant(value="2024-05-16", articles=(suva.id,)),
                    Variant(value=FORMULA, articles=(tokyo.id,)),
                )
            },
        ),
        Visit(
            id="visit-japan",
            visitor=Visitor(name="Omar Keita", role="President", entity_id="person-omar"),
            origin=Party(code="MLI", name="Mali"),
            destination=Destination(code="JPN", name="Japan"),
            start="2025-10",
            end="2025-10",
            status="planned",
            confidence=0.6,
            evidence=(proof_of(tokyo, TOKYO.split(". ")[0] + ".", "visit"),),
        ),
    ]


def upgrades() -> list[Upgrade]:
    suva, _ = articles()
    return [
        Upgrade(
            id="upgrade-fiji",
            parties=(Party(code="FJI", name="Fiji"), Party(code="ZAF", name="South Africa")),
            level="strategic_partnership",
            level_text="strategic partnership",
            change="upgrade",
            date="2024-05-16",
            status="completed",
            occasion="visit-fiji",
            confidence=0.8,
            evidence=(proof_of(suva, SUVA.split(". ")[1] + ".", "raise"),),
        )
    ]


def entities() -> list[Entity]:
    suva, tokyo = articles()
    return [
        Entity(
            id="person-nia",
            kind="person",
            name="Nia Dlamini",
            country="ZAF",
            roles=(Role(title="Foreign Minister", country="ZAF"),),
            mentions=(span_of(suva, "Nia Dlamini"),),
        ),
        Entity(
            id="country-fji",
            kind="country",
            name="Fiji",
            country="FJI",
            mentions=(span_of(suva, "Fiji"),),
        ),
        Entity(
            id="person-omar",
            kind="person",
            name="Omar Keïta",
            aliases=("Omar Keita",),
            country="MLI",
            mentions=(span_of(tokyo, "Omar Keita"),),
        ),
    ]


def dates() -> list[DateExpression]:
    suva, _ = articles()
    return [
        DateExpression(
            id="date-thursday",
            **span_of(suva, "Thursday").model_dump(),
            type="DATE",
            value="2024-05-16",
            earliest="2024-05-16",
            latest="2024-05-16",
            anchor="publication",
        )
    ]


def write_folder(
    folder: Path,
    *,
    articles: Sequence[Record] = articles(),
    visits: Sequence[Visit] = tuple(visits()),
    upgrades: Sequence[Upgrade] = tuple(upgrades()),
    entities: Sequence[Record] = tuple(entities()),
    dates: Sequence[Record] = tuple(dates()),
) -> Path:
    """Write the tables of an output folder, and a manifest."""
    writer = FolderWriter()
    tables = {
        "articles": articles,
        "entities": entities,
        "dates": dates,
        "visits": visits,
        "upgrades": upgrades,
        "ledger": [row for told in (*upgrades, *visits) for row in ledger(told, newest=None)],
        "conflicts": [row for told in (*upgrades, *visits) for row in conflicts(told)],
        "relations": histories_of(upgrades),
    }
    files: dict[str, str] = {}
    for name, records in tables.items():
        files |= writer.write_table(folder, name, records)
    files |= writer.write_rejects(
        folder, [Reject(source_path=EVIL, row=3, reason="bad-json", detail=FORMULA)]
    )
    stages = tuple(
        StageCount(name=name, records=len(records), seconds=0.1, fresh=0, run=1)
        for name, records in tables.items()
    )
    counts = InputCount(read=len(articles) + 1, done=len(articles), rejected=1, unchanged=0)
    manifest = Manifest(
        program=Program(name="communique", version="0.1.0"),
        model=Model(name="fake", version="1", sha256="0" * 64),
        libraries={},
        settings={},
        input=counts,
        stages=stages,
        files=files,
    )
    writer.write_manifest(folder, manifest)
    return folder


__all__ = ["EVIL", "FORMULA", "SUVA", "TOKYO", "write_folder"]
