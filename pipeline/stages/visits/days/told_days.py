"""The days of a trip from those of its tellings: which count, and what they give together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from models.visit import MADE
from pipeline.discourse.timing.days import days_before
from pipeline.discourse.timing.of_trips import When
from pipeline.iso_lengths import DAY, MONTH, YEAR
from pipeline.stages.visits.candidate import SET_OUT, Candidate
from pipeline.stages.visits.days.same_stay import near
from pipeline.stages.visits.tables import word_set

#: Notes of what is done in hours of a stay.
_DEEDS = frozenset({"meeting", "presence", "received", "site", "inside"})


def that_count(told: Sequence[Candidate]) -> list[Candidate]:
    """Leave out of a trip's tellings those whose days are not its own, beside what others tell."""
    told = _without_deeds_done(_without_deeds_to_come(_within_stay(_left_when_there(told))))
    told = _without_calls(_without_months(_without_tour(_arrived(_from_first_town(told)))))
    return _without_homecoming(_without_last_deeds(told))


def _left_when_there(told: Sequence[Candidate]) -> list[Candidate]:
    """End with "He will leave on 15 May" the visit that "will begin on 12 May".

    Where no first day is told, he will leave home then.
    """
    begun = [c.when.start or "" for c in told if c.rule not in word_set("goes_without_place")]
    days = [day for day in begun if len(day) > MONTH]

    def is_over(candidate: Candidate) -> bool:
        start = candidate.when.start or ""
        bare = candidate.rule in word_set("goes_without_place") and candidate.when.end is None
        return bare and any(len(d) == len(start) and _is_eve(d, start) for d in days)

    return [replace(c, when=When(None, c.when.start)) if is_over(c) else c for c in told]


def beside_weeks_told(told: Sequence[When], weeks: Sequence[str | None]) -> list[When]:
    """Leave out the month or year that holds the week for which the trip is told.

    So the month of a meeting on it, and the 2024 of "it will be his first trip of 2024".
    """
    begun = [week for week in weeks if week]
    spans = {week[:length] for week in begun for length in (YEAR, MONTH)}
    return [when for when in told if not (begun and {when.start, when.end} <= spans)]


def _arrived(told: Sequence[Candidate]) -> list[Candidate]:
    """Leave out when one set out for a place, where the day on which one arrived is told.

    "Left home on Friday on a visit to Lima. He landed there on Sunday": the visit, too. So where
    "the visit runs from Sunday to Tuesday", "begins on Sunday".
    """
    days = [c.when.start for c in told if c.when.start and _tells_first_day(c)]
    day = min(days, default="")
    going = [c.when.start for c in told if tells_departure(c)]
    gone = {
        start
        for start in going
        if start and (day[:MONTH] < start < day or (len(start) > MONTH and _is_eve(start, day)))
    }
    return [c for c in told if c.when.start not in gone or c.when.end is not None]


def tells_departure(told: Candidate) -> bool:
    """Tell "left for Lima on Sunday", "left on Sunday for a visit to Peru", not when one came."""
    return told.rule in word_set("under_way") or SET_OUT in told.notes


def _tells_first_day(told: Candidate) -> bool:
    """Tell "landed in Lima on Sunday", "will visit Lima from Sunday to Tuesday"."""
    if told.rule in word_set("arrival"):
        return True
    stay = told.rule in word_set("own_stay") and not _DEEDS & set(told.notes)
    own = stay and not told.when.coarse and not tells_departure(told)
    return own and told.when.end != told.when.start


def _is_eve(first: str, second: str) -> bool:
    """Tell a day that lies few days before another."""
    return first < second and near(first, second)


def _from_first_town(told: Sequence[Candidate]) -> list[Candidate]:
    """Leave out when one came to a further town of a land in which one had been for days.

    "Met the king in Oslo on Sunday. On Tuesday she flew to Bergen": not on Tuesday did she come.
    """
    there = [
        (c.spot.place, c.day or c.when.start or "") for c in told if c.spot and _was_in_town(c)
    ]

    def is_further(candidate: Candidate) -> bool:
        town = candidate.spot.place if candidate.spot else None
        start = candidate.when.start or ""
        gone = candidate.phase == "arrive" and candidate.status == "completed"
        if town is None or not gone or len(start) <= MONTH:
            return False
        return any(
            other != town and len(day) == len(start) and day < start and near(day, start)
            for other, day in there
        )

    return [c for c in told if not is_further(c)]


def _was_in_town(told: Candidate) -> bool:
    """Tell "met the king in Oslo" from "is to meet him in Oslo", "met him in Norway"."""
    if told.status not in MADE or told.phase == "leave" or told.when.coarse:
        return False
    return told.spot is not None and told.spot.place is not None


