"""The countries and offices of predecessors: "Fowler's predecessor Mabus", "X, his successor"."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from itertools import islice

from spacy.tokens import Token

from pipeline.neighbours import word_at
from pipeline.signs import GENITIVES
from pipeline.stages.entities.countries.ground import Ground, Unit
from pipeline.stages.entities.lands_gone_to import is_gone_to
from pipeline.stages.entities.sexes_told import sex_by_name
from pipeline.stages.entities.tables import word_set

#: How many names before "his predecessor" he is looked for whose it is.
_REACH = 8
#: Most names of a list behind "his predecessors": in a page of nothing but names, each would
#: else walk back to the first.
_LISTED = 8


class Predecessors(Ground):
    """Gives those who held an office before or hold it after another what he has."""

    def give_predecessors(self, before: Unit | None, unit: Unit) -> None:
        """Give "Fowler's predecessor Raymond Mabus", "X, his successor" the other's country.

        The predecessor has held his office, and holds it no more.
        """
        noun = self._noun_of_same_office(unit)
        if before is None or noun is None:
            return
        owner = self.doc[noun.i - 1]
        if owner.text not in GENITIVES and owner.lower_ in word_set("possessive_person"):
            before = self._holder_meant(owner, unit)
        elif owner.text not in GENITIVES or before.end != owner.i:
            return
        told = self.country(before) if before is not None else None
        if before is None or told is None:
            return
        if not unit.person.offices and noun.lower_.startswith("predecessor"):
            held = (o for o in before.person.offices if o.country == told and not o.former)
            unit.person.offices += [replace(office, former=True) for office in islice(held, 1)]
        unit.person.countries.append(told)
        self.countries[id(unit.person)] = unit.person.country

    def _holder_meant(self, his: Token, unit: Unit) -> Unit | None:
        """Return the last one named before "his predecessor" who may be he, not of the other sex.

        A predecessor who "visited Botswana" was none of Botswana's.
        """
        others = {"his": "female", "her": "male"}
        at = bisect_left(self.starts, min(unit.start, his.i))
        near = [u for u in self.units[max(0, at - _REACH) : at] if self.country(u)]
        near = [u for u in near if sex_by_name(u.person) != others.get(his.lower_)]
        sent = range(his.sent.start, his.sent.end)
        gone = {code for i, code in self.named if i in sent and is_gone_to(self.doc, i, i + 1)}
        abroad = [u for u in near if self.country(u) not in gone]
        return next(iter((abroad or near)[::-1]), None)

    def _noun_of_same_office(self, unit: Unit) -> Token | None:
        """Return the "predecessor" of "his predecessor, X", "X, his predecessor".

        So the "predecessors" of "his predecessors A and X".
        """
        doc, at = self.doc, unit.start - (word_at(self.doc, unit.start - 1) == ",")
        first = self._first_of_list(unit)
        if first != unit.start and word_at(doc, first - 1) in word_set("same_office_several"):
            return doc[first - 1]
        behind = unit.end + 2 if word_at(doc, unit.end) == "," else 0
        for i in (at - 1, behind):
            if i > 0 and word_at(doc, i) in word_set("same_office"):
                return doc[i]
        return None

    def _first_of_list(self, unit: Unit) -> int:
        """Return where the list of names begins in which a unit stands."""
        at = unit.start
        for _ in range(_LISTED):
            end = at
            while end > 0 and self.doc[end - 1].lower_ in {",", "and"}:
                end -= 1
            before = self.ending.get(end) if end < at else None
            if before is None or (before.person.offices and not self._was_given(before)):
                break
            at = before.start
        return at

    @staticmethod
    def _was_given(unit: Unit) -> bool:
        """Tell whether but a former office, which his successor has, is known of a person."""
        return all(office.former for office in unit.person.offices)


__all__ = ["Predecessors"]
