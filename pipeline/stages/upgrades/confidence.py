"""What the telling of a change in relations is like, by which its record is more or less sure."""

from __future__ import annotations

import math
from collections.abc import Sequence

from models.upgrade import Upgrade
from pipeline.discourse.confidence import Features, strength
from pipeline.stages.upgrades.candidate import Candidate


def features_of(upgrade: Upgrade, candidates: Sequence[Candidate]) -> Features:
    """Return what a change's record is judged by, from the record and its tellings."""
    return {
        "strength": strength(c.score for c in candidates),
        "tellings": math.log(len(candidates)),
        "rules": float(len({c.rule for c in candidates}) > 1),
        "no_level": float(upgrade.level is None),
        "from_level": float(upgrade.previous_level is not None),
        "dated": float(upgrade.date is not None),
        "proposed": float(upgrade.status == "proposed"),
        "planned": float(upgrade.status == "planned"),
        "other_change": float(upgrade.change != "upgrade"),
        "many_parties": float(len(upgrade.parties) > 2),
        "owned": float(any(c.owners for c in candidates)),
        "occasion": float(upgrade.occasion is not None),
    }


__all__ = ["features_of"]
