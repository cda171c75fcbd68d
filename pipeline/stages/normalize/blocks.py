"""Blocks of tellings merged, and what is kept of each to know whether it is to be merged again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from models import Record, Upgrade, Visit
from pipeline.stages.normalize.merge_visits import merge_visits
from pipeline.stages.normalize.occasions import Occasions
from pipeline.stages.normalize.people import People
from pipeline.stages.normalize.rows import UpgradeRow, VisitRow
from pipeline.stages.normalize.stubs import Stub, stub_of
from pipeline.stages.normalize.tellings import telling_of
from pipeline.stages.normalize.upgrades import cluster_upgrades, merge_upgrades
from pipeline.stages.normalize.upgrades import telling_of as upgrade_telling
from pipeline.stages.normalize.visits import cluster_visits

#: Article and article-level visit.
TellingKey = tuple[str, str]


class MergedVisit(Record):
    """A visit merged within its block, and what else is kept of it."""

    visit: Visit
    tellings: tuple[TellingKey, ...]
    stub: Stub | None


def merge_visit_block(
    rows: Sequence[VisitRow], people: People, *, made_by: tuple[str, ...]
) -> list[MergedVisit]:
    """Return the visits of a block, whose rows come in order of place."""
    trips = cluster_visits(telling_of(row, people) for row in rows)
    return [
        MergedVisit(
            visit=visit,
            tellings=tuple(telling.key for telling in trip.tellings),
            stub=stub_of(visit, trip.tellings),
        )
        for trip, visit in zip(trips, merge_visits(trips, made_by=made_by), strict=True)
    ]


def merge_upgrade_block(
    rows: Sequence[UpgradeRow],
    occasions: Occasions,
    moved: Mapping[TellingKey, str],
    *,
    made_by: tuple[str, ...],
) -> list[Upgrade]:
    """Return the upgrades of a block, whose rows come in order of place.

    Args:
        moved: article and article-level visit → merged visit.
    """
    changes = cluster_upgrades([upgrade_telling(row.upgrade, row.source) for row in rows])
    return merge_upgrades(changes, occasions, moved, made_by=made_by)


__all__ = ["MergedVisit", "TellingKey", "merge_upgrade_block", "merge_visit_block"]
