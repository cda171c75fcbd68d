"""Links paragraphs that name one person or country, and tells apart those that share neither."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from functools import cached_property

#: A paragraph's number, with the name of one whom it tells of, or a country's code.
Told = tuple[int, str]


class Matters:
    """The matters that the paragraphs of an article are of.

    The names of people and countries link paragraphs, by way of other paragraphs too. A paragraph
    that tells of nobody, or of whom only another names, may go on with any: it is of no matter that
    is known.
    """

    def __init__(
        self,
        lands: Iterable[Told],
        people: Iterable[Told],
        *,
        closed: Collection[int],
        open_ended: Collection[int] = (),
    ) -> None:
        """Link the paragraphs of an article.

        Args:
            lands: which countries and organizations each paragraph tells of.
            people: whom each names, and what else links it to others.
            closed: the numbers of those that tell of people, none of whom another has to name.
            open_ended: the numbers of those that leave open where they are set.
        """
        self._lands = list(lands)
        self._strands = strands_of([*self._lands, *people])
        self._closed = closed
        self._open_ended = open_ended

    def are_apart(self, one: int, other: int) -> bool:
        """Tell whether nothing links two paragraphs, by their numbers: they are of two matters."""
        first, second = self._known.get(one), self._known.get(other)
        return first != second and None not in {first, second}

    def tells_elsewhere(self, number: int, code: str) -> bool:
        """Tell whether all that names a country is of another matter than a paragraph.

        Mali's of "Minister X landed in Lima. <new paragraph> Mali's premier Y will go to Riga" is;
        not that of "… <new paragraph> Mali hopes for a deal", which tells of nobody.
        """
        own, there = self._known.get(number), self._of_land.get(code)
        if own not in self._landed:
            return False
        return there is not None and None not in {own, *there} and own not in there

    @cached_property
    def _known(self) -> Mapping[int, str]:
        """The matter of each paragraph of which it can be told."""
        often = Counter(self._strands.values())
        return {
            number: strand
            for number, strand in self._strands.items()
            if number not in self._open_ended and (number in self._closed or often[strand] > 1)
        }

    @cached_property
    def _landed(self) -> Collection[str | None]:
        """The matters that name a country; people alone may be of any."""
        return {self._known.get(number) for number, _ in self._lands}

    @cached_property
    def _of_land(self) -> Mapping[str, Collection[str | None]]:
        """The matters of the paragraphs that tell of each country, None of one without people."""
        found: dict[str, set[str | None]] = {}
        for number, code in self._lands:
            matter = self._known.get(number) if number in self._closed else None
            found.setdefault(code, set()).add(matter)
        return found


def strands_of(told: Iterable[tuple[int, str]]) -> Mapping[int, str]:
    """Return the strand of each paragraph that names anybody, called by one of its names.

    Two paragraphs are of one strand where they share a name, or each shares one with a third.

    Args:
        told: whom and which countries the paragraphs name, each with its paragraph's number.
    """
    chiefs: dict[str, str] = {}

    def chief(name: str) -> str:
        while (above := chiefs.setdefault(name, name)) != name:
            chiefs[name] = name = chiefs[above]  # in this order: from left to right
        return name

    firsts: dict[int, str] = {}
    for number, name in told:
        chiefs[chief(name)] = chief(firsts.setdefault(number, name))
    return {number: chief(first) for number, first in firsts.items()}


__all__ = ["Matters", "Told", "strands_of"]
