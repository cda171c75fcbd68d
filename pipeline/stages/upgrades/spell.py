"""A candidate of the upgrades stage in words."""

from __future__ import annotations

from pipeline.stages.upgrades.candidate import Candidate


def spell(candidate: Candidate) -> str:
    """Return a candidate's arguments in one line."""
    parts = [
        " – ".join(sorted(candidate.parties)),
        f"{candidate.change} to {candidate.level or 'no named level'}",
        candidate.status,
        candidate.date or "no date",
        f"score {candidate.score:.2f}",
    ]
    return ", ".join(parts)


__all__ = ["spell"]
