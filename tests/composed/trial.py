"""How much of composed texts is found, and which of their parts lose most."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from models import Upgrade, Visit
from tests.composed.texts import Composed, Wanted
from tests.reading import PUBLISHED, Reader, Reading


@dataclass(frozen=True)
class Outcome:
    """One text, what of it was not found, and what was found that it does not tell."""

    composed: Composed
    lost: Sequence[Wanted]
    false: Sequence[str]


@dataclass(frozen=True)
class Trial:
    """The outcomes of texts of one grid."""

    outcomes: Sequence[Outcome]

    @property
    def wanted(self) -> int:
        """The number of records that the texts tell."""
        return sum(len(outcome.composed.wanted) for outcome in self.outcomes)

    @property
    def lost(self) -> int:
        """The number of these that were not found, or with another day, status or name."""
        return sum(len(outcome.lost) for outcome in self.outcomes)

    @property
    def false(self) -> int:
        """The number of records between countries of which the texts tell none."""
        return sum(len(outcome.false) for outcome in self.outcomes)

    @property
    def found(self) -> float:
        """The share of the records told that were found, with all that is asked."""
        return 1 - self.lost / self.wanted if self.wanted else 1.0

    def by_part(self) -> list[tuple[float, int, str, str]]:
        """Return share right, number wanted, and the part, those that go wrong most first."""
        counts: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
        for outcome in self.outcomes:
            # "sentence 1", "sentence 2": it is one part wherever it stands.
            told = {(k.rstrip(" 0123456789"), v) for k, v in outcome.composed.parts.items()}
            for part in told:
                counts[part][0] += len(outcome.composed.wanted) or 1  # of none a whole text
                counts[part][1] += len(outcome.lost) + len(outcome.false)
        rows = ((1 - lost / all_, all_, *part) for part, (all_, lost) in counts.items())
        return sorted(rows)


def tried(reader: Reader, texts: Sequence[Composed]) -> Trial:
    """Read composed texts."""
    reader.prepare(composed.text for composed in texts)
    return Trial([_outcome(composed, reader.read(composed.text, PUBLISHED)) for composed in texts])


def _outcome(composed: Composed, reading: Reading) -> Outcome:
    if composed.whole:
        return _of_changes(composed, list(_pairs(reading.upgrades)))
    found = [*_trips(reading.visits), *_pairs(reading.upgrades)]
    lost = [wanted for wanted in composed.wanted if not any(_is(wanted, told) for told in found)]
    ends = {frozenset((wanted.origin, wanted.destination)) for wanted in composed.wanted}
    told = {(one.origin, one.destination) for one in found}
    false = [f"{a}>{b}" for a, b in told if frozenset((a, b)) not in ends]
    return Outcome(
        composed, lost, false or (_told_twice(composed, found) if composed.strict else [])
    )


def _told_twice(composed: Composed, found: Sequence[Wanted]) -> list[str]:
    """Return the ways that more trips lead than the text tells."""
    told = Counter((one.origin, one.destination) for one in found)
    wanted = Counter((one.origin, one.destination) for one in composed.wanted)
    return [f"{a}>{b} again" for a, b in (told - wanted).elements()]


def _of_changes(composed: Composed, found: Sequence[Wanted]) -> Outcome:
    """Hold all changes that were found against all that are told; one that is lost may be near."""
    lost = [wanted for wanted in composed.wanted if not any(_is(wanted, told) for told in found)]
    either = [
        replace(one, origin=ends[0], destination=ends[1])
        for one in composed.wanted
        for ends in _orders(one)
    ]
    amiss = [told for told in found if not any(_is(wanted, told) for wanted in either)]
    near = {(ends, one.state) for one in lost for ends in _orders(one)}
    false = [told for told in amiss if ((told.origin, told.destination), told.state) not in near]
    told_so = [
        f"{one.origin}-{one.destination} {one.state} {one.level} {one.start} {one.status}"
        for one in false
        if one.origin < one.destination
    ]
    return Outcome(composed, lost, told_so)


def _orders(wanted: Wanted) -> tuple[tuple[str, str], ...]:
    return (wanted.origin, wanted.destination), (wanted.destination, wanted.origin)


def _is(wanted: Wanted, told: Wanted) -> bool:
    """Say whether a record tells what is wanted; a field that is not asked may be any."""
    return (
        (wanted.origin, wanted.destination) == (told.origin, told.destination)
        and wanted.start in (None, told.start)
        and wanted.end in (None, told.end)
        and wanted.state in ("", told.state)
        and wanted.name in (None, told.name)
        and wanted.level in (None, told.level)
        and wanted.status in ("", told.status)
    )


def _trips(visits: Sequence[Visit]) -> Iterator[Wanted]:
    for visit in visits:
        origin = visit.origin.code if visit.origin else None
        yield Wanted(
            origin or "?", visit.destination.code or "?", visit.start, visit.end,
            visit.status, visit.visitor.name,
        )  # fmt: skip


def _pairs(upgrades: Sequence[Upgrade]) -> Iterator[Wanted]:
    for upgrade in upgrades:
        codes = [party.code or "?" for party in upgrade.parties]
        for one in codes:
            for other in codes:
                if one != other and len(codes) == 2:
                    yield Wanted(
                        one, other, upgrade.date, state=upgrade.change,
                        level=upgrade.level or "", status=upgrade.status,
                    )  # fmt: skip
