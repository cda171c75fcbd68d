"""The status of a trip as of its article."""

from __future__ import annotations

from datetime import date

from models.visit import VisitStatus
from pipeline.discourse.timing import When
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.trips import Trip


def status_of(trip: Trip, published: str | None, *, lead: int) -> VisitStatus:
    """Return a trip's status as of its article.

    Called off beats all; being there, or having just arrived, beats what is planned for the
    stay; else what is told first counts, held against the calendar.

    Args:
        published: the article's date, or None.
        lead: token index up to which the article's opening goes.
    """
    told = [c for c in trip.candidates if c.status is not None]
    statuses = {c.status for c in told}
    for off in ("cancelled", "postponed"):
        if off in statuses:
            return "cancelled" if off == "cancelled" else "postponed"
    when = trip.when
    future = _compare(when.start, published) > 0
    past = _compare(when.end or when.start, published) < 0
    if any(c.phase == "leave" and c.status == "completed" for c in told) and not future:
        return "completed"
    if any(c.status == "ongoing" and not c.fact.weak for c in told):
        return "completed" if _is_long_ago(when, published) else "planned" if future else "ongoing"
    if _just_arrived(trip, published, lead):
        return "planned" if future else "ongoing"
    first = told[0]
    status: VisitStatus = first.status or "completed"
    if status == "planned" and "completed" in statuses:
        status = "planned" if future else "completed" if past else status
    if status == "invited" and "planned" in statuses:
        status = "planned"
    if status == "ongoing":
        status = _of_present(first, lead)
    if future and status in {"completed", "ongoing"}:
        return "planned"
    if status == "ongoing" and _is_long_ago(when, published):
        return "completed"
    return status


def _of_present(candidate: Candidate, lead: int) -> VisitStatus:
    """Read the present tense: a headline tells what goes on, a later "flies to" what is to come."""
    if candidate.fact.reason == "present" and candidate.phase == "arrive" and candidate.at > lead:
        return "planned"
    return "ongoing"


def _compare(first: str | None, second: str | None) -> int:
    """Order two partial dates as far as both go; 0 where they may be equal or one is unknown."""
    if not first or not second:
        return 0
    shorter = min(len(first), len(second))
    left, right = first[:shorter], second[:shorter]
    return (left > right) - (left < right)


def _is_long_ago(when: When, published: str | None) -> bool:
    last = when.end or when.start
    if not last or not published:
        return False
    if len(last) == len(published) == 10:
        gap_days = (date.fromisoformat(published) - date.fromisoformat(last)).days
        return gap_days > (0 if when.end and when.end != when.start else 6)
    return _compare(last, published) < 0


def _just_arrived(trip: Trip, published: str | None, lead: int) -> bool:
    for candidate in trip.candidates:
        if candidate.fact.reason != "arrived" or candidate.fact.status != "completed":
            continue
        start = candidate.when.start
        if start is None:
            if candidate.at < lead:
                return True
        elif published and len(start) == len(published) == 10:
            gap_days = (date.fromisoformat(published) - date.fromisoformat(start)).days
            if -1 <= gap_days <= 6:
                return True
        elif published is None and len(start) == 10 and candidate.at < lead:
            return True
    return False


__all__ = ["status_of"]
