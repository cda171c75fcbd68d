"""What readers know of the text around a match: publication, time line, tense."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from models.date import UP_TO_A_DAY, Anchor
from pipeline.stages.dates import periods
from pipeline.stages.dates.cues import Direction
from pipeline.stages.dates.lexer import Tokens
from pipeline.stages.dates.periods import Period
from pipeline.stages.dates.tense import Tenses

#: How far back a date may set the year or the day of another, in characters.
STORY_REACH = 400

#: How far back the quarter that a report is about may be named, in characters.
QUARTER_REACH = 2000

#: What tells that two periods are compared by a figure.
_FIGURE = re.compile(
    r"[$£€¥%]|\b(?:percent|per cent|[mb]illion|cents|pence|(?:narrowed|widened|up|down) from)\b"
)

#: What stands before the day of a report ("he said on", "told reporters late on").
_SAID = re.compile(
    r"\b(?:said|says|saying|stated|announced|confirmed|reported|told (?:\w+ ){0,3}\w+)"
    r"(?: (?:late|early|here))?(?: on)? $"
)

#: A blank line, or a line that ends like a sentence (paragraphs of one line each).
_PARAGRAPH = re.compile(r"\n\s*\n|[.!?:][\"”’)]?[^\S\n]*\n")

#: A line that is but a year.
_YEAR_ALONE = re.compile(r"(?m)^[ \t•*#–—-]*(?:1[89]|20)\d\d[ \t:.]*$")

#: What tells which of two days comes first.
_THEN = re.compile(r"(?i)\b(?:before|and|or|then|until)\b")
TOLD_AFTER = re.compile(r"(?i)\b(?:after|following|since|said|told|announced)\b")
#: What stands between the day of a deed and that of the next ("on Saturday before flying to").
_BEFORE = re.compile(r",? (?:and )?(?:\w+ ){0,2}before (?:[a-z]+ing|he|she|they)\b[^.;:]{0,60}")
#: What stands between the first day of a stretch and its last: "from today, through to Friday".
_TO = re.compile(r"(?i),? (?:to|until|till|(?:through|up)(?: to)?) ")
#: What opens a stretch of which the last day stands behind "and", within so many characters.
_BETWEEN, _BETWEEN_REACH = re.compile(r"(?i)\bbetween\s+$"), 12
#: What stands between two days of one list: "in Lima on Monday, Quito on Friday", "; he goes on".
_LISTED = re.compile(r"\s*[,;] [^,;.]{1,60}")
_APART = re.compile(r"(?i)\b(?:who|which|but|by|than|as|while|this)\b")

#: What stands before a date that describes a noun, and the noun: "the 2010 raid".
_DETERMINED = re.compile(r"(?i)\b(?:the|its|their|his|her|an?)\s+$")
_NOUN = re.compile(r"\s+[a-z]")

#: What stands between a year and the month or day in it ("two years later, on 3 May").
_APPOSED = re.compile(r",\s+(?:in|on)(?:\s+(?:early|mid|late))?(?:\s+|-)")

#: What tells that a year is the one of which the next sentence tells, before it and behind it.
_OF_YEAR = re.compile(
    r"(?i)\b(?:the year(?: was)?|it was(?: in| not until)?|changed(?: again)? in|that was in"
    r"|(?:un)?til|came in)\s+$"
)
_YEAR_TURNS = re.compile(r"\s+(?:changed|turned|brought|saw|marked|proved|was)\b")
#: What makes a year whose a thing is: "last year's talks".
_POSSESSIVE = ("'s", "’s")
#: A month so little before publication is of the news, wherever it stands.
_JUST_OVER_MONTHS = 4
#: A date so many years before publication is of a story of its own.
_STORY_YEARS = 2

#: Grains of a date that can set the year of another.
_YEARLY = UP_TO_A_DAY | {"month", "season", "year"}


@dataclass(frozen=True)
class Known:
    """A publication date as far as it is known."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    @classmethod
    def parse(cls, published: str | None) -> Known:
        """Read `2024`, `2024-08`, `2024-08-18` or None."""
        if not published:
            return cls()
        return cls(*(int(part) for part in published[:10].split("-")))

    @property
    def date(self) -> date | None:
        """Return the full date, None when only part of it is known."""
        if self.year and self.month and self.day:
            return date(self.year, self.month, self.day)
        return None


@dataclass(frozen=True)
class Event:
    """A date on the time line of the text; `start` and `end` count its code points."""

    period: Period
    anchor: Anchor
    start: int
    end: int


