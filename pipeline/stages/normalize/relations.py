"""The history of relations of each pair of parties, and what in it does not fit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from models import RelationStep, Upgrade
from models.upgrade import Change
from pipeline.stages.normalize.cues import says
from pipeline.stages.normalize.days import days_of
from pipeline.stages.normalize.ladders import DIPLOMATIC, rungs_between, standing

Pair = tuple[str, str]
#: Changes after which the level is lost.
_ENDS = frozenset({"severance"})
_NO_DAY = 10**7


@dataclass(frozen=True, slots=True)
class Step:
    """A completed change of level in short."""

    upgrade_id: str
    level: str | None
    level_text: str | None
    previous: str | None
    change: Change
    date: str | None
    #: When an article first told of it, as a day's ordinal.
    told: int
    #: Publication dates of articles that tell of it as of something that already stands.
    reaffirmed: tuple[str, ...]

    @property
    def order(self) -> tuple[int, int, str]:
        """Return its place in time; one without a date stands where it was first told."""
        days = days_of(self.date)
        return (*days, self.upgrade_id) if days else (self.told, self.told, self.upgrade_id)


class Histories:
    """Completed changes of level, by pair of parties."""

    def __init__(self) -> None:
        self._by_pair: dict[Pair, list[Step]] = defaultdict(list)

    def add(self, upgrade: Upgrade) -> None:
        """Take a change in; one that is only planned or proposed is no history yet."""
        if upgrade.status != "completed":
            return
        step = step_of(upgrade)
        for pair in pairs_of(upgrade):
            self._by_pair[pair].append(step)

    def steps(self) -> Iterator[RelationStep]:
        """Yield every pair's steps in order."""
        for pair in sorted(self._by_pair):
            yield from history(pair, self._by_pair[pair])


def pairs_of(upgrade: Upgrade) -> Iterator[Pair]:
    """Yield the pairs of parties whose relations an upgrade is of."""
    yield from combinations(sorted(party.code for party in upgrade.parties), 2)


def step_of(upgrade: Upgrade) -> Step:
    """Return a change of level in short."""
    published = [days.first for proof in upgrade.evidence if (days := days_of(proof.published))]
    reaffirmed = {
        proof.published
        for proof in upgrade.evidence
        if proof.published and says("reaffirm", [proof.text])
    }
    return Step(
        upgrade_id=upgrade.id,
        level=upgrade.level,
        level_text=upgrade.level_text,
        previous=upgrade.previous_level,
        change=upgrade.change,
        date=upgrade.date,
        told=min(published, default=_NO_DAY),
        reaffirmed=tuple(sorted(reaffirmed)),
    )


@dataclass
class _Track:
    """Where relations of one sort, partnership or diplomatic ones, stand."""

    level: str | None = None
    rank: int | None = None
    issuer: str | None = None
    known: bool = False


@dataclass
class _Draft:
    step: Step
    from_level: str | None
    skipped: tuple[str, ...]
    contradictions: list[str]
    reaffirmed: set[str] = field(default_factory=set)


def history(pair: Pair, steps: Sequence[Step]) -> Iterator[RelationStep]:
    """Yield the steps of one pair's relations in order."""
    tracks: dict[bool, _Track] = defaultdict(_Track)
    last: dict[tuple[str | None, Change], _Draft] = {}
    drafts: list[_Draft] = []
    for step in sorted(steps, key=lambda step: step.order):
        rung = standing(pair, step.level or step.previous)
        track = tracks[rung is not None and rung.issuer == DIPLOMATIC]
        earlier = last.get((step.level, step.change))
        if earlier is not None and step.change == "upgrade" and track.level == step.level:
            _told_again(earlier, step)
            continue
        draft = _draft(pair, step, track)
        drafts.append(draft)
        last[step.level, step.change] = draft
        _move(pair, step, track)
    for number, draft in enumerate(drafts, start=1):
        yield _row(pair, number, draft)


def _told_again(earlier: _Draft, step: Step) -> None:
    """Take a level that already stood for reaffirmed, unless the two dates are the same news."""
    dates = set(step.reaffirmed) or ({step.date} if step.date else set())
    earlier.reaffirmed |= dates
    if step.date and not step.reaffirmed:
        earlier.contradictions.append(f"also told as new in {step.date}")


def _draft(pair: Pair, step: Step, track: _Track) -> _Draft:
    before = step.previous or track.level
    contradictions = list(_contradictions(pair, step, track))
    low, high = standing(pair, before), standing(pair, step.level, step.level_text)
    skipped: tuple[str, ...] = ()
    if step.change == "upgrade" and low and high and low.issuer == high.issuer:
        skipped = rungs_between(high.issuer, low.rank, high.rank)
    return _Draft(step, before, skipped, contradictions, set(step.reaffirmed))


def _contradictions(pair: Pair, step: Step, track: _Track) -> Iterator[str]:
    if step.previous and track.level and step.previous != track.level:
        yield f"raised from {step.previous}, while {track.level} stood"
    rung = standing(pair, step.level, step.level_text)
    if step.date is None:
        return  # where it stands among the others is a guess
    if rung and rung.issuer == track.issuer and rung.rank is not None and track.rank is not None:
        if step.change == "upgrade" and rung.rank < track.rank:
            yield f"raised to {step.level}, which is below {track.level}"
        # Relations that are established say nothing of the rank of envoys.
        if step.change == "downgrade" and rung.rank > track.rank and rung.issuer != DIPLOMATIC:
            yield f"lowered to {step.level}, which is above {track.level}"
    if step.change == "establishment" and track.level is not None:
        yield f"established, while {track.level} stood"
    if step.change == "severance" and track.known and track.level is None:
        yield "severed, while nothing stood"


def _move(pair: Pair, step: Step, track: _Track) -> None:
    rung = standing(pair, step.level, step.level_text)
    track.known = True
    if step.change in _ENDS:
        track.level = track.rank = track.issuer = None
    else:
        track.level = step.level
        track.rank, track.issuer = (rung.rank, rung.issuer) if rung else (None, None)


def _row(pair: Pair, number: int, draft: _Draft) -> RelationStep:
    step = draft.step
    rung = standing(pair, step.level, step.level_text)
    return RelationStep(
        id=f"relation-{pair[0]}-{pair[1]}-{number:03}",
        party=pair[0],
        other_party=pair[1],
        date=step.date,
        from_level=step.level if step.change in _ENDS else draft.from_level,
        to_level=None if step.change in _ENDS else step.level,
        change=step.change,
        issuer=rung.issuer if rung else None,
        level_rank=rung.rank if rung else None,
        reaffirmed_on=tuple(sorted(draft.reaffirmed)),
        skipped=draft.skipped,
        contradictions=tuple(draft.contradictions),
        upgrade_id=step.upgrade_id,
    )


def histories_of(upgrades: Iterable[Upgrade]) -> list[RelationStep]:
    """Return the steps of all pairs' histories."""
    found = Histories()
    for upgrade in upgrades:
        found.add(upgrade)
    return list(found.steps())


__all__ = ["Histories", "Step", "histories_of", "history", "pairs_of", "step_of"]
