"""What other processes may help merging with: each job holds all that it needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from models import Entity, Record, Upgrade, Visit
from pipeline.stages.normalize.blocks import TellingKey, merge_upgrade_block, merge_visit_block
from pipeline.stages.normalize.chunk_heads import chunk_heads
from pipeline.stages.normalize.heads import ArticleRows, read_visit, take
from pipeline.stages.normalize.occasions import Occasions
from pipeline.stages.normalize.people import ListedPeople
from pipeline.stages.normalize.plain import dumped
from pipeline.stages.normalize.rows import UpgradeRow
from pipeline.stages.normalize.shorts import dumped_shorts, upgrade_shorts, visit_shorts

#: What a chunk keeps in full, by kind.
FULL = ("entities", "visits", "upgrades")


class Merged(Record):
    """The merged visits or upgrades of one block."""

    visits: tuple[Visit, ...] = ()
    upgrades: tuple[Upgrade, ...] = ()


@dataclass(frozen=True)
class TakenChunk:
    """The rows of a chunk's articles as JSON, in short and in full by kind."""

    heads: str
    full: Mapping[str, str]


def take_chunk(articles: Sequence[Callable[[], ArticleRows]]) -> TakenChunk:
    """Return what is kept of a chunk; each article is read as it is needed."""
    taken = [take(read()) for read in articles]
    full = {kind: dumped([getattr(one, kind) for one in taken]) for kind in FULL}
    return TakenChunk(dumped(chunk_heads(taken)), full)


@dataclass(frozen=True)
class MergedBlock:
    """What a block merged to as JSON, in full and in short."""

    block: str
    merged: str
    short: str


@dataclass(frozen=True)
class VisitJob:
    """The tellings of visits to one country, in order of place.

    Args:
        rows: what `read_visit` reads.
        persons: those that the rows name, by number of a sighting.
        leaders: those whose offices they name, by key of a known leader.
    """

    block: str
    rows: Sequence[str]
    persons: Mapping[int, Entity]
    leaders: Mapping[str, Entity]
    made_by: tuple[str, ...]


def merge_visit_job(job: VisitJob) -> MergedBlock:
    """Merge a block of visits."""
    people = ListedPeople(job.persons, job.leaders)
    merged = merge_visit_block(list(map(read_visit, job.rows)), people, made_by=job.made_by)
    kept = Merged(visits=tuple(one.visit for one in merged))
    return MergedBlock(job.block, kept.model_dump_json(), dumped_shorts(visit_shorts(merged)))


@dataclass(frozen=True)
class UpgradeJob:
    """The tellings of changes between the same parties, in order of place.

    Args:
        rows: `UpgradeRow`s as JSON.
        occasions: the visits between the parties, and what others are made for.
        moved: article and article-level visit → merged visit, of those that the rows name.
    """

    block: str
    rows: Sequence[str]
    occasions: Occasions
    moved: Mapping[TellingKey, str]
    made_by: tuple[str, ...]


def merge_upgrade_job(job: UpgradeJob) -> MergedBlock:
    """Merge a block of upgrades."""
    rows = list(map(UpgradeRow.model_validate_json, job.rows))
    merged = merge_upgrade_block(rows, job.occasions, job.moved, made_by=job.made_by)
    kept = Merged(upgrades=tuple(merged))
    return MergedBlock(job.block, kept.model_dump_json(), dumped_shorts(upgrade_shorts(merged)))


__all__ = [
    "FULL",
    "Merged",
    "MergedBlock",
    "TakenChunk",
    "UpgradeJob",
    "VisitJob",
    "merge_upgrade_job",
    "merge_visit_job",
    "take_chunk",
]