@dataclass
class Scene:
    """The text, its publication date, and the dates read so far.

    `sums` holds where the text turns from a quarter to a longer stretch ("in the nine months").
    """

    text: str
    tokens: Tokens
    published: Known
    tenses: Tenses
    timeline: list[Event] = field(default_factory=list)
    sums: list[int] = field(default_factory=list)

    def direction(self, first: int, last: int) -> Direction | None:
        """Return the direction of the verb over some tokens."""
        return self.tenses.direction(self.tokens.starts[first], self.tokens.ends[last - 1])

    def sentence_parts(self, first: int, last: int) -> tuple[str, str]:
        """Return what stands before and behind some tokens in their sentence."""
        start, end = self.tokens.starts[first], self.tokens.ends[last - 1]
        low, high = self.tenses.sentence(start, end)
        return self.text[low:start], self.text[end:high]

    def is_goal(self, first: int, last: int) -> bool:
        """Tell the day of what one sets out for, of which the nearest is meant."""
        return self.tenses.is_goal(self.tokens.starts[first], self.tokens.ends[last - 1])

    def heads(self, first: int, last: int) -> bool:
        """Tell the day that heads an entry of a plan or a chronicle."""
        return self.tenses.heads(self.tokens.starts[first], self.tokens.ends[last - 1])

    def shifted(self, unit: str, steps: int) -> tuple[Period, Anchor]:
        """Return the unit so many steps from publication; unplaced where that is unknown."""
        known = self.published
        need_day = unit in ("day", "week", "weekend", "fortnight")
        need_month = unit in ("month", "quarter", "half", "season")
        if known.year is None or (need_day and not known.day) or (need_month and not known.month):
            return self.unplaced(unit), "none"
        base = date(known.year, known.month or 1, known.day or 1)
        return periods.shift(base, unit, steps), "publication"

    @staticmethod
    def unplaced(unit: str) -> Period:
        """Return the value of a unit whose place is unknown."""
        grain = "week" if unit == "fortnight" else unit
        return Period(periods.UNPLACED.get(grain, "XXXX"), grain)  # type: ignore[arg-type]

    def last_event(self, first: int, *, fine: bool) -> Event | None:
        """Return the date that "the same day" or "that year" points back to.

        It is no day of a report before, where the report tells of another day: "will land in Lima
        on Friday, he said on Monday. The same day he goes on to Quito".

        Args:
            first: the token at which the pointing expression begins.
            fine: ask for a day, not for something longer.
        """
        here = self.tokens.starts[first]
        for event in reversed(self.timeline):
            if here - event.start > 2 * STORY_REACH:
                return None
            if event.period.placed and (not fine or event.period.grain in UP_TO_A_DAY):
                return (self._reported(event, here) if fine else None) or event
        return None

    def _reported(self, event: Event, here: int) -> Event | None:
        """Return the day told in a sentence before that ends with when that was said."""
        low, high = self.tenses.sentence(event.start, event.end)
        if here < high or not _SAID.search(self.text, low, event.start):
            return None
        told = (e for e in reversed(self.timeline) if low <= e.start < event.start)
        return next((e for e in told if e.period.placed and e.period.grain in UP_TO_A_DAY), None)

    def compares(self, first: int) -> bool:
        """Tell whether figures stand beside a token, which are then compared.

        A report on a quarter says "a year ago" for the same quarter of the year before.
        """
        here = self.tokens.starts[first]
        return bool(_FIGURE.search(self.text, max(0, here - 150), here + 60))

    def compared_quarter(self, first: int) -> Event | None:
        """Return the quarter whose figures are compared at a token, None where it is a sum's."""
        event, here = self.last_quarter(first), self.tokens.starts[first]
        if event is None or not self.sums or self.sums[-1] < event.start:
            return event
        return event if self.has_paragraph_between(self.sums[-1], here) else None

    def last_quarter(self, first: int) -> Event | None:
        """Return the quarter that was named last before a token, one that is over rather."""
        here, now = self.tokens.starts[first], self.published.date
        ahead: Event | None = None
        for event in reversed(self.timeline):
            if here - event.start > QUARTER_REACH:
                break
            if event.period.grain == "quarter" and event.period.latest:
                if now is None or event.period.latest < now:
                    return event
                if event.period.first <= now:
                    ahead = ahead or event
        return ahead

    def from_context(self, unit: str, steps: int, first: int) -> tuple[Period, Anchor]:
        """Return the unit so many steps from the date told before, else from publication."""
        event = self.last_event(first, fine=unit in ("day", "week", "weekend"))
        if event and event.period.earliest:
            # "The next day" behind "from 3 to 5 May" is the 6th.
            behind = unit == event.period.grain == "day" and steps > 0
            base = (behind and event.period.latest) or event.period.earliest
            return periods.shift(base, unit, steps), "context"
        if unit == "day" and steps > 0:
            return self.unplaced("day"), "none"
        return self.shifted(unit, steps)

    def story(self, first: int) -> Event | None:
        """Return the date that sets the year here: the nearest one that is written out.

        With a publication date the bar is higher: only a date of the same paragraph that opens its
        sentence sets the scene for those behind it, and a bare year only within its sentence, be it
        a number or "last year".
        """
        here = self.tokens.starts[first]
        unknown = self.published.year is None
        for event in reversed(self.timeline):
            if here - event.end > (2 if unknown else 1) * STORY_REACH:
                return None
            far = not unknown or event.period.grain == "year"
            if far and self.has_paragraph_between(event.end, here):
                return None
            if event.anchor == "publication":
                year = event.period.grain == "year" and event.period.placed
                own = self.text.startswith(_POSSESSIVE, event.end)
                return event if year and not own and self._sets(event, here) else None
            dated = event.period.placed and event.period.grain in _YEARLY
            if unknown and dated and (self._is_of_picture(event) or self._is_bound(event)):
                continue
            if dated and (unknown or self._sets(event, here)):
                return event
        return None

    @cached_property
    def has_years_alone(self) -> bool:
        """Whether more than one line of the text is but a year."""
        return len(_YEAR_ALONE.findall(self.text)) > 1

    def goes_on(self, first: int, month: int, day: int) -> Event | None:
        """Return the written day whose story a day without a year carries on.

        "On 17 June 2023 he was in Tehran, on 17 August in Riyadh": later, and in one sentence; or
        behind a day that was itself read so.
        """
        here = self.tokens.starts[first]
        event = self.timeline[-1] if self.timeline else None
        if event is None or event.anchor == "publication" or here - event.end > STORY_REACH:
            return None
        if not event.period.placed or event.period.grain not in UP_TO_A_DAY | {"month"}:
            return None
        begin = event.period.first
        if (month, day) <= (begin.month, begin.day) or self.has_paragraph_between(event.end, here):
            return None
        return event if event.anchor == "context" or self.is_beside(event, first) else None

    def leads_story(self, first: int, month: int) -> Event | None:
        """Return the date long past whose story the next sentence carries on with its own date.

        "The year 1990 changed that. In June …", "… was in Lima in March 1990. In May …": not "The
        firm was founded in 1990. In May …", nor where another date stands between.
        """
        event = self.timeline[-1] if self.timeline else None
        now, here = self.published.year, self.tokens.starts[first]
        if event is None or not now or event.anchor == "publication" or not event.period.placed:
            return None
        if event.period.grain not in _YEARLY or event.period.first.year > now - _STORY_YEARS:
            return None
        low, high = self.tenses.sentence(event.start, event.end)
        own, _ = self.tenses.sentence(here, here)
        opens = self.tenses.opens(here, here) or self._is_of_months_past(event, first, month)
        if own < high or self.text[high:own].strip() or not opens:
            return None
        if self.has_paragraph_between(event.end, here):
            return None
        if event.period.grain != "year":
            later = month > event.period.first.month and not self.names_thing(event)
            return event if later else None
        told = _OF_YEAR.search(self.text[low : event.start])
        turns = _YEAR_TURNS.match(self.text, event.end)
        opens = self.tenses.opens(event.start, event.end)
        return event if told or turns or opens else None

    def _is_of_months_past(self, event: Event, first: int, month: int) -> bool:
        """Tell the May of "He fell in March 1990. She took over in May" from one just over."""
        now = self.published.month or 0
        just_over = (now - month) % 12 < _JUST_OVER_MONTHS
        told = event.period.grain != "year" and self.happened(first, first + 1)
        return told and not just_over

    def _is_bound(self, event: Event) -> bool:
        """Tell a year from which something lasts, or one counted from it, from a story's.

        "The first since 2011", "two years earlier".
        """
        since = self.text[: event.start].endswith("since ")
        return event.period.grain == "year" and (since or event.anchor == "context")

    def leads_to(self, event: Event, first: int) -> bool:
        """Tell whether a date told before in the sentence comes first ("…, before …")."""
        here = self.tokens.starts[first]
        between = self.text[event.end : here]
        return bool(
            len(between) < STORY_REACH
            and self._one_sentence(event.start, here)
            and (between.strip() == "," or _THEN.search(between) or self._is_list(between))
            and not TOLD_AFTER.search(between)
        )

    def comes_before(self, event: Event, first: int) -> bool:
        """Tell whether a date of the sentence is that of what was done before a thing next told."""
        between = self.text[event.end : self.tokens.starts[first]]
        return _BEFORE.fullmatch(between) is not None

    def runs_to(self, event: Event, first: int) -> bool:
        """Tell whether a date told right before opens a stretch ("from next Monday to").

        So "between next Monday and".
        """
        between = self.text[event.end : self.tokens.starts[first]]
        before = self.text[max(0, event.start - _BETWEEN_REACH) : event.start]
        opened = between.strip() == "and" and _BETWEEN.search(before) is not None
        return opened or _TO.fullmatch(between) is not None

    def had_been_planned(self, first: int, last: int) -> bool:
        """Tell the day of what "had been due to" be, which may be just over or just ahead."""
        return self.tenses.had_been_planned(self.tokens.starts[first], self.tokens.ends[last - 1])

    def is_beside(self, event: Event, first: int) -> bool:
        """Tell whether a date told before stands in the same sentence."""
        return self._one_sentence(event.start, self.tokens.starts[first])

    @staticmethod
    def _is_list(between: str) -> bool:
        """Tell "in Lima on Monday, Quito on Friday" from "on Monday, but wants it by Friday"."""
        return bool(_LISTED.fullmatch(between)) and not _APART.search(between)

    def happened(self, first: int, last: int) -> bool:
        """Tell whether what is dated is told as done, not only told of."""
        return self.tenses.happened(self.tokens.starts[first], self.tokens.ends[last - 1])

    def narrates(self, first: int, last: int) -> bool:
        """Tell whether a date opens a sentence of what was done then."""
        return self.tenses.narrates(self.tokens.starts[first], self.tokens.ends[last - 1])

    def comes_from(self, first: int) -> bool:
        """Tell whether a thing is from what is dated ("a poll from May"), with no verb before."""
        start = self.tokens.starts[first]
        return self.tokens.forms[max(0, first - 1)] == "from" and self.tenses.is_open(start)

    def is_since(self, first: int) -> bool:
        """Tell the day of "the first since 3 August", which is over."""
        return first > 0 and self.tokens.forms[first - 1] == "since"

    def _is_of_picture(self, event: Event) -> bool:
        """Tell the day of "a jet is seen near Lima on July 14, 2015", a caption, from a story's."""
        full = event.anchor == "explicit" and event.period.grain == "day"
        return full and self.tenses.is_present(event.start)

    def _sets(self, event: Event, here: int) -> bool:
        """Tell whether a date opens its sentence ("In 2013, the premier …"), or a list in it.

        "They met three times in 2013: on 3 May, 4 July and 5 August". So does one right before its
        part: "… and left two years later, in May".
        """
        if event.period.grain != "year":
            return self.tenses.opens(event.start, event.end)
        opens = self.tenses.opens(event.start, event.end) or self.text[event.end] == ":"
        opens = opens or _APPOSED.fullmatch(self.text, event.end, here) is not None
        return opens and self._one_sentence(event.start, here)

    def names_thing(self, event: Event) -> bool:
        """Tell the year of "after the 2010 raid, they met on 3 May", which says which raid."""
        before, behind = self.text[: event.start], self.text[event.end :]
        return bool(_DETERMINED.search(before[-12:]) and _NOUN.match(behind))

    def in_paragraph(self, event: Event, first: int) -> bool:
        """Tell whether a date told before stands in the paragraph of a token."""
        return not self.has_paragraph_between(event.end, self.tokens.starts[first])

    def tells(self, event: Event, first: int) -> bool:
        """Tell whether a day told before is that of a time of day: in its paragraph, or near it.

        A day to come goes on in the next paragraph where the time opens its sentence, and "later in
        the afternoon" wherever it stands.
        """
        here = self.tokens.starts[first]
        if self.in_paragraph(event, first):
            return True
        later = self.tokens.forms[first] == "later"
        if here - event.end >= (STORY_REACH if later else STORY_REACH // 2):
            return False
        way = self.direction(first, first + 1)
        return way == "past" or (
            way == "future"
            and (self.tenses.opens(here, here) or later)
            and event.period.earliest is not None
            and self.published.date is not None
            and event.period.earliest > self.published.date
        )

    def has_paragraph_between(self, start: int, end: int) -> bool:
        """Tell whether a paragraph ends between two places of the text."""
        return bool(_PARAGRAPH.search(self.text, start, end))

    def _one_sentence(self, start: int, end: int) -> bool:
        return not re.search(r"[.!?][\"”']?\s+[A-Z]", self.text[start:end])
