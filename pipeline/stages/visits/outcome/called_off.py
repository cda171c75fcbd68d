"""Whether a trip that is told to be off, or put off, is so, and not only a part of it."""

from __future__ import annotations

from collections.abc import Sequence

from models.visit import MADE, OFF, VisitStatus
from pipeline.discourse.facts import BARE, ONCE_OFF, WILL
from pipeline.stages.visits.candidate import EVENT_OFF, LEFT_HOME, Candidate
from pipeline.stages.visits.days.days_apart import compare


def called_off(told: Sequence[Candidate], published: str | None) -> VisitStatus | None:
    """Return whether a trip is told to be off or put off, None where it is not.

    Args:
        told: what is told of it.
        published: the article's date, or None.
    """
    off = [
        c
        for c in told
        if c.status in OFF and not _is_of_part(told, c) and not _is_made_after(told, c, published)
    ]
    return _off_or_put_off(off) if off else None


def _off_or_put_off(off: Sequence[Candidate]) -> VisitStatus:
    """Return whether a trip is off or put off.

    Who "will not come as planned" may come later. What is put off, as told first and most often,
    or as the news ("has been postponed to June"), is called off in other words.
    """
    told = [c for c in off if not c.fact.weak] or off
    first = min(told, key=lambda c: c.at)
    put_off = [c for c in told if c.status == "postponed"]
    mostly = first.status == "postponed" and 2 * len(put_off) > len(told)
    news = any(c.fact.reason == "perfect" for c in put_off)
    return "postponed" if mostly or news else "cancelled"


def _is_of_part(told: Sequence[Candidate], off: Candidate) -> bool:
    """Tell "cancelled a visit to Alberta" of one who has arrived in Ottawa: a part of the trip.

    So "cancelled a dinner in Ottawa", "talks in Ottawa were called off" of one who is there, and
    "left Canada on Friday, skipping a visit to Alberta".
    """
    if off.rule == "called_off" or not {"inside", "meeting", EVENT_OFF}.isdisjoint(off.notes):
        return any(is_being_made(c) for c in told)
    place = off.spot.place if off.spot else None
    return place is not None and any(
        c.spot is not None
        and c.status in MADE
        and (
            (c.spot.place not in {None, place} and c.phase == "arrive")
            or (c.spot.place != place and c.phase == "leave" and c.fact.reason != "pluperfect")
        )
        for c in told
    )


def is_being_made(told: Candidate) -> bool:
    """Tell "is on a visit to Peru", "arrived in Peru" from "will visit Peru", "had been there"."""
    if told.spot is None or told.fact.reason in {BARE, "pluperfect"}:
        return False
    arrived = told.phase == "arrive" and told.status == "completed"
    return arrived or told.status == "ongoing"


def _is_made_after(told: Sequence[Candidate], off: Candidate, published: str | None) -> bool:
    """Tell whether a trip is told to have been made, or planned anew, after it was put off."""
    if off.status == "postponed" and any(_outdoes(c, off, published) for c in told):
        return True
    if off.fact.reason == "pluperfect" and any(
        c.status == "planned" and c.fact.reason == WILL and c.at > off.at for c in told
    ):
        return True  # "had cancelled his visit, but will come after all"
    return any(
        c.status in MADE
        and c.fact.reason != "pluperfect"
        and LEFT_HOME not in c.notes  # "left home on Sunday, but turned back"
        and (c.at > off.at or off.status == "postponed" or off.fact.reason == "pluperfect")
        and (c.phase == "arrive" or off.fact.reason in {"pluperfect", ONCE_OFF})
        and (c.when.start is not None or c.fact.reason == "perfect")
        and compare(c.when.start, published) <= 0
        for c in told
    )


def _outdoes(told: Candidate, off: Candidate, published: str | None) -> bool:
    """Tell "wrapped up a visit on Monday", before "it was delayed by floods", or "will come".

    What is only planned outdoes a delay that is recalled ("was twice put off").
    """
    if told.at > off.at or told.fact.reason in {BARE, "pluperfect"}:
        return False
    if told.status == "planned":
        return off.fact.reason == ONCE_OFF and told.when.start is not None
    day = told.when.end or told.when.start
    return told.status in MADE and bool(day) and compare(day, published) <= 0


__all__ = ["called_off", "is_being_made"]
