"""The trips that an article tells, by which "the two countries" may be known."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from spacy.tokens import Token

from models import Visit
from pipeline.discourse.scene import Scene
from pipeline.reference.countries import is_country
from pipeline.stages.upgrades.parties.named import NamedParties, Parties


class Trips(NamedParties):
    """Remembers who went where."""

    def __init__(self, scene: Scene) -> None:
        super().__init__(scene)
        #: The two countries of the first trip that a sentence tells, by its number.
        self._trips: dict[int, Parties] = {}
        #: The sentences that tell several, of other countries.
        self._of_several: set[int] = set()
        #: From where trips are told to lead to each country.
        self._guests: dict[str, set[str]] = {}

    def know_trips(self, visits: Iterable[Visit]) -> None:
        """Remember who went where: "The Peruvian premier came to Oslo" tells of Peru and Norway."""
        first, last = self.scene.extent
        for visit in visits:
            codes = (visit.origin and visit.origin.code, visit.destination.code)
            pair = frozenset(code for code in codes if code and is_country(code))
            if len(pair) == len(codes) and visit.destination.code:
                guests = self._guests.setdefault(visit.destination.code, set())
                guests |= pair - {visit.destination.code}
            told = [e for e in visit.evidence if first <= e.start < last]
            for evidence in told if len(pair) == len(codes) else ():
                at = bisect_right(self.scene.starts, evidence.start) - 1
                number = self.scene.sentence_of[at]
                if self._trips.setdefault(number, pair) != pair:
                    self._of_several.add(number)

    def trip_told_with(self, token: Token) -> Parties | None:
        """Return Peru and Chad for "in Chad's capital, Peru's premier raised the two's ties".

        Nobody, where its sentence names another or tells another trip as well.
        """
        sentence = self.scene.sentence(token.i)
        number = self.scene.sentence_of[token.i]
        trip = self._trips.get(number) if number not in self._of_several else None
        named = self.codes(sentence.start, sentence.end)
        return trip if trip is not None and set(named) <= trip else None


__all__ = ["Trips"]
