"""Blocks of tellings merged, or taken as they were merged before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b

from models import Record, Upgrade, Visit
from pipeline.memo import Memo
from pipeline.stages.normalize.merge_visits import merge_visits
from pipeline.stages.normalize.occasions import Occasions
from pipeline.stages.normalize.people import People
from pipeline.stages.normalize.rows import UpgradeRow, VisitRow
from pipeline.stages.normalize.stubs import Stub, stub_of
from pipeline.stages.normalize.tellings import office_holder, telling_of
from pipeline.stages.normalize.upgrades import cluster_upgrades, merge_upgrades, party_codes
from pipeline.stages.normalize.upgrades import telling_of as upgrade_telling
from pipeline.stages.normalize.visits import cluster_visits

#: Article and article-level visit.
TellingKey = tuple[str, str]


class MergedVisit(Record):
    """A visit merged within its block, and what else is kept of it."""

    visit: Visit
    tellings: tuple[TellingKey, ...]
    stub: Stub | None


class VisitBlock(Record):
    """All visits of one block."""

    visits: tuple[MergedVisit, ...]


class UpgradeBlock(Record):
    """All upgrades of one block."""

    upgrades: tuple[Upgrade, ...]


@dataclass
class BlockMerger:
    """Merges blocks, each only where its rows are not those that it was merged from before."""

    memo: Memo
    made_by: tuple[str, ...]
    _persons: dict[str, str] = field(default_factory=dict)

    def visits(self, block: str, rows: Sequence[VisitRow], people: People) -> Sequence[MergedVisit]:
        """Return the visits of a block."""
        print_ = _digest((*self.made_by, *(self._told_by(row, people) for row in rows)))
        kept = self.memo.get(f"visits\0{block}", print_)
        if kept is not None:
            return VisitBlock.model_validate_json(kept).visits
        trips = cluster_visits(telling_of(row, people) for row in rows)
        made = tuple(
            MergedVisit(
                visit=visit,
                tellings=tuple(telling.key for telling in trip.tellings),
                stub=stub_of(visit, trip.tellings),
            )
            for trip, visit in zip(trips, merge_visits(trips, made_by=self.made_by), strict=True)
        )
        self.memo.put(f"visits\0{block}", print_, VisitBlock(visits=made).model_dump_json())
        return made

    def upgrades(
        self,
        block: str,
        rows: Sequence[UpgradeRow],
        occasions: Occasions,
        moved: Mapping[TellingKey, str],
    ) -> Sequence[Upgrade]:
        """Return the upgrades of a block.

        Args:
            moved: article and article-level visit → merged visit.
        """
        linked = [moved.get((row.article_id, row.upgrade.occasion or ""), "") for row in rows]
        parties = party_codes(rows[0].upgrade)
        around = (repr(stub) for stub in occasions.between(parties))
        events = (occasions.event(visit) or "" for visit in linked)
        told = (row.digest for row in rows)
        print_ = _digest((*self.made_by, *told, *linked, *events, *around))
        kept = self.memo.get(f"upgrades\0{block}", print_)
        if kept is not None:
            return UpgradeBlock.model_validate_json(kept).upgrades
        changes = cluster_upgrades([upgrade_telling(row.upgrade, row.source) for row in rows])
        made = tuple(merge_upgrades(changes, occasions, moved, made_by=self.made_by))
        self.memo.put(f"upgrades\0{block}", print_, UpgradeBlock(upgrades=made).model_dump_json())
        return made

    def _told_by(self, row: VisitRow, people: People) -> str:
        """Return all on which the merging of a row depends, as one text."""
        return "\0".join((row.digest, *self._known(row, people)))

    def _known(self, row: VisitRow, people: People) -> Iterator[str]:
        person = people.find(row.visitor)
        if person is None:
            person = office_holder(row, people)
        if person is not None:
            if person.id not in self._persons:
                roles = ((role.title, role.country) for role in person.roles)
                self._persons[person.id] = _digest((person.id, person.name, repr(tuple(roles))))
            yield self._persons[person.id]
        for number in row.hosts:
            host = people.find(number)
            yield host.name if host else ""


def _digest(parts: Iterable[str]) -> str:
    total = blake2b(digest_size=16)
    for part in parts:
        total.update(part.encode())
        total.update(b"\0")
    return total.hexdigest()


__all__ = ["BlockMerger", "MergedVisit", "TellingKey"]
