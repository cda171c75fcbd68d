"""Whether a telling may be of a trip told before by its days."""

from __future__ import annotations

from models.visit import MADE, OFF
from pipeline.discourse.facts import JUST_COME, NTH, ONCE_OFF, UNDONE
from pipeline.discourse.timing.days import days_between
from pipeline.iso_lengths import DAY, MONTH, YEAR
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.days.same_stay import is_stay, near, overlap
from pipeline.stages.visits.merging.trip import Trip
from pipeline.stages.visits.tables import word_set
from pipeline.stages.visits.travel.homeward import HOMEWARD

#: How long before a coming what was done in the same place was done on another trip.
_APART_DAYS = 3
#: How many days a journey may take, from the day on which one set out.
_JOURNEY_DAYS = 3
#: How many days a deed may lie from the first or last day of its stay.
_STAY = 4


def are_apart(trip: Trip, candidate: Candidate, published: str | None) -> bool:
    """Tell a trip yet to come from one made some month before."""
    if trip.count != 1:
        return False
    if published is None:
        return _is_of_bare_year(trip, candidate)
    ahead = {"planned", "invited", "ongoing"}
    day = candidate.when.start or candidate.when.end
    made = candidate.status in MADE
    anew = candidate.phase == "arrive" and candidate.fact.reason != "pluperfect"
    if day and made and not trip.days and not anew and _is_just_off(trip):
        return _is_before_month(day, published)  # "has called off a trip. He was there in May"
    if day and candidate.is_over and not trip.days:
        if any(c.fact.reason == "arrived" for c in trip.candidates):
            return is_seasons_before(day, published)
        return trip.statuses <= ahead and _is_before_month(day, published)
    if trip.days and candidate.status == "planned" and day and day == published[:4]:
        # "visited Lima in May, and plans a return in 2024"
        return trip.statuses == {"completed"} and len(max(trip.days, key=len)) > len(day)
    if trip.days and candidate.status in ahead and not day:
        old = all(_is_before_month(other, published) for other in trip.days)
        return old and trip.statuses == {"completed"}
    return False


def _is_of_bare_year(trip: Trip, candidate: Candidate) -> bool:
    """Tell "X arrived in Lima on Monday. He visited Peru in 2012", in news without a date.

    No news of an arrival is dated by a year alone; "the 2012 visit" of a look back is.
    """
    year = candidate.when.start or candidate.when.end or ""
    if candidate.anaphoric or candidate.status != "completed" or len(year) != YEAR or trip.days:
        return False
    return any(c.fact.reason == "arrived" for c in trip.candidates)


def _is_just_off(trip: Trip) -> bool:
    """Tell a trip that has been called or put off from one that once was and then was made."""
    off = [c for c in trip.candidates if c.status in OFF]
    apart = {"pluperfect", ONCE_OFF, UNDONE}
    made = "completed" in trip.statuses
    return bool(off) and not made and not any(c.fact.reason in apart for c in off)


def is_seasons_before(day: str, published: str) -> bool:
    """Tell whether a day lies at least two months before another, as far as both are told."""
    if min(len(day), len(published)) < 7:
        return day[:4] < published[:4]
    months = (int(text[:4]) * 12 + int(text[5:7]) for text in (published, day))
    return next(months) - next(months) >= 2


def _is_before_month(day: str, published: str) -> bool:
    """Tell whether a day lies in a month before, and not but days before the month began."""
    shorter = min(len(day), 7)
    if day[:shorter] >= published[:shorter]:
        return False
    return not (len(day) == len(published) == DAY and near(day, published))


def times_fit(trip: Trip, candidate: Candidate) -> bool:
    """Tell whether the days of a telling are about those of a trip, as far as both are told."""
    start = candidate.when.start or candidate.when.end
    known, statuses = trip.days, trip.statuses
    if start and len(start) >= MONTH:
        known = {day: None for day in known if len(day) >= 7} or known
    if start and known:
        most_days = 10 if candidate.when.start else 21
        own = [day for day in (start, candidate.when.end) if day]
        if _are_days_apart(trip, candidate):
            return True
        if any(overlap(day, other) for day in own for other in (*known, *trip.last_days)):
            return True
        if _is_end_of_stay(trip, candidate):
            return True
        # "will receive X on Thursday. X paid a visit on 28 January"
        one_ahead = {*statuses, candidate.status} == {"planned", "completed"}
        beside = not one_ahead and any(_is_beside(start, other) for other in known)
        return beside or any(near(start, other, most_days) for other in known)
    if candidate.status == "invited" and statuses & MADE:
        return False
    strong_plan = candidate.status == "planned" and not candidate.fact.weak
    begun = any(c.fact.reason in JUST_COME for c in trip.candidates)
    begun = begun or _is_of_no_time(trip, candidate)
    begun = begun or all(c.fact.reason == NTH for c in trip.candidates)
    if candidate.fact.reason == HOMEWARD:
        begun = begun or any(_goes(c) or _is_deed_there(c) for c in trip.candidates)
    if strong_plan and start and statuses == {"completed"} and not known and not begun:
        return False
    return not (candidate.previous and start)


