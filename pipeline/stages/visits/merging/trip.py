"""One journey, and the days that its tellings give together."""

from __future__ import annotations

from bisect import bisect_left, insort
from dataclasses import dataclass, field

from models.visit import TO_COME
from pipeline.discourse.factuality import BARE
from pipeline.discourse.timing.of_trips import When
from pipeline.iso_lengths import MONTH
from pipeline.stages.visits.candidate import LEFT_HOME, ONE_DAY, Candidate
from pipeline.stages.visits.days.same_stay import near
from pipeline.stages.visits.days.told_days import (
    beside_weeks_told,
    combine,
    from_week,
    in_week_told,
    since_arrival,
    that_count,
)

#: Of a trip that is told more often than twice this, as many of the first and of the last tellings
#: say what others are held against: reading an article takes time in its length, not its square.
_ENOUGH = 60


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

    @property
    def in_short(self) -> Trip:
        """The trip as its first and last tellings have it, where it is told in hundreds of places.

        "The president visited Peru" a thousand times tells no more than a hundred times.
        """
        if len(self.candidates) <= 2 * _ENOUGH:
            return self
        told = [*self.candidates[:_ENOUGH], *self.candidates[-_ENOUGH:]]
        return Trip(self.key, self.origin, self.destination, told)

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
        told = that_count([c for c in self.candidates if LEFT_HOME not in c.notes])
        precise = [c.when for c in told if c.when and not c.when.coarse]
        weeks = [c for c in told if c.when.coarse]
        precise = beside_weeks_told(precise, [c.when.start for c in weeks])
        when = self._from_home(combine(precise or [c.when for c in weeks]))
        when = since_arrival(when, told)
        when = self._since_deed(self._of_one_day(self._of_meeting(when)))
        for week in weeks:
            if when.start is None and when.end and week.status != "completed":
                return from_week(when.end, week.when) or when
            if week.status == "planned" and "completed" not in self.statuses:
                when = in_week_told(when, week.when)
        return when

    def _from_home(self, when: When) -> When:
        """Begin a trip that was made on the day on which one left home, if no other is told."""
        days = [c.when.start for c in self.candidates if LEFT_HOME in c.notes]
        left = min((day for day in days if day), default=None)
        vague = when.start is None or (len(when.start) == MONTH and when.start == when.end)
        ahead = all(c.status == "planned" for c in self.candidates if LEFT_HOME in c.notes)
        if any(c.further for c in self.candidates):
            return when  # "has left home for Lima and Quito. He set off on Sunday": not for Quito
        if left is None or not vague or (self.statuses <= TO_COME and not ahead):
            return when
        end = when.end if when.end != when.start else None
        return When(left, end) if end is None or end >= left else when

    def _of_meeting(self, when: When) -> When:
        """Date a trip of which only a meeting to come is told by its day.

        "His visit to Lima is his third", told beside it, tells nothing else of it.
        """
        told = [c for c in self.candidates if c.status is not None and not c.is_mention]
        days = {c.day for c in told if c.day and len(c.day) > MONTH}
        meetings = all(_is_meeting(c) or _is_undated_deed(c) for c in told)
        statuses = {c.status for c in told if c.fact.reason != BARE}
        if statuses != {"planned"} or not meetings or len(days) != 1:
            return when
        day = days.pop()
        return When(day, day) if day.startswith(when.start or "") else when

    def _of_one_day(self, when: When) -> When:
        """Date "met him on Monday. It was a one-day visit" by the Monday, not by its month."""
        days = {c.day for c in self.candidates if c.day and len(c.day) > MONTH}
        brief = any(ONE_DAY in c.notes for c in self.candidates)
        if not brief or len(days) != 1 or len(when.start or "") > MONTH or when.start != when.end:
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
        before = any(len(d) == len(day) > MONTH and d < day and near(d, day) for d in done)
        if not (ahead and before):
            return when
        month = day[:MONTH] if all(d.startswith(day[:MONTH]) for d in done if d) else None
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


def _is_meeting(told: Candidate) -> bool:
    return bool({"meeting", "received"} & set(told.notes))


def _is_undated_deed(told: Candidate) -> bool:
    """Tell "the two will sign a pact", beside the day on which they are to meet."""
    return "presence" in told.notes and not told.day and not told.when


def _is_deed(told: Candidate) -> bool:
    """Tell what was done on a trip on some day of it, which is not recalled."""
    return "inside" in told.notes and told.fact.reason != "pluperfect" and not told.previous


__all__ = ["Trip"]
