"""Dates of a sentence that are of another noun, clause or trip than the trigger's."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from pipeline.discourse.factuality import Fact
from pipeline.discourse.tables import words
from pipeline.discourse.timing.acts import is_of_contact, is_of_life, is_of_other_deed
from pipeline.discourse.timing.aims import AimDates
from pipeline.discourse.timing.clauses import (
    is_before_where,
    is_behind_aside,
    is_beside_coming,
    is_held,
    is_of_thing,
)
from pipeline.discourse.timing.events import is_of_event_ahead, is_of_event_talked_about
from pipeline.discourse.timing.legs import (
    goes_elsewhere,
    is_behind_stay,
    is_next_act,
    is_of_first_leg,
    is_of_leg_before,
    is_of_leg_behind,
    is_of_stop_before,
)
from pipeline.discourse.timing.order import (
    is_before_or_after,
    is_behind_after,
    is_of_news_after,
    other_trip,
)
from pipeline.discourse.timing.others import (
    is_of_going_on,
    is_of_others_clause,
    is_of_part,
    is_of_what_is_done,
    is_of_what_is_said,
)
from pipeline.discourse.timing.owner import is_of_another
from pipeline.discourse.timing.placed import Phase
from pipeline.discourse.timing.plans import is_before_asking, is_of_next_plan, is_of_old_plan
from pipeline.discourse.timing.reach import closes_opening, stands_on
from pipeline.discourse.timing.since import is_of_last_time, is_point_of_time, since_before
from pipeline.iso_lengths import DAY

_LONG = frozenset({"month", "year"})


class ForeignDates(AimDates):
    """Tells the dates beside a trigger that are not its own."""

    def _is_of_other(self, index: int, anchors: Sequence[Token], fact: Fact, phase: Phase) -> bool:
        """Tell a date that is of another noun, clause or trip than the trigger's."""
        start, end, date = self._dates[index]
        told, verb = self.scene.doc[start:end], self._verb_over(index)
        if closes_opening(self.scene.doc, start, end, anchors[0]):
            return False
        return bool(
            is_of_last_time(told)
            or is_of_event_talked_about(verb, anchors[0], fact)
            or is_of_event_ahead(told[0], anchors[0])
            or is_of_another(told, date, anchors, now=self.scene.article.published)
            or self._is_ahead_of_perfect(index, anchors, fact)
            or self._is_of_news(index, anchors, phase)
            or self._is_of_clause(index, anchors)
            or self._is_of_later_verb(index, anchors, fact)
            or (
                (fact.reason == "pluperfect" or self._sets_out(index, fact))
                and is_before_where(start, anchors[0])
            )
            or (self._spans(index) and is_before_where(start, anchors[0], during=True))
            or self._is_of_act_during(index, anchors, fact)
            or self._is_of_act_on_plan(index, anchors, fact)
            or is_of_contact(told.root, fact)
            or other_trip(anchors[0], start) is not None
            or is_of_first_leg(verb, anchors[0], ahead=fact.status == "planned")
            or is_of_leg_before(verb, anchors[0], date, start)
            or is_of_old_plan(verb, fact)
            or is_of_others_clause(verb, anchors[0])
            or is_of_part(verb, anchors[0], start)
            or is_of_what_is_done(verb, anchors[0], start)
            or is_of_going_on(verb, anchors[0])
            or is_of_what_is_said(verb, anchors[0])
            or is_of_next_plan(verb, anchors, fact)
            or (date.grain in _LONG and is_of_thing(told.root, anchors))
            or self._is_of_act_beside(index, anchors, phase)
            or is_of_other_deed(told.root, anchors[0])
            or is_of_life(verb, anchors[0])
            or is_of_stop_before(told.root, anchors[0])
            or is_before_asking(told[0], anchors[0], fact)
            or self._is_of_forerunner(index, anchors[0])
        )

    def _is_later_than_since(self, index: int) -> bool:
        """Tell the days of "his first visit since his appointment from May 25 to 27", the visit's.

        What is counted from has been, so that days to come are not its own; and no appointment
        lasts from one day to another.
        """
        start, _, date = self._dates[index]
        since, now = since_before(self.scene.doc[start]), self.scene.article.published
        if since is None:
            return False
        month = self._dates[index][2].grain == "month"
        if month and since.dep_ == "mark" and since.head == self._verb_over(index):
            return False  # "his first visit since he left office in July", that of last year
        if now is not None and len(now) == DAY and (date.earliest or "") > now:
            return True
        spans = date.earliest != date.latest or self._range_partner(index) is not None
        stretch = spans and self._opens(start) and date.grain == "day"
        return stretch and is_point_of_time(since, start)

    def _spans(self, index: int) -> bool:
        """Tell the days of "in Peru from 3 to 9 May, during which she will visit Chile"."""
        date = self._dates[index][2]
        days = date.grain == "day" and date.earliest != date.latest
        return days or self._range_partner(index) is not None

    def _is_of_clause(self, index: int, anchors: Sequence[Token]) -> bool:
        """Tell a date of another clause: one beside, before or over the trigger's own.

        "Left on Friday after a tour that took him to Lima", "began in Lima on Monday and went on
        to Quito", "the minister, who resigns on Friday, was in Lima".
        """
        verb = self._verb_over(index)
        trigger = anchors[0]
        date, end, expression = self._dates[index]
        if _is_where_left(trigger, date):
            return True
        if verb is None:
            return is_behind_after(trigger, date)
        if is_beside_coming(verb, trigger, end, coarse=expression.grain != "day"):
            return True
        if is_of_leg_behind(verb, trigger, date):
            return True
        if date > verb.i and is_behind_stay(trigger, verb):
            return goes_elsewhere(verb, trigger, date) or is_next_act(verb)
        if verb in anchors:
            return False
        if is_of_news_after(verb, trigger):
            return True
        if is_held(verb, anchors):
            return False
        if date < verb.i or expression.grain in {"month", "year"}:
            return False
        # "met her on Monday and became the first to visit Lima"
        clause_head = next((t for t in trigger.ancestors if t.lemma_ == "become"), trigger)
        ends = trigger.dep_ == "dobj" and trigger.head.lemma_ in words("finish")
        if ends and all(c.lower_ != "to" for c in trigger.children):  # "ended her visit to Peru"
            clause_head = trigger.head  # "will meet her on Monday and end his tour in Lima"
        while clause_head.dep_ == "xcomp":
            clause_head = clause_head.head
        if clause_head.dep_ == "conj" and clause_head.head == verb:
            own = verb.lemma_ not in words("leaves_again") or self._has_day_behind(trigger)
            return date < trigger.i and own
        if is_before_or_after(trigger, verb):
            return date < trigger.i or goes_elsewhere(verb, trigger, date)
        if verb not in trigger.ancestors:
            source = verb.head.head.lower_ == "from"
            return verb.dep_ == "relcl" and (date < trigger.i or source)
        clause = next((t for t in (trigger, *trigger.ancestors) if t.dep_ == "relcl"), None)
        if clause is None or verb not in clause.ancestors or date <= clause.head.i < end:
            return False
        if date > trigger.i:
            return is_behind_aside(clause, verb, date)
        at_which = words("at_which")
        return not any(
            t.lower_ in {"when", "where"} or (t.lower_ == "which" and t.head.lower_ in at_which)
            for t in clause.subtree
            if t.i < clause.i
        )

    def _has_day_behind(self, trigger: Token) -> bool:
        """Tell "left on Friday and returned to Nairobi on Monday" from "… and came home"."""
        behind = self._within(trigger.i + 1, trigger.sent.end)
        return any(stands_on(self._root(index), trigger) for index in behind)


def _is_where_left(trigger: Token, date: int) -> bool:
    """Tell "on Friday came home from Peru and Chile, where she met A": not on that Friday.

    Args:
        date: the first token of the date.
    """
    where = next((c for c in trigger.lefts if c.lower_ == "where"), None)
    at = where.i - 1 if where is not None else -1
    doc = trigger.doc
    while at > date and (doc[at].pos_ == "PROPN" or doc[at].lower_ in {",", "and", "the"}):
        at -= 1
    return at > date and doc[at].lower_ == "from"


__all__ = ["ForeignDates"]