def _is_beside(one: str, other: str) -> bool:
    """Tell the 31st of March, on which one came, from the April of what one did there."""
    month, day = sorted((one, other), key=len)
    if len(day) != DAY or len(month) != MONTH:
        return False
    first = f"{month}-01"
    return day < first and near(day, first, _STAY)


def _goes(told: Candidate) -> bool:
    """Tell "came to Lima", "travelled to Lima", from which one "will be back on Monday"."""
    goes = told.phase == "arrive" or told.rule in word_set("goes_abroad")
    return goes and told.fact.reason != "pluperfect" and not told.previous


def _is_deed_there(told: Candidate) -> bool:
    """Tell "met her in Lima", "was received in Lima", from which one "returns home tomorrow"."""
    deed = not {"meeting", "presence", "received"}.isdisjoint(told.notes)
    return deed and told.fact.reason != "pluperfect" and not told.previous


def is_of_another_coming(trip: Trip, candidate: Candidate) -> bool:
    """Tell "a week ago she came to Lima" from the trip on which she "arrived there on Monday".

    "Arrived at Cusco on Monday" beside "was received in Lima on Friday" may be of one trip.
    """
    return any(
        _is_before(candidate, told) or _is_before(told, candidate) for told in trip.candidates
    )


def _is_before(made: Candidate, coming: Candidate) -> bool:
    """Tell whether a trip that is told as made was over days before a coming to the same place."""
    last, first = made.when.end or made.when.start, coming.when.start
    came = coming.phase == "arrive" and coming.fact.reason == "arrived"
    if not (came and first and last and len(first) == len(last) == DAY):
        return False
    if made.status != "completed" or made.spot is None:
        return False
    place = coming.spot.place if coming.spot is not None else None
    if place is not None and made.spot.place != place:
        return False
    gap_days = days_between(last, first)
    if made.rule in word_set("sets_out") and made.phase == "arrive":
        return gap_days > _JOURNEY_DAYS  # "left on Thursday for Lima. He landed there on Sunday"
    return gap_days >= (1 if made.when.coarse else _APART_DAYS)


def _are_days_apart(trip: Trip, candidate: Candidate) -> bool:
    """Tell a deed of the 1st of May from an arrival of the 30th of April, or the other way.

    A deed inside a stay gives the trip its month alone, which may be another than the arrival's.
    """
    one = _day_of(candidate)
    others = (_day_of(c) for c in trip.candidates if _is_deed(c) or _is_deed(candidate))
    return any(len(one) == len(other) == DAY and near(one, other, _STAY) for other in others)


def _is_deed(candidate: Candidate) -> bool:
    return "inside" in candidate.notes


def _day_of(candidate: Candidate) -> str:
    """Return the day of a deed inside a stay, else the first or last of the stay."""
    when = candidate.when.start or candidate.when.end
    return (candidate.day if _is_deed(candidate) else when) or ""


def _is_of_no_time(trip: Trip, candidate: Candidate) -> bool:
    """Tell "welcomed X's visit to Lima. It will begin on Monday": whose time was not told."""
    return candidate.anaphoric and all(c.fact.weak and not c.when for c in trip.candidates)


def _is_end_of_stay(trip: Trip, candidate: Candidate) -> bool:
    """Tell a last day from the first of one stay, however long: within a month.

    "Returned on May 9 from a 15-day visit to Japan, Spain and Chile. On April 25 he left for
    Japan" is one trip there.
    """
    told = [c.when for c in trip.candidates if c.when]
    starts = [when.start for when in told if when.start]
    statuses = {c.status for c in trip.candidates if c.fact.reason != HOMEWARD} or trip.statuses
    made = "completed" in statuses and statuses <= MADE
    if candidate.status != "completed" or not made:
        return False
    if candidate.when.start is None:
        return any(is_stay(start, candidate.when.end) for start in starts)
    return not starts and any(is_stay(candidate.when.start, when.end) for when in told)


__all__ = ["are_apart", "is_of_another_coming", "is_seasons_before", "times_fit"]
