"""When a trip begins and ends, by the dates that stand with its trigger."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Token

from models import DateExpression
from pipeline.discourse.scene import Scene
from pipeline.discourse.tables import words

#: A date farther than this from the trigger, and not joined to it, dates something else.
REACH_TOKENS = 22
#: Which days a trigger dates: the first, the last, or both.
Phase = Literal["arrive", "whole", "leave", "none"]

_FULL = re.compile(r"\d{4}(-\d\d){0,2}")


@dataclass(frozen=True)
class When:
    """The first and last day of a trip, each at its own precision."""

    start: str | None = None
    end: str | None = None
    #: True where only a week is told.
    coarse: bool = False

    def __bool__(self) -> bool:
        return bool(self.start or self.end)


def partial(date: DateExpression) -> tuple[str, str] | None:
    """Return the first and last partial date that an expression stands for, or None.

    "August 2024" is 2024-08 twice; "next week" is its Monday and its Sunday.
    """
    if date.earliest is None or date.latest is None or date.type not in {"DATE", "TIME"}:
        return None
    head = date.value.split("T")[0]
    calendar = date.grain in {"year", "season", "half", "quarter", "month", "day"}
    if (calendar or date.type == "TIME") and _FULL.fullmatch(head):
        return head, head
    if date.grain in {"season", "half", "quarter"}:
        return date.earliest[:4], date.latest[:4]
    if date.grain in {"decade", "century"}:
        return None
    if date.earliest[:4] != date.latest[:4] and date.grain == "none":
        return None
    return date.earliest, date.latest


class Clock:
    """Finds the dates of triggers in one scene."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        doc = scene.doc
        self._dates: list[tuple[int, int, DateExpression]] = []
        position = 0
        for date in scene.dates:
            if date.start < scene.article.body_start or partial(date) is None:
                continue
            while position < len(doc) and doc[position].idx + len(doc[position]) <= date.start:
                position += 1
            end = position
            while end < len(doc) and doc[end].idx < date.end:
                end += 1
            self._dates.append((position, max(end, position + 1), date))

    @property
    def dates(self) -> Sequence[tuple[int, int, DateExpression]]:
        """The placed dates with their token bounds."""
        return self._dates

    def when(self, anchors: Sequence[Token], *, phase: Phase) -> When:
        """Return the days of the trip whose trigger and arguments are `anchors`."""
        best = self._best(anchors)
        if best is None:
            return When()
        index, (start, _, date) = best
        pair = partial(date)
        assert pair is not None
        other = self._range_partner(index)
        if other is not None:
            second = partial(other)
            if second is not None:
                return When(pair[0], second[1])
        first, last = pair
        ranged = first != last and date.grain not in {"week", "weekend"}
        if ranged or date.grain in {"week", "weekend"}:
            return When(first, last, date.grain in {"week", "weekend"})
        if len(first) < 10:
            return When(first, first)
        before = {token.lower_ for token in self.scene.doc[max(0, start - 2) : start]}
        opened = bool(before & {"from", "starting", "beginning", "begins", "starts"})
        if phase == "arrive" or opened:
            return When(first, None)
        if phase == "leave":
            return When(None, last)
        return When(first, last)

    def behind(self, end: int) -> list[Token]:
        """Return the token of a date that directly follows token `end` ("Japan in 2013")."""
        at = end
        doc = self.scene.doc
        while at < len(doc) and at - end < 4 and doc[at].lower_ in words("date_link"):
            at += 1
        starts = {self._dates[index][0] for index in self._within(end, at + 1)}
        if at in starts or end in starts:
            return [doc[end if end in starts else at]]
        return []

    def after(self, i: int) -> str | None:
        """Return the date that starts at token `i`, or right behind an article there."""
        for index in self._within(i, i + 2):
            pair = partial(self._dates[index][2])
            return pair[0] if pair else None
        return None

    def _within(self, start: int, end: int) -> range:
        """Return the indices of the dates that begin in a stretch of tokens."""
        first = bisect_left(self._dates, start, key=lambda entry: entry[0])
        return range(first, bisect_left(self._dates, end, lo=first, key=lambda entry: entry[0]))

    def _best(self, anchors: Sequence[Token]) -> tuple[int, tuple[int, int, DateExpression]] | None:
        sentence = self.scene.sentence(anchors[0].i)
        ranked = []
        heading = self._heading(sentence.start)
        for index in self._within(sentence.start, sentence.end):
            start, end, _ = self._dates[index]
            if self._is_of_else(start):
                continue
            cost = min(self._cost(start, end, anchor) for anchor in anchors)
            if cost <= REACH_TOKENS:
                ranked.append((cost, index))
        if not ranked:
            return heading
        index = min(ranked)[1]
        return index, self._dates[index]

    def _heading(self, start: int) -> tuple[int, tuple[int, int, DateExpression]] | None:
        """Return the date that stands alone before a sentence, as in a chronology."""
        number = self.scene.sentence_of[start]
        for back in (1, 2, 3):
            if number - back < 0:
                return None
            before = self.scene.sentences[number - back]
            if not before.text.strip():
                continue
            for index in self._within(before.start, before.start + 1):
                first, end, date = self._dates[index]
                if end > before.end:
                    continue
                rest = [t for t in self.scene.doc[end : before.end] if t.is_alpha]
                if not rest:
                    return index, (first, end, date)
                if self._range_partner(index) is not None and len(rest) < 5:
                    return index, (first, end, date)
            return None
        return None

    def _is_of_else(self, start: int) -> bool:
        doc = self.scene.doc
        for back in range(1, 8):
            if start - back < 0 or doc[start - back].text in {",", ";", ".", "("}:
                return False
            word = doc[start - back].lower_
            if word in {"since", "until", "till"} or (back <= 2 and word in words("not_of_trip")):
                return True
        return False

    def _cost(self, start: int, end: int, anchor: Token) -> float:
        """Return how far a date stands from an anchor, in tokens, verbs between weighing more."""
        if start <= anchor.i < end:
            return 0
        low, high = (end, anchor.i) if end <= anchor.i else (anchor.i + 1, start)
        between = self.scene.doc[low:high]
        distance = float(len(between))
        if self._is_joined(start, end, anchor):
            return min(distance, 30) * 0.4
        distance += sum(
            6
            for token in between
            if token.pos_ == "VERB" and (token.tag_ != "VBG" or token.dep_ in {"pcomp", "advcl"})
        )
        distance += sum(2 for token in between if token.text in {",", ";", "—"})
        return distance

    def _is_joined(self, start: int, end: int, anchor: Token) -> bool:
        """Tell whether a date hangs on the anchor, or both on one verb."""
        for token in self.scene.doc[start:end]:
            node = token
            for _ in range(5):
                node = node.head
                if node == anchor:
                    return True
                if node.pos_ in {"VERB", "AUX"} or node.head == node:
                    break
        return False

    def _range_partner(self, index: int) -> DateExpression | None:
        """Return the second date of "from 3 May to 6 June"."""
        if index + 1 >= len(self._dates):
            return None
        start, end, date = self._dates[index]
        following, _, other = self._dates[index + 1]
        doc = self.scene.doc
        joint = doc[end:following]
        opened = start > 0 and doc[start - 1].lower_ in {"from", "between"}
        if not (opened and 0 < len(joint) <= 2 and joint[0].lower_ in words("range_to")):
            return None
        ordered = date.latest and other.earliest and date.latest <= other.earliest
        return other if ordered else None


__all__ = ["Clock", "Phase", "When", "partial"]
