"""When a change in relations was made."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import islice

from spacy.tokens import Span, Token

from models import DateExpression
from pipeline.discourse.scene import Scene
from pipeline.discourse.timing import Clock, partial
from pipeline.stages.upgrades.tables import verb_triggers, words

_VERBS = frozenset({"VERB", "AUX"})
#: The year that opens a line.
_ENTRY = re.compile(
    r"^[ \t•*·–-]{0,4}((?:1[6-9]|20)\d\d)\b(?![ \t]{0,2}[-–/.][ \t]{0,2}\d)", re.MULTILINE
)
#: Years of a unit.
_YEARS = {"year": 1, "decade": 10}
_UNITS = {unit: unit for unit in ("day", "week", "month", "year")}
_NUMBERS = (
    "one", "two", "three", "four", "five", "six",
    "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip
#: How many sentences back the day is looked for that a report gives once.
_LOOK_BACK = 2
#: No more sentences than this may stand before one that opens an article.
_LEDE = 1
#: How many sentences behind a lede its day is looked for.
_LOOK_AHEAD = 4
#: A day so long before the publication is still the report's, in days.
_FRESH_DAYS = 14
#: Length of a full date.
_FULL = 10
#: How far into the next sentence "That was on 31 August" has its date, in tokens.
_AFTERTHOUGHT = 8


#: How much farther a date of the clause joined to the trigger's counts to stand, in tokens.
_NEXT_CLAUSE = 4
#: How much farther a date of another clause counts to stand, in tokens.
_OTHER_CLAUSE = 14
#: How far a date stands that cannot be of the trigger, in tokens.
_NEVER = 100


class ChangeClock(Clock):
    """Finds the dates of changes in one scene."""

    def __init__(self, scene: Scene) -> None:
        super().__init__(scene)
        #: The trigger whose clause a date must be of.
        self._trigger: Token | None = None

    def _is_of_else(self, start: int) -> bool:
        """Tell a date that only bounds what is told ("until 2019", "before 2019")."""
        before = self.scene.doc[max(0, start - 2) : start]
        return any(token.lower_ in words("not_of_change") for token in before)

    def _cost(self, start: int, end: int, anchor: Token) -> float:
        """Return how far a date stands from an anchor; one of another clause stands far."""
        if self._is_of_event(end):
            return _NEVER
        cost = super()._cost(start, end, anchor)
        anchor = self._trigger or anchor
        verb = next((t for t in self.scene.doc[start].ancestors if t.pos_ in _VERBS), None)
        if verb is None or start <= anchor.i < end or verb == anchor:
            return cost
        if _is_of_doing_so(verb):
            return _NEVER
        if verb in anchor.ancestors:
            if _after(anchor) is not None:
                between = start < anchor.i or anchor.i < verb.i < start
                return cost + (_NEVER if between else _OTHER_CLAUSE)
            if _had(anchor):
                return cost + _NEVER
            joined = anchor.dep_ == "conj" and not _is_plain(verb)
            return cost + (_NEXT_CLAUSE if joined else 0)
        if anchor in verb.ancestors and _is_plain(verb):
            return cost
        if verb.dep_ == "conj" and verb.head == anchor:
            return cost + (_NEXT_CLAUSE if verb.i < start else _NEVER)
        if verb.dep_ == "conj" and not _is_plain(verb) and anchor in verb.head.subtree:
            own = any(c.dep_ in {"nsubj", "nsubjpass"} for c in verb.children)
            return cost + (_NEVER if own else _NEXT_CLAUSE)
        return cost + _OTHER_CLAUSE

    def _is_of_event(self, end: int) -> bool:
        """Tell the date of "the October 7 attack", "the 1979 revolution"."""
        behind = self.scene.doc[end : end + 1]
        return any(token.lemma_.lower() in words("other_event") for token in behind)

    def _over(self, anchors: Sequence[Token]) -> str | None:
        """Return the date of the clause over a trigger ("On Sunday he signed the paper by …")."""
        sentence = self.scene.sentence(anchors[0].i)
        above = {t for t in anchors[0].ancestors if t.pos_ in _VERBS}
        if _after(anchors[0]) is not None or _had(anchors[0]):
            return None
        for index in self._within(sentence.start, sentence.end):
            start, _, date = self.dates[index]
            pair = partial(date)
            if pair is None or self._is_of_else(start):
                continue
            if self._verb_of(start, far=anchors[0].dep_ != "relcl") not in above:
                continue
            return _single(pair)
        return None

    def _verb_of(self, start: int, *, far: bool) -> Token | None:
        """Return the verb that a date hangs on, right above it or by "at the meeting on 4 May"."""
        chain: list[Token] = []
        for node in self.scene.doc[start].ancestors:
            if node.pos_ in _VERBS:
                return node if far or len(chain) < 2 else None
            if node.pos_ == "PROPN" and self.scene.at(node.i):
                return None
            chain.append(node)
        return None

    def told(self, anchors: Sequence[Token]) -> str | None:
        """Return the date in the sentence of a change's trigger and level."""
        self._trigger = anchors[0]
        if anchors[0].dep_ in {"acl", "relcl"} and self.since(anchors[0]):
            return self.since(anchors[0])
        if anchors[0].dep_ in {"relcl", "advcl"} and self._of_when(anchors[0]):
            return self._of_when(anchors[0])
        if _after(anchors[0]) is not None:
            return self._before_main(anchors[0]) or self._one(anchors)
        later = self._later(anchors[0])
        if later is not None:
            return later
        best = self._best(anchors, None, "whole")
        if best is not None and "same" in self.dates[best][2].text.lower():
            return self._same(best)
        return (
            self._refined(self._one(anchors), anchors[0])
            or self._over(anchors)
            or self._of_joined(anchors[0])
            or self._of_approval(anchors[0])
        )

    def _one(self, anchors: Sequence[Token]) -> str | None:
        """Return the one date that its sentence gives a trigger; of days apart their month."""
        when = self.when(anchors, phase="whole")
        return _single((when.start, when.end)) if when.start and when.end else when.start

    def _refined(self, day: str | None, trigger: Token) -> str | None:
        """Return the day that the clause of "1961 Peru opened an embassy on Jan 6" adds."""
        if day is None or len(day) != len("1961"):
            return day
        sentence = self.scene.sentence(trigger.i)
        for index in self._within(trigger.i, sentence.end):
            start, _, told = self.dates[index]
            pair = partial(told)
            if pair is None or pair[0] != pair[1] or self._verb_of(start, far=True) != trigger:
                continue
            if told.anchor == "context" and pair[0].startswith(f"{day}-"):
                return pair[0]
        return day

    def _of_entry(self, token: Token) -> str | None:
        """Return the year that opens the entry of a chronicle ("1998 The ministers met. …")."""
        text = self.scene.article.text
        entry = _ENTRY.match(text, text.rfind("\n", 0, token.idx) + 1)
        return entry.group(1) if entry and len(_ENTRY.findall(text)) > 1 else None

    def _of_when(self, verb: Token) -> str | None:
        """Return the date right before "1963, when Peru opened an embassy there"."""
        opening = next((c for c in verb.children if c.lower_ == "when"), None)
        if opening is None or opening.i < 2:
            return None
        at = opening.i - (2 if verb.doc[opening.i - 1].text == "," else 1)
        for start, end, told in self.dates:
            pair = partial(told)
            if start <= at < end and pair is not None:
                return _single(pair)
        return None

    def _of_approval(self, verb: Token) -> str | None:
        """Return the date of "recognised Peru, after its parliament voted for it on Tuesday"."""
        over = [verb, *(node for node in verb.ancestors if node.pos_ in _VERBS)]
        for clause in (c for node in over for c in node.children if c.dep_ == "advcl"):
            if clause.lemma_.lower() in words("approved") and _after(clause) is not None:
                for index in self._within(clause.i, clause.right_edge.i + 1):
                    pair = partial(self.dates[index][2])
                    return _single(pair) if pair else None
        return None

    def _of_joined(self, verb: Token) -> str | None:
        """Return the date at the end of "broke ties with Peru and expelled its envoy on 4 May"."""
        joined = [c for c in verb.children if c.dep_ == "conj" and c.pos_ in _VERBS]
        if not joined or any(c.dep_ in {"nsubj", "nsubjpass"} for c in joined[-1].children):
            return None
        end = joined[-1].right_edge.i + 1
        for index in self._within(joined[-1].i, end):
            start, _, date = self.dates[index]
            pair = partial(date)
            head = self.scene.doc[start].head
            near = {head, head.head}
            if pair is not None and joined[-1] in near and not self._is_of_else(start):
                return _single(pair)
        return None

    def _later(self, verb: Token) -> str | None:
        """Return the year of "established them in 1949 and cut them a decade later"."""
        for child in verb.children:
            unit = next((c for c in child.children if c.lemma_ in _YEARS), None)
            if child.lower_ != "later" or unit is None:
                continue
            counted = next((c for c in unit.children if c.i < unit.i), None)
            number = (_number(counted) or 1) if counted is not None else 1
            read = self._within(child.left_edge.i, child.i + 1)
            own = partial(self.dates[read[0]][2]) if read else None
            if own is not None:
                return own[0]
            before = self._within(self.scene.sentence(verb.i).start, verb.i)
            told = [partial(self.dates[index][2]) for index in before]
            first = told[-1] if told else None
            return f"{int(first[0][:4]) + number * _YEARS[unit.lemma_]:04}" if first else None
        return None

    def _same(self, index: int) -> str | None:
        """Return the date of "on the same day": of "as it did so, on 4 May", else that before."""
        sentence = self.scene.sentence(self.dates[index][0])
        after = self._within(self.dates[index][1], sentence.end)
        behind = [partial(self.dates[i][2]) for i in after]
        told = [pair[0] for pair in behind if pair is not None and len(pair[0]) == _FULL]
        if told:
            return told[0]
        pair = partial(self.dates[index - 1][2]) if index else None
        return pair[0] if pair else None

    def _before_main(self, verb: Token) -> str | None:
        """Return the date of "seven years after it cut them", counted from the main clause."""
        mark = _after(verb)
        main = next((t for t in verb.ancestors if t.pos_ in _VERBS), None)
        if mark is None or main is None or mark.i < 2:
            return None
        day = self.told([main]) or self._of_news(main)
        self._trigger = verb
        unit = _UNITS.get(verb.doc[mark.i - 1].lemma_.lower())
        number = _number(verb.doc[mark.i - 2])
        if day is None or unit is None or number is None:
            return None
        return _earlier(day, unit, number)

    def _of_news(self, verb: Token) -> str | None:
        """Return the day of the change that "the move comes" takes up: told before, or today."""
        if verb.lemma_.lower() not in words("took_place"):
            return None
        today = self.scene.article.published if verb.tag_ == "VBZ" else None
        return self.of_report(verb) or (today if today and len(today) == _FULL else None)

    def since(self, verb: Token) -> str | None:
        """Return the date in "has recognised it since 2007", "ties broken off since 1973"."""
        for child in verb.children:
            if child.lower_ == "since" and child.i > verb.i:
                return self.after(child.i + 1)
        return None

    def directly_behind(self, end: int) -> str | None:
        """Return the date right behind token `end` ("Japan in 2013", "Japan (2013)")."""
        behind = self.behind(self._unquoted(end))
        return self.told(behind) if behind else None

    def _unquoted(self, end: int) -> int:
        """Return the token behind the quotation mark that closes a level's name."""
        return end + (self.scene.doc[end : end + 1].text in words("closing_quote"))

    def date_behind(self, end: int) -> tuple[str, int] | None:
        """Return the date right behind token `end` ("Peru, since 2012") and the token behind it."""
        doc = self.scene.doc
        at = end + (doc[end : end + 1].text in {",", "("})
        behind = self.behind(at + 1 if doc[at : at + 1].text == "since" else end)
        if not behind:
            return None
        for index in self._within(behind[0].i, behind[0].i + 3):
            _, after, date = self.dates[index]
            pair = partial(date)
            if pair is not None:
                return pair[0], after
        return None

    def afterthought(self, token: Token) -> str | None:
        """Return the date that the next sentence adds ("That was on 31 August 2018.")."""
        sentence = self.scene.beside(self.scene.sentence_of[token.i], step=1)
        if sentence is None:
            return None
        took_place = sentence.root.lemma_.lower() in words("took_place")
        if sentence[0].lower_ not in words("taken_up") or not took_place:
            return self._of_ceremony(sentence)
        for index in self._within(
            sentence.start, min(sentence.end, sentence.start + _AFTERTHOUGHT)
        ):
            pair = partial(self.dates[index][2])
            return pair[0] if pair else None
        return None

    def _is_of_others(self, told: DateExpression) -> bool:
        """Tell the date of "the second state to have done so this week"."""
        span = self.scene.doc.char_span(told.start, told.end, alignment_mode="expand")
        verb = next((t for t in span.root.ancestors if t.pos_ in _VERBS), None) if span else None
        return verb is not None and _is_of_doing_so(verb)

    def _of_ceremony(self, sentence: Span) -> str | None:
        """Return the day of "The minister chaired the opening ceremony on Friday"."""
        verb = sentence.root
        if verb.lemma_.lower() not in words("holds"):
            return None
        held = [c for c in verb.children if c.dep_ in {"dobj", "nsubjpass", "nsubj"}]
        if not any(n.lemma_.lower() in words("ceremony") for n in held):
            return None
        for index in self._within(sentence.start, sentence.end):
            start, _, told = self.dates[index]
            pair = partial(told)
            over = next((t for t in self.scene.doc[start].ancestors if t.pos_ in _VERBS), None)
            if pair is not None and over == verb:
                return _single(pair)
        return None

    def of_report(self, token: Token) -> str | None:
        """Return the day that a report gives beside an undated change, or behind its lede."""
        number = self.scene.sentence_of[token.i]
        own = self.scene.sentence(token.i)
        if any(child.lower_ in words("long_ago") for child in token.children) or _had(token):
            return None
        if _after(token) is not None:
            return None
        if any(child.lower_ in words("by_these_words") for child in token.children):
            return self.scene.article.published
        entry = self._of_entry(token)
        if entry is not None:
            return entry
        told = self.scene.dates_in(own.start_char, own.end_char)
        if any(_says_when(d) and not self._is_of_others(d) for d in told):
            return None
        for back in range(1, _LOOK_BACK + 1):
            if number - back < 0:
                break
            sentence = self.scene.sentences[number - back]
            days = [self._day(index) for index in self._within(sentence.start, sentence.end)]
            fresh = [day for day in days if day is not None]
            if fresh:
                return fresh[-1] if len(set(fresh)) == 1 else None
        return self._behind_lede(number) or self._of_event(number)

    def _of_event(self, number: int) -> str | None:
        """Return the day of the event that opens the article, at which its changes are made."""
        body = self.scene.article.body_start
        opening = next((s for s in self.scene.sentences if s.start_char >= body), None)
        if opening is None or self.scene.sentence_of[opening.start] >= number:
            return None
        if opening.root.lemma_.lower() not in words("holds") or opening.root.tag_ != "VBD":
            return None
        days = [self._day(index) for index in self._within(opening.start, opening.end)]
        fresh = {day for day in days if day is not None}
        return fresh.pop() if len(fresh) == 1 else None

    def _behind_lede(self, number: int) -> str | None:
        """Return the first fresh day behind a sentence that opens the article."""
        told = (self.scene.sentences[before] for before in range(number))
        body = (s for s in told if s.start_char >= self.scene.article.body_start)
        opening = (s for s in body if s.text.strip())
        if next(islice(opening, _LEDE, None), None) is not None:
            return None
        for sentence in self.scene.sentences[number + 1 : number + 2 + _LOOK_AHEAD]:
            days = [self._day(index) for index in self._within(sentence.start, sentence.end)]
            fresh = [day for day in days if day is not None]
            if fresh:
                return fresh[0]
        return None

    def _day(self, index: int) -> str | None:
        """Return the day of a date if it lies shortly before the publication."""
        published = self.scene.article.published
        pair = partial(self.dates[index][2])
        if published is None or len(published) < 10 or pair is None or len(pair[0]) < 10:
            return None
        if self._is_of_page(self.dates[index][0]):
            return None
        return pair[0] if _is_fresh(pair[0], published) else None

    def _is_of_page(self, start: int) -> bool:
        """Tell the day of "Published August 5", which is the page's."""
        before = self.scene.doc[max(0, start - 2) : start]
        return any(token.lower_ in words("page_dated") for token in before)


