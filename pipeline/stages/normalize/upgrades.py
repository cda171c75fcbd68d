"""Upgrades of many articles as one record a change, each with the visit at which it happened."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from models import Upgrade
from models.upgrade import UpgradeStatus
from pipeline.stages.normalize.cluster import Cluster, Details, Phase, may_be_one
from pipeline.stages.normalize.codes import upgrade_codes
from pipeline.stages.normalize.cues import event_named, says
from pipeline.stages.normalize.days import Days, Grain, trip_days
from pipeline.stages.normalize.ids import distinct_ids
from pipeline.stages.normalize.ladders import Standing, standing
from pipeline.stages.normalize.occasions import Occasions
from pipeline.stages.normalize.provenance import place_key, provenance, sourced
from pipeline.stages.normalize.sources import Source, voices_of
from pipeline.stages.normalize.status import upgrade_status
from pipeline.stages.normalize.timeline import ONCE, REPEATED, cluster
from pipeline.stages.normalize.values import combined, longest, most_supported, united
from pipeline.stages.normalize.variants import upgrade_values, variants

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


def block_of(upgrade: Upgrade) -> str:
    """Return the name of an upgrade's block: tellings of one change share parties and direction."""
    return f"{'+'.join(party_codes(upgrade))}\0{upgrade.change}"


def merge_upgrades(
    changes: Changes,
    occasions: Occasions,
    moved: Mapping[tuple[str, str], str],
    *,
    made_by: tuple[str, ...] = (),
) -> list[Upgrade]:
    """Return a block's merged upgrades, whatever the order of the tellings.

    Args:
        moved: article and article-level visit → merged visit.
        made_by: program and model, for the records' provenance.
    """
    drafts = [_merged(change.tellings, occasions, moved, made_by) for change in changes]
    rows = [(_content(draft), place_key(draft)) for draft in drafts]
    made = distinct_ids("upgrade", rows)
    return [draft.model_copy(update={"id": new}) for draft, new in zip(drafts, made, strict=True)]


def telling_of(upgrade: Upgrade, source: Source) -> UpgradeTelling:
    """Return an upgrade with its days."""
    return UpgradeTelling(upgrade, source, *trip_days(upgrade.date, upgrade.date))


def cluster_upgrades(tellings: Sequence[UpgradeTelling]) -> Changes:
    """Return the changes that a block's tellings tell of: the same level, or none said."""
    by_level: dict[str, list[UpgradeTelling]] = defaultdict(list)
    for telling in tellings:
        by_level[telling.upgrade.level or ""].append(telling)
    unsaid = by_level.pop("", [])
    # Ties are cut and mended more than once; a partnership is concluded but once.
    once = tellings[0].upgrade.change in {"upgrade", "establishment"}
    recurrence = ONCE if once else REPEATED
    levels = (cluster(by_level[level], recurrence=recurrence) for level in sorted(by_level))
    changes = _join_rungs([change for changes in levels for change in changes])
    for vague in cluster(unsaid, recurrence=REPEATED):
        fitting = [c for c in changes if c.tellings[0].upgrade.level and may_be_one(c, vague)]
        if len(fitting) == 1:
            for telling in vague.tellings:
                fitting[0].add(telling)
        else:
            changes.append(vague)
    return changes


def _join_rungs(changes: Changes) -> Changes:
    """Join changes of one day to levels of one rung, which articles name more or less fully.

    "A strategic partnership" and "a strategic cooperative partnership" with China of the same day
    are one.
    """
    by_rung: dict[Standing, Changes] = defaultdict(list)
    rest: Changes = []
    for change in changes:
        told = change.tellings[0].upgrade
        rung = standing(party_codes(told), told.level, told.level_text)
        dated = change.days is not None and change.grain <= Grain.MONTH
        if rung is None or rung.rank is None or not dated:
            rest.append(change)
        else:
            by_rung[rung].append(change)
    for rung in sorted(by_rung, key=repr):
        rest += _join_neighbours(by_rung[rung])
    return rest


def _join_neighbours(changes: Changes) -> Changes:
    made: Changes = []
    for change in sorted(changes, key=lambda c: (c.days or Days(0, 0), c.tellings[0].key)):
        last = made[-1] if made else None
        if last is None or not may_be_one(last, change):
            made.append(change)
            continue
        for telling in change.tellings:
            last.add(telling)
    return made


def _merged(
    tellings: Sequence[UpgradeTelling],
    occasions: Occasions,
    moved: Mapping[tuple[str, str], str],
    made_by: tuple[str, ...],
) -> Upgrade:
    ordered = sorted(tellings, key=lambda telling: telling.key)
    voice = voices_of((telling.source, telling.upgrade.evidence) for telling in ordered)
    told = [(t.upgrade, voice[t.source.article_id]) for t in ordered]
    linked = [
        (moved[t.source.article_id, t.upgrade.occasion], voice[t.source.article_id])
        for t in ordered
        if t.upgrade.occasion and (t.source.article_id, t.upgrade.occasion) in moved
    ]
    evidence = united(sourced(t.upgrade.evidence, t.source, t.upgrade.status) for t in ordered)
    draft = ordered[0].upgrade.model_copy(
        update={
            "level": most_supported([(u.level, by) for u, by in told if u.level], prefer=longest),
            "level_text": most_supported(
                [(u.level_text, by) for u, by in told if u.level_text], prefer=longest
            ),
            "previous_level": most_supported(
                [(u.previous_level, by) for u, by in told if u.previous_level], prefer=longest
            ),
            "date": _date([(u.date, by) for u, by in told if u.date]),
            "status": upgrade_status(u.status for u, _ in told),
            "confidence": combined((u.confidence, by) for u, by in told),
            "evidence": evidence,
            "provenance": provenance(evidence, made_by),
        }
    )
    occasion = most_supported(linked, prefer=str) or occasions.find(draft)
    rung = standing(party_codes(draft), draft.level, draft.level_text)
    sentences = [proof.text for proof in evidence]
    return draft.model_copy(
        update={
            "occasion": occasion,
            "event": next(filter(None, map(event_named, sentences)), occasions.event(occasion)),
            "issuer": rung.issuer if rung else None,
            "level_rank": rung.rank if rung else None,
            "variants": variants(
                [(t.source.article_id, upgrade_values(t.upgrade)) for t in ordered],
                upgrade_values(draft),
            ),
            **upgrade_codes(draft, signed=says("signed", sentences)),
        }
    )


def party_codes(upgrade: Upgrade) -> list[str]:
    """Return the codes of the parties, sorted."""
    return sorted(party.code for party in upgrade.parties)


def _date(votes: Sequence[tuple[str, str]]) -> str | None:
    precise = max((len(day) for day, _ in votes), default=0)
    return most_supported([(day, by) for day, by in votes if len(day) == precise], prefer=str)


def _content(upgrade: Upgrade) -> tuple[str, ...]:
    return "+".join(party_codes(upgrade)), upgrade.change, upgrade.level or "", upgrade.date or ""


__all__ = [
    "UpgradeTelling",
    "block_of",
    "cluster_upgrades",
    "merge_upgrades",
    "party_codes",
    "telling_of",
]
