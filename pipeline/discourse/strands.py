"""Which references of a scene stand in paragraphs of another matter than a token."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from functools import cached_property

from models import Reference
from models.entity import LAND_KINDS, NAME_FORMS
from pipeline.discourse.rites import RITE, tell_of_rite
from pipeline.discourse.tables import words
from pipeline.discourse.text import Text
from pipeline.matters.linked import Matters
from pipeline.matters.paragraphs import paragraph_starts
from pipeline.reference.countries import is_country

_PEOPLE = frozenset({"person", "office", "group", "delegation"})
_LANDS = frozenset({"country", "organization", "place"})


class StrandReader(Text):
    """Tells apart paragraphs that have neither people nor countries in common."""

    def is_apart(self, one: int, other: int) -> bool:
        """Tell whether nothing links the paragraphs of two tokens: they tell of two matters.

        "X of Peru arrived here. <new paragraph> Mali's premier will visit Riga" is apart; "…
        <new paragraph> Mali's premier received him" and "… Talks will be held in Riga" are not.
        """
        return self._matters.are_apart(self.paragraph_of(one), self.paragraph_of(other))

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
        if self._matters.tells_elsewhere(self.paragraph_of(at), reference.country or ""):
            return True
        return self.is_apart(bounds[0], at)

    def paragraph_of(self, at: int) -> int:
        """Return the number of a token's paragraph."""
        return self._paragraphs[self.sentence_of[at]]

    def paragraph(self, number: int) -> tuple[int, int]:
        """Return the first of the sentences of a sentence's paragraph, and the one behind it."""
        own = self._paragraphs[number]
        return bisect_left(self._paragraphs, own), bisect_right(self._paragraphs, own)

    @cached_property
    def _paragraphs(self) -> Sequence[int]:
        """The number of the paragraph that each sentence is of."""
        sentences = self.sentences
        if not sentences:
            return ()
        starts = paragraph_starts(
            self.article.text, sentences[0].start_char, sentences[-1].end_char
        )
        return [bisect_right(starts, sentence.start_char) for sentence in sentences]

    @cached_property
    def _matters(self) -> Matters:
        lands, people = [], []
        for number, reference in self._told:
            if reference.kind in _LANDS and reference.country:
                lands.append((number, reference.country))
            elif reference.form == "name" and reference.actor:
                people.append((number, reference.actor))
        return Matters(
            [*lands, *self._set_here],
            [*people, *self._of_rite],
            closed=self._closed,
            open_ended=self._leaning,
        )

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
            if number in found and r.kind in LAND_KINDS and r.form in NAME_FORMS
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


__all__ = ["StrandReader"]
