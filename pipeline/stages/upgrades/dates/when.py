"""When a change in relations was made."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from pipeline.discourse.numbers import number_of
from pipeline.discourse.timing.apart import counted_day, counted_from
from pipeline.discourse.timing.of_trips import partial
from pipeline.discourse.verb_forms import tense_of
from pipeline.discourse.verbs import verb_above
from pipeline.iso_lengths import DAY, YEAR
from pipeline.labels import ADNOMINAL, PRESENT, SUBJECTS, VERBS
from pipeline.signs import ANY_CLOSING_QUOTES
from pipeline.stages.upgrades.dates.date_distance import (
    UNITS,
    ChangeDates,
    has_done_besides,
    is_behind_but,
    is_long_after,
    is_units_after,
)
from pipeline.stages.upgrades.dates.dating import (
    earlier,
    has_been,
    is_as_said,
    is_of_paper,
    is_of_spell,
    is_of_time_before,
    is_said_of,
    is_since_event,
    leads_to_date,
    names_thing,
    single,
    verb_of_meeting,
    verbs_over,
)
from pipeline.stages.upgrades.dates.done_so import done_so
from pipeline.stages.upgrades.dates.reported import comes_after, is_apart
from pipeline.stages.upgrades.echoes.answered import is_of_answer
from pipeline.stages.upgrades.outcome.clause_opening import held_on, is_former, opening_of
from pipeline.stages.upgrades.outcome.misread import raised_from
from pipeline.stages.upgrades.tables import words

#: Years of a unit.
_YEARS = {"year": 1, "decade": 10}
#: Days of a unit.
_DAYS = {"day": 1, "week": 7}
_SAME = ("same ", "the same ", "that same ")  # not "October of the same year"
#: How near behind a year its month stands ("four years later, in July 2012"), in tokens.
_BESIDE = 3


class ChangeClock(ChangeDates):
    """Finds the dates of changes in one scene."""

    def _over(self, anchors: Sequence[Token]) -> str | None:
        """Return the date of the clause over a trigger ("On Sunday he signed the paper by …")."""
        sentence = self.scene.sentence(anchors[0].i)
        above = list(verbs_over(anchors[0]))
        found: dict[int, str] = {}
        if comes_after(anchors[0]) is not None or is_apart(anchors[0]):
            return None
        for index in self._within(sentence.start, sentence.end):
            start, end, date = self.dates[index]
            pair = partial(date)
            if pair is None or self._is_of_else(start) or self._is_of_those_before(start):
                continue
            if (
                self._is_of_words(start, end)
                or names_thing(self.scene.doc[start])
                or is_of_time_before(self.scene.doc[start])
            ):
                continue
            if is_since_event(self.scene.doc[start], anchors[0]):
                continue
            verb = self._verb_of(start, far=anchors[0].dep_ != "relcl")
            as_said = (
                verb is not None
                and is_as_said(verb, (anchors[0], *above))
                and self._day(index) is not None
            )
            if verb is None or not (verb in above or as_said or is_of_paper(verb, above)):
                continue
            day = self.scene.doc[start]
            if is_said_of(anchors[0], verb) or is_of_answer(anchors[0], verb, day):
                continue
            if has_done_besides(anchors[0], verb, start) or is_behind_but(anchors[0], verb, start):
                continue
            # "said on Friday that he went there on Thursday and signed a pact": the nearest verb's
            found.setdefault(above.index(verb) if verb in above else 0, single(pair))
        return found[min(found)] if found else None

    def _verb_of(self, start: int, *, far: bool) -> Token | None:
        """Return the verb that a date hangs on, right above it or by "at the meeting on 4 May"."""
        chain: list[Token] = []
        for node in self.scene.doc[start].ancestors:
            if node.pos_ in VERBS and not leads_to_date(node):
                over = verb_of_meeting(node) or node
                return over if far or len(chain) < 2 else None
            if node.pos_ == "PROPN" and self.scene.at(node.i):
                return None
            chain.append(node)
        return None

    def told(self, anchors: Sequence[Token]) -> str | None:
        """Return the date in the sentence of a change's trigger and level."""
        self._trigger = anchors[0]
        if self._is_of_decade(anchors[0]):
            return None
        if anchors[0].dep_ in ADNOMINAL and self.since(anchors[0]):
            return self.since(anchors[0])
        if has_been(anchors[0]) and self.since(anchors[0]):
            return self.since(anchors[0])
        if anchors[0].dep_ in {"relcl", "advcl"} and self._of_when(anchors[0]):
            return self._of_when(anchors[0])
        if comes_after(anchors[0]) is not None:
            return (
                self._before_main(anchors[0]) or self._one(anchors) or self._of_agreeing(anchors[0])
            )
        if is_long_after(anchors[0]):
            return self._own(anchors[0]) or self._before_main(anchors[0])
        if self._is_of_next(anchors[0]) and (war := self._year_behind_war(anchors[0])):
            return war
        later = self._later(anchors[0])
        if later is not None:
            return self._refined(later, anchors[0])
        best = self._best(anchors, None, "whole")
        if best is not None and self.dates[best][2].text.lower().startswith(_SAME):
            return self._same(best)
        return (
            self._refined(self._one(anchors), anchors[0])
            or self._counted(anchors[0])
            or self._done_so(anchors[0])
            or self._over(anchors)
            or self._of_meeting(anchors[0])
            or self._of_joined(anchors[0])
            or self._of_approval(anchors[0])
            or self._year_of_event(anchors[0])
        )

    def _is_of_decade(self, trigger: Token) -> bool:
        """Tell "opened ties in the 1950s, he said on Tuesday", whose decade is all that is told."""
        sentence = self.scene.sentence(trigger.i)
        for told in self.scene.dates_in(sentence.start_char, sentence.end_char):
            if len(told.value) != len("195") or not told.value.isdigit():
                continue
            span = trigger.doc.char_span(told.start, told.end, alignment_mode="expand")
            above = span.root.ancestors if span is not None else ()
            if next((t for t in above if t.pos_ in VERBS), None) == trigger:
                return True
        return False

    def _of_agreeing(self, verb: Token) -> str | None:
        """Return the day of "will reopen them after agreeing on Monday to resume ties"."""
        over = verb.head
        if verb.dep_ != "xcomp" or over.dep_ != "pcomp" or over.i > verb.i:
            return None
        pairs = (partial(self.dates[i][2]) for i in self._within(over.i, verb.i))
        return next((single(pair) for pair in pairs if pair is not None), None)

    def _own(self, noun: Token) -> str | None:
        """Return the date told behind a noun: "years after the establishment of ties in 1990"."""
        behind = self.scene.doc[noun.i : self.scene.sentence(noun.i).end]
        end = next((t.i for t in behind if t.text == ","), behind.end)
        pairs = (partial(self.dates[i][2]) for i in self._within(noun.i, end))
        return next((single(pair) for pair in pairs if pair is not None), None)

    def _done_so(self, trigger: Token) -> str | None:
        """Return the year of "is the only one to recognise it, having done so in 2010"."""
        done = done_so(trigger)
        told = self._within(done.i, done.right_edge.i + 1) if done is not None else ()
        pairs = [pair for pair in (partial(self.dates[i][2]) for i in told) if pair is not None]
        return single(pairs[0]) if pairs else None

    def _counted(self, trigger: Token) -> str | None:
        """Return the day of "cut ties two days after the vote of 4 May"."""
        sentence = self.scene.sentence(trigger.i)
        for index in self._within(sentence.start, sentence.end):
            after = counted_from(trigger.doc, self.dates[index][0])
            pair = partial(self.dates[index][2])
            if after is None or pair is None:
                continue
            if trigger not in {trigger.doc[after].head, trigger.doc[after].nbor(-1).head}:
                continue
            return counted_day(trigger.doc[after], pair[0]) if pair[0] == pair[1] else None
        return None

    def _one(self, anchors: Sequence[Token]) -> str | None:
        """Return the one date that its sentence gives a trigger; of days apart their month."""
        when = self.when(anchors, phase="whole")
        return single((when.start, when.end)) if when.start and when.end else when.start

    def _refined(self, day: str | None, trigger: Token) -> str | None:
        """Return the day that the clause of "1961 Peru opened an embassy on Jan 6" adds.

        Also the month of "four years later, in July 2012, they raised them".
        """
        if day is None or len(day) != YEAR:
            return day
        sentence = self.scene.sentence(trigger.i)
        last = next((t.i for t in trigger.children if t.lower_ == "later"), None)
        for index in self._within(sentence.start, sentence.end):
            start, end, told = self.dates[index]
            pair = partial(told)
            if pair is not None and pair[0] == pair[1] and pair[0].startswith(f"{day}-"):
                near = last is not None and start - last <= _BESIDE
                behind = start > trigger.i and (told.anchor == "context" or day in told.text)
                if near or (behind and self._verb_of(start, far=True) == trigger):
                    return pair[0]
            last = end if pair is not None and pair[0] == day else last
        return day

    def _of_when(self, verb: Token) -> str | None:
        """Return the date right before "1963, when Peru opened an embassy there"."""
        opening = next((c for c in verb.children if c.lower_ == "when"), None)
        if opening is None or opening.i < 2:
            return None
        at = opening.i - (2 if verb.doc[opening.i - 1].text == "," else 1)
        for start, end, told in self.dates:
            pair = partial(told)
            if start <= at < end and pair is not None:
                spell = start > 1 and verb.doc[start - 1].lower_ in {"to", "until"}
                return None if spell and verb.doc[start - 2].ent_type_ == "DATE" else single(pair)
        return None

    def _of_approval(self, verb: Token) -> str | None:
        """Return the date of "recognised Peru, after its parliament voted for it on Tuesday"."""
        over = [verb, *(node for node in verb.ancestors if node.pos_ in VERBS)]
        for clause in (c for node in over for c in node.children if c.dep_ == "advcl"):
            if clause.lemma_.lower() in words("approved") and comes_after(clause) is not None:
                for index in self._within(clause.i, clause.right_edge.i + 1):
                    pair = partial(self.dates[index][2])
                    return single(pair) if pair else None
        return None

    def _of_meeting(self, trigger: Token) -> str | None:
        """Return the day of "After holding talks on Tuesday, the two raised their ties"."""
        over = [trigger, *verbs_over(trigger)]
        if is_apart(trigger):
            return None
        for clause in (c for verb in over for c in opening_of(verb)):
            for index in self._within(clause.left_edge.i, clause.right_edge.i + 1):
                start, _, told = self.dates[index]
                pair = partial(told)
                if pair is None or self._is_of_else(start) or names_thing(self.scene.doc[start]):
                    continue
                held = held_on(clause, start)
                if held & words("agreed_at") and len(pair[0]) == DAY:
                    return single(pair)
        return None

    def _year_of_event(self, verb: Token) -> str | None:
        """Return the year of "broke ties after its army took over in 1975", told of the event.

        So that of "opened ties after gaining independence in 1975", "following the war in 1967".
        """
        after = [c for c in verb.children if c.lower_ == "after" and c.dep_ == "prep"]
        gained = [n for prep in after for n in prep.children if _is_made_free(n)]
        wars = self._year_behind_war(verb)
        if wars is not None:
            return wars
        told_after = [c for c in verb.children if c.dep_ == "advcl" and c.i > verb.i]
        if tense_of(verb) == "infinitive":  # "When it was freed in 1960, X was the first to …"
            over = next(iter(verbs_over(verb)), verb)
            told_after += [c for c in over.children if c.dep_ == "advcl" and c.i < over.i]
        for clause in (*told_after, *gained):
            if is_former(clause) or is_units_after(clause):
                continue
            led = {c.lower_ for c in clause.children} & {"after", "when", "as"}
            if clause.pos_ in VERBS and (led or clause in gained):
                told = [
                    self.dates[i][2]
                    for i in self._within(clause.left_edge.i, clause.right_edge.i + 1)
                ]
                pairs = [pair for pair in map(partial, told) if pair is not None]
                if len(pairs) == 1 and len(pairs[0][0]) == YEAR:
                    return single(pairs[0])
        return None

    def _is_of_next(self, verb: Token) -> bool:
        """Tell "broke ties after the war and resumed them in 1990", whose own verb has no date."""
        joined = [c for c in verb.children if c.dep_ == "conj" and c.pos_ in VERBS]
        start = verb.doc[verb.i].sent.start
        return bool(joined) and not self._within(start, verb.i)

    def _year_behind_war(self, verb: Token) -> str | None:
        """Return the year of "broke ties following the war in 1967", "after the 1967 war"."""
        for prep in verb.children:
            if prep.lower_ not in words("in_wake"):
                continue
            for noun in (n for n in prep.children if n.lemma_.lower() in words("upheaval")):
                behind = [c for c in noun.children if c.lower_ in {"in", "of"} and c.i > noun.i]
                end = behind[0].right_edge.i + 1 if behind else noun.i
                for index in self._within(noun.left_edge.i, end):
                    pair = partial(self.dates[index][2])
                    if pair is not None and pair[0] == pair[1] and len(pair[0]) == YEAR:
                        return pair[0]
        return None

    def _of_joined(self, verb: Token) -> str | None:
        """Return the date at the end of "broke ties with Peru and expelled its envoy on 4 May"."""
        joined = [c for c in verb.children if c.dep_ == "conj" and c.pos_ in VERBS]
        if any(c.lower_ == "but" for c in verb.children):
            return None  # "opened ties with Peru but cut them on 4 May"
        if joined and raised_from(joined[-1]) is not None:
            return None  # "raised them from a partnership, set up in 2005, to a strategic one"
        if not joined or any(c.dep_ in SUBJECTS for c in joined[-1].children):
            return None
        end = joined[-1].right_edge.i + 1
        for index in self._within(joined[-1].i, end):
            start, _, date = self.dates[index]
            pair = partial(date)
            head = self.scene.doc[start].head
            near = {head, head.head}
            other = self._is_of_else(start) or self._is_of_those_before(start)
            if pair is not None and joined[-1] in near and not other:
                return single(pair)
        return None

    def _later(self, verb: Token) -> str | None:
        """Return the year of "established them in 1949 and cut them a decade later"."""
        for child in verb.children:
            unit = next((c for c in child.children if c.lemma_ in _YEARS), None)
            if child.lower_ != "later" or unit is None:
                continue
            counted = next((c for c in unit.children if c.i < unit.i), None)
            number = (number_of(counted) or 1) if counted is not None else 1
            read = self._within(child.left_edge.i, child.i + 1)
            own = partial(self.dates[read[0]][2]) if read else None
            if own is not None:
                return own[0]
            before = self._within(self.scene.sentence(verb.i).start, verb.i)
            told = [partial(self.dates[index][2]) for index in before]
            first = told[-1] if told else None
            return f"{int(first[0][:4]) + number * _YEARS[unit.lemma_]:04}" if first else None
        return None

    def as_spoken(self, token: Token, day: str) -> str:
        """Return the day of speaking for the "today" of ""…," he said in Suva on Monday"."""
        sentence = self.scene.sentence(token.i)
        spoken = [t for t in token.ancestors if t.lemma_.lower() in words("voiced")]
        if not spoken:
            return day
        told = self._within(sentence.start, sentence.end)
        now = [i for i in told if self.dates[i][2].text.lower() in words("now_quoted")]
        quoted = [i for i in now if self.dates[i][2].earliest == day]
        own = [i for i in told if self._verb_of(self.dates[i][0], far=True) == spoken[0]]
        days = [self._day(index) for index in own if index not in quoted]
        quotes = any(t.text in ANY_CLOSING_QUOTES for t in sentence)
        return next((d for d in days if d), day) if quoted and quotes else day

    def _same(self, index: int) -> str | None:
        """Return the date of "on the same day": of "as it did so, on 4 May", else that before."""
        sentence = self.scene.sentence(self.dates[index][0])
        after = self._within(self.dates[index][1], sentence.end)
        behind = [partial(self.dates[i][2]) for i in after]
        told = [pair[0] for pair in behind if pair is not None and len(pair[0]) == DAY]
        if told:
            return told[0]
        pair = partial(self.dates[index - 1][2]) if index else None
        return pair[0] if pair else None

    def _before_main(self, verb: Token) -> str | None:
        """Return the date of "seven years after it cut them", counted from the main clause.

        That of "seven years after it cut them in 1990" is its own.
        """
        within = self._within(verb.i, verb.right_edge.i + 1)
        if any(self._verb_of(self.dates[i][0], far=True) == verb for i in within):
            return None
        mark = verb.head if is_long_after(verb) else comes_after(verb)
        if mark is None or mark.i < 2:
            return None
        # "six months after they agreed to open them": counted from the clause over "agreed".
        under = next((c for c in mark.children if c.dep_ == "pcomp"), verb)
        clause = mark.head if mark.dep_ == "mark" else under
        main = verb_above(clause)
        if main is None or main == verb:
            return None  # "after breaking off ties, it moved to recognise the other"
        unit = UNITS.get(verb.doc[mark.i - 1].lemma_.lower())
        if verb.doc[mark.i - 1].lemma_.lower() in words("short_units"):
            return self.told([main])  # "hours after it cut them"
        day = self.told([main]) or self._of_news(main, exact=unit in {"day", "week"})
        self._trigger = verb
        number = number_of(verb.doc[mark.i - 2])
        number = 1 if verb.doc[mark.i - 2].lower_ == "the" else number
        if unit is None or number is None:
            return None
        if day is None:
            return self._before_news(main, unit, number)
        return earlier(day, unit, number)

    def _before_news(self, main: Token, unit: str, number: int) -> str | None:
        """Return the month of "resumes ties a week after it cut them", counted from publication.

        The day of "defends it the day after it cut them". None where news of the past may be of any
        day, or where a day or two more would be of another month.
        """
        today = self.scene.article.published
        if main.tag_ not in PRESENT or today is None or len(today) != DAY:
            return None
        if unit in {"month", "year"} or (unit == "day" and main.tag_ == "VBZ"):
            return earlier(today, unit, number)
        days = [earlier(today, "day", number * _DAYS[unit] + slack) for slack in (-1, 0, 1)]
        months = {day[:7] for day in days if day is not None}
        return months.pop() if len(months) == 1 else None

    def _of_news(self, verb: Token, *, exact: bool) -> str | None:
        """Return the day of the change that "the move comes" takes up: told before, or today.

        Args:
            exact: whether the very day matters, which publication does not tell.
        """
        if verb.lemma_.lower() not in words("took_place"):
            return None
        today = self.scene.article.published if verb.tag_ == "VBZ" and not exact else None
        return self.of_report(verb, ahead=not exact) or (
            today if today and len(today) == DAY else None
        )

    def directly_behind(self, end: int) -> str | None:
        """Return the date right behind token `end` ("Japan in 2013", "Japan (2013)")."""
        behind = self.behind(self._unquoted(end))
        if not behind or is_of_spell(behind[0].nbor(-1)):
            return None
        number = self.scene.sentence_of
        if number[behind[0].i] != number[max(0, end - 1)]:
            return None  # the year that opens a chronology's next line
        return self.told(behind)


def _is_made_free(verb: Token) -> bool:
    """Tell "after gaining independence in 1975" from "after recalling its envoy in 1975"."""
    objects = (c for c in verb.children if c.dep_ == "dobj")
    return verb.dep_ == "pcomp" and any(n.lemma_.lower() in words("freedom") for n in objects)


__all__ = ["ChangeClock"]