def _single(pair: tuple[str, str]) -> str:
    """Return what the two ends of a stretch share: a day, its month where they lie apart."""
    first, last = pair
    if first == last or len(first) != _FULL or len(last) != _FULL:
        return first
    return next((first[:n] for n in (7, 4) if first[:n] == last[:n]), first)


def _number(token: Token) -> int | None:
    if token.text.isdigit():
        return int(token.text)
    if token.lower_ in {"a", "an", "the"}:
        return 1
    return _NUMBERS.index(token.lower_) + 1 if token.lower_ in _NUMBERS else None


def _earlier(day: str, unit: str, number: int) -> str | None:
    """Return the date so many units before another, at the precision of the unit."""
    if unit == "year":
        return f"{int(day[:4]) - number:04}"
    if unit == "month" and len(day) >= len("2024-08"):
        months = int(day[:4]) * 12 + int(day[5:7]) - 1 - number
        return f"{months // 12:04}-{months % 12 + 1:02}"
    if unit in {"day", "week"} and len(day) == len("2024-08-18"):
        days = number * (7 if unit == "week" else 1)
        return (date.fromisoformat(day) - timedelta(days=days)).isoformat()
    return None


def _says_when(expression: DateExpression) -> bool:
    """Tell a date, also a vague one ("the 1990s"), from a duration or "now"."""
    placed = expression.earliest is not None
    return expression.type == "DATE" and (placed or expression.grain in {"decade", "century"})


def _after(verb: Token) -> Token | None:
    """Return the "after" of "resumed ties, years after it cut them" or "after cutting them".

    What it opens is of an earlier time.
    """
    if verb.dep_ == "pcomp" and verb.head.lower_ == "after":
        return verb.head
    clause = verb.dep_ == "advcl"
    return next((c for c in verb.children if c.lower_ == "after"), None) if clause else None


def _had(verb: Token) -> bool:
    """Tell "ties that had been severed", which is of an earlier time than the clause over it."""
    return verb.dep_ == "relcl" and any(c.lower_ == "had" for c in verb.children)


def _is_of_doing_so(verb: Token) -> bool:
    """Tell "to have done so", whose date is that of all who did."""
    return verb.lemma_ == "do" and any(child.lower_ == "so" for child in verb.children)


def _is_plain(verb: Token) -> bool:
    """Tell a verb that only carries a trigger's date from one that tells another change."""
    return verb.lemma_.lower() not in verb_triggers()


def _is_fresh(day: str, published: str) -> bool:
    gap = date.fromisoformat(published) - date.fromisoformat(day)
    return 0 <= gap.days <= _FRESH_DAYS


__all__ = ["ChangeClock"]
