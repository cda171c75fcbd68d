"""Which paragraphs of an article tell of one matter: a digest, or background, tells of several."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise

from models import Reference
from pipeline.discourse.rites import RITE, tell_of_rite
from pipeline.discourse.tables import words
from pipeline.discourse.text import Text
from pipeline.reference.countries import is_country
from pipeline.strands import strands_of

_PEOPLE = frozenset({"person", "office", "group", "delegation"})
_LANDS = frozenset({"country", "organization", "place"})
_PLACED = frozenset({"name", "metonym"})


class StrandReader(Text):
    """Tells apart paragraphs that have neither people nor countries in common."""

    def is_apart(self, one: int, other: int) -> bool:
        """Tell whether nothing links the paragraphs of two tokens: they tell of two matters.

        The names of people and countries link them, by way of other paragraphs too. One that tells
        of nobody, or of whom only another names, may go on with any, and so may one that tells of a
        coming and not whither.

        "X of Peru arrived here. <new paragraph> Mali's premier will visit Riga" is apart; "…
        <new paragraph> Mali's premier received him" and "… Talks will be held in Riga" are not.
        """
        first, second = self._strand(one), self._strand(other)
        return first != second and None not in {first, second}

    def is_of_later_matter(self, at: int, than: int) -> bool:
        """Tell whether a token stands behind another, in a paragraph apart: it is not yet told."""
        return at > than and self.is_apart(at, than)

    def is_told_apart(self, reference: Reference, at: int) -> bool:
        """Tell whether a reference, or all that names its country, stands apart from a token.

        "He" of the next paragraph may be taken for whom another matter has brought in.
        """
        bounds = self._bounds.get(id(reference))
        if bounds is None:
            return False
        own = self._strands_of_lands.get(reference.country or "")
        if own is not None and None not in own and self._strand(at) not in {*own, None}:
            return True
        return self.is_apart(bounds[0], at)

    def _strand(self, at: int) -> str | None:
        return self._strands[self._paragraphs[self.sentence_of[at]]]

    @cached_property
    def _strands_of_lands(self) -> Mapping[str, Collection[str | None]]:
        """The matters of the paragraphs that name each country."""
        found: dict[str, set[str | None]] = {}
        for number, reference in self._told:
            if reference.kind in _LANDS and reference.country:
                found.setdefault(reference.country, set()).add(self._strands[number])
        return found

    @cached_property
    def _paragraphs(self) -> Sequence[int]:
        """The number of the paragraph that each sentence is of."""
        text, numbers = self.article.text, [0]
        for before, behind in pairwise(self.sentences):
            opens = "\n" in text[before.end_char - 1 : behind.start_char]
            numbers.append(numbers[-1] + opens)
        return numbers

    @cached_property
    def _strands(self) -> Sequence[str | None]:
        """The matter that each paragraph is of, by one of its names, or None."""
        named = [(n, name) for n, r in self._told for name in _names(r)]
        strands = strands_of([*named, *self._set_here, *self._of_rite])
        often, closed, leaning = Counter(strands.values()), self._closed, self._leaning
        return [
            strands[number]
            if number in strands
            and number not in leaning
            and (number in closed or often[strands[number]] > 1)
            else None
            for number in range(self._paragraphs[-1] + 1)
        ]

    @cached_property
    def _set_here(self) -> Sequence[tuple[int, str]]:
        """The paragraphs that are set "here", with the country of the dateline."""
        if self.here is None:
            return ()
        here = self.here.country
        numbers = {
            self._paragraphs[self.sentence_of[token.i]]
            for sentence in self.sentences
            if "here" in self.forms(sentence.start)
            for token in sentence
            if token.lower_ == "here"
        }
        return [(number, here) for number in sorted(numbers)]

    @cached_property
    def _leaning(self) -> Collection[int]:
        """The paragraphs that tell of a coming and not whither: "A of Mali landed on Friday".

        Not the first, nor those that name a place at which somebody is, or comes from.
        """
        comings = words("comes_somewhere")
        found = {
            self._paragraphs[number]
            for number, sentence in enumerate(self.sentences)
            if self._paragraphs[number] and not comings.isdisjoint(self.forms(sentence.start))
            if "here" not in self.forms(sentence.start)
            if any(t.lemma_ in comings and t.pos_ == "VERB" for t in sentence)
        }
        placed = {
            number
            for number, r in self._told
            if number in found and r.kind in {"place", "country"} and r.form in _PLACED
            if is_country(r.country or "") and not self.is_owner(r)
        }
        return found - placed

    @cached_property
    def _of_rite(self) -> Sequence[tuple[int, str]]:
        """The paragraphs that tell of the rite of a report, whoever its guests are."""
        numbered = zip(self._paragraphs, self.sentences, strict=True)
        return [(number, RITE) for number, sentence in numbered if tell_of_rite(sentence)]

    @cached_property
    def _closed(self) -> Collection[int]:
        """The paragraphs that tell of people, and of none whom another has to name."""
        peopled = {number for number, r in self._told if r.actor and r.kind in _PEOPLE}
        named: dict[str, set[int]] = {}
        for number, reference in self._told:
            if reference.actor and reference.form == "name":
                named.setdefault(reference.actor, set()).add(number)
        return peopled - {n for n, r in self._told if n not in named.get(r.actor or "", {n})}

    @cached_property
    def _told(self) -> Sequence[tuple[int, Reference]]:
        """Whom and which countries the paragraphs tell of, each with its paragraph's number."""
        return [
            (self._paragraphs[self.sentence_of[bounds[0]]], reference)
            for reference in self.references
            if (bounds := self._bounds.get(id(reference))) is not None
        ]


def _names(reference: Reference) -> Iterator[str]:
    """Yield the country or the person that a reference names, none that is but understood."""
    if reference.kind in _LANDS and reference.country:
        yield reference.country
    elif reference.form == "name" and reference.actor:
        yield reference.actor


__all__ = ["StrandReader"]
