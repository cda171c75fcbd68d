"""When a trip begins and ends, by the dates that stand with its trigger."""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from spacy.tokens import Span, Token

from models import DateExpression
from models.entity import PERSONAL_KINDS
from models.visit import NOT_OVER
from pipeline.discourse.denials import is_negated, until_when
from pipeline.discourse.factuality import Fact, governing_verb
from pipeline.discourse.suppositions import is_put_off
from pipeline.discourse.tables import words
from pipeline.discourse.timing.apart import apart
from pipeline.discourse.timing.bounds import is_of_else
from pipeline.discourse.timing.clauses import (
    busy_meanwhile,
    is_aside_of_comer,
    is_of,
    is_of_what_goes_before,
    is_where_held,
)
from pipeline.discourse.timing.days import When, follows, partial
from pipeline.discourse.timing.diary import (
    closing,
    closings,
    headings,
    is_entry_of_day,
    is_final,
    of_diary,
)
from pipeline.discourse.timing.events import (
    is_of_event_attended,
)
from pipeline.discourse.timing.foreign import ForeignDates
from pipeline.discourse.timing.frames import frames, is_of_clause_before, participle_over
from pipeline.discourse.timing.legs import (
    ends_stay,
    is_of_first_leg,
    is_of_other_stay,
    is_of_stay_before,
)
from pipeline.discourse.timing.now import (
    is_long_gone,
    is_looked_ahead_to,
    of_now,
    strangeness,
)
from pipeline.discourse.timing.owner import is_of_another
from pipeline.discourse.timing.placed import Phase
from pipeline.discourse.timing.reach import (
    closest,
    cost,
    lies_in,
    opens_before_aside,
    shares_date,
)
from pipeline.discourse.timing.setting_out import aims_of, sets_out_to
from pipeline.discourse.timing.since import (
    heads_clause,
    is_of_own_clause,
)
from pipeline.discourse.trip_clauses import preposition_of
from pipeline.discourse.verb_forms import is_cut_short
from pipeline.iso_lengths import DAY

#: A date farther than this from the trigger, and not joined to it, dates something else.
REACH_TOKENS = 22
#: So many dates of a sentence are held against a trigger; news has a dozen at most, and a list
#: without end would be searched anew for each of its triggers.
DATES_BESIDE = 24
_DAY = len("2024-08-18")
#: How a clause hangs on another that has a day of its own.
_CLAUSES = frozenset({"pcomp", "advcl", "relcl"})


