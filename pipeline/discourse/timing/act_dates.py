"""Dates of a trip's sentence that are of something else: of what one does on it, of the news."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from pipeline.discourse.factuality import Fact
from pipeline.discourse.tables import words
from pipeline.discourse.timing.acts import is_going_on, is_of_act_beside, is_of_act_during
from pipeline.discourse.timing.clauses import is_of
from pipeline.discourse.timing.days import partial, says_next
from pipeline.discourse.timing.news import is_of_news
from pipeline.discourse.timing.order import stands_behind
from pipeline.discourse.timing.placed import Phase
from pipeline.discourse.timing.spells import SpellDates
from pipeline.discourse.verb_forms import tense_of
from pipeline.iso_lengths import DAY
from pipeline.labels import VERBS
from pipeline.reference.months import WEEKDAYS

#: How many tokens behind "after" the name of who came before begins.
_NAME_REACH = 6
_COARSE = frozenset({"month", "year"})
_SHORT = frozenset({"day", "part_of_day", "week", "weekend"})


class ActDates(SpellDates):
    """Tells the dates of other acts than a trip from the trip's own."""

    def _sets_out(self, index: int, fact: Fact) -> bool:
        """Tell the Monday of "left on Monday for Africa, where he will visit Kenya": no Kenya's."""
        verb = self._verb_over(index) if fact.status == "planned" else None
        if verb is None or verb.lemma_ not in words("begin", "moves"):
            return False
        return tense_of(verb) == "past" or verb.lemma_ in words("begin")

    def _is_of_act_beside(self, index: int, anchors: Sequence[Token], phase: Phase) -> bool:
        verb = self._verb_over(index)
        start, end, date = self._dates[index]
        beside = verb is not None and verb.lemma_ in words("befalls_trip")
        if (beside or date.grain in _COARSE) and self.scene.doc[start] in anchors[1:]:
            return False  # "the pact reached on his visit to Peru in May 2016": right behind it
        root = self.scene.doc[start:end].root
        leaves = phase == "leave"
        return verb is not None and is_of_act_beside(anchors[0], root, verb, leaves=leaves)

    def _is_of_later_verb(self, index: int, anchors: Sequence[Token], fact: Fact) -> bool:
        """Tell "is on a visit to Lima and met the mayor on Monday": it did not begin then.

        Nor did the stop of "stopped in Dakar and landed in Lima on Monday".
        """
        verb = self._verb_over(index)
        if verb is None or verb in anchors or verb.dep_ != "conj":
            return False
        later = anchors[0].i < verb.i < self._dates[index][0]
        if fact.status != "ongoing":
            if later and self._is_done_elsewhere(index, verb, anchors[0]):
                return True
            return later and verb.head == anchors[0] and verb.lemma_ in words("next_leg")
        return later and (verb.head == anchors[0] or verb.head in anchors[0].ancestors)

    def _is_done_elsewhere(self, index: int, verb: Token, trigger: Token) -> bool:
        """Tell "will visit Peru and attend a summit in Quito on Monday": the day is Quito's.

        Days from one to another may be those of both, and the last of a stay that ends is the
        first of the next one.
        """
        light = trigger.head if trigger.pos_ == "NOUN" else trigger
        start, _, date = self._dates[index]
        spans = date.earliest != date.latest or self._range_partner(index) is not None
        if verb.head not in {trigger, light} or date.grain != "day" or spans:
            return False
        if light.lemma_ in words("finish"):
            return False  # "wrapped up his visit to Peru and left for Chile on Monday"
        own, there = (
            {spot.country for i in range(first, last) for spot in self.scene.spots(i)}
            for first, last in ((trigger.i + 1, verb.i), (verb.i + 1, start))
        )
        return bool(own and there) and own.isdisjoint(there)

    def _is_of_act_during(self, index: int, anchors: Sequence[Token], fact: Fact) -> bool:
        """Tell "met the mayor on Monday" of what one does on the trip of the trigger."""
        verb = self._verb_over(index)
        made = fact.status == "ongoing" or (fact.status == "completed" and not fact.reason)
        if verb is None or not made or self._dates[index][2].grain not in _SHORT:
            return False
        if is_going_on(verb):
            return True
        own = verb in anchors or is_of(verb, anchors)
        return not own and is_of_act_during(anchors[0], verb)

    def _is_of_act_on_plan(self, index: int, anchors: Sequence[Token], fact: Fact) -> bool:
        """Tell the Monday of "met on Monday to prepare X's visit to Lima": none of a trip to come.

        Nor that of "issued a statement on Monday, announcing a visit", "gave details of a visit in
        a briefing on Monday". "Was due on Monday to begin a visit to Lima", "to end" one, is the
        trip's.
        """
        verb, trigger = self._verb_over(index), anchors[0]
        start, _, date = self._dates[index]
        now = self.scene.article.published
        gone = now is not None and date.latest is not None and date.latest <= now
        gone = gone or date.text.lower() in WEEKDAYS  # of a verb of the past
        if fact.status != "planned" or not gone or verb is None or verb == trigger:
            return False
        if trigger.pos_ != "NOUN" or tense_of(verb) != "past" or verb not in trigger.ancestors:
            return False
        over = list(trigger.ancestors)
        below = over[: over.index(verb)]
        if start > trigger.i:
            told = any(t.lemma_ in words("news_noun") for t in below)
            return told and trigger not in self.scene.doc[start].ancestors
        if verb in anchors:
            return False
        acts = [t for t in below if t.tag_ in {"VB", "VBG", "VBN"}]
        return bool(acts) and acts[0].lemma_ not in words("pays", "begin", "finish")

    def _month_during(self, anchors: Sequence[Token], fact: Fact) -> str | None:
        """Return the month of what is done on a trip whose own days its sentence does not tell."""
        sentence = self.scene.sentence(anchors[0].i)
        for index in self._within(sentence.start, sentence.end):
            pair = partial(self._dates[index][2])
            within = pair is not None and pair[0][:7] == pair[1][:7] and len(pair[0]) == DAY
            if pair and within and self._is_of_act_during(index, anchors, fact):
                return pair[0][:7]
            if pair and pair[0] == pair[1] and self._is_of_act_then(index, anchors[0], fact):
                return pair[0]
        return None

    def _is_of_act_then(self, index: int, trigger: Token, fact: Fact) -> bool:
        """Tell the month of "In May 2020 he met X, who was visiting Lima"; not "who is visiting".

        So a year told no closer.
        """
        verb, date = self._verb_over(index), self._dates[index][2]
        if verb is None or fact.status != "completed" or date.grain not in _COARSE:
            return False
        stay = trigger.head.head if trigger.pos_ == "NOUN" else trigger
        past = tense_of(stay) == tense_of(verb) == "past"
        return past and verb.lemma_ != "be" and is_of_act_during(trigger, verb)

    def _is_of_forerunner(self, index: int, trigger: Token) -> bool:
        """Tell the May of "the third premier to visit Lima, after A in May": it is A's.

        And that of "after A in March and B in May", not of "after meeting A in May", nor the days
        of "will visit Lima, after A, on 7 May", set off from him.
        """
        start = self._dates[index][0]
        behind = self.scene.doc[trigger.i + 1 : max(trigger.i + 1, start)]
        after = next((t for t in reversed(behind) if t.lower_ in words("after_whom")), None)
        if after is None or any(t.pos_ in VERBS for t in behind if t.i > after.i):
            return False
        if "," in {t.text for t in self.scene.doc[start - 2 : start]}:
            return False
        for i in range(after.i + 1, min(after.i + 1 + _NAME_REACH, start)):
            if any(r.kind == "person" for r in self.scene.at(i)):
                return True
            if self.scene.doc[i].pos_ == "ADP" and self.scene.doc[i].lower_ != "of":
                return False
        return False

    def _is_of_news(self, index: int, anchors: Sequence[Token], phase: Phase) -> bool:
        verb = self._verb_over(index)
        start, _, told = self._dates[index]
        spell = self._opens(start) or self._range_partner(index) is not None
        if verb is None or (spell and anchors[0].pos_ == "NOUN" and anchors[0].i < start):
            return False  # "announced a visit to Lima from Monday to Wednesday"
        now = self.scene.article.published
        if says_next(told) and start < verb.i and tense_of(verb) == "past":
            return False  # "a visit by X next week has been confirmed"
        return is_of_news(
            verb, self.scene.doc[start], told, anchors, leaves=phase == "leave", now=now
        )

    def _is_ahead_of_perfect(self, index: int, anchors: Sequence[Token], fact: Fact) -> bool:
        """Tell "who has been to Lima, is due in Quito on Friday": the day is not Lima's.

        Nor is the year of "attended a summit in Lima and promised a vote by August next year". In
        "his visit to Lima in June has angered the opposition" it is the visit's own.
        """
        published = self.scene.article.published
        date, verb = self._dates[index][2], self._verb_over(index)
        if fact.status != "completed" or published is None or date.earliest is None:
            return False
        if anchors[0].pos_ == "NOUN" and stands_behind(anchors[0], self._dates[index][0]):
            return False
        own = verb is None or verb in anchors or verb in anchors[0].ancestors
        ahead = (says_next(date) and not own) or fact.reason in {"perfect", "pluperfect"}
        return ahead and date.earliest > published


__all__ = ["ActDates"]
