"""One journey, and the days that its tellings give together."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.discourse.factuality import BARE
from pipeline.discourse.timing import When
from pipeline.discourse.timing_days import days_before, days_between
from pipeline.stages.visits.candidate import LEFT_HOME, Candidate
from pipeline.stages.visits.tables import word_set

_YEAR, _MONTH = len("2024"), len("2024-08")
#: How many days a tour may last.
_LONGEST_DAYS = 31


@dataclass
class Trip:
    """One journey of one visitor to one country."""

    key: str
    origin: str | None
    destination: str | None
    candidates: list[Candidate] = field(default_factory=list)
    #: What the tellings say, each value once.
    counts: set[int] = field(default_factory=set)
    statuses: set[str] = field(default_factory=set)
    days: dict[str, None] = field(default_factory=dict)
    #: The tokens at which it is told, in order.
    told_at: list[int] = field(default_factory=list)
    #: The days that the tellings give, until another is taken in.
    _when: When | None = field(default=None, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for candidate in self.candidates:
            self._note(candidate)

    @property
    def count(self) -> int:
        """The number of visits that the trip stands for."""
        return 1 if 1 in self.counts else max(self.counts)

    @property
    def last_days(self) -> list[str]:
        """The last days that tellings of more than a day give."""
        ends = [c.when.end for c in self.candidates if c.when.start != c.when.end]
        return [end for end in ends if end]

    @property
    def first_at(self) -> int:
        """The token at which the trip is first told."""
        return self.told_at[0]

    def told_before(self, at: int) -> int | None:
        """Return the last token before another at which the trip is told."""
        number = bisect_left(self.told_at, at)
        return self.told_at[number - 1] if number else None

    def _note(self, candidate: Candidate) -> None:
        self._when = None
        insort(self.told_at, candidate.at)
        if not self.counts or (candidate.actor and candidate.destination):
            self.counts.add(candidate.count)
        if candidate.status is not None and candidate.fact.reason != BARE:
            self.statuses.add(candidate.status)
        day = candidate.when.start or candidate.when.end
        if day:
            self.days[day] = None

    @property
    def when(self) -> When:
        """The first and last day that the tellings give together, each at its best precision."""
        if self._when is None:
            self._when = self._together()
        return self._when

    def _together(self) -> When:
        """Work out the days of all tellings."""
        told = [c for c in self.candidates if LEFT_HOME not in c.notes]
        told = _without_deeds_to_come(_within_stay(told))
        told = _without_calls(_without_months(_without_tour(_arrived(_from_first_town(told)))))
        told = _without_homecoming(_without_last_deeds(told))
        precise = [c.when for c in told if c.when and not c.when.coarse]
        weeks = [c for c in told if c.when.coarse]
        precise = _beside_weeks(precise, [c.when.start for c in weeks])
        when = self._from_home(combine(precise or [c.when for c in weeks]))
        when = _since_arrival(when, told)
        when = self._since_deed(self._of_meeting(when))
        for week in weeks:
            if when.start is None and when.end and week.status != "completed":
                return _from_week(when.end, week.when) or when
            if week.status == "planned" and "completed" not in self.statuses:
                when = _in_week(when, week.when)
        return when

    def _from_home(self, when: When) -> When:
        """Begin a trip that was made on the day on which one left home, if no other is told."""
        days = [c.when.start for c in self.candidates if LEFT_HOME in c.notes]
        left = min((day for day in days if day), default=None)
        vague = when.start is None or (len(when.start) == _MONTH and when.start == when.end)
        ahead = all(c.status == "planned" for c in self.candidates if LEFT_HOME in c.notes)
        if any(c.further for c in self.candidates):
            return when  # "has left home for Lima and Quito. He set off on Sunday": not for Quito
        if left is None or not vague or (self.statuses <= {"planned", "invited"} and not ahead):
            return when
        end = when.end if when.end != when.start else None
        return When(left, end) if end is None or end >= left else when

    def _of_meeting(self, when: When) -> When:
        """Date a trip of which only a meeting to come is told by its day.

        "His visit to Lima is his third", told beside it, tells nothing else of it.
        """
        told = [c for c in self.candidates if c.status is not None and not _is_mentioned(c)]
        days = {c.day for c in told if c.day and len(c.day) > _MONTH}
        meetings = all({"meeting", "received"} & set(c.notes) for c in told)
        statuses = {c.status for c in told if c.fact.reason != BARE}
        if statuses != {"planned"} or not meetings or len(days) != 1:
            return when
        day = days.pop()
        return When(day, day) if day.startswith(when.start or "") else when

    def _since_deed(self, when: When) -> When:
        """Leave the month to a trip on which one did something days before what is ahead on it.

        "Hosted X on Tuesday, who will join a forum there on Friday": he did not come on Friday.
        """
        day = when.start or ""
        done = [c.day or "" for c in self.candidates if c.status == "completed" and _is_deed(c)]
        own = [c for c in self.candidates if c.when.start == day]
        ahead = all(c.status == "planned" and "event" in c.notes for c in own)
        before = any(len(d) == len(day) > _MONTH and d < day and near(d, day) for d in done)
        if not (ahead and before):
            return when
        month = day[:_MONTH] if all(d.startswith(day[:_MONTH]) for d in done if d) else None
        return When(month, month)

    def retell(self, number: int, candidate: Candidate) -> None:
        """Put another reading of a telling in its place."""
        self.candidates[number] = candidate
        self._when = None
        days = [c.when.start or c.when.end for c in self.candidates]
        self.days = {day: None for day in days if day}

    def add(self, candidate: Candidate) -> None:
        """Take in another telling."""
        self.candidates.append(candidate)
        self._note(candidate)
        self.origin = self.origin or candidate.origin
        self.destination = self.destination or candidate.destination


def _is_mentioned(told: Candidate) -> bool:
    """Tell "his visit to Lima is his third", by which nobody is there yet."""
    return told.status == "ongoing" and told.fact.weak and not told.when


def _is_deed(told: Candidate) -> bool:
    """Tell what was done on a trip on some day of it, which is not recalled."""
    return "inside" in told.notes and told.fact.reason != "pluperfect" and not told.previous


def _beside_weeks(told: Sequence[When], weeks: Sequence[str | None]) -> list[When]:
    """Leave out the month or year that holds the week for which the trip is told.

    So the month of a meeting on it, and the 2024 of "it will be his first trip of 2024".
    """
    begun = [week for week in weeks if week]
    spans = {week[:length] for week in begun for length in (_YEAR, _MONTH)}
    return [when for when in told if not (begun and {when.start, when.end} <= spans)]


def _arrived(told: Sequence[Candidate]) -> list[Candidate]:
    """Leave out when one set out for a place, where the day on which one arrived is told.

    "Left home on Friday on a visit to Lima. He landed there on Sunday": the visit, too.
    """
    days = [c.when.start for c in told if c.rule in word_set("arrival") and c.when.start]
    day = min(days, default="")
    going = [c.when.start for c in told if c.rule in word_set("under_way")]
    gone = {
        start
        for start in going
        if start and (day[:_MONTH] < start < day or (len(start) > _MONTH and _is_eve(start, day)))
    }
    return [c for c in told if c.when.start not in gone or c.when.end is not None]


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
        if town is None or not gone or len(start) <= _MONTH:
            return False
        return any(
            other != town and len(day) == len(start) and day < start and near(day, start)
            for other, day in there
        )

    return [c for c in told if not is_further(c)]


def _was_in_town(told: Candidate) -> bool:
    """Tell "met the king in Oslo" from "is to meet him in Oslo", "met him in Norway"."""
    if told.status not in {"completed", "ongoing"} or told.phase == "leave" or told.when.coarse:
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
        known = [end for end in left if len(end) == len(day) > _MONTH]
        return any(end < day and near(end, day, most_days=2) for end in known)

    return [c for c in told if c.rule not in home or not is_later(c)]


def _without_tour(told: Sequence[Candidate]) -> list[Candidate]:
    """Leave out when a tour began, where its stop here is told to begin some days later."""
    own = [c.when.start for c in told if c.spot is not None and "inside" not in c.notes]
    day = min((start for start in own if start and len(start) > _MONTH), default="")
    return [
        c
        for c in told
        if c.spot is not None
        or c.rule not in word_set("whole_tour")
        or c.when.end not in {None, c.when.start}
        or not day[:_MONTH] < (c.when.start or "") < day
    ]


def _within_stay(told: Sequence[Candidate]) -> list[Candidate]:
    """Leave open the end of a stay that went on after the summit for which one came.

    "Began a visit on the 1st and attended the forum from the 4th to the 5th. On the 6th he came to
    a further town" ends not on the 5th.
    """
    came = [c.when.start or "" for c in told if c.phase == "arrive" and c.status == "completed"]
    begun = [day for day in came if len(day) > _MONTH]

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
        if c.phase == "arrive" and c.status in {"completed", "ongoing"} and c.when.end is None
    ]

    def is_to_come(candidate: Candidate) -> bool:
        day, notes = candidate.when.start or "", candidate.notes
        deed = "presence" in notes and "event" not in notes and candidate.status == "planned"
        return deed and any(len(c) == len(day) > _MONTH and _is_eve(c, day) for c in came)

    return [c for c in told if not is_to_come(c)]


def _without_months(told: Sequence[Candidate]) -> list[Candidate]:
    """Leave out the month of a meeting on the trip, where the day is told on which one left."""
    days = [c.when for c in told if c.when.start is None and len(c.when.end or "") > _MONTH]
    inside = [c for c in told if "inside" in c.notes and len(c.when.start or "") == _MONTH]
    return [c for c in told if not (days and c in inside)]


def _without_calls(told: Sequence[Candidate]) -> list[Candidate]:
    """Leave out "visited the king on Tuesday", where the days of the stay are told themselves."""
    calls = word_set("trip_to_host")
    stay = any(c.rule not in calls and len(c.when.start or "") > _MONTH for c in told)
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
        return _until(ranges[0].start, [ranges[0].end])
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


def _since_arrival(when: When, told: Sequence[Candidate]) -> When:
    """Begin a trip for a meeting of several days with the arrival before these.

    Or with what was done there right before them: "saw a mill in Lima on Friday, who was there to
    attend the summit of 4 and 5 May".
    """
    if when.end is None or when.end == when.start:
        return when
    arrived = [
        c.when.start
        for c in told
        if c.phase == "arrive" and c.when.end is None and (c.status == "completed" or _sets_out(c))
    ]
    days = [day for day in arrived or _done(told) if day and _is_near_before(day, when.start)]
    return When(min(days), when.end) if days else when


def _done(told: Sequence[Candidate]) -> list[str]:
    """Return the days on which one was there, of a trip for an event."""
    ahead = any("event" in c.notes and c.when.end != c.when.start for c in told)
    made = [c for c in told if c.status == "completed" and c.fact.reason != "pluperfect"]
    days = [c.when.start for c in made if c.when.start == c.when.end and not c.previous]
    return [day for day in days if ahead and day and len(day) > _MONTH]


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


def _from_week(end: str, week: When) -> When | None:
    """Begin a stay of which only the end is told with its week: "next week, until Saturday"."""
    first, last = week.start, week.end
    if first and last and len(end) == len(last) == len(first) == len("2024-08-18") and end < first:
        end = _week_after(end) if _week_after(end) <= last else end
    return When(first, end) if first and first <= end else None


def _in_week(when: When, week: When) -> When:
    """Read "flies on Thursday" of a trip told for next week as that week's Thursday.

    Not "leaves on Sunday and returns on Wednesday", a stay that reaches into that week.
    """
    if not when.start or not week.start or not len(when.start) == len(week.start) == 10:
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


def overlap(first: str, second: str) -> bool:
    """Tell whether two partial dates may be one day: the shorter begins the longer."""
    shorter = min(len(first), len(second))
    return first[:shorter] == second[:shorter]


def is_stay(first: str | None, last: str | None) -> bool:
    """Tell whether two days may be the first and the last of one stay, or one tour."""
    if not first or not last or not len(first) == len(last) == 10:
        return False
    return 0 <= days_between(first, last) <= _LONGEST_DAYS


def near(first: str, second: str, most_days: int = 10) -> bool:
    """Tell whether two dates may date one trip: equal as far as both go, or days apart."""
    if overlap(first, second):
        return True
    if len(first) == len(second) == 10:
        return abs(days_between(first, second)) <= most_days
    return False


__all__ = ["Trip", "combine", "is_stay", "near", "overlap"]
