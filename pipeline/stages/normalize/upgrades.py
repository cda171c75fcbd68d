"""Upgrades of many articles as one record a change, each with the visit at which it happened."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from models import Upgrade, Visit
from models.upgrade import UpgradeStatus
from pipeline.stages.normalize.cluster import Cluster, Details, Phase, may_be_one
from pipeline.stages.normalize.days import Days, Grain, trip_days
from pipeline.stages.normalize.ids import distinct_ids
from pipeline.stages.normalize.occasions import Occasions
from pipeline.stages.normalize.sources import Source, sentence_keys, voices
from pipeline.stages.normalize.status import upgrade_status
from pipeline.stages.normalize.timeline import ONCE, REPEATED, cluster
from pipeline.stages.normalize.values import combined, most_supported, united

_PHASES: Mapping[UpgradeStatus, Phase] = {
    "completed": Phase.AFTER,
    "planned": Phase.BEFORE,
    "proposed": Phase.BEFORE,
}


@dataclass(frozen=True)
class UpgradeTelling:
    """A change of level as one article tells of it."""

    upgrade: Upgrade
    source: Source
    days: Days | None
    grain: Grain

    @property
    def key(self) -> tuple[str, str]:
        """Return article id and record id."""
        return self.source.article_id, self.upgrade.id

    @property
    def published(self) -> Days | None:
        """Return when the article appeared."""
        return self.source.published

    @property
    def details(self) -> Details:
        """Return nothing: what two tellings of a change contradict each other in is its block."""
        return {}

    @property
    def phase(self) -> Phase:
        """Return where the telling stands to the change."""
        return _PHASES[self.upgrade.status]


Changes = list[Cluster[UpgradeTelling]]


def merge_upgrades(
    found: Iterable[tuple[Upgrade, Source]],
    visits: Sequence[Visit],
    moved: Mapping[tuple[str, str], str],
) -> list[Upgrade]:
    """Return the merged upgrades by id, whatever the order of the tellings.

    Args:
        moved: article and article-level visit → merged visit.
    """
    occasions = Occasions(visits)
    changes = cluster_upgrades(telling_of(upgrade, source) for upgrade, source in found)
    drafts = [_merged(change.tellings, occasions, moved) for change in changes]
    rows = [(_content(draft), _place(draft)) for draft in drafts]
    made = distinct_ids("upgrade", rows)
    named = (draft.model_copy(update={"id": new}) for draft, new in zip(drafts, made, strict=True))
    return sorted(named, key=lambda upgrade: upgrade.id)


def telling_of(upgrade: Upgrade, source: Source) -> UpgradeTelling:
    """Return an upgrade with its days."""
    return UpgradeTelling(upgrade, source, *trip_days(upgrade.date, upgrade.date))


def cluster_upgrades(tellings: Iterable[UpgradeTelling]) -> Changes:
    """Return the changes told: same parties, direction and level (or none said), fitting dates."""
    blocks: dict[tuple[tuple[str, ...], str], list[UpgradeTelling]] = defaultdict(list)
    for telling in tellings:
        parties = tuple(sorted(party.code for party in telling.upgrade.parties))
        blocks[parties, telling.upgrade.change].append(telling)
    return [change for key in sorted(blocks) for change in _cluster_block(blocks[key])]


def _cluster_block(tellings: Sequence[UpgradeTelling]) -> Changes:
    by_level: dict[str, list[UpgradeTelling]] = defaultdict(list)
    for telling in tellings:
        by_level[telling.upgrade.level or ""].append(telling)
    unsaid = by_level.pop("", [])
    # Ties are cut and mended more than once; a partnership is concluded but once.
    once = tellings[0].upgrade.change in {"upgrade", "establishment"}
    recurrence = ONCE if once else REPEATED
    levels = (cluster(by_level[level], recurrence=recurrence) for level in sorted(by_level))
    changes = [change for changes in levels for change in changes]
    for vague in cluster(unsaid, recurrence=REPEATED):
        fitting = [c for c in changes if c.tellings[0].upgrade.level and may_be_one(c, vague)]
        if len(fitting) == 1:
            for telling in vague.tellings:
                fitting[0].add(telling)
        else:
            changes.append(vague)
    return changes


def _merged(
    tellings: Sequence[UpgradeTelling],
    occasions: Occasions,
    moved: Mapping[tuple[str, str], str],
) -> Upgrade:
    ordered = sorted(tellings, key=lambda telling: telling.key)
    voice = _voices(ordered)
    told = [(t.upgrade, voice[t.source.article_id]) for t in ordered]
    linked = [
        (moved[t.source.article_id, t.upgrade.occasion], voice[t.source.article_id])
        for t in ordered
        if t.upgrade.occasion and (t.source.article_id, t.upgrade.occasion) in moved
    ]
    draft = ordered[0].upgrade.model_copy(
        update={
            "level": next((u.level for u, _ in told if u.level), None),
            "level_text": most_supported(
                [(u.level_text, by) for u, by in told if u.level_text], prefer=_longest
            ),
            "previous_level": most_supported(
                [(u.previous_level, by) for u, by in told if u.previous_level], prefer=_longest
            ),
            "date": _date([(u.date, by) for u, by in told if u.date]),
            "status": upgrade_status(u.status for u, _ in told),
            "confidence": combined((u.confidence, by) for u, by in told),
            "evidence": united(u.evidence for u, _ in told),
        }
    )
    occasion = most_supported(linked, prefer=str) or occasions.find(draft)
    return draft.model_copy(update={"occasion": occasion})


def _voices(tellings: Sequence[UpgradeTelling]) -> Mapping[str, str]:
    keys: dict[str, set[str]] = defaultdict(set)
    for telling in tellings:
        keys[telling.source.article_id] |= sentence_keys(telling.upgrade.evidence)
        keys[telling.source.article_id].add(telling.source.opening)
    return voices(keys)


def _longest(text: str) -> tuple[int, str]:
    return -len(text), text


def _date(votes: Sequence[tuple[str, str]]) -> str | None:
    precise = max((len(day) for day, _ in votes), default=0)
    return most_supported([(day, by) for day, by in votes if len(day) == precise], prefer=str)


def _content(upgrade: Upgrade) -> tuple[str, ...]:
    parties = "+".join(sorted(party.code for party in upgrade.parties))
    return parties, upgrade.change, upgrade.level or "", upgrade.date or ""


def _place(upgrade: Upgrade) -> str:
    first = upgrade.evidence[0]
    return f"{first.article_id}\0{first.start:09}\0{upgrade.id}"


__all__ = ["UpgradeTelling", "cluster_upgrades", "merge_upgrades", "telling_of"]
