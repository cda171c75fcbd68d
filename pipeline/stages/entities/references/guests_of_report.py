"""Whom a report is of that comes to another land: he is "the guest", "the visiting premier"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property

from models import Reference
from pipeline.stages.entities.countries.of_bodies import OfBodies
from pipeline.stages.entities.lands_gone_to import is_gone_to
from pipeline.stages.entities.spans import OfficeSpan

#: How many sentences open a report, its headline among them.
_OPENING = 3


class GuestsOfReport(OfBodies):
    """Tells the guests of a report from their hosts and from third leaders named in it."""

    def _report_guests(self, office: OfficeSpan) -> frozenset[str]:
        """Return those whom "the guest", "the visiting leader" may mean; none for other offices.

        Of "Premier X of Kenya landed in Lima. President Y of Peru received him. The leader of the
        opposition called it a waste": X alone, however far before he was named.
        """
        if not is_hosted(office) or office.country:
            return frozenset()
        told = [(at, actor) for at, actor in self.actors if self._opens(at)]
        there = [(self.sentence[at], a.actor) for at, a in told if self._comes_there(at, a)]
        first = min((number for number, _ in there), default=0)
        return frozenset(actor for number, actor in there if actor and number == first)

    def _comes_there(self, at: int, actor: Reference) -> bool:
        """Tell whether a sentence of the opening tells that one whose country is told is abroad."""
        lands = self._visited.get(self.sentence[at], set())
        known = actor.name and actor.country and not (actor.guessed or actor.plural)
        return bool(known and lands and actor.country not in lands)

    def _opens(self, at: int) -> bool:
        return self.sentence[at] < _OPENING

    @cached_property
    def _visited(self) -> Mapping[int, set[str]]:
        """The countries to which each sentence of the opening tells that somebody comes."""
        found: dict[int, set[str]] = defaultdict(set)
        for start, end, code in self._named_lands():
            if is_gone_to(self.doc, start, end):
                found[self.sentence[start]].add(code)
        return found

    def _named_lands(self) -> Iterator[tuple[int, int, str]]:
        """Yield where the opening names countries, themselves or by a place in them."""
        for party in self.parties:
            if party.is_country and party.form != "adjective" and self._opens(party.start):
                yield party.start, party.end, party.code
        for place in self.places:
            if self._opens(place.start):
                yield place.start, place.end, place.country


def is_hosted(office: OfficeSpan) -> bool:
    """Tell "the guest", "the visiting premier" from "the premier"."""
    return office.form.office == "visitor" or "visiting" in office.modifiers


__all__ = ["GuestsOfReport", "is_hosted"]
