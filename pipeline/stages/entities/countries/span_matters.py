"""Which countries an article names only in paragraphs of another matter than a person's."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence

from spacy.tokens import Doc

from models import Article
from pipeline.matters.linked import Matters, Told
from pipeline.matters.paragraphs import paragraph_starts
from pipeline.stages.entities.person import Person
from pipeline.stages.entities.spans import PartySpan, PlaceSpan


class MattersOfSpans:
    """The matters of an article, by the spans that name people and countries."""

    def __init__(
        self,
        article: Article,
        doc: Doc,
        persons: Sequence[Person],
        parties: Sequence[PartySpan],
        places: Sequence[PlaceSpan],
    ) -> None:
        self._doc = doc
        self._starts = paragraph_starts(article.text, 0, len(article.text))
        people = [(self._number(n.start), str(p.number)) for p in persons for n in p.spans]
        peopled = {number for number, _ in people}
        told = list(self._lands(parties, places))
        self._told = frozenset(told)
        self._matters = Matters(told, people, closed=peopled)

    def is_apart(self, at: int, code: str) -> bool:
        """Tell whether all that names a country is of another matter than token `at`."""
        return self._matters.tells_elsewhere(self._number(at), code)

    def only_names(self, at: int, codes: Collection[str]) -> bool:
        """Tell whether the paragraph of token `at` names countries, and none but these."""
        here = {code for number, code in self._told if number == self._number(at)}
        return bool(here) and here <= {*codes}

    def _number(self, at: int) -> int:
        return bisect_right(self._starts, self._doc[at].idx)

    def _lands(self, parties: Sequence[PartySpan], places: Sequence[PlaceSpan]) -> Iterator[Told]:
        for party in parties:
            yield self._number(party.start), party.code
        for place in places:
            yield self._number(place.start), place.country


__all__ = ["MattersOfSpans"]