def _without_last_deeds(told: Sequence[Candidate]) -> list[Candidate]:
    """Leave out "toured a market on Friday", where that is told to be the last day."""
    last = {c.when.end for c in told if c.when.start is None} - {None}
    deeds = {"site", "inside", "presence"}
    return [c for c in told if not (deeds & set(c.notes) and c.when.start in last)]


def _without_homecoming(told: Sequence[Candidate]) -> list[Candidate]:
    """Leave out when one was home again, where it is told that one had left a day or two before."""
    home = word_set("home_again")
    left = {c.when.end or "" for c in told if c.phase == "leave" and c.rule not in home}

    def is_later(candidate: Candidate) -> bool:
        day = candidate.when.end or ""
        known = [end for end in left if len(end) == len(day) > MONTH]
        return any(end < day and near(end, day, most_days=2) for end in known)

    return [c for c in told if c.rule not in home or not is_later(c)]


def _without_tour(told: Sequence[Candidate]) -> list[Candidate]:
    """Leave out when a tour began, where its stop here is told to begin some days later."""
    own = [c.when.start for c in told if c.spot is not None and "inside" not in c.notes]
    day = min((start for start in own if start and len(start) > MONTH), default="")
    return [
        c
        for c in told
        if c.spot is not None
        or c.rule not in word_set("whole_tour")
        or c.when.end not in {None, c.when.start}
        or not day[:MONTH] < (c.when.start or "") < day
    ]


def _within_stay(told: Sequence[Candidate]) -> list[Candidate]:
    """Leave open the end of a stay that went on after the summit for which one came.

    "Began a visit on the 1st and attended the forum from the 4th to the 5th. On the 6th he came to
    a further town" ends not on the 5th.
    """
    came = [c.when.start or "" for c in told if c.phase == "arrive" and c.status == "completed"]
    begun = [day for day in came if len(day) > MONTH]

    def is_outlived(candidate: Candidate) -> bool:
        first, last = candidate.when.start or "", candidate.when.end or ""
        if "event" not in candidate.notes or candidate.status != "completed":
            return False
        since = any(_is_eve(day, first) for day in begun)
        return since and any(_is_eve(last, day) for day in begun if len(day) == len(last))

    return [c for c in told if not is_outlived(c)]


def _without_deeds_to_come(told: Sequence[Candidate]) -> list[Candidate]:
    """Leave out "will sign a pact on Friday" of one who came on Monday: he may stay for longer."""
    came = [
        c.when.start or ""
        for c in told
        if c.phase == "arrive" and c.status in MADE and c.when.end is None
    ]

    def is_to_come(candidate: Candidate) -> bool:
        day, notes = candidate.when.start or "", candidate.notes
        deed = "presence" in notes and "event" not in notes and candidate.status == "planned"
        return deed and any(len(c) == len(day) > MONTH and _is_eve(c, day) for c in came)

    return [c for c in told if not is_to_come(c)]


def _without_deeds_done(told: Sequence[Candidate]) -> list[Candidate]:
    """Leave out "met the king on Friday" of one who came on Thursday: that ends no stay."""
    came = [
        c.when.start or ""
        for c in told
        if c.phase == "arrive" and c.status in MADE and c.when.end is None
    ]
    days = [day for day in came if len(day) > MONTH]

    def is_done(candidate: Candidate) -> bool:
        day = candidate.when.start or ""
        deed = _DEEDS & set(candidate.notes) or candidate.rule in word_set("trip_to_host")
        whole = bool(deed) and candidate.when.end == day and candidate.status in MADE
        return whole and any(len(c) == len(day) and _is_eve(c, day) for c in days)

    return [c for c in told if not is_done(c)]


def _without_months(told: Sequence[Candidate]) -> list[Candidate]:
    """Leave out the month of a meeting on the trip, where the day is told on which one left."""
    days = [c.when for c in told if c.when.start is None and len(c.when.end or "") > MONTH]
    inside = [c for c in told if "inside" in c.notes and len(c.when.start or "") == MONTH]
    return [c for c in told if not (days and c in inside)]


def _without_calls(told: Sequence[Candidate]) -> list[Candidate]:
    """Leave out "visited the king on Tuesday", where the days of the stay are told themselves."""
    calls = word_set("trip_to_host")
    stay = any(c.rule not in calls and len(c.when.start or "") > MONTH for c in told)
    return [c for c in told if not (stay and c.rule in calls)]


