"""Merge the rows of all articles, and of what was merged before only what changed.

Every article is looked at in short. What belongs together makes a group (the tellings of all visits
to one country, of all changes between the same parties, an entity's mentions) with a fingerprint of
all that its records are made of; where that is the one of the records that stand, nothing of the
group is read in full. Memory holds one group at a time, besides a few words on each person and each
merged visit.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field

from models import Conflict, Entity, LedgerEntry, Record, RelationStep, Upgrade, Visit
from pipeline.memo import Group, Memo, Scratch
from pipeline.share import Share, alone
from pipeline.stages.normalize.blocks import TellingKey
from pipeline.stages.normalize.chunk_heads import ChunkHeads
from pipeline.stages.normalize.chunks import Chunks, EntityKey, Told
from pipeline.stages.normalize.days import Days
from pipeline.stages.normalize.entities import (
    EntityTold,
    OtherKey,
    longer_forms,
    mentions_of,
    other_entity,
    other_id,
)
from pipeline.stages.normalize.finish import Finish
from pipeline.stages.normalize.heads import (
    ArticleRows,
    Head,
    UpgradeHead,
    VisitHead,
    read_entity,
    read_upgrade_head,
    read_visit,
    read_visit_head,
)
from pipeline.stages.normalize.jobs import (
    Merged,
    MergedBlock,
    UpgradeJob,
    VisitJob,
    merge_upgrade_job,
    merge_visit_job,
)
from pipeline.stages.normalize.journeys import journeys, returns
from pipeline.stages.normalize.ledger import is_past, ledger
from pipeline.stages.normalize.occasions import Occasions
from pipeline.stages.normalize.people import MergedPeople, people_of
from pipeline.stages.normalize.plain import digest_of, written_hash
from pipeline.stages.normalize.relations import Pair, Step, history
from pipeline.stages.normalize.rows import UpgradeRow, VisitRow
from pipeline.stages.normalize.shelf import HELD_ROWS, AnyRow, Shelf
from pipeline.stages.normalize.shorts import (
    UpgradeShort,
    VisitShort,
    read_upgrade_shorts,
    read_visit_shorts,
)
from pipeline.stages.normalize.sightings import Sighting
from pipeline.stages.normalize.stubs import Stub
from pipeline.stages.normalize.variants import conflicts

#: In which the merged records are yielded, each by id.
KINDS: tuple[type[Record], ...] = (Entity, Visit, Upgrade, Conflict, LedgerEntry, RelationStep)
#: So many rows in short take about the memory of one in full.
IN_SHORT = 8


def merged_records(
    articles: Iterable[ArticleRows],
    *,
    made_by: tuple[str, ...] = (),
    held_rows: int = HELD_ROWS,
) -> Iterator[Record]:
    """Yield the merged entities, visits and upgrades, then the tables made of them, each by id.

    Args:
        articles: read once, in any order.
        made_by: program and model with their versions, for the records' provenance.
        held_rows: rows of one kind that are kept in memory; more go to temporary files.
    """
    told = (_told(rows) for rows in articles)
    with Scratch() as memo, ExitStack() as shelves:
        made: dict[type[Record], Shelf[Record]] = {}
        for kind in KINDS:
            read: Callable[[str], Record] = kind.model_validate_json
            made[kind] = shelves.enter_context(Shelf(read, held_rows=held_rows))
        for group in merged_groups(told, memo=memo, made_by=made_by, held_rows=held_rows):
            for record in group.records:
                made[type(record)].put(getattr(record, "id"), "", record)  # noqa: B009
        for kind in KINDS:
            yield from made[kind]


def _told(rows: ArticleRows) -> Told:
    return Told(rows.article.id, "", lambda: lambda: rows)


def merged_groups(
    articles: Iterable[Told],
    *,
    memo: Memo,
    made_by: tuple[str, ...] = (),
    held_rows: int = HELD_ROWS,
    share: Share = alone,
) -> Iterator[Group]:
    """Yield all groups of merged records, in no order.

    Args:
        articles: read once, in any order; in order of their ids what is kept of them lasts longer.
        memo: what was made before, and which groups stand.
        share: does what other processes may help with.
    """
    with ExitStack() as shelves:

        def shelf(read: Callable[[str], AnyRow], *, rows: int = held_rows) -> Shelf[AnyRow]:
            return shelves.enter_context(Shelf(read, held_rows=rows))

        yield from _Merger(
            memo=memo,
            made_by=made_by,
            share=share,
            chunks=Chunks(memo, share),
            visit_heads=shelf(read_visit_head, rows=held_rows * IN_SHORT),
            upgrade_heads=shelf(read_upgrade_head, rows=held_rows * IN_SHORT),
            visit_rows=shelf(read_visit),
            upgrade_rows=shelf(UpgradeRow.model_validate_json),
            entity_rows=shelf(read_entity),
        ).run(articles)


@dataclass
class _Seen:
    """The entities of all articles in short."""

    sightings: list[Sighting] = field(default_factory=list)
    #: Hash of each person's row, by its number.
    prints: list[int] = field(default_factory=list)
    #: Sum of the hashes of another entity's rows.
    others: dict[OtherKey, int] = field(default_factory=lambda: defaultdict(int))
    #: Organization → its aliases, folded.
    aliases: dict[OtherKey, set[str]] = field(default_factory=lambda: defaultdict(set))

    def take_persons(self, head: Head) -> None:
        for sighting, told in head.persons():
            self.sightings.append(sighting)
            self.prints.append(told)

    def take_others(self, chunk: ChunkHeads) -> None:
        for key, told, aliases in chunk.others():
            self.others[key] += told
            if aliases is not None:
                self.aliases[key].update(aliases)


@dataclass
class _Merger:
    memo: Memo
    made_by: tuple[str, ...]
    share: Share
    chunks: Chunks
    visit_heads: Shelf[VisitHead]
    upgrade_heads: Shelf[UpgradeHead]
    visit_rows: Shelf[VisitRow]
    upgrade_rows: Shelf[UpgradeRow]
    entity_rows: Shelf[EntityTold]
    newest: Days | None = None
    #: Article and article-level visit → merged visit, of the visits at which upgrades happened.
    moved: dict[TellingKey, str] = field(default_factory=dict)
    #: Fingerprint of a block of visits or upgrades, and what it merged to in short.
    visit_prints: dict[str, str] = field(default_factory=dict)
    upgrade_prints: dict[str, str] = field(default_factory=dict)
    visits: dict[str, list[VisitShort]] = field(default_factory=dict)
    upgrades: dict[str, list[UpgradeShort]] = field(default_factory=dict)

    def run(self, articles: Iterable[Told]) -> Iterator[Group]:
        seen = _Seen()
        for chunk in self.chunks.read(articles):
            seen.take_others(chunk)
            for head in chunk.articles():
                self._take(head, seen)
        people = people_of(seen.sightings, seen.prints, memo=self.memo)
        seen.sightings, seen.prints = [], []
        self._merge_visits(people)
        stubs = [short.stub for _, short in self._all_visits() if short.stub is not None]
        self._merge_upgrades(Occasions(stubs))
        yield from self._entity_groups(people, seen)
        del people, seen
        yield from self._visit_groups(stubs)
        yield from self._upgrade_groups()
        yield from self._relation_groups()

    def _take(self, head: Head, seen: _Seen) -> None:
        published = head.source.published
        if published and (self.newest is None or published > self.newest):
            self.newest = published
        seen.take_persons(head)
        for block, place, visit in head.visits():
            self.visit_heads.put_packed(block, place, visit)
        for block, place, upgrade, occasion in head.upgrades():
            self.upgrade_heads.put_packed(block, place, upgrade)
            if occasion:
                self.moved[head.source.article_id, occasion] = ""

    def _all_visits(self) -> Iterator[tuple[str, VisitShort]]:
        return ((block, short) for block in sorted(self.visits) for short in self.visits[block])

    # Visits

    def _merge_visits(self, people: MergedPeople) -> None:
        """Merge the blocks whose rows, or whom these mean, are others than before."""
        wanted: set[int] = set()
        for block, heads in self.visit_heads.blocks():
            told = (part for head in heads for part in told_by(head, people))
            print_ = self.visit_prints[block] = digest_of(*self.made_by, *told)
            short = self.memo.get(f"short visits\0{block}", print_)
            if short is None:
                wanted.update(head.chunk for head in heads)
            else:
                self.memo.keep(f"merged visits\0{block}")
                self.visits[block] = read_visit_shorts(short)
        for block, place, row in self.chunks.visits(wanted):
            if block not in self.visits:
                self.visit_rows.put_packed(block, place, row)
        for made in self.share(merge_visit_job, self._visit_jobs(people)):
            self.visits[made.block] = read_visit_shorts(made.short)
            self._put("visits", made, self.visit_prints[made.block])
        for _, visit in self._all_visits():
            for key in visit.tellings:
                if key in self.moved:
                    self.moved[key] = visit.id

    def _visit_jobs(self, people: MergedPeople) -> Iterator[VisitJob]:
        all_heads = self.visit_heads.blocks()
        for block, rows in self.visit_rows.packed_blocks():
            heads = next(heads for name, heads in all_heads if name == block)
            numbers = {n for head in heads for n in (head.visitor, *head.hosts) if n is not None}
            keys = {head.leader for head in heads}
            leaders = {key: found for key in keys if key and (found := people.leader(key))}
            persons = {number: people.entity(people.home[number]) for number in numbers}
            yield VisitJob(block, rows, persons, leaders, self.made_by)

    def _put(self, kind: str, made: MergedBlock, print_: str) -> None:
        self.memo.put(f"merged {kind}\0{made.block}", print_, made.merged)
        self.memo.put(f"short {kind}\0{made.block}", print_, made.short)

    def _merged(self, kind: str, block: str, print_: str) -> Merged:
        kept = self.memo.get(f"merged {kind}\0{block}", print_)
        assert kept is not None  # it was put beside what is kept in short
        return Merged.model_validate_json(kept)

    def _visit_groups(self, stubs: Sequence[Stub]) -> Iterator[Group]:
        legs, returned = journeys(stubs), returns(stubs)
        raised: dict[str, list[str]] = defaultdict(list)
        for shorts in self.upgrades.values():
            for upgrade in shorts:
                if upgrade.occasion:
                    raised[upgrade.occasion].append(upgrade.id)
        finish = Finish(legs, returned, {visit: sorted(ids) for visit, ids in raised.items()})
        prints = (
            (
                f"visits\0{block}",
                digest_of(
                    self.visit_prints[block],
                    *(finish.told_by(short.id, self._is_phantom(short)) for short in visits),
                ),
            )
            for block, visits in self.visits.items()
        )
        for name, print_ in self.memo.changed(prints):
            yield Group(name, print_, self._visit_records(_rest(name), finish))

    def _is_phantom(self, short: VisitShort | UpgradeShort) -> bool:
        return is_past(short.due, newest=self.newest)

    def _visit_records(self, block: str, finish: Finish) -> Iterator[Record]:
        for visit in self._merged("visits", block, self.visit_prints[block]).visits:
            yield finish.finished(visit)
            yield from conflicts(visit)
            yield from ledger(visit, newest=self.newest)

    # Upgrades

    def _merge_upgrades(self, occasions: Occasions) -> None:
        """Merge the blocks whose rows, or the visits at which they may be, are others."""
        moved = {told: merged for told, merged in self.moved.items() if merged}
        wanted: set[int] = set()
        for block, heads in self.upgrade_heads.blocks():
            linked = [moved.get((head.article_id, head.occasion), "") for head in heads]
            around = (repr(stub) for stub in occasions.between(heads[0].parties))
            events = (occasions.event(visit) or "" for visit in linked)
            told = (head.digest for head in heads)
            print_ = digest_of(*self.made_by, *told, *linked, *events, *around)
            self.upgrade_prints[block] = print_
            short = self.memo.get(f"short upgrades\0{block}", print_)
            if short is None:
                wanted.update(head.chunk for head in heads)
            else:
                self.memo.keep(f"merged upgrades\0{block}")
                self.upgrades[block] = read_upgrade_shorts(short)
        for block, place, row in self.chunks.upgrades(wanted):
            if block not in self.upgrades:
                self.upgrade_rows.put_packed(block, place, row)
        for made in self.share(merge_upgrade_job, self._upgrade_jobs(occasions, moved)):
            self.upgrades[made.block] = read_upgrade_shorts(made.short)
            self._put("upgrades", made, self.upgrade_prints[made.block])

    def _upgrade_jobs(
        self, occasions: Occasions, moved: Mapping[TellingKey, str]
    ) -> Iterator[UpgradeJob]:
        all_heads = self.upgrade_heads.blocks()
        for block, rows in self.upgrade_rows.packed_blocks():
            heads = next(heads for name, heads in all_heads if name == block)
            keys = {(head.article_id, head.occasion) for head in heads}
            linked = {key: moved[key] for key in keys if key in moved}
            around = occasions.around(heads[0].parties, linked.values())
            yield UpgradeJob(block, rows, around, linked, self.made_by)

    def _upgrade_groups(self) -> Iterator[Group]:
        prints = (
            (
                f"upgrades\0{block}",
                digest_of(
                    self.upgrade_prints[block],
                    *(str(self._is_phantom(short)) for short in upgrades),
                ),
            )
            for block, upgrades in self.upgrades.items()
        )
        for name, print_ in self.memo.changed(prints):
            yield Group(name, print_, self._upgrade_records(_rest(name)))

    def _upgrade_records(self, block: str) -> Iterator[Record]:
        for upgrade in self._merged("upgrades", block, self.upgrade_prints[block]).upgrades:
            yield upgrade
            yield from conflicts(upgrade)
            yield from ledger(upgrade, newest=self.newest)

    def _relation_groups(self) -> Iterator[Group]:
        by_pair: dict[Pair, list[Step]] = defaultdict(list)
        for block in sorted(self.upgrades):
            for short in self.upgrades[block]:
                if short.step is not None:
                    for pair in short.pairs:
                        by_pair[pair].append(short.step)
        prints = (
            ("\0".join(("relations", *pair)), digest_of(*map(repr, steps)))
            for pair, steps in by_pair.items()
        )
        for name, print_ in self.memo.changed(prints):
            one, other = _rest(name).split("\0")
            yield Group(name, print_, history((one, other), by_pair[one, other]))

    # Entities

    def _entity_groups(self, people: MergedPeople, seen: _Seen) -> Iterator[Group]:
        groups = _EntityGroups(people, longer_forms(seen.aliases))
        prints = ((_entity_group(made), print_) for made, print_ in groups.prints(seen))
        groups.wanted = {_rest(name): print_ for name, print_ in self.memo.changed(prints)}
        if not groups.wanted:
            return
        for key, place, row in self.chunks.entities(groups.is_wanted):
            self.entity_rows.put_packed(groups.block(key), place, row)
        for block, rows in self.entity_rows.blocks():
            entity = groups.entity(block, rows)
            print_ = groups.wanted[entity.id]
            made = entity.model_copy(update={"mentions": mentions_of(rows)})
            yield Group(_entity_group(entity.id), print_, [made])


@dataclass
class _EntityGroups:
    """Which of the articles' entities make one."""

    people: MergedPeople
    longer: Mapping[OtherKey, OtherKey]
    #: Fingerprint of each entity that is to be made.
    wanted: dict[str, str] = field(default_factory=dict)

    def prints(self, seen: _Seen) -> Iterator[tuple[str, str]]:
        """Yield each entity's id and fingerprint."""
        for made, total in zip(self.people.ids, self.people.totals, strict=True):
            yield made, written_hash(total)
        others: dict[OtherKey, int] = defaultdict(int)
        for key, total in seen.others.items():
            others[self._whole(key)] += total
        for key, total in others.items():
            yield other_id(key), written_hash(total)

    def is_wanted(self, key: EntityKey) -> bool:
        """Tell whether a row is of an entity that is to be made."""
        if isinstance(key, int):
            return self.people.ids[self.people.home[key]] in self.wanted
        return other_id(self._whole(key)) in self.wanted

    def block(self, key: EntityKey) -> str:
        """Return the name of the block of a row."""
        if isinstance(key, int):
            return f"person\0{self.people.home[key]:012}"
        return "\0".join(self._whole(key))

    def entity(self, block: str, rows: Sequence[EntityTold]) -> Entity:
        """Return the entity of a block, without its mentions."""
        kind, name, *country = block.split("\0")
        if kind == "person":
            return self.people.entity(int(name))
        return other_entity((kind, name, country[0]), rows)

    def _whole(self, key: OtherKey) -> OtherKey:
        return self.longer.get(key, key)


def _entity_group(entity_id: str) -> str:
    return f"entity\0{entity_id}"


def _rest(name: str) -> str:
    """Return the name of a group without its kind."""
    return name.partition("\0")[2]


def told_by(head: VisitHead, people: MergedPeople) -> Iterator[str]:
    """Yield all on which the merging of a visit depends: its row, and the persons it names."""
    yield head.digest
    yield people.told(head.visitor)
    yield people.told_of_leader(head.leader)
    yield from map(people.name, head.hosts)


__all__ = ["ArticleRows", "Told", "merged_groups", "merged_records"]
