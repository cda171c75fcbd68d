"""The days of what one sets out or has come for: "arrived in Lima for a summit on Friday"."""

from __future__ import annotations

from spacy.tokens import Token

from models.visit import MADE
from pipeline.discourse.factuality import TIMED, Fact
from pipeline.discourse.tables import words
from pipeline.discourse.timing.act_dates import ActDates
from pipeline.discourse.timing.days import When, days_between, follows, moved
from pipeline.discourse.timing.placed import Phase
from pipeline.discourse.timing.reach import is_of_event, stands_on
from pipeline.discourse.timing.setting_out import aims_of, has_aim_before, setting_out
from pipeline.iso_lengths import DAY
from pipeline.labels import PAST
from pipeline.reference.months import WEEKDAYS

#: How many days ahead a bare weekday may lie that is an event's, not the arrival's.
_SOON = 3
_WEEK = 7
_PRESENT = frozenset({"present", TIMED})


class AimDates(ActDates):
    """Tells the days of the event for which one goes from the day on which one goes."""

    def _of_aim(self, index: int, trigger: Token, fact: Fact, phase: Phase) -> When | None:
        """Return a trip's days where its sentence dates what it is for; None where it does not."""
        if phase == "arrive" and fact.status == "planned" and self._is_of_goal(index, trigger):
            return When()  # the day is that of "attend", which tells the trip as well
        left = self._left_for(index, trigger)
        left = self._left_to(index, trigger, fact) if left is None else left
        if left is not None or phase != "arrive":
            return left
        return self._come_for(index, trigger, fact)

    def _is_of_goal(self, index: int, trigger: Token) -> bool:
        """Tell the Sunday of "will travel to Lima to attend a summit on Sunday": the summit's."""
        goal = self._verb_over(index)
        if goal is None or goal.lemma_ not in words("goes_to_aim") or goal not in aims_of(trigger):
            return False
        at = self._dates[index][0]
        told = self.scene.doc[goal.i + 1 : at]
        return any(t.lemma_.lower() in words("event") and t.ent_type_ != "DATE" for t in told)

    def _left_for(self, event: int, trigger: Token) -> When | None:
        """Return the days of "left on Sunday for a summit in Lima on 11 and 12 May"."""
        going = trigger.lemma_ in words("moves", "leaves_again")
        if not going or not is_of_event(self._root(event), trigger):
            return None
        last, until = self._days(event, "whole").end, self._range_partner(event)
        for index in self._within(trigger.sent.start, trigger.sent.end):
            first = self._days(index, "arrive").start
            own = index != event and stands_on(self._root(index), trigger)
            own = own and self._dates[index][2] is not until  # "for talks from 28 May to 2 June"
            if own and first and len(first) == DAY and last and follows(first, last, most_days=9):
                return When(first, last)
        return None

    def _left_to(self, event: int, trigger: Token, fact: Fact) -> When | None:
        """Return the days of "left on Sunday to attend a summit in Lima on 11 and 12 May".

        Where it is not told when one left, of an event to come only its last day is the trip's. So
        in "has left for Lima to attend a summit on 11 May", whose trigger is the leaving. "Left on
        Sunday to arrive in Lima on Monday" is a trip from Monday on.
        """
        if trigger.lemma_ in words("comes_somewhere"):
            return None
        at = self._dates[event][0]
        behind = trigger.pos_ == "VERB" and at > trigger.i
        left = setting_out(trigger, flown=True) if behind else None
        if left is None and has_aim_before(trigger, at):
            left = trigger
        if left is None or (left == trigger and stands_on(self._root(event), left)):
            return None
        held = self._days(event, "whole")
        if not held.start or len(held.start) < DAY or fact.status is None:
            return None
        verb = self._verb_over(event)
        opens = verb is not None and verb.i > trigger.i and verb.lemma_ in words("opens_trip")
        last = None if opens else held.end
        for index in self._within(trigger.sent.start, trigger.i):
            first = self._days(index, "arrive").start
            own = stands_on(self._root(index), left)
            if own and first and len(first) == DAY and follows(first, held.start, most_days=9):
                return When(first, last)
        ahead = fact.status == "completed" and self._ahead(
            event, soon=_SOON if left.tag_ in PAST else 0
        )
        return When(None, None if opens else ahead.end) if ahead else None

    def _come_for(self, event: int, trigger: Token, fact: Fact) -> When | None:
        """Return the last day of "has arrived in Lima for a summit on 12 May", in a text of 9 May.

        When one came is not told. "Arrived in Lima for a summit on Monday", in a text of Wednesday,
        tells when; in one of Saturday it is the summit's day.
        """
        told = fact.status in MADE and fact.reason not in _PRESENT
        told = told and fact.reason != "pluperfect" and trigger.tag_ in PAST
        aim = aim_before(self._root(event), trigger) if told else None
        if aim is None:
            return None
        verb = self._verb_over(event)
        if verb is not None and verb.i > self._root(event).i:
            return None  # "arrived for a summit and on Friday met the king"
        told = verb is not None and verb.i > aim.i and verb.lemma_ in words("held", "opens_trip")
        ahead = told or aim.lower_ in words("before_trip")
        opens = verb is not None and verb.lemma_ in words("opens_trip")
        held = self._ahead(event, soon=_WEEK if ahead else _SOON)
        return When(None, None if opens else held.end) if held else None

    def _ahead(self, event: int, *, soon: int) -> When:
        """Return the days of an event that is yet to be held, none of one that was or is unknown.

        Args:
            soon: in how many days at most the weekday may come that is told as of the past.
        """
        published, held = self.scene.article.published or "", self._days(event, "whole")
        if not held.start or not len(held.start) == len(published) == DAY:
            return When()
        if held.start > published:
            return held
        told = self._dates[event][2].text.lower().split()
        weekday = told[-1] in WEEKDAYS and words("of_time_past").isdisjoint(told)
        gone = days_between(held.start, published)
        near = (
            weekday and 0 < gone < _WEEK and _WEEK - gone <= soon and not self._is_told_over(event)
        )
        return moved(held, days=-_WEEK) if near and not self._goes_on(event) else When()

    def _is_told_over(self, event: int) -> bool:
        """Tell the Monday of "flew in for a rite, which was held on Monday"."""
        verb = self._verb_over(event)
        held = verb is not None and verb.tag_ == "VBN" and verb.lemma_ in words("held")
        return held and verb is not None and any(c.lower_ in {"was", "were"} for c in verb.children)

    def _goes_on(self, event: int) -> bool:
        """Tell "arrived for a summit on Friday and left on Sunday", as all of it is over.

        Not "arrived for a summit on Friday, which ends on Sunday".
        """
        course, own = words("held", "opens_trip", "finish"), self._verb_over(event)
        behind = self._within(self._dates[event][1], self._root(event).sent.end)
        verbs = (verb for index in behind if (verb := self._verb_over(index)) not in {None, own})
        return any(verb is not None and verb.lemma_ not in course for verb in verbs)


def aim_before(day: Token, trigger: Token) -> Token | None:
    """Return the "for" of "arrived for a summit on Friday", "ahead" of "ahead of Friday's summit".

    None where a verb stands between, but for one that tells when the event is, or "attend".
    """
    doc = day.doc
    owned = day.dep_ in {"poss", "compound", "nmod"} and day.head.i > day.i
    last = day.head.i if owned else day.left_edge.i - 1
    events = [
        t
        for t in doc[trigger.i + 1 : last + 1]
        if t.lemma_.lower() in words("event") and t.ent_type_ != "DATE" and t.pos_ != "VERB"
    ]
    if not events or (owned and events[-1] != day.head):
        return None
    verbs, aims = words("held", "opens_trip", "goes_to_aim"), words("before_trip") | {"for", "to"}
    if any(t.pos_ == "VERB" and t.lemma_ not in verbs for t in doc[trigger.i + 1 : last + 1]):
        return None
    return next((t for t in reversed(doc[trigger.i + 1 : events[-1].i]) if t.lower_ in aims), None)


__all__ = ["AimDates"]
