"""Merge the rows of all articles: what belongs together is brought together on disk.

Memory holds one block at a time (the tellings of all visits to one country, of all changes between
the same parties), besides a few words on each person and each merged visit.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field

from models import Article, DateExpression, Entity, Record, RelationStep, Upgrade, Visit
from pipeline.memo import Memo, NoMemo
from pipeline.stages.normalize.blocks import BlockMerger
from pipeline.stages.normalize.cues import events_of
from pipeline.stages.normalize.days import Days
from pipeline.stages.normalize.entities import EntityDesk, LocalNames
from pipeline.stages.normalize.journeys import Leg, journeys, returns
from pipeline.stages.normalize.ledger import ledger
from pipeline.stages.normalize.occasions import Occasions
from pipeline.stages.normalize.people import People
from pipeline.stages.normalize.relations import Histories
from pipeline.stages.normalize.rows import EntityRow, UpgradeRow, VisitRow, row_digest
from pipeline.stages.normalize.shelf import HELD_ROWS, AnyRow, Shelf, Spool
from pipeline.stages.normalize.sources import Source, source_of
from pipeline.stages.normalize.stubs import Stub
from pipeline.stages.normalize.upgrades import block_of as upgrade_block
from pipeline.stages.normalize.variants import conflicts
from pipeline.stages.normalize.visits import block_of as visit_block


@dataclass(frozen=True)
class ArticleRows:
    """What the article stages found in one article."""

    article: Article
    entities: Sequence[Entity]
    dates: Sequence[DateExpression]
    visits: Sequence[Visit]
    upgrades: Sequence[Upgrade]


def merged_records(
    articles: Iterable[ArticleRows],
    *,
    made_by: tuple[str, ...] = (),
    held_rows: int = HELD_ROWS,
    memo: Memo | None = None,
) -> Iterator[Record]:
    """Yield the merged entities, visits and upgrades, then the tables made of them, each by id.

    Args:
        articles: read once, in any order.
        made_by: program and model with their versions, for the records' provenance.
        memo: what blocks were made of before; those of the same rows are not merged again.
        held_rows: rows of one kind that are kept in memory; more go to temporary files.
    """
    with ExitStack() as shelves:

        def shelf(kind: type[AnyRow]) -> Shelf[AnyRow]:
            return shelves.enter_context(Shelf(kind, held_rows=held_rows))

        yield from _Merger(
            merger=BlockMerger(memo or NoMemo(), made_by),
            desk=EntityDesk(shelves.enter_context(Spool())),
            visit_rows=shelf(VisitRow),
            upgrade_rows=shelf(UpgradeRow),
            entity_blocks=shelf(EntityRow),
            entities=shelf(Entity),
            visits=shelf(Visit),
            upgrades=shelf(Upgrade),
        ).run(articles)


@dataclass
class _Merger:
    merger: BlockMerger
    desk: EntityDesk
    visit_rows: Shelf[VisitRow]
    upgrade_rows: Shelf[UpgradeRow]
    entity_blocks: Shelf[EntityRow]
    entities: Shelf[Entity]
    visits: Shelf[Visit]
    upgrades: Shelf[Upgrade]
    newest: Days | None = None
    #: Article and article-level visit → merged visit, of the visits at which upgrades happened.
    moved: dict[tuple[str, str], str] = field(default_factory=dict)
    #: Merged visit → upgrades that happened at it.
    raised: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    histories: Histories = field(default_factory=Histories)

    def run(self, articles: Iterable[ArticleRows]) -> Iterator[Record]:
        for rows in articles:
            self._take(rows)
        people = self.desk.people()
        stubs = list(self._merge_visits(people))
        legs, returned = journeys(stubs), returns(stubs)
        self._merge_upgrades(Occasions(stubs))
        del stubs
        for entity in self.desk.merged(people, self.entity_blocks):
            self.entities.put(entity.id, "", entity)
        del people
        yield from self.entities
        yield from (self._finished(visit, legs, returned) for visit in self.visits)
        yield from self.upgrades
        yield from self._tables()

    def _take(self, rows: ArticleRows) -> None:
        """Put an article's rows where those that may be of the same facts are."""
        article = rows.article
        source = source_of(article)
        published = source.published
        if published and (self.newest is None or published > self.newest):
            self.newest = published
        names = self.desk.take(article, source, rows.entities)
        events = events_of(rows.visits)
        for order, visit in enumerate(rows.visits):
            row = _visit_row(visit, order, article, source, names, events.get(visit.id))
            self.visit_rows.put(visit_block(visit), f"{article.id}\0{order:06}", row)
        for order, upgrade in enumerate(rows.upgrades):
            told = UpgradeRow(
                article_id=article.id,
                published=article.published,
                opening=source.opening,
                digest=row_digest(upgrade, article, source),
                upgrade=upgrade,
            )
            self.upgrade_rows.put(upgrade_block(upgrade), f"{article.id}\0{order:06}", told)
            if upgrade.occasion:
                self.moved[article.id, upgrade.occasion] = ""

    def _merge_visits(self, people: People) -> Iterator[Stub]:
        for block, rows in self.visit_rows.blocks():
            for merged in self.merger.visits(block, rows, people):
                self.visits.put(merged.visit.id, "", merged.visit)
                for key in merged.tellings:
                    if key in self.moved:
                        self.moved[key] = merged.visit.id
                if merged.stub is not None:
                    yield merged.stub

    def _merge_upgrades(self, occasions: Occasions) -> None:
        moved = {told: merged for told, merged in self.moved.items() if merged}
        for block, rows in self.upgrade_rows.blocks():
            for upgrade in self.merger.upgrades(block, rows, occasions, moved):
                self.upgrades.put(upgrade.id, "", upgrade)
                self.histories.add(upgrade)
                if upgrade.occasion:
                    self.raised[upgrade.occasion].append(upgrade.id)

    def _finished(
        self, visit: Visit, legs: Mapping[str, Leg], returned: Mapping[str, str]
    ) -> Visit:
        leg = legs.get(visit.id)
        update: dict[str, object] = {
            "return_of": returned.get(visit.id),
            "upgrades": tuple(sorted(self.raised.get(visit.id, ()))),
        }
        if leg is not None:
            update |= {"journey_id": leg.journey_id, "leg": leg.number}
        return visit.model_copy(update=update)

    def _tables(self) -> Iterator[Record]:
        for shelf in (self.upgrades, self.visits):
            for record in shelf:
                yield from conflicts(record)
        for shelf in (self.upgrades, self.visits):
            for record in shelf:
                yield from ledger(record, newest=self.newest)
        yield from self._relations()

    def _relations(self) -> Iterator[RelationStep]:
        return self.histories.steps()


def _visit_row(
    visit: Visit,
    order: int,
    article: Article,
    source: Source,
    names: LocalNames,
    event: str | None,
) -> VisitRow:
    who = visit.visitor
    return VisitRow(
        article_id=article.id,
        published=article.published,
        opening=source.opening,
        digest=row_digest(visit, article, source, str(order), event or ""),
        visit=visit,
        order=order,
        visitor=names.find(entity_id=who.entity_id, name=who.name),
        hosts=tuple(names.find(name=host) for host in visit.hosts),
        event=event,
    )


__all__ = ["ArticleRows", "merged_records"]
