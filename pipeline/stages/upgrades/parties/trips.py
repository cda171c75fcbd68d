"""The trips that an article tells, by which "the two countries" may be known."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter

from spacy.tokens import Token

from models import Visit
from pipeline.discourse.scene import Scene
from pipeline.reference.countries import is_country
from pipeline.stages.upgrades.parties.named import NamedParties, Parties


class TripsTold:
    """Which two countries the trips of an article join, and where it tells so."""

    def __init__(self, visits: Iterable[Visit]) -> None:
        #: From where trips are told to lead to each country.
        self.guests: dict[str, set[str]] = defaultdict(set)
        told: list[tuple[int, Parties]] = []
        for visit in visits:
            home = visit.origin.code if visit.origin is not None else ""
            land = visit.destination.code or ""
            if home != land and is_country(home) and is_country(land):
                self.guests[land].add(home)
                told += ((evidence.start, frozenset({home, land})) for evidence in visit.evidence)
        self._told = sorted(told, key=itemgetter(0))
        self._starts = [start for start, _ in self._told]

    def within(self, first: int, last: int) -> Sequence[tuple[int, Parties]]:
        """Return what is told from an offset of the text up to another, each with its own."""
        return self._told[bisect_left(self._starts, first) : bisect_left(self._starts, last)]


class Trips(NamedParties):
    """Remembers who went where."""

    def __init__(self, scene: Scene) -> None:
        super().__init__(scene)
        #: The two countries of the first trip that a sentence tells, by its number.
        self._trips: dict[int, Parties] = {}
        #: The sentences that tell several, of other countries.
        self._of_several: set[int] = set()
        #: From where trips are told to lead to each country.
        self._guests: Mapping[str, set[str]] = {}

    def know_trips(self, told: TripsTold) -> None:
        """Remember who went where: "The Peruvian premier came to Oslo" tells of Peru and Norway."""
        self._guests = told.guests
        for start, pair in told.within(*self.scene.extent):
            at = bisect_right(self.scene.starts, start) - 1
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


__all__ = ["Trips", "TripsTold"]
