"""The paragraphs of a story and who is named in each: another may well tell another story."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterator

from models import Reference
from pipeline.discourse.scene import Scene
from pipeline.reference.places import seat_of

#: References that only stand for what is named elsewhere.
_STANDS_FOR = frozenset({"pronoun", "group"})


class Neighbours:
    """Tells who is named beside a sentence of one scene, and who only in other paragraphs."""

    def __init__(self, scene: Scene, excepted: Collection[int] = ()) -> None:
        """Read a scene.

        Args:
            excepted: the tokens of names that a text takes out or only compares with.
        """
        self.scene = scene
        self._excepted = excepted
        self._named: dict[tuple[int, int], frozenset[str]] = {}

    def are_beside(self, one: int, other: int) -> bool:
        """Tell two sentences of one paragraph."""
        first, end = self.scene.paragraph(one)
        return first <= other < end

    def named(self, first: int, end: int) -> frozenset[str]:
        """Return the parties that some sentences name by any word of their own."""
        if (first, end) not in self._named:
            sentences = self.scene.sentences
            told = self._told(sentences[first].start_char, sentences[end - 1].end_char)
            codes = (code for r in told for code in (r.country, *r.members))
            self._named[first, end] = frozenset(code for code in codes if code)
        return self._named[first, end]

    def counts(self, number: int) -> Counter[str]:
        """Return how often a sentence's paragraph names each party, in text order."""
        first, end = self.scene.paragraph(number)
        sentences = self.scene.sentences
        told = self._told(sentences[first].start_char, sentences[end - 1].end_char)
        return Counter(
            r.country
            for r in told
            if r.country and _may_act(r) and self.scene.bounds(r)[0] not in self._excepted
        )

    def are_apart(self, one: int, other: int) -> bool:
        """Tell sentences of two paragraphs that name states, but neither one of the other's.

        A paragraph that names none goes on with the one before it, else with that behind it.

        Args:
            one: the number of the sentence that is read, which counts with its own paragraph.
        """
        if self.are_beside(one, other):
            return False
        first, second = self.named(*self.scene.paragraph(one)), self._named_near(other, one)
        return bool(first and second) and first.isdisjoint(second)

    def _named_near(self, number: int, away_from: int) -> frozenset[str]:
        """Return whom the paragraph of a sentence names, else the nearest one that names some.

        Args:
            away_from: a sentence whose paragraph is passed over; those behind it may not tell
                what goes on before it, nor those before it what goes on behind.
        """
        steps = (-1, 1) if number < away_from else (1,)
        for step in steps:
            at = number
            while 0 <= at < len(self.scene.sentences):
                first, end = self.scene.paragraph(at)
                named = self.named(first, end)
                if named and not self.are_beside(at, away_from):
                    return named
                at = first - 1 if step < 0 else end
        return frozenset()

    def _told(self, start: int, end: int) -> Iterator[Reference]:
        """Yield the references between two offsets that name somebody by words of their own."""
        references = self.scene.references
        first = bisect_left(references, start, key=lambda r: r.start)
        for reference in references[first : bisect_left(references, end, key=lambda r: r.start)]:
            if reference.form not in _STANDS_FOR and not reference.guessed:
                yield reference


def _may_act(reference: Reference) -> bool:
    """Tell a state, a body, who is of it, and a capital for its government, from other towns."""
    if reference.kind != "place":
        return True
    return reference.place == seat_of(reference.country or "")


__all__ = ["Neighbours"]
