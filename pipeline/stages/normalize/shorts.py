"""What is kept of merged visits and upgrades in short: all that records of other blocks ask for."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, fields

from models import Upgrade
from pipeline.stages.normalize.blocks import MergedVisit, TellingKey
from pipeline.stages.normalize.ledger import due
from pipeline.stages.normalize.plain import Plain, dumped
from pipeline.stages.normalize.relations import Pair, Step, pairs_of, step_of
from pipeline.stages.normalize.stubs import Stub

#: Of a stub's fields the one that holds where it is told.
PLACES = [field.name for field in fields(Stub)].index("places")


@dataclass(frozen=True, slots=True)
class VisitShort:
    """A merged visit."""

    id: str
    tellings: Sequence[TellingKey]
    stub: Stub | None
    #: The day after which it is past if nothing more is told.
    due: int | None


@dataclass(frozen=True, slots=True)
class UpgradeShort:
    """A merged upgrade."""

    id: str
    occasion: str | None
    due: int | None
    #: The step that it is in the history of these pairs of parties; None while it is not made.
    step: Step | None
    pairs: Sequence[Pair]


def visit_shorts(merged: Sequence[MergedVisit]) -> list[VisitShort]:
    """Return a block's visits in short."""
    return [VisitShort(one.visit.id, one.tellings, one.stub, due(one.visit)) for one in merged]


def upgrade_shorts(merged: Sequence[Upgrade]) -> list[UpgradeShort]:
    """Return a block's upgrades in short."""
    return [
        UpgradeShort(
            upgrade.id,
            upgrade.occasion,
            due(upgrade),
            step_of(upgrade) if upgrade.status == "completed" else None,
            tuple(pairs_of(upgrade)),
        )
        for upgrade in merged
    ]


def dumped_shorts(shorts: Sequence[VisitShort | UpgradeShort]) -> str:
    """Return shorts as JSON."""
    return dumped([_plain(short) for short in shorts])


def _plain(short: object) -> Plain:
    """Return a dataclass, and those in it, as the list of its fields."""
    values = (getattr(short, field.name) for field in fields(short))  # type: ignore[arg-type]
    return [_plain(value) if isinstance(value, Stub | Step) else value for value in values]


def read_visit_shorts(text: str) -> list[VisitShort]:
    """Return the visits of `dumped_shorts`."""
    return [
        VisitShort(made, [(article, visit) for article, visit in tellings], _stub(stub), day)
        for made, tellings, stub, day in json.loads(text)
    ]


def _stub(plain: Plain) -> Stub | None:
    if plain is None:
        return None
    places = tuple((article, start, order) for article, start, order in plain[PLACES])
    return Stub(*[*plain[:PLACES], places, *plain[PLACES + 1 :]])


def read_upgrade_shorts(text: str) -> list[UpgradeShort]:
    """Return the upgrades of `dumped_shorts`."""
    return [
        UpgradeShort(made, occasion, day, _step(step), [(one, other) for one, other in pairs])
        for made, occasion, day, step, pairs in json.loads(text)
    ]


def _step(plain: Plain) -> Step | None:
    if plain is None:
        return None
    return Step(*[*plain[:-1], tuple(plain[-1])])


__all__ = [
    "UpgradeShort",
    "VisitShort",
    "dumped_shorts",
    "read_upgrade_shorts",
    "read_visit_shorts",
    "upgrade_shorts",
    "visit_shorts",
]
