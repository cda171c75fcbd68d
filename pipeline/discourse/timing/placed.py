"""The dates of a text by where they stand: what they hang on, which of them make one range."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import islice
from typing import Literal

from spacy.tokens import Span, Token

from models import DateExpression
from pipeline.discourse.chronicle import is_byline, is_credited, is_titled, opens_entry
from pipeline.discourse.factuality import governing_verb
from pipeline.discourse.scene import Scene
from pipeline.discourse.tables import words
from pipeline.discourse.timing.days import When, days_before, month_of_leaving, partial
from pipeline.discourse.timing.diary import is_closing
from pipeline.discourse.timing.owner import is_length
from pipeline.discourse.timing.reach import own_start
from pipeline.headings import is_verbless
from pipeline.iso_lengths import DAY
from pipeline.labels import FINITE, NOUNS, SUBJECTS, VERBS
from pipeline.neighbours import text_at, word_at

#: The longest title of a chronology's part, in tokens.
_LONGEST_TITLE = 10
_IN = frozenset({"in", "on"})
#: How many tokens may stand between a day and the same day once more: a comma, a bracket.
_BESIDE = 2
#: Which days a trigger dates: the first, the last, or both.
Phase = Literal["arrive", "whole", "leave", "none"]

#: How many words may lead to a date right behind a place ("by the end of").
_LINKS = 4


class PlacedDates:
    """Knows where each date of a scene stands and what it hangs on."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self._dates: list[tuple[int, int, DateExpression]] = []
        self._headings: dict[int, int | None] = {}
        self._verbs: dict[int, Token | None] = {}
        self._partners: dict[tuple[int, bool], DateExpression | None] = {}
        for date in scene.dates:
            if scene.is_heading(date.start) or partial(date) is None:
                continue
            start = bisect_right(scene.ends, date.start)
            end = max(bisect_left(scene.starts, date.end, lo=start), start + 1)
            if not is_length(scene.doc[start:end]):
                self._dates.append((own_start(scene, start, end), end, date))
        self._begins = [start for start, _, _ in self._dates]

    @property
    def dates(self) -> Sequence[tuple[int, int, DateExpression]]:
        """The placed dates with their token bounds."""
        return self._dates

    def _days(self, index: int, phase: Phase, *, ahead: bool = False) -> When:
        """Return the days that one date gives a trip.

        Args:
            ahead: whether the trip is only planned, so that "in May and June" tells of one.
        """
        start, _, date = self._dates[index]
        pair = partial(date)
        assert pair is not None
        other = self._range_partner(index, ahead=ahead)
        if other is not None:
            second = partial(other)
            if second is not None:
                return When(pair[0], second[1])
        first, last = pair
        week = date.grain in {"week", "weekend"} or "week" in date.text.lower().split()
        if week and phase == "leave" and (month := month_of_leaving(date)):
            return month
        if first != last and self._word_before(start) == "since":
            return When(first, None)  # "has been there since the weekend"
        if week or first != last:
            return When(first, last, week and first != last)
        if len(first) < DAY:
            return When(first, first)
        if phase == "arrive" or self._opens(start):
            return When(first, None)
        if phase == "leave":
            return When(None, last)
        return When(first, last)

    def _opens(self, start: int) -> bool:
        """Tell "from Monday", "starting on Monday"."""
        doc = self.scene.doc
        at = start - 1
        while at > 0 and doc[at].lower_ in words("before_first_day"):
            at -= 1
        return at >= 0 and doc[at].lower_ in words("opens_range")

    def _root(self, index: int) -> Token:
        start, end, _ = self._dates[index]
        return self.scene.doc[start:end].root

    def _verb_over(self, index: int) -> Token | None:
        """Return the verb that a date hangs on."""
        if index not in self._verbs:
            start, end, _ = self._dates[index]
            told = self.scene.doc[start:end]
            verb = governing_verb(told.root)
            self._verbs[index] = _verb_reported(told, verb) or verb
        return self._verbs[index]

    def behind(self, end: int) -> list[Token]:
        """Return the token of a date that directly follows token `end` ("Japan in 2013")."""
        at = end
        doc = self.scene.doc
        starts = {self._dates[index][0] for index in self._within(end, end + _LINKS + 1)}
        while at < len(doc) and at - end < _LINKS and at not in starts:
            if doc[at].lower_ not in words("date_link"):
                return []
            at += 1  # "in", not the "early" of "in early July"
        return [doc[at]] if at in starts else []

    def after(self, i: int) -> str | None:
        """Return the date that starts at token `i`, or right behind an article there."""
        for index in self._within(i, i + 2):
            pair = partial(self._dates[index][2])
            return pair[0] if pair else None
        return None

    def between(self, start: int, end: int) -> Sequence[tuple[int, int, DateExpression]]:
        """Return the dates that begin in a stretch of tokens."""
        found = self._within(start, end)
        return self._dates[found.start : found.stop]

    @cached_property
    def starts(self) -> frozenset[int]:
        """The tokens at which a date begins."""
        return frozenset(start for start, _, _ in self._dates)

    @cached_property
    def covered(self) -> frozenset[int]:
        """The tokens of dates."""
        return frozenset(i for start, end, _ in self._dates for i in range(start, end))

    def _within(self, start: int, end: int) -> range:
        """Return the indices of the dates that begin in a stretch of tokens."""
        first = bisect_left(self._begins, start)
        return range(first, bisect_left(self._begins, end, lo=first))

    def _heading(self, start: int) -> int | None:
        """Return the index of the date that stands alone before a sentence, as in a chronology.

        It may head the sentence's own paragraph some sentences before.
        """
        number = self.scene.sentence_of[start]
        if number not in self._headings:
            self._headings[number] = self._find_heading(number)
        return self._headings[number]

    def _find_heading(self, number: int) -> int | None:
        for back in range(number - 1, max(number - 7, -1), -1):
            before = self.scene.sentences[back]
            for index in self._within(before.start, before.start + 1):
                if is_closing(self.scene.doc, *self._dates[index][:2]):
                    return None  # "(To May 9) LIMA -" closes the entry before
                if self._stands_alone(index, before) or self._opens_entry(index, back):
                    return index
            if back in self._titles:
                return self._titles[back]
            if number - back > 3 or self.scene.ends_paragraph(before):
                return None
        return None

    @cached_property
    def _titles(self) -> Mapping[int, int]:
        """The sentences that are titles with an old date, as each part of a chronology has one.

        "Richard Nixon - 1974:", "NIXON, JUNE 14, 1974", "1974 - Nixon"; one alone may be a caption.
        """
        found: dict[int, int] = {}
        now = (self.scene.article.published or "9999")[:4]
        for index, (start, end, date) in enumerate(self._dates):
            if (date.latest or "9999")[:4] < now and self._is_title(start, end):
                found.setdefault(self.scene.sentence_of[start], index)
        return found if len(found) > 1 else {}

    def _is_title(self, start: int, end: int) -> bool:
        """Tell a line of its own without a verb that a date begins or ends."""
        line, text = self.scene.sentence(start), self.scene.article.text
        if len(line) > _LONGEST_TITLE or not is_verbless(line):
            return False
        outside = [t for t in line if t.is_alpha and not start <= t.i < end]
        before = [t for t in outside if t.i < start and t.lower_ not in _IN]
        if before and len(before) < len(outside):
            return False
        above, below = text[: line.start_char], text[line.end_char :]
        return above.endswith("\n") and below[:1] == "\n"

    def _days_below(self, trigger: Token) -> int | None:
        """Return the index of the days that stand alone below a heading "Visit of X to Malta".

        One day alone may be that of the page itself, unless it is still to come. Where each day
        stands over what it dates, with a blank line below that, those below are another's.
        """
        if trigger.pos_ not in NOUNS:
            return None
        scene, number = self.scene, self.scene.sentence_of[trigger.i]
        sentence, below = scene.sentences[number], scene.beside(number, step=1)
        if below is None or not is_verbless(sentence):
            return None
        gap = scene.article.text[sentence.end_char - 1 : below.start_char + 1]
        above = scene.beside(number, step=-1)
        if "\n" not in gap or ("\n\n" in gap and above and self._alone(above) is not None):
            return None
        index = self._alone(below)
        if index is None:
            return None
        date, published = self._dates[index][2], scene.article.published
        spell = self._range_partner(index) is not None or date.earliest != date.latest
        to_come = published is not None and (date.earliest or "") > published
        return index if spell or to_come else None

    def _alone(self, line: Span) -> int | None:
        """Return the index of the day or days that are all of a line: "[May 6-9, 2024]"."""
        for index in self._within(line.start, line.end):
            start, end, date = self._dates[index]
            if self._range_partner(index) is not None:
                end = self._dates[index + 1][1]
            words_before = [t.lower_ for t in self.scene.doc[line.start : start] if t.is_alpha]
            alone = not any(t.is_alpha for t in self.scene.doc[end : line.end])
            pair = partial(date)
            whole = pair is not None and len(pair[0]) == DAY
            return index if alone and whole and words_before in ([], ["from"], ["on"]) else None
        return None

    def _opens_entry(self, index: int, number: int) -> bool:
        """Tell the day of "May 3, 2009: X visits Peru. Y also comes", which is Y's as well.

        Args:
            number: that of the sentence that begins with the day, of a paragraph that goes on.
        """
        sentence = self.scene.sentences[number]
        if self.scene.ends_paragraph(sentence):
            return False
        if number and not self.scene.ends_paragraph(self.scene.sentences[number - 1]):
            return False
        last = index + (self._range_partner(index) is not None)
        _, end, date = self._dates[last]
        told = not is_byline(date, self.scene.article.published)
        return told and text_at(self.scene.doc, end) == ":"

    def _heads_entry(self, index: int) -> bool:
        """Tell the day of "May 3, 2009: X visits Peru", whose present tense tells of the past."""
        date = self._dates[index][2]
        if is_byline(date, self.scene.article.published):
            return False
        partner = self._range_partner(index)
        end = date.end if partner is None else partner.end
        return opens_entry(self.scene.article.text, date.start, end)

    def _stands_alone(self, index: int, sentence: Span) -> bool:
        _, end, date = self._dates[index]
        if end > sentence.end or is_byline(date, self.scene.article.published):
            return False
        if is_credited(self.scene.article.text, date):
            return False
        rest = [token for token in self.scene.doc[end : sentence.end] if token.is_alpha]
        if not rest or (self._range_partner(index) is not None and len(rest) < 5):
            return True
        return is_titled(self.scene.article.text, date)

    def _news_day_before(self, sentence: Span) -> str | None:
        """Return the one day that the sentence before another tells, if it is of the news."""
        now, number = self.scene.article.published, self.scene.sentence_of[sentence.start]
        if now is None or len(now) < DAY or not number:
            return None
        before = self.scene.sentences[number - 1]
        told = {partial(date) for _, _, date in self.between(before.start, before.end)}
        if len(told) != 1:
            return None
        day, last = next(iter(told)) or ("", "")
        return day if day == last and days_before(now) < day <= now else None

    def _opens_between(self, index: int) -> bool:
        """Tell "between May 20 and May 22", "between May 20 and 22"."""
        start, _, date = self._dates[index]
        spans = date.earliest != date.latest or self._range_partner(index) is not None
        return spans and self._word_before(start) == "between"

    def _word_before(self, start: int) -> str:
        """Return the word before a date, its article left out."""
        before = self.scene.doc[max(0, start - 2) : start]
        told = [token.lower_ for token in before if token.lower_ != "the"]
        return told[-1] if told else ""

    def _range_partner(self, index: int, *, ahead: bool = False) -> DateExpression | None:
        """Return the second date of "from 3 May to 6 June", "on Monday and Tuesday".

        "Flew to Lima on Monday and on Tuesday to Quito" tells the day of another leg, and "visited
        Lima in 2015 and 2016" of two trips; "will visit Lima in May and June" may tell of one.
        """
        if (index, ahead) not in self._partners:
            self._partners[index, ahead] = self._read_range(index, ahead=ahead)
        return self._partners[index, ahead]

    def _read_range(self, index: int, *, ahead: bool) -> DateExpression | None:
        if index + 1 >= len(self._dates):
            return None
        start, end, date = self._dates[index]
        doc = self.scene.doc
        opened = self._word_before(start) in {"from", "between"}
        following, after, other = self._dates[index + 1]
        again = following - end <= _BESIDE and partial(other) == partial(date)
        if again and index + 2 < len(self._dates):
            # "from today, April 17, to April 18"
            end = after
            following, after, other = self._dates[index + 2]
        joint = _joint(doc[end:following], opened=opened)
        if not joint:
            return None
        and_then = joint[0].lower_ == "and" and joint[-1].pos_ not in NOUNS
        and_then = and_then and not any(map(_is_dated, doc[after : after + 1]))
        and_then = and_then and not _opens_clause(doc[end:following], doc[following])
        and_then = and_then and not (following > end + 1 and self._opens_leg(start, after))
        apart = not ahead and date.grain == other.grain and date.grain in {"month", "year"}
        if and_then and _is_within(date, other):
            return other  # "on Wednesday and Thursday, 22 and 23 May"
        next_day = and_then and not apart and date.latest and other.earliest
        if next_day and days_before(date.latest or "", days=-1) == other.earliest:
            return other
        if not opened and joint[0].lower_ not in words("runs_to"):
            return None
        ordered = date.latest and other.earliest and date.latest <= other.earliest
        return other if ordered else None

    def _opens_leg(self, start: int, end: int) -> bool:
        """Tell "to Lima on Monday and on Tuesday to Quito", "on Tuesday Quito" by what follows.

        Not "visited Peru on Monday and on Tuesday in Lima", "a visit on Monday and on Tuesday to".

        Args:
            start: the first token of the first date.
            end: the token behind the second.
        """
        doc, spots = self.scene.doc, self.scene.spots
        leg = spots(end + (word_at(doc, end) in words("leads_to_leg")))
        before = (spots(i) for i in range(start - 1, doc[start].sent.start - 1, -1))
        last = next((found for found in before if found), None)
        return bool(leg and last) and leg[0].country not in {spot.country for spot in last or ()}


