"""The status of a visit or upgrade as of the newest article that tells of it."""

from __future__ import annotations

from collections.abc import Iterable

from models.upgrade import UpgradeStatus
from models.visit import MADE, OFF, VisitStatus

#: How far a visit has come; also the order in which news of one day is read.
_PROGRESS: dict[VisitStatus, int] = {
    "invited": 0,
    "planned": 1,
    "ongoing": 2,
    "completed": 3,
    "postponed": 4,
    "cancelled": 5,
}
_UPGRADE_PROGRESS: dict[UpgradeStatus, int] = {"proposed": 0, "planned": 1, "completed": 2}


def visit_status(told: Iterable[tuple[int, VisitStatus]]) -> VisitStatus:
    """Return the last status told, by day of publication.

    A visit does not go back from completed to planned; one postponed is planned anew; one
    cancelled stays so until a later article tells that it took place.

    >>> visit_status([(1, "planned"), (2, "cancelled"), (3, "planned")])
    'cancelled'
    """
    ordered = sorted(told, key=lambda entry: (entry[0], _PROGRESS[entry[1]]))
    status = ordered[0][1]
    for _, following in ordered[1:]:
        status = _next_status(status, following)
    return status


def _next_status(status: VisitStatus, following: VisitStatus) -> VisitStatus:
    if following in OFF:
        return following
    if status == "cancelled":
        return following if following in MADE else status
    if status == "postponed":
        return status if following == "invited" else following
    return max(status, following, key=_PROGRESS.__getitem__)


def upgrade_status(told: Iterable[UpgradeStatus]) -> UpgradeStatus:
    """Return how far an upgrade has come."""
    return max(told, key=_UPGRADE_PROGRESS.__getitem__)


__all__ = ["upgrade_status", "visit_status"]
