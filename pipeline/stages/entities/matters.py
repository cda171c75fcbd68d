"""Which countries an article names only in paragraphs of another matter than a person's."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property

from spacy.tokens import Doc

from pipeline.stages.entities.person import Person
from pipeline.stages.entities.spans import PartySpan, PlaceSpan
from pipeline.strands import strands_of


class Matters:
    """Tells apart paragraphs that have neither people nor countries in common."""

    def __init__(
        self,
        doc: Doc,
        persons: Sequence[Person],
        parties: Sequence[PartySpan],
        places: Sequence[PlaceSpan],
    ) -> None:
        self._doc = doc
        self._people = [(name.start, str(p.number)) for p in persons for name in p.spans]
        self._lands = [(party.start, party.code) for party in parties]
        self._lands += [(place.start, place.country) for place in places]

    def is_apart(self, at: int, code: str) -> bool:
        """Tell whether all that names a country is of another matter than token `at`.

        Mali's of "Minister X landed in Lima. <new paragraph> Mali's premier Y will go to Riga" is;
        not that of "… <new paragraph> Mali hopes for a deal", which tells of nobody.
        """
        own, there = self._strand(at), self._of_land.get(code)
        return there is not None and None not in {own, *there} and own not in there

    def _strand(self, at: int) -> str | None:
        """Return the matter of a token's paragraph, None of one that names nobody.

        Nor has one a matter of its own that names people alone: they may be of any country.
        """
        number = self._paragraph(at)
        strand = self._strands.get(number) if number in self._peopled else None
        return strand if strand in self._landed else None

    def _paragraph(self, at: int) -> int:
        return bisect_right(self._breaks, at)

    @cached_property
    def _breaks(self) -> Sequence[int]:
        """The tokens at which blank lines stand, sentences of white space alone."""
        return [token.i for token in self._doc if token.is_space and token.is_sent_start]

    @cached_property
    def _peopled(self) -> Collection[int]:
        return {self._paragraph(at) for at, _ in self._people}

    @cached_property
    def _landed(self) -> Collection[str]:
        """The matters that name a country."""
        return {self._strands[self._paragraph(at)] for at, _ in self._lands}

    @cached_property
    def _strands(self) -> Mapping[int, str]:
        return strands_of(self._told())

    def _told(self) -> Iterator[tuple[int, str]]:
        for at, name in [*self._lands, *self._people]:
            yield self._paragraph(at), name

    @cached_property
    def _of_land(self) -> Mapping[str, Collection[str | None]]:
        """The matters of the paragraphs that name each country."""
        found: dict[str, set[str | None]] = {}
        for at, code in self._lands:
            found.setdefault(code, set()).add(self._strand(at))
        return found


__all__ = ["Matters"]