class Clock(ForeignDates):
    """Finds the dates of triggers in one scene."""

    def when(self, anchors: Sequence[Token], *, phase: Phase, fact: Fact | None = None) -> When:
        """Return the days of the trip whose trigger and arguments are `anchors`.

        Args:
            anchors: the trigger first, then what else its dates may hang on.
            phase: which days the trigger dates, where the date's own verb does not say.
            fact: what a trip's trigger tells, by which its first day is known from its last and
                from the day of an announcement; without it dates are read as those of an act.
        """
        told = self._told(anchors, phase=phase, fact=fact)
        if fact is None or not (self._heads or self._closing):
            return told
        sentence = self.scene.sentence(anchors[0].i)
        doc, at = self.scene.doc, anchors[0].i
        last = closing(doc, at, sentence, self._closing)
        final = bool(self._heads) and is_final(doc, at, sentence)
        now = fact.status in NOT_OVER or not fact.reason
        return of_diary(anchors[0].idx, self._heads, told, last, final=final, now=now)

    @cached_property
    def _heads(self) -> Sequence[tuple[int, str]]:
        scene = self.scene
        return headings(scene.article.text, [*scene.dates_before, *scene.dates])

    @cached_property
    def _closing(self) -> Sequence[tuple[int, int, DateExpression]]:
        return closings(self.scene.doc, self._dates)

    def _told(self, anchors: Sequence[Token], *, phase: Phase, fact: Fact | None) -> When:
        """Return the days that the sentence or a heading tells, brackets left aside."""
        sentence = self.scene.sentence(anchors[0].i)
        if fact is not None and (other := self._apart(anchors, sentence, fact, phase)) is not None:
            return other
        if fact is not None and (later := self._put_off_until(anchors[0])) is not None:
            return later
        best = self._best(anchors, fact, phase)
        if best is not None and fact is not None:
            aim = self._of_aim(best, anchors[0], fact, phase)
            if aim is not None:
                return aim
            if (moved := self._moved_to(best, anchors[0])) is not None:
                return self._of_now(moved, best, fact, anchors[0])
        if best is None and fact is not None:
            best = self._days_apart(anchors[0])
        heading = self._heading(sentence.start)
        if best is None and heading is not None:
            when = replace(self._days(heading, phase), heading=True)
            return self._later_entry(when, heading, sentence, fact) if fact else when
        if best is None and fact is not None and (month := self._month_during(anchors, fact)):
            return When(month, month)
        own = self._own_phase(best, anchors) if best is not None and fact else None
        ahead = fact is not None and fact.status == "planned"
        when = self._days(best, own or phase, ahead=ahead) if best is not None else When()
        heads = heading is not None or (best is not None and self._heads_entry(best))
        if fact is None:
            return replace(when, heading=heads)
        when = self._of_now(self._bounded(when, anchors, ahead=ahead), best, fact, anchors[0])
        return replace(when, heading=heads, of_deed=self._is_of_deed(best, anchors[0], fact))

    def _is_of_deed(self, best: int | None, trigger: Token, fact: Fact) -> bool:
        """Tell the day of what one did on a trip that is only told in an aside on him."""
        verb = self._verb_over(best) if best is not None else None
        if best is None or verb is None or fact.status not in {"ongoing", "completed"}:
            return False
        who = busy_meanwhile(trigger, verb, self._dates[best][0])
        return who is not None and any(r.kind in PERSONAL_KINDS for r in self.scene.at(who.i))

    def _moved_to(self, index: int, trigger: Token) -> When | None:
        """Return the day of "postponed his trip to Lima from Thursday to Friday": the Friday."""
        verb, last = self._verb_over(index), self._range_partner(index)
        if verb is None or last is None or self._word_before(self._dates[index][0]) != "from":
            return None
        pair = partial(last) if is_put_off(verb) and verb in {trigger, *trigger.ancestors} else None
        if pair is None:
            return None
        return When(pair[0]) if len(pair[0]) == DAY else When(*pair)

    def _put_off_until(self, trigger: Token) -> When | None:
        """Return the Friday of "her visit, planned for Monday, was delayed until Friday"."""
        verb = next((t for t in (trigger, *trigger.ancestors) if is_put_off(t)), None)
        if verb is None or is_negated(verb):
            return None
        untils = (c.i for c in verb.children if c.lower_ in words("until") and c.i > trigger.i)
        for index in (index for at in untils for index in self._within(at + 1, at + 3)):
            pair = partial(self._dates[index][2])
            if pair is not None:
                return When(pair[0]) if len(pair[0]) == DAY else When(*pair)
        return None

    def _apart(
        self, anchors: Sequence[Token], sentence: Span, fact: Fact, phase: Phase
    ) -> When | None:
        """Return the days of a trip that is dated by how far it lies from another day."""
        dates = self.between(sentence.start, sentence.end)
        now, told = self.scene.article.published, self._news_day_before(sentence)
        when = apart(dates, sentence, anchors, fact, now, told=told)
        if when and phase in {"arrive", "leave"} and len(when.start or "") == DAY:
            return When(when.start) if phase == "arrive" else When(None, when.end)
        return when

    def _of_now(self, when: When, best: int | None, fact: Fact, trip: Token) -> When:
        """Hold the days that one date gives against publication and what the trigger tells."""
        if best is None:
            return when
        (start, _, date), verb = self._dates[best], self._verb_over(best)
        own = trip.i < start or trip in self.scene.doc[start].ancestors
        if fact.status == "ongoing" and fact.weak and is_looked_ahead_to(trip):
            fact = Fact("planned", weak=True)
        return of_now(when, date, fact, verb=verb, scene=self.scene, own=own, trip=trip)

    def _later_entry(self, when: When, index: int, sentence: Span, fact: Fact) -> When:
        """Return only the month for a later sentence of a chronology's entry, no entry of its own.

        None for what it tells of another time: "X has since visited", "Y had visited before".
        """
        between = self.scene.doc[self._dates[index][1] : sentence.start]
        later = any(token.is_alpha for token in between)
        later = later and not is_entry_of_day(self.scene.article, when.start, sentence)
        if later and fact.reason in {"perfect", "pluperfect"}:
            return replace(when, start=None, end=None)
        if when.start == when.end and later:
            month = when.start[:7] if when.start else None
            return replace(when, start=month, end=month)
        return when

    def _own_phase(self, index: int, anchors: Sequence[Token]) -> Phase | None:
        """Return the phase that a date's own verb tells ("a visit that began on Monday")."""
        verb = self._verb_over(index)
        if verb is not None and sets_out_to(verb, anchors[0]):
            return "arrive"
        if verb is None:
            return None
        if not is_of(verb, anchors):
            return "arrive" if is_aside_of_comer(anchors[0], verb) else None
        around = words("before_trip", "on_account") | {"during"}
        beside = verb in anchors[0].ancestors and preposition_of(anchors[0]) in around
        if beside:
            return None  # "roads were closed on Monday ahead of (during, for) her visit"
        if self._hangs_on_noun(index, anchors):
            return None if anchors[0].lemma_ in words("arrival_noun") else "whole"
        lemma = verb.lemma_.lower()
        if lemma in words("finish") or ends_stay(verb, anchors[0]) or is_cut_short(verb):
            return "leave"
        # "opened a fair in Lima on Monday" opens no trip
        return "arrive" if lemma in words("opens_trip") and verb != anchors[0] else None

    def _hangs_on_noun(self, index: int, anchors: Sequence[Token]) -> bool:
        """Tell "a visit on April 6 ended in a row": the day is the visit's, not its end's."""
        start = self._dates[index][0]
        verb = self._verb_over(index)
        return verb is not None and any(
            a.pos_ == "NOUN" and a.dep_ != "pobj" and a.i < start < verb.i for a in anchors
        )

    def _bounded(self, when: When, anchors: Sequence[Token], *, ahead: bool) -> When:
        """Add the first or last day that another date of the sentence gives."""
        sentence = self.scene.sentence(anchors[0].i)
        for index in self._within(sentence.start, sentence.end):
            start, end, date = self._dates[index]
            pair = partial(date)
            other = is_of_first_leg(self._verb_over(index), anchors[0], ahead=ahead)
            if pair is None or len(pair[0]) < 10 or other:
                continue
            if when.end is None and (last := self._last_from(index, when.start, anchors)):
                when = When(when.start, last)
                continue
            phase = self._own_phase(index, anchors)
            if self._is_until(start) and self._is_near(start, end, anchors):
                over = self._verb_over(index)
                if is_of_stay_before(over, anchors[0], start) or is_of_other_stay(over, anchors):
                    continue
                phase = "leave"
            elif phase == "leave" and self._is_anothers(index, anchors):
                continue
            ranged = when.end is not None and when.start != when.end
            if phase == "leave" and not ranged and follows(when.start, pair[1]):
                when = When(when.start, pair[1])
            elif phase == "arrive" and when.start is None and follows(pair[0], when.end):
                when = when if self._is_else(index, anchors) else When(pair[0], when.end)
        return when

    def _last_from(self, index: int, first: str | None, anchors: Sequence[Token]) -> str | None:
        """Return the 10th of "arrives on Sunday for a visit from 6 to 10 May", a Sunday the 6th."""
        stay, root = self._days(index, "whole"), self._root(index)
        noun = next((t for t in root.ancestors if t.pos_ == "NOUN"), None)
        if first is None or stay.start != first or stay.end == first or stay.coarse:
            return None
        own = noun is not None and noun.lemma_.lower() in words("trip_noun")
        own = own and noun is not None and (noun in anchors or noun.head.lower_ == "for")
        return stay.end if own and not self._is_anothers(index, anchors) else None

    def _is_else(self, index: int, anchors: Sequence[Token]) -> bool:
        """Tell the day of "began a visit to Lima after Monday's talks", which is of the talks."""
        start = self._dates[index][0]
        return is_of_else(self.scene.doc, start) or self._is_anothers(index, anchors)

    def _is_anothers(self, index: int, anchors: Sequence[Token]) -> bool:
        """Tell the day of "the trip would follow a visit to Lima that ended on Monday"."""
        start, end, date = self._dates[index]
        now = self.scene.article.published
        return is_of_another(self.scene.doc[start:end], date, anchors, now=now)

    def _is_until(self, start: int) -> bool:
        """Tell "stays until Friday", not "was put off until Friday", "will not come until"."""
        doc = self.scene.doc
        at = start - 1
        while at > 0 and start - at < 4 and doc[at].lower_ in words("before_last_day"):
            at -= 1
        if at < 0 or doc[at].lower_ not in words("until"):
            return False
        verb = governing_verb(doc[at])
        if verb is not None and until_when(verb) == doc[at]:
            return False
        return verb is None or verb.lemma_.lower() not in words("postpone", "puts_off")

    def _is_near(self, start: int, end: int, anchors: Sequence[Token]) -> bool:
        return min(self._cost(start, end, anchor) for anchor in anchors) <= REACH_TOKENS

    def _best(self, anchors: Sequence[Token], fact: Fact | None, phase: Phase) -> int | None:
        """Return the index of the date of the sentence that is nearest to the anchors."""
        asked = tuple([anchor.i for anchor in anchors]), fact, phase
        if asked not in self._known:
            self._known[asked] = self._read_best(anchors, fact, phase)
        return self._known[asked]

    @cached_property
    def _known(self) -> dict[tuple[tuple[int, ...], Fact | None, Phase], int | None]:
        """Return what was read before: each of those who travel together asks for their days."""
        return {}

    def _read_best(self, anchors: Sequence[Token], fact: Fact | None, phase: Phase) -> int | None:
        sentence = self.scene.sentence(anchors[0].i)
        now = self.scene.article.published
        ranked: list[tuple[float, int]] = []
        for index in self._beside(anchors[0], sentence):
            start, end, date = self._dates[index]
            if self._dates[index] in self._closing:
                continue
            if is_of_what_goes_before(anchors[0], end):
                continue
            if fact and heads_clause(self.scene.doc[start:end], anchors[0]):
                ranked.append((strangeness(date, fact, now), index))
                continue
            after = self._is_later_than_since(index)
            if is_of_else(self.scene.doc, start) and not (
                self._opens_between(index)
                or after
                or is_of_own_clause(self.scene.doc[start], anchors)
            ):
                continue
            ahead = (
                fact is not None and fact.status == "planned" and (date.latest or "") <= (now or "")
            )
            if not ahead and opens_before_aside(self.scene.doc, start, end, anchors[0]):
                ranked.append((1 + strangeness(date, fact, now), index))
                continue
            over = self._verb_over(index)
            if fact and is_of_clause_before(over, anchors[0], date, fact, now):
                continue
            if ahead and over is not None and start < over.i and _is_over(over, anchors[0]):
                continue
            if fact and frames(self.scene.doc, start, over, anchors[0], date):
                ranked.append((REACH_TOKENS + strangeness(date, fact, now), index))
                continue
            own = participle_over(self.scene.doc[start:end], over)
            if own is not None and own != anchors[0] and own not in anchors[0].ancestors:
                continue
            distance = self._distance(index, anchors, fact)
            if distance > REACH_TOKENS:
                continue
            if own is not None:
                ranked.append((strangeness(date, fact, now), index))
                continue
            apart = anchors[0] not in self.scene.doc[start].ancestors
            if fact and apart and is_long_gone(date, fact, now):
                continue
            if fact and not after and self._is_of_other(index, anchors, fact, phase):
                continue
            ranked.append((distance + strangeness(date, fact, now), index))
        if not ranked:
            return None
        best = closest(self.scene.doc, ranked, self._dates)
        best = self._of_own_clause(best, ranked, anchors[0])
        best = self._of_goal(best, [index for _, index in ranked], anchors[0])
        opens = best > 0 and self._range_partner(best - 1) is self._dates[best][2]
        return best - opens  # "on the May 30 to June 3 visit"

    def _beside(self, trigger: Token, sentence: Span) -> Sequence[int]:
        """Return the dates of a sentence, where these are many those next to a trigger."""
        within = self._within(sentence.start, sentence.end)
        if len(within) <= DATES_BESIDE:
            return within
        return sorted(heapq.nsmallest(DATES_BESIDE, within, key=lambda i: self._gap(i, trigger)))

    def _gap(self, index: int, trigger: Token) -> int:
        """Return how many tokens lie between a date's first and a trigger."""
        return abs(self._dates[index][0] - trigger.i)

    def _of_own_clause(self, best: int, ranked: Sequence[tuple[float, int]], trigger: Token) -> int:
        """Return the May of "was in Lima in June, before heading to Quito in May" for "heading"."""
        if trigger.pos_ != "VERB" or trigger.tag_ == "VB" or trigger.dep_ not in _CLAUSES:
            return best
        inside = [each for each in ranked if trigger in self._root(each[1]).ancestors]
        kept = not inside or trigger in self._root(best).ancestors
        return best if kept else min(inside)[1]

    def _of_goal(self, best: int, others: Sequence[int], trigger: Token) -> int:
        """Return the Sunday of "will go on Friday to attend a summit on Sunday" for "attend"."""
        verb = self._verb_over(best)
        if verb is None or verb == trigger or trigger not in aims_of(verb):
            return best
        legs = [c.i for c in trigger.children if c.lower_ == "to" and c.i > trigger.i]
        end = min(legs, default=trigger.sent.end)  # "and to Quito on Monday to attend a funeral"
        own = [i for i in others if self._verb_over(i) == trigger]
        own = [i for i in own if trigger.i < self._dates[i][0] < end]
        if not own or partial(self._dates[own[0]][2]) is None:
            return best
        # "is set to visit Lima this week, on Friday", the parse hanging the Friday on "set"
        return best if lies_in(self._dates[best][2], self._dates[own[0]][2]) else own[0]

    def _distance(self, index: int, anchors: Sequence[Token], fact: Fact | None) -> float:
        """Return how far from the nearest of the anchors a date stands, in tokens."""
        start, end, _ = self._dates[index]
        distance = min(self._cost(start, end, anchor) for anchor in anchors)
        verb = self._verb_over(index) if distance > REACH_TOKENS and fact else None
        if verb is not None and anchors[0].pos_ == "NOUN" and is_of(verb, anchors):
            return REACH_TOKENS  # "the visit to Lima, which was scheduled to begin on"
        held = verb is not None and is_where_held(verb, anchors[0])
        if held or (fact and is_of_event_attended(verb, anchors[0], fact)):
            return REACH_TOKENS
        shared = shares_date(start, verb, anchors[0])
        return REACH_TOKENS if shared else distance

    def _cost(self, start: int, end: int, anchor: Token) -> float:
        return cost(self.scene.doc, start, end, anchor)


def _is_over(verb: Token, trigger: Token) -> bool:
    """Tell the past of "Monday's speech praised the summit, which X is to attend", X's of none."""
    own = verb == trigger or verb.lemma_ == "be"  # "on Monday was due to visit Lima"
    return verb.tag_ == "VBD" and not own and verb in trigger.ancestors


__all__ = ["Clock", "Phase", "When", "partial"]
