"""When a change in relations was made."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from spacy.tokens import Token

from pipeline.discourse.timing import Clock, partial
from pipeline.stages.upgrades.tables import words

#: How many sentences back the day is looked for that a report gives once.
_LOOK_BACK = 2
#: A day so long before the publication is still the report's, in days.
_FRESH_DAYS = 14
#: How far into the next sentence "That was on 31 August" has its date, in tokens.
_AFTERTHOUGHT = 8


class ChangeClock(Clock):
    """Finds the dates of changes in one scene."""

    def _is_of_else(self, start: int) -> bool:
        """Tell a date that only bounds what is told ("until 2019", "before 2019")."""
        before = self.scene.doc[max(0, start - 2) : start]
        return any(token.lower_ in words("not_of_change") for token in before)

    def told(self, anchors: Sequence[Token]) -> str | None:
        """Return the date in the sentence of a change's trigger and level."""
        return self.when(anchors, phase="whole").start

    def directly_behind(self, end: int) -> str | None:
        """Return the date right behind token `end` ("Japan in 2013", "Japan (2013)")."""
        behind = self.behind(end)
        return self.told(behind) if behind else None

    def afterthought(self, token: Token) -> str | None:
        """Return the date that the next sentence adds ("That was on 31 August 2018.")."""
        number = self.scene.sentence_of[token.i] + 1
        if number >= len(self.scene.sentences):
            return None
        sentence = self.scene.sentences[number]
        if sentence[0].lower_ not in words("taken_up"):
            return None
        for index in self._within(
            sentence.start, min(sentence.end, sentence.start + _AFTERTHOUGHT)
        ):
            pair = partial(self.dates[index][2])
            return pair[0] if pair else None
        return None

    def of_report(self, token: Token) -> str | None:
        """Return the day that a report gave shortly before, if the report is of that day."""
        number = self.scene.sentence_of[token.i]
        for back in range(1, _LOOK_BACK + 1):
            if number - back < 0:
                break
            sentence = self.scene.sentences[number - back]
            days = [self._day(index) for index in self._within(sentence.start, sentence.end)]
            fresh = [day for day in days if day is not None]
            if fresh:
                return fresh[-1] if len(set(fresh)) == 1 else None
        return None

    def _day(self, index: int) -> str | None:
        """Return the day of a date if it lies shortly before the publication."""
        published = self.scene.article.published
        pair = partial(self.dates[index][2])
        if published is None or len(published) < 10 or pair is None or len(pair[0]) < 10:
            return None
        return pair[0] if _is_fresh(pair[0], published) else None


def _is_fresh(day: str, published: str) -> bool:
    gap = date.fromisoformat(published) - date.fromisoformat(day)
    return 0 <= gap.days <= _FRESH_DAYS


__all__ = ["ChangeClock"]