def combine(told: Sequence[When]) -> When:
    """Return the days of a trip told several times, the earliest told first of equals.

    A first day told alone ("arrived on Monday") begins the trip also where another telling dates
    the whole of it some days later ("visited the city on Tuesday").
    """
    starts = [when.start for when in told if when.start]
    length = max(map(len, starts), default=0)
    best = [when for when in told if when.start and len(when.start) == length]
    ranges = [when for when in best if when.end and when.end != when.start]
    whole = [when for when in best if when.start == when.end]
    opened = [when for when in best if when.end is None]
    ends = [when.end for when in told if when.end and when.start is None]
    if ranges:
        stay = _around(ranges[0], ranges)
        return _until(stay.start, [stay.end])
    if opened:
        start = opened[0].start
        others = [when.start for when in opened if _is_near_before(when.start, start)]
        start = min([day for day in others if day], default=start)
        near = [when for when in whole if length == 10 and _is_near_before(when.start, start)]
        if near:
            start = near[0].start
        later = [when.end for when in whole if when.end and start and when.end > start]
        return _until(start, ends or later)
    if whole:
        later = [end for end in ends if end > (whole[0].end or "")]
        return _until(whole[0].start, later or [whole[0].end])
    return _until(None, ends)


def _around(part: When, told: Sequence[When]) -> When:
    """Return the days of the stay of which some are told to be spent in one town of the land.

    "Will be in Cusco on 3 and 4 May. He will visit Peru from 3 to 8 May" is a visit of six days.
    """
    first, last = part.start or "", part.end or ""
    if len(first) != DAY:
        return part
    wider = (when for when in told if (when.start or "") <= first and (when.end or "") > last)
    return next((when for when in wider if len(when.end or "") == len(last)), part)


def since_arrival(when: When, told: Sequence[Candidate]) -> When:
    """Begin a trip for a meeting of several days with the arrival before these.

    Or with what was done there right before them: "saw a mill in Lima on Friday, who was there to
    attend the summit of 4 and 5 May".
    """
    if when.end is None or when.end == when.start:
        return when
    came = [c for c in told if c.when.end is None and len(c.when.start or "") > MONTH]
    came = [c for c in came if c.phase != "leave" or _sets_out(c)]
    first = [c.when.start for c in came] or _done(told)
    days = [day for day in first if day and _is_near_before(day, when.start)]
    return When(min(days), when.end) if days else when


def _done(told: Sequence[Candidate]) -> list[str | None]:
    """Return the days on which one was there, of a trip for an event."""
    ahead = any("event" in c.notes and c.when.end != c.when.start for c in told)
    made = [c for c in told if c.status == "completed" and c.fact.reason != "pluperfect"]
    days = [c.when.start for c in made if c.when.start == c.when.end and not c.previous]
    return [day for day in days if ahead and day and len(day) > MONTH]


def _sets_out(candidate: Candidate) -> bool:
    """Tell "will leave on Sunday for Lima", before what she will attend there."""
    return candidate.rule == "depart" and candidate.spot is not None


def _is_near_before(first: str | None, second: str | None) -> bool:
    return first is not None and second is not None and first < second and near(first, second)


def _until(start: str | None, ends: Sequence[str | None]) -> When:
    """Return a stay with the most precise, then the latest of its ends that may follow."""
    fitting = [
        end
        for end in ends
        if end and (start is None or (len(end) >= len(start) and end[: len(start)] >= start))
    ]
    return When(start, max(fitting, key=lambda end: (len(end), end)) if fitting else None)


def from_week(end: str, week: When) -> When | None:
    """Begin a stay of which only the end is told with its week: "next week, until Saturday"."""
    first, last = week.start, week.end
    if first and last and len(end) == len(last) == len(first) == DAY and end < first:
        end = _week_after(end) if _week_after(end) <= last else end
    return When(first, end) if first and first <= end else None


def in_week_told(when: When, week: When) -> When:
    """Read "flies on Thursday" of a trip told for next week as that week's Thursday.

    Not "leaves on Sunday and returns on Wednesday", a stay that reaches into that week.
    """
    if not when.start or not week.start or not len(when.start) == len(week.start) == DAY:
        return when
    if when.end and when.end != when.start and when.end >= week.start:
        moved = _week_after(when.start) if when.start < _day_before(week.start) else when.start
        return When(moved, when.end) if moved <= when.end else when
    if when.start == _day_before(week.start):
        return when  # "early next week", from this Sunday on
    later = [_week_after(day) if day and len(day) == 10 else day for day in (when.start, when.end)]
    if when.start < week.start <= str(later[0]) <= str(week.end):
        return When(later[0], later[1])
    return when


def _day_before(day: str) -> str:
    return days_before(day, days=1)


def _week_after(day: str) -> str:
    return days_before(day, days=-7)


__all__ = [
    "beside_weeks_told",
    "combine",
    "from_week",
    "in_week_told",
    "since_arrival",
    "tells_departure",
    "that_count",
]