def _is_within(day: DateExpression, spell: DateExpression) -> bool:
    """Tell a day that is one of those of a spell."""
    first, last = spell.earliest or "", spell.latest or ""
    return day.grain == "day" and first < last and first <= (day.earliest or "") <= last


def _is_dated(token: Token) -> bool:
    """Tell what a day before it is of: "on Monday, and Tuesday was spent", "the Tuesday talks"."""
    return token.tag_ in FINITE or token.pos_ == "NOUN"


def _opens_clause(between: Span, date: Token) -> bool:
    """Tell the Tuesday of "visited Peru on Monday, and Tuesday he flew to Chile"."""
    verb = governing_verb(date)
    if verb is None or verb.i < date.i or between[0].text != ",":
        return False
    return any(c.dep_ in SUBJECTS and date.i < c.i < verb.i for c in verb.children)


def _joint(between: Span, *, opened: bool) -> list[Token]:
    """Return the one or two words that join two dates, without the fillers of "up to the".

    A comma may stand before them: "from Monday, through to Friday", "on May 20, 2024, to May 22".
    """
    range_to, within = words("range_to"), words("within_range_to")
    told = list(between)
    if told and told[0].text == "," and (opened or told[-1].lower_ in range_to):
        told = told[1:]
    # Between the dates of most pairs stands much: a third word is one too many.
    told = list(islice((t for t in told if t.lower_ not in within), 3))
    return told if 0 < len(told) <= 2 and told[0].lower_ in range_to else []


def _verb_reported(told: Span, verb: Token | None) -> Token | None:
    """Return the "visit" of "X will visit Lima, Peru, on May 4, a statement said on Monday".

    The parse may give the day before the comma to the verb behind it.
    """
    if verb is None or verb.lemma_ not in words("speech") or told.end > verb.i:
        return None
    subject = next((c for c in verb.children if c.dep_ == "nsubj" and c.i > told.end), None)
    if subject is None or verb.doc[subject.left_edge.i - 1].text != ",":
        return None
    over = verb.head if verb.dep_ in {"advcl", "parataxis"} else verb
    if over.i < told.start and over.pos_ in VERBS:
        return over  # "is to visit Lima, Peru, on May 4, a statement said", which hangs on "is"
    told_before = (c for c in verb.children if c.dep_ == "ccomp" and c.i < told.start)
    return next(told_before, None)


__all__ = ["Phase", "PlacedDates"]
