"""Lists of names behind a verb: "The new judges are A, B and C. Others are D and E"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from pipeline.labels import VERBS
from pipeline.neighbours import text_at
from pipeline.stages.entities.countries.national_groups import NationalGroups
from pipeline.stages.entities.gazetteer import where
from pipeline.stages.entities.spans import NameSpan, OfficeSpan
from pipeline.stages.entities.tables import word_set

#: What closes such a list.
_CLOSING = frozenset({".", ",", ";", ":", "and", ""})
_FEWEST = 2
#: How far behind a list its "others" may be told, in tokens.
_FAR = 60


class ToldLists(NationalGroups):
    """Reads who the holders of an office are said to be."""

    @cached_property
    def lists(self) -> list[tuple[OfficeSpan, int]]:
        """Offices whose holders are told so, and where the lists of these end."""
        return []

    def told_list(self, start: int, at: int) -> list[NameSpan]:
        """Return A, B and C behind the verb of "The judges | are A, B and C".

        Nobody of "The judges are friends of A and B", "The judges include A's cousin, B", "The
        killers of the judges are A and B".

        Args:
            start: where those who are told begin, who end at token `at`.
        """
        doc = self.doc
        if doc[start:at].root.dep_ == "pobj":
            return []
        verb = doc[at : at + 1]
        if not len(verb) or verb[0].pos_ not in VERBS:
            return []
        if verb[0].lemma_ not in word_set("tells_who"):
            return []
        at += 1 + (text_at(doc, at + 1) == ":")
        found = self.listed(at)
        if len(found) < _FEWEST or any(name.offices for name in found[:-1]):
            return []
        return found if text_at(doc, found[-1].end) in _CLOSING else []

    def others_told(self) -> Iterator[tuple[OfficeSpan, NameSpan]]:
        """Yield D and E of "Others are D and E", behind a list, and its office."""
        for i in where(self.doc, frozenset({"others"}), lower=True) if self.lists else ():
            before = (office for office, end in reversed(self.lists) if 0 <= i - end < _FAR)
            office = next(before, None)
            for name in self.told_list(i, i + 1) if office is not None else ():
                if not name.offices and office is not None:
                    yield office, name


__all__ = ["ToldLists"]
